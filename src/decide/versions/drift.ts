// Where version files, the changelog and the manifest of an earlier tool no longer agree with the tags, and what would
// repair it. Agreement says nothing. Reports only: what must not be written is refused by the guard.
import type { Problem } from "../../model/problem.ts";
import type { VersionText } from "../../model/version.ts";
import { type Claim, type ClaimReading, fileName, readClaim, spellClaim } from "./claim.ts";
import type { Line } from "./guard.ts";
import { comparePrecedence } from "./order.ts";
import { tagOf } from "./tag-format.ts";

export type DriftQuestion = Pick<Line, "component" | "format" | "numbering" | "previous" | "taken"> & {
  readonly claims: readonly Claim[];
  /** The version that follows, also when it was refused; null when none does. */
  readonly proposed: VersionText | null;
};

/** One warning for each claim that disagrees, in their order, at its place. */
export function driftOf({ claims, ...question }: DriftQuestion): readonly Problem[] {
  return claims.flatMap((claim) => {
    const drift = driftOfClaim(claim, question);
    return drift === null
      ? []
      : [{ severity: "warning", message: drift.message, path: claim.path, line: claim.line, column: claim.column, hint: drift.hint } as const];
  });
}

type Drift = { readonly message: string; readonly hint: string | null };
type Question = Omit<DriftQuestion, "claims">;

function driftOfClaim(claim: Claim, question: Question): Drift | null {
  const reading = readClaim(claim, question.component, question.numbering);
  if (reading === null) return drift(`${saying(claim)}, which is no version in the form \`${claim.template}\``, repair(claim, question));
  const { previous, proposed } = question;
  const isProposed = proposed !== null && comparePrecedence(reading.version, proposed) === 0;
  if (previous === null) return isProposed ? null : driftBeforeFirst(claim, reading, question);
  const order = comparePrecedence(reading.version, previous.version);
  if (order < 0) return drift(`${saying(claim)}, the newest release is ${previous.tag.name}`, repair(claim, question));
  if (order > 0) return isProposed ? drift(`${saying(claim)} already, the proposed version`, null) : driftAbove(claim, reading, previous.tag.name, question);
  if (reading.isSpeltRight) return null;
  return drift(
    `${saying(claim)}, expected ${spellClaim(claim, question.component, previous.version) ?? `the form \`${claim.template}\``}`,
    repair(claim, question),
  );
}

/** A placeholder such as 0.0.0 or 0.1.0-dev claims no release. */
function driftBeforeFirst(claim: Claim, { version, isFinal }: ClaimReading, question: Question): Drift | null {
  if (!isFinal || comparePrecedence(version, "0.0.0") <= 0 || isRefused(claim, version, question)) return null;
  return drift(`${saying(claim)}, and there is no release yet`, or(tagIt(version, question), repair(claim, question)));
}

function driftAbove(claim: Claim, { version, isFinal }: ClaimReading, newest: string, question: Question): Drift | null {
  if (isRefused(claim, version, question)) return null;
  const taken = question.taken.find((one) => comparePrecedence(one.version, version) === 0);
  if (taken !== undefined)
    return drift(`${saying(claim)}, whose tag ${taken.tag.name} this head does not contain`, `merge the branch that holds ${taken.tag.name} back`);
  if (!isFinal) return drift(`${saying(claim)}, the newest release is ${newest}`, repair(claim, question));
  return drift(
    `${saying(claim)}, the newest release is ${newest}: tag ${tagOf(question.format, version)} was never made`,
    or(tagIt(version, question), repair(claim, question)),
  );
}

/** The guard refuses to write a lower version into a file and says so itself. */
function isRefused({ by }: Claim, version: VersionText, { proposed }: Question): boolean {
  return by === "version-file" && proposed !== null && comparePrecedence(version, proposed) > 0;
}

function saying({ by, path, value }: Claim): string {
  const name = fileName(path);
  return by === "changelog" ? `the newest section of ${name} is ${value}` : `${name} says ${value}`;
}

function tagIt(version: VersionText, { format }: Question): string {
  return `tag the commit that was released as ${tagOf(format, version)}`;
}

/** What brings the claim back to the tags. Only version files are written by a release. */
function repair(claim: Claim, { component, previous, proposed }: Question): string | null {
  const name = fileName(claim.path);
  if (claim.by === "version-file" && proposed !== null) return `the release pull request sets it to ${spellClaim(claim, component, proposed) ?? proposed}`;
  if (previous === null) return claim.by === "changelog" ? `remove the section from ${name}` : null;
  if (claim.by === "changelog") return `let ${name} begin with a section for ${previous.version}`;
  const set = `set ${name} to ${spellClaim(claim, component, previous.version) ?? previous.version}`;
  return claim.by === "manifest" ? `delete ${name} if no tool reads it any more, or ${set}` : set;
}

function or(first: string, second: string | null): string {
  return second === null ? first : `${first}, or ${second}`;
}

function drift(message: string, hint: string | null): Drift {
  return { message, hint };
}
