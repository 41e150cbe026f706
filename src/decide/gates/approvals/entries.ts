// The ledger of one gate: each opinion, and whether it counts here.
import type { Words } from "../../../model/plan.ts";
import type { Role } from "../../../model/playbook.ts";
import { OWNERS } from "../../people/people.ts";
import type { Subject } from "../subject.ts";
import type { ApprovalGate } from "./together.ts";
import type { Opinion } from "./ledger.ts";
import type { Seats } from "./seats.ts";

export type Entry = {
  readonly login: string;
  /** `elsewhere`: for another gate. `stranger`: of somebody who is not in the role. The two `may`: it can't be told whether they are. */
  readonly is: "counts" | "elsewhere" | "blocks" | "fell" | "void" | "stranger" | "may-count" | "may-block";
  readonly words: Words;
  /** The remedy where something can't be told; null otherwise. */
  readonly next: Words | null;
};

/** @param isFilled the gate needs nobody more */
export function entryOf(opinion: Opinion, { options: { role }, gate }: ApprovalGate, { people }: Subject, seats: Seats, isFilled: boolean): Entry {
  const { login, words } = opinion;
  const entry = (is: Entry["is"], text: Words, next: Words | null = null): Entry => ({ login, is, words: text, next });
  const standing = people.standing(login, role);
  if (opinion.is === "void" || opinion.is === "fell") return entry(standing.is === "out" ? "stranger" : opinion.is, words);
  const isObjection = opinion.is === "objects";
  if (standing.is === "unknown")
    return entry(isObjection ? "may-block" : "may-count", `${words}, and whether that counts is not known: ${standing.because}`, standing.next);
  if (standing.is === "out")
    return entry("stranger", `${words}, which does ${isObjection ? "not close this gate" : "not count here"}: it needs ${people.describe(role)}`);
  if (isObjection) return entry("blocks", words);
  const seat = seats.get(login);
  if (seat === gate || seat === undefined) return entry("counts", words);
  return entry(
    "elsewhere",
    isFilled ? `${words}, which counts for ${seat}` : `@${login} approved, and already counts for ${seat}: another person of ${nameOf(role)} is needed`,
  );
}

/** A role in the middle of a sentence. */
export function nameOf(role: Role): Words {
  return role === OWNERS ? "the owners" : role;
}
