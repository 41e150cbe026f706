// What is asked about a companion, and what is known of it once its files are.
import type { Words } from "../../../model/plan.ts";
import type { Elsewhere, ElsewherePull, Read } from "../../../model/snapshot.ts";
import type { EpochMs } from "../../../model/time.ts";
import type { CompanionRelease, CompanionTarget } from "./target.ts";
import { holds, type Wished, wishedIn } from "./wished.ts";

export type CompanionQuestion = {
  /** What `/release retry` takes. */
  readonly step: string;
  readonly target: CompanionTarget;
  readonly release: CompanionRelease;
  /** The answer to `companionAsked`; null when that asks for nothing. */
  readonly read: Read<Elsewhere> | null;
  readonly takenAt: EpochMs;
  /** When somebody asked for it again last. */
  readonly retriedAt: EpochMs | null;
  /** Of a promotion: it may be merged. */
  readonly areGatesOpen: boolean;
  /** Of a promotion: what comes with it. */
  readonly contents: readonly Words[];
  /** Line that signs its commits off; null for none. */
  readonly signoff: string | null;
};

/** All that is known once the files are. */
export type Seen = CompanionQuestion & { readonly there: Elsewhere; readonly wished: Wished; readonly running: string | null };

/** Whether a newer release stands in these files. */
export function newerIn({ wished, release }: Seen, files: Elsewhere["files"]): boolean {
  const there = wishedIn(
    files,
    wished.values.map(({ wish }) => wish),
    release.values.version,
  );
  return there.ok && there.value.newer !== null;
}

/** The values of the release; what was raised then says nothing now. */
export function holdsOwn({ wished }: Seen, { files }: ElsewherePull): boolean {
  const own = wished.values.filter(({ wish }) => "value" in wish);
  return own.length > 0 && holds(files, own);
}

/** Whether others pushed to its branch. The commits of a pull request that is over are kept by GitHub. */
export function isForeign({ there: { head, over } }: Seen): boolean {
  return head !== null && !head.isOwn && head.sha !== over?.headSha;
}

/** An event of another repository wakes nobody here. */
const LOOK_AGAIN_MS = 10 * 60_000;

export function lookAgain({ target, takenAt }: Seen): EpochMs | null {
  return target.is === "downstream" ? takenAt + LOOK_AGAIN_MS : null;
}

/** `cardinalhq/charts#12`, or `#12` in this repository. */
export function nameOf({ number }: ElsewherePull, { target }: Seen): Words {
  return `${target.is === "downstream" ? target.downstream.repository : ""}#${String(number)}`;
}

export function whereInWords({ target }: Seen): Words {
  return target.is === "downstream" ? target.downstream.repository : target.environment.name;
}
