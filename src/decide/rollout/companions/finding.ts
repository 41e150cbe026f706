// What a companion turns out to be: what people are told, and what is done about it.
import type { CloseCompanion, KeepCompanion, Words } from "../../../model/plan.ts";
import type { StepState } from "../../../model/rollout.ts";
import type { ElsewherePull } from "../../../model/snapshot.ts";
import type { EpochMs } from "../../../model/time.ts";

export type CompanionFinding = {
  readonly state: StepState;
  readonly because: Words;
  readonly next: Words | null;
  readonly opensAt: EpochMs | null;
  readonly url: string | null;
  readonly startedAt: EpochMs | null;
  /** When it was merged; null also where nobody can tell, as for files that a person changed. */
  readonly endedAt: EpochMs | null;
  readonly details: readonly Words[];
  /** Of a promotion: what the pin on the default branch says; null when that is not known. */
  readonly running: string | null;
  readonly pull: ElsewherePull | null;
  readonly action: KeepCompanion | CloseCompanion | null;
};

export function about(pull: ElsewherePull): Pick<CompanionFinding, "pull" | "url" | "startedAt" | "endedAt"> {
  return { pull, url: pull.url, startedAt: pull.createdAt, endedAt: pull.state === "merged" ? (pull.closed?.at ?? null) : null };
}

export function said(state: StepState, because: Words, next: Words | null): CompanionFinding {
  return { state, because, next, opensAt: null, url: null, startedAt: null, endedAt: null, details: [], running: null, pull: null, action: null };
}

export function halted(because: Words, next: Words): CompanionFinding {
  return said("halted", because, next);
}
