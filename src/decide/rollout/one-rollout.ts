// One release that is under way: what everybody is shown of it, and what is done about it now.
import { type Action, type CheckText, type Dispatch, type KeepStep, SIGNATURE_SAID, type StartWorkflow, type Words } from "../../model/plan.ts";
import type { Hosted } from "../../model/snapshot.ts";
import type { RolloutReport, RolloutState, StepReport } from "../../model/rollout.ts";
import type { EpochMs } from "../../model/time.ts";
import { earliest } from "../earliest.ts";
import type { Everything } from "../plan-components.ts";
import { rolloutHeadline } from "../prose/rollout-words.ts";
import { stepCheck } from "../prose/step-check.ts";
import { asMarkdown, asPlainText, paragraphs } from "../prose/words.ts";
import { type RolloutRecord, rolloutId, rolloutRecordAsComment } from "./record.ts";
import { titleOfRelease } from "./release-title.ts";
import type { Rollout } from "./releasing.ts";
import { type Finding, isPassed, isStuck } from "./step-finding.ts";
import { stepId, standingStep, type StandingStep, type StepRecord, stepRecordAsComment } from "./step-record.ts";
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

function reportOf({ step, kind, after }: Step, { state, because, next, opensAt, url, gates, details, record }: Finding): StepReport {
  return {
    step,
    kind,
    state,
    because,
    next,
    opensAt,
    after,
    url,
    attempts: record?.attempts ?? [],
    startedAt: record?.startedAt ?? null,
    endedAt: record?.endedAt ?? null,
    gates,
    details,
  };
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
    title: titleOfRelease(rollout, everything),
    pullRequest: pullRequest?.number ?? null,
    evaluatedAt: takenAt,
    state,
    because: becauseOf(state, steps, rollout),
    startedAt: record.startedAt,
    endedAt: state === "verified" || state === "withdrawn" || state === "superseded" ? takenAt : null,
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
  if (steps.every(({ state }) => isPassed(state) || state === "superseded"))
    return newer !== null && steps.some(({ state }) => state === "superseded") ? "superseded" : "verified";
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
  return (
    state === "verified" || state === "superseded" || (state === "withdrawn" && steps.every((step) => isPassed(step.state) || step.state === "superseded"))
  );
}

function nameOf({ component, version }: RolloutRecord, step: string): string {
  return `${component} ${version}: ${step}`;
}

function starting(step: Step, record: StepRecord, dispatch: Dispatch, standing: StandingStep | null, { followed }: Rollout): StartWorkflow {
  const own = followed.record;
  const what = dispatch.event === "workflow_dispatch" ? dispatch.workflow : dispatch.type;
  const refusedRecord: StepRecord = { ...record, state: "failed" };
  return {
    kind: "start-workflow",
    sha: own.sha,
    name: nameOf(own, step.step),
    step: step.step,
    standing: standing?.check.nodeId ?? null,
    dispatch,
    check: {
      externalId: stepId(own.tag, step.step),
      conclusion: null,
      title: `${step.step} is being started`,
      summary: `\`${what}\` is being started. Its run shows here once GitHub names it.`,
      text: stepRecordAsComment(record),
      problems: [],
    },
    refused: {
      externalId: stepId(own.tag, step.step),
      conclusion: "failure",
      title: `${step.step} could not be started`,
      summary: `GitHub refuses to start \`${what}\`: {reason}\n\nMend it, then say \`/release retry ${step.step}\`.`,
      text: stepRecordAsComment(refusedRecord),
      problems: [],
    },
  };
}

/** What is started or run again writes its own check run; what did not change is not written. */
function actionsFor(step: Step, found: Finding, rollout: Rollout): readonly Action[] {
  const isStarted = found.actions.some(({ kind }) => kind === "start-workflow" || kind === "rerun-workflow");
  if (found.record === null || isStarted) return found.actions;
  return [...found.actions, ...keepStep(step, found, found.record, rollout)];
}

function keepStep(step: Step, found: Finding, record: StepRecord, { followed, values }: Rollout): KeepStep[] {
  const standing = standingStep(values.tag, step.step, followed.checks);
  const told = toldKey(found, record);
  const { pullRequest } = followed;
  const news =
    told !== null && told !== record.told && pullRequest !== null
      ? { subjectId: pullRequest.id, body: found.say ?? newsOf(step, found, followed.record) }
      : null;
  const remembered: StepRecord = {
    ...record,
    state: found.state,
    because: found.because,
    // What was asked and how it was answered stays; how long it took to tell does not.
    gates: (isPassed(found.state) ? [...record.gates, ...found.gates] : record.gates).map((gate) => ({ ...gate, details: [], problems: [] })),
    told: news === null ? record.told : told,
  };
  const release = { component: values.component, version: values.version, tag: values.tag };
  const check: CheckText = {
    externalId: stepId(values.tag, step.step),
    ...stepCheck(reportOf(step, found), release),
    text: stepRecordAsComment(remembered),
    problems: [],
  };
  if (standing !== null && isSaid(check, found.url, standing)) return [];
  return [
    {
      kind: "keep-step",
      sha: values.sha,
      name: nameOf(followed.record, step.step),
      check,
      url: found.url,
      standing: standing?.check.nodeId ?? null,
      say: news,
    },
  ];
}

function isSaid(check: CheckText, url: string | null, { check: standing }: StandingStep): boolean {
  return (
    check.title === standing.title &&
    check.summary === standing.summary &&
    check.conclusion === standing.conclusion &&
    check.text === standing.text &&
    (url === null || url === standing.url)
  );
}

/**
 * What people are told once: that it is stuck at this attempt, or that it is their turn, and again when time has opened what
 * they could not answer before. Null: nothing that they have to know at once.
 */
function toldKey({ state, gates }: Finding, { attempts, intent, deployedAt }: StepRecord): string | null {
  if (!isStuck(state) && state !== "needs-people") return null;
  const last = attempts.at(-1);
  const what = last === undefined ? String(intent?.at ?? 0) : `${String(last.run)}/${String(last.attempt)}`;
  const timed = gates.filter((gate) => gate.state === "waiting" && gate.opensAt !== null).length;
  return [state, what, deployedAt === null ? "before" : "after", ...(timed === 0 ? [] : [`${String(timed)} later`])].join(" ");
}

function newsOf(step: Step, { state, because, next }: Finding, { component, version }: RolloutRecord): string {
  const how = isStuck(state) ? "is paused" : "waits for people";
  const what = `**${asMarkdown(`${component} ${version}`)} ${how} at ${asMarkdown(step.step)}**: ${asMarkdown(because)}.`;
  return next === null ? what : `${what}\n\nNext: ${asMarkdown(next)}.`;
}

/** The release's own check run: how far it is, and how it ended. Null when it says so already. */
export function keepRollout({ rollout, report }: JudgedRollout, say: KeepStep["say"], isEnd: boolean): KeepStep | null {
  const { record, check: standing } = rollout.followed;
  const remembered: RolloutRecord = {
    ...record,
    taggedAt: record.taggedAt ?? (rollout.followed.tagSha === record.sha ? report.evaluatedAt : null),
    publishedAt: record.publishedAt ?? (rollout.published === null ? null : report.evaluatedAt),
  };
  const check: CheckText = {
    externalId: rolloutId(record.tag),
    conclusion: isEnd ? conclusionOf(report.state) : null,
    title: asPlainText(rolloutHeadline(report), TITLE_MAX),
    summary: paragraphs([asMarkdown(report.because), signatureIn(standing.summary)]),
    text: rolloutRecordAsComment(remembered),
    problems: [],
  };
  const isSame =
    check.title === standing.title && check.summary === standing.summary && check.text === standing.text && check.conclusion === standing.conclusion;
  return isSame
    ? null
    : { kind: "keep-step", sha: record.sha, name: `Release ${record.component} ${record.version}`, check, url: null, standing: standing.nodeId, say };
}

/** GitHub shows so much of a title. */
const TITLE_MAX = 255;

/** What is said of the tag's signature stays. */
function signatureIn(summary: string): string {
  return summary.split("\n\n").find((paragraph) => paragraph.startsWith(SIGNATURE_SAID)) ?? "";
}

function conclusionOf(state: RolloutState): CheckText["conclusion"] {
  return state === "verified" ? "success" : state === "withdrawn" ? "failure" : "neutral";
}
