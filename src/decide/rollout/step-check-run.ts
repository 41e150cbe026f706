// The check run of one step: what stands on it while a run is being started, and what it says of what was found. People are
// told beside it, once.
import type { CheckText, Dispatch, KeepStep, StartWorkflow } from "../../model/plan.ts";
import type { StepReport } from "../../model/rollout.ts";
import { stepCheck } from "../prose/step-check.ts";
import { asMarkdown } from "../prose/words.ts";
import type { RolloutRecord } from "./record.ts";
import type { Rollout } from "./releasing.ts";
import { saysTheSame } from "./says-the-same.ts";
import { type Finding, isPassed, isStuck } from "./step-finding.ts";
import { standingStep, stepId, type StandingStep, type StepRecord, stepRecordAsComment } from "./step-record.ts";
import type { Step } from "./steps.ts";

export function reportOf({ step, kind, after }: Step, { state, because, next, opensAt, url, gates, details, record }: Finding): StepReport {
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

function nameOf({ component, version }: RolloutRecord, step: string): string {
  return `${component} ${version}: ${step}`;
}

/** The intent first, and what stands there where GitHub refuses it. */
export function starting(step: Step, record: StepRecord, dispatch: Dispatch, standing: StandingStep | null, { followed }: Rollout): StartWorkflow {
  const own = followed.record;
  const what = dispatch.event === "workflow_dispatch" ? dispatch.workflow : dispatch.type;
  const refusedRecord: StepRecord = { ...record, state: "failed", because: "" };
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

/** Null when it says so already. */
export function keepStep(step: Step, found: Finding, record: StepRecord, { followed, values }: Rollout): KeepStep[] {
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
    gates: (isPassed(found.state) ? found.gates : record.gates).map((gate) => ({ ...gate, details: [], problems: [] })),
    told: news === null ? record.told : told,
  };
  const release = { component: values.component, version: values.version, tag: values.tag };
  const check: CheckText = {
    externalId: stepId(values.tag, step.step),
    ...stepCheck(reportOf(step, found), release),
    text: stepRecordAsComment(remembered),
    problems: [],
  };
  if (standing !== null && saysTheSame(check, standing.check) && (found.url === null || found.url === standing.check.url)) return [];
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
