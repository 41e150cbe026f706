// Times in which a release stood still: from the end of an attempt that failed to the next one, or to whatever ended the step.
import type { RolloutReport, StepReport } from "../../../model/rollout.ts";
import type { EpochMs } from "../../../model/time.ts";

export type Pause = {
  readonly step: string;
  readonly from: EpochMs;
  readonly until: EpochMs;
  readonly endedBy: "another attempt" | "a skip" | "the release's end";
};

/** In the order in which they began. */
export function pausesOf({ steps, endedAt }: Pick<RolloutReport, "steps" | "endedAt">): readonly Pause[] {
  return steps.flatMap((step) => pausesOfStep(step, endedAt)).toSorted((one, other) => one.from - other.from);
}

function pausesOfStep({ step, state, attempts, endedAt: stepEndedAt }: StepReport, releaseEndedAt: EpochMs | null): readonly Pause[] {
  const inOrder = attempts.toSorted((one, other) => one.startedAt - other.startedAt);
  return inOrder.flatMap(({ conclusion, endedAt }, index): readonly Pause[] => {
    const next = inOrder[index + 1];
    if (endedAt === null || conclusion === null || conclusion === "success") return [];
    if (next !== undefined) return pause({ step, from: endedAt, until: next.startedAt, endedBy: "another attempt" });
    const until = state === "skipped" ? stepEndedAt : releaseEndedAt;
    return until === null ? [] : pause({ step, from: endedAt, until, endedBy: state === "skipped" ? "a skip" : "the release's end" });
  });
}

/** Two attempts may overlap: then nothing stood still. */
function pause(one: Pause): readonly Pause[] {
  return one.until > one.from ? [one] : [];
}

/** Times that two steps stood still at once count once. */
export function pausedMs(pauses: readonly Pause[]): number {
  let total = 0;
  let coveredUntil = -Infinity;
  for (const { from, until } of pauses) {
    total += Math.max(0, until - Math.max(from, coveredUntil));
    coveredUntil = Math.max(coveredUntil, until);
  }
  return total;
}
