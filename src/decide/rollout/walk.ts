// Step by step through a release: what each is found to be, and what has still to be read before more can be said. A step
// whose turn has not come is not looked into; one that can't be judged yet keeps those behind it back.
import type { Dispatch, StartWorkflow, Words } from "../../model/plan.ts";
import type { Hosted } from "../../model/snapshot.ts";
import { code, listed } from "../gates/phrases.ts";
import type { Everything } from "../plan-components.ts";
import { together, type Wants } from "../wants.ts";
import { announcementStep } from "./announcement-step.ts";
import { downstreamStep } from "./downstream-step.ts";
import { environmentStep } from "./environment-of.ts";
import { publicationStep, tagStep } from "./own-steps.ts";
import type { Rollout } from "./releasing.ts";
import { isAgreedSkip, missingSecond, retriedAt, skipOf } from "./skips.ts";
import { type Finding, finding, isPassed, isSettled, isStuck } from "./step-finding.ts";
import { newStepRecord, runAt, standingStep, type StandingStep, type StepRecord } from "./step-record.ts";
import type { Stepped, StepSeen } from "./step-seen.ts";
import type { Step } from "./steps.ts";
import { artifactStep } from "./artifact-step.ts";

export type Walked = {
  readonly findings: ReadonlyMap<string, Finding>;
  /** Nothing in it when every finding is final for this look. */
  readonly wants: Wants;
};

/** @param starting how the check run of a step is written when a workflow is started */
export function walk(
  rollout: Rollout,
  everything: Everything,
  hosted: Hosted,
  starting: (step: Step, record: StepRecord, dispatch: Dispatch, standing: StandingStep | null) => StartWorkflow,
): Walked {
  const findings = new Map<string, Finding>();
  const wants: Wants[] = [];
  for (const step of rollout.steps) {
    const standing = standingStep(rollout.values.tag, step.step, rollout.followed.checks);
    const settled = settledFinding(step, standing, rollout, findings);
    const stepped =
      settled ??
      judgeStep(step, {
        rollout,
        standing,
        record: standing?.record ?? newStepRecord(rollout.values.tag, step.step),
        retriedAt: retriedAt(step.step, rollout.facts),
        taken: runsOfOthers(step, rollout, findings),
        everything,
        hosted,
        starting: (record, dispatch) => starting(step, record, dispatch, standing),
        findings,
      });
    if ("wants" in stepped) {
      wants.push(stepped.wants);
      findings.set(step.step, finding("unknown", "is being read"));
    } else findings.set(step.step, withSkipAsked(step, stepped.found, rollout));
  }
  return { findings, wants: together(wants) };
}

/** What it is without a look at anything; null when it has to be looked into. */
function settledFinding(step: Step, standing: StandingStep | null, rollout: Rollout, findings: ReadonlyMap<string, Finding>): Stepped | null {
  const { facts, newer } = rollout;
  if (standing !== null && isSettled(standing.record.state))
    return {
      found: finding(standing.record.state, standing.record.because, { url: standing.check.url, gates: standing.record.gates, record: standing.record }),
    };
  const skip = skipOf(step.step, facts);
  if (isAgreedSkip(skip) && step.kind !== "tag" && step.kind !== "publication") {
    const record: StepRecord = { ...(standing?.record ?? newStepRecord(rollout.values.tag, step.step)), endedAt: skip.at };
    return { found: finding("skipped", `skipped by @${skip.by.join(" and @")}: ${skip.reason}`, { record, url: standing?.check.url ?? null }) };
  }
  if (facts.withdrawn !== null && !isOfWithdrawal(step))
    return { found: finding("superseded", "the release was withdrawn", { record: standing?.record ?? null }) };
  if (newer !== null && standing === null && step.kind !== "workflow" && step.kind !== "tag" && step.kind !== "publication")
    return { found: finding("superseded", `${newer} came first`) };
  const waited = step.after.flatMap((name) => {
    const before = findings.get(name);
    return before === undefined || isSettled(before.state) ? [] : [{ name, before }];
  });
  if (waited.length === 0 || standing !== null) return null;
  return { found: finding("waiting", waitsBehind(waited)) };
}

/** Of a release that is taken back, people are told so. */
function isOfWithdrawal(step: Step): boolean {
  return step.kind === "announcement" && step.communication.on === "rollback";
}

function waitsBehind(waited: readonly { readonly name: string; readonly before: Finding }[]): Words {
  const stuck = waited.filter(({ before }) => isStuck(before.state) || before.because.startsWith(PAUSED));
  const names = (stuck.length > 0 ? stuck : waited).map(({ name }) => code(name));
  return stuck.length > 0 ? `${PAUSED} by ${listed(names)}` : `waits for ${listed(names)}`;
}

const PAUSED = "paused";

function judgeStep(step: Step, seen: StepSeen): Stepped {
  switch (step.kind) {
    case "tag":
      return { found: tagStep(seen) };
    case "publication":
      return { found: publicationStep(step, seen) };
    case "workflow":
      return artifactStep(step, seen);
    case "environment":
      return environmentStep(step, seen);
    case "downstream":
      return downstreamStep(step, seen);
    case "announcement":
      return announcementStep(step, seen);
  }
}

/** One voice is not enough, and a second one has to know that it is wanted. */
function withSkipAsked({ step }: Step, found: Finding, { facts }: Rollout): Finding {
  const missing = found.state === "skipped" || isPassed(found.state) ? null : missingSecond(step, skipOf(step, facts));
  return missing === null ? found : { ...found, next: found.next === null ? missing : `${found.next}. ${missing}` };
}

/** What other steps of this and of other releases on the commit are known to run. */
function runsOfOthers({ step }: Step, { followed, values }: Rollout, findings: ReadonlyMap<string, Finding>): ReadonlySet<number> {
  const own = standingStep(values.tag, step, followed.checks)?.check.id ?? null;
  const ids = [
    ...followed.checks.filter(({ id }) => id !== own).map(({ url }) => url),
    ...[...findings].flatMap(([name, { url }]) => (name === step ? [] : [url])),
  ];
  return new Set(ids.flatMap((url) => runAt(url) ?? []));
}
