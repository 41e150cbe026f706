// What would open a gate that still needs somebody: who can approve, or what to change when nobody can.
import type { Words } from "../../../model/plan.ts";
import type { Members } from "../../people/types.ts";
import { includesLogin } from "../../people/handles.ts";
import { OWNERS } from "../../people/people.ts";
import { code, listed } from "../phrases.ts";
import type { Subject } from "../subject.ts";
import type { ApprovalGate } from "./together.ts";
import { nameOf } from "./entries.ts";
import { isInvolved } from "./ledger.ts";
import type { Group, Seats } from "./seats.ts";
import { shortageOf } from "./shortage.ts";

/** `because`: what stands in the way beside the missing approvals; null when people only have to approve. */
export type Remedy = { readonly isUnknown: boolean; readonly because: Words | null; readonly next: Words };

/** Of those who may approve and have not. */
const MAX_NAMED = 5;

/** @param gates all that are asked together, @param seats for which of them each approval counts already */
export function remedyFor(gate: ApprovalGate, missing: readonly Group[], gates: readonly ApprovalGate[], seats: Seats, subject: Subject): Remedy {
  const members = subject.people.members(gate.options.role);
  const candidates = candidatesFor(gate, missing, seats, subject);
  const isStuck = members.levels.length === 0 && (candidates.length === 0 || candidates.some((some) => some.length === 0));
  const fault = members.faults.find(({ isEmpty }) => !isEmpty);
  if (isStuck && fault !== undefined) return { isUnknown: true, because: fault.because, next: fault.next };
  const shortage = shortageOf(gate, gates, seats, subject);
  if (shortage !== null) return { isUnknown: false, ...shortage };
  if (isStuck) return { isUnknown: false, because: null, next: standIn(gate, gates, seats, subject) };
  const who = candidates.map((some, index) => asked(some, members, gate, missing[index])).join("; ");
  return { isUnknown: false, because: null, next: `approve the pull request (${who})` };
}

/** For each missing group, its people whose approval would count and who have not given it. */
function candidatesFor(gate: ApprovalGate, missing: readonly Group[], seats: Seats, subject: Subject): readonly (readonly string[])[] {
  const { people } = subject;
  const free = people.members(gate.options.role).logins.filter((login) => !isInvolved(login, subject) && !includesLogin(seats.keys(), login));
  return missing.map(({ handles }) => free.filter((login) => people.isOneOf(login, handles).is === "in"));
}

function asked(candidates: readonly string[], { levels }: Members, gate: ApprovalGate, group: Group | undefined): Words {
  const names = [...candidates.slice(0, MAX_NAMED).map((login) => `@${login}`), ...levels.map((level) => `anybody with ${level} access`)];
  const more = candidates.length - MAX_NAMED;
  const who = more > 0 ? `${names.join(", ")} and ${more} more` : names.join(", ");
  const { role } = gate.options;
  if (role !== OWNERS || group === undefined || group.paths.length === 0) return `${who} of ${nameOf(role)}`;
  const paths = group.paths.map((path) => code(path));
  return `${who} for ${listed(paths, 2)}`;
}

/** Everybody here counts for another gate already: somebody else has to take that over. */
function standIn(gate: ApprovalGate, gates: readonly ApprovalGate[], seats: Seats, subject: Subject): Words {
  const { people } = subject;
  const taken = [...seats].filter(([login, seat]) => seat !== gate.gate && people.standing(login, gate.options.role).is === "in");
  const others = gates.filter((one) => taken.some(([, seat]) => seat === one.gate)).map(({ options }) => people.describe(options.role));
  if (others.length === 0) return `add another person to ${people.describe(gate.options.role)}`;
  const freed = listed(taken.map(([login]) => `@${login}`));
  return `another person of ${listed(others, 3, "or")} approves, so that ${freed} can count here`;
}
