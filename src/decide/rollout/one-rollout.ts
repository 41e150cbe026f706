// One release that is under way: what everybody is shown of it, and what is done about it now.
import type { Action, Words } from "../../model/plan.ts";
import type { Hosted } from "../../model/snapshot.ts";
import type { RolloutReport, RolloutState, StepReport } from "../../model/rollout.ts";
import type { EpochMs } from "../../model/time.ts";
import { earliest } from "../earliest.ts";
import type { Everything } from "../plan-components.ts";
import { isRolloutOver } from "../prose/rollout-words.ts";
import { releaseTitle } from "../release-title.ts";
import type { Rollout } from "./releasing.ts";
import { type Finding, isPassed, isSettled, isStuck } from "./step-finding.ts";
import { keepStep, reportOf, starting } from "./step-check-run.ts";
import type { Step } from "./steps.ts";
import { walk } from "./walk.ts";

export type JudgedRollout = {
  readonly rollout: Rollout;
  readonly report: RolloutReport;
  readonly findings: ReadonlyMap<string, Finding>;
  /** Everything but the end: that comes when nothing else is left to be done. */
  readonly actions: readonly Action[];
  readonly wakeAt: EpochMs | null;
};

/** A run or a pull request that was just begun is looked after, whether or not GitHub tells of it. */
const LOOKS_AFTER_MS = 60_000;

export function walkRollout(rollout: Rollout, everything: Everything, hosted: Hosted): ReturnType<typeof walk> {
  return walk(rollout, everything, hosted, (step, record, dispatch, standing) => starting(step, record, dispatch, standing, rollout));
}

export function judgeRollout(rollout: Rollout, everything: Everything, hosted: Hosted): JudgedRollout {
  const { takenAt } = everything.snapshot;
  const { findings } = walkRollout(rollout, everything, hosted);
  const reports = rollout.steps.map((step) => reportOf(step, foundOf(step, findings)));
  const report = rolloutReport(rollout, reports, everything, findings);
  const actions = rollout.steps.flatMap((step) => actionsFor(step, foundOf(step, findings), rollout));
  const waits = [...findings.values()].flatMap(({ opensAt }) => (opensAt !== null && opensAt > takenAt ? [opensAt] : []));
  const isStarting = actions.some(({ kind }) => kind === "start-workflow" || kind === "rerun-workflow" || kind === "keep-companion");
  return { rollout, report, findings, actions, wakeAt: earliest([...waits, isStarting ? takenAt + LOOKS_AFTER_MS : null]) };
}

function foundOf({ step }: Step, findings: ReadonlyMap<string, Finding>): Finding {
  const found = findings.get(step);
  if (found === undefined) throw new Error(`Bug: the step ${step} was not judged`);
  return found;
}

function rolloutReport(rollout: Rollout, steps: readonly StepReport[], everything: Everything, findings: ReadonlyMap<string, Finding>): RolloutReport {
  const { record, pullRequest } = rollout.followed;
  const { takenAt } = everything.snapshot;
  const state = stateOf(rollout, steps);
  const records = [...findings.values()].flatMap((one) => one.record ?? []);
  return {
    line: record.line,
    component: record.component,
    version: record.version,
    tag: record.tag,
    sha: record.sha,
    title: releaseTitle(rollout.values, everything),
    pullRequest: pullRequest?.number ?? null,
    evaluatedAt: takenAt,
    state,
    because: becauseOf(state, steps, rollout),
    startedAt: record.startedAt,
    endedAt: isRolloutOver(state) ? takenAt : null,
    steps,
    artifacts: records.flatMap((one) => one.artifacts),
    moving: [...records.flatMap((one) => one.moving), ...rollout.moving],
    notices: rollout.facts.lapsed,
  };
}

function stateOf({ trouble, facts, newer }: Rollout, steps: readonly StepReport[]): RolloutState {
  if (trouble !== null) return "frozen";
  if (facts.withdrawn !== null) return "withdrawn";
  // Where another repository is further already, nothing is left to be done there.
  if (steps.every(({ state }) => isSettled(state))) return newer !== null && steps.some(({ state }) => state === "superseded") ? "superseded" : "verified";
  if (steps.some(({ state }) => isStuck(state))) return "paused";
  return steps.some(({ state }) => state === "running" || state === "ready") ? "running" : "waiting";
}

function becauseOf(state: RolloutState, steps: readonly StepReport[], { trouble, facts, newer }: Rollout): Words {
  if (trouble !== null) return trouble.because;
  if (facts.withdrawn !== null) return `@${facts.withdrawn.by} withdrew it: ${facts.withdrawn.reason}`;
  if (state === "superseded") return `${newer ?? "a newer release"} came first`;
  if (state === "verified") return "every step is done";
  const telling =
    steps.find((one) => isStuck(one.state)) ??
    steps.find((one) => one.state === "needs-people") ??
    steps.find((one) => !isPassed(one.state) && one.state !== "waiting") ??
    steps.find((one) => !isPassed(one.state));
  return telling === undefined ? "" : `${telling.step}: ${telling.because}`;
}

/** Nothing more comes of it. A release that was taken back ends when people were told so. */
export function isFinal({ state, steps }: RolloutReport): boolean {
  return isRolloutOver(state) && (state !== "withdrawn" || steps.every((step) => isSettled(step.state)));
}

/** What is started or run again writes its own check run; what did not change is not written. */
function actionsFor(step: Step, found: Finding, rollout: Rollout): readonly Action[] {
  const isStarted = found.actions.some(({ kind }) => kind === "start-workflow" || kind === "rerun-workflow");
  if (found.record === null || isStarted) return found.actions;
  return [...found.actions, ...keepStep(step, found, found.record, rollout)];
}
