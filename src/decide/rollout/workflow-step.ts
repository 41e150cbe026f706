// A workflow as a step: begun once, known again after any interruption, followed to its end. A run that GitHub starts is
// found by workflow, event and commit; one that the app dispatches by the link on its check run, or else by being the only
// run that this app can have caused. Where that can't be told, nothing is done until a person says so.
import type { Action, Dispatch, StartWorkflow, Words } from "../../model/plan.ts";
import { type Hosted, runsKey, type RunsAsked, type Sha, type WorkflowRun } from "../../model/snapshot.ts";
import type { WorkflowStart } from "../../model/playbook.ts";
import type { EpochMs } from "../../model/time.ts";
import { code } from "../gates/phrases.ts";
import { NOTHING_MORE, together, type Wants } from "../wants.ts";
import { faultIn } from "./inputs.ts";
import { filledFor, type ReleaseValues } from "./release-values.ts";
import { runFinding, withAttempt } from "./run-finding.ts";
import { type Finding, finding, isPassed } from "./step-finding.ts";
import { newStepRecord, runAt, type StandingStep, type StepRecord } from "./step-record.ts";

/** GitHub starts a run within seconds; a busy day takes minutes. */
const STARTS_WITHIN_MS = 10 * 60_000;
/** A run that was dispatched shows in the list within seconds. */
const LISTED_WITHIN_MS = 5 * 60_000;
/** Until then a run that nothing but its workflow tells apart may be that of another step which was begun at the same time. */
const ALL_SHOW_WITHIN_MS = 30_000;
const LOOKS_AGAIN_MS = 60_000;
/** Clocks of the app and of GitHub may differ by that much. */
const CLOCK_SKEW_MS = 60_000;

export type WorkflowStepAsked = {
  readonly step: string;
  readonly workflow: string;
  readonly start: WorkflowStart;
  readonly timeoutMs: number;
  /** More placeholders: `environment`. */
  readonly more: Readonly<Record<string, string>>;
  /** Tag whose push or release starts it, and its commit. */
  readonly on: { readonly tag: string; readonly sha: Sha };
  /** When what starts it happened; null while it has not. */
  readonly sinceAt: EpochMs | null;
};

export type WorkflowStepSeen = {
  readonly values: ReleaseValues;
  readonly standing: StandingStep | null;
  /** The last `/release retry` that means this step; null for none. */
  readonly retriedAt: EpochMs | null;
  /** Why nothing new may be begun; null when it may. */
  readonly stopped: Words | null;
  /** Runs that belong to other steps. */
  readonly taken: ReadonlySet<number>;
  readonly takenAt: EpochMs;
  readonly hosted: Hosted;
  /** How the check run of the step is written, with what it says. */
  readonly starting: (record: StepRecord, dispatch: Dispatch) => StartWorkflow;
};

/** What has to be read to know how it stands. */
export function workflowWants(asked: WorkflowStepAsked, standing: StandingStep | null, { hosted }: Pick<WorkflowStepSeen, "hosted">): Wants {
  if (standing !== null && isPassed(standing.record.state)) return NOTHING_MORE;
  const runs = runsAsked(asked, standing).filter((one) => !hosted.runs.has(runsKey(one)));
  if (runs.length > 0) return { files: [], runs };
  const run = foundRun(asked, standing, hosted, { taken: new Set(), doAllShow: true }).run;
  if (run === null || run.status !== "completed" || run.conclusion === "success" || run.conclusion === "neutral") return NOTHING_MORE;
  const key = `${String(run.id)}/${String(run.attempt)}`;
  return together([hosted.failedJobs.has(key) ? NOTHING_MORE : { files: [], failedJobs: [{ run: run.id, attempt: run.attempt }] }]);
}

function runsAsked(asked: WorkflowStepAsked, standing: StandingStep | null): readonly RunsAsked[] {
  const { start, on, workflow, sinceAt } = asked;
  if (!isDispatched(start)) return sinceAt === null ? [] : [{ of: "commit", sha: on.sha }];
  if (standing === null || standing.record.intent === null) return [];
  const id = runAt(standing.check.url);
  if (id !== null && !standing.record.before.includes(id)) return [{ of: "run", id }];
  if (standing.record.state === "failed") return [];
  return [{ of: "dispatch", workflow, event: start.trigger, since: standing.record.intent.at - CLOCK_SKEW_MS }];
}

/** `several`: each of them may be it. `unread`: why nobody can tell. */
type Found = { readonly run: WorkflowRun | null; readonly several: readonly WorkflowRun[]; readonly isGone: boolean; readonly unread: Words | null };
const NOTHING_FOUND: Found = { run: null, several: [], isGone: false, unread: null };

function foundRun(
  asked: WorkflowStepAsked,
  standing: StandingStep | null,
  hosted: Hosted,
  { taken, doAllShow }: { readonly taken: ReadonlySet<number>; readonly doAllShow: boolean },
): Found {
  const [question] = runsAsked(asked, standing);
  const read = question === undefined ? undefined : hosted.runs.get(runsKey(question));
  if (question === undefined || read === undefined) return NOTHING_FOUND;
  if (!read.ok) return { ...NOTHING_FOUND, unread: read.because };
  if (question.of === "run") return { ...NOTHING_FOUND, run: read.value[0] ?? null, isGone: read.value.length === 0 };
  if (question.of === "commit") return { ...NOTHING_FOUND, run: newestOf(read.value.filter((run) => isStartedBy(run, asked))) };
  const before = new Set(standing?.record.before);
  const own = read.value.filter(({ id }) => !before.has(id) && !taken.has(id));
  const titled = own.filter(({ title }) => namesTag(title, asked.on.tag));
  if (titled.length !== 1 && !doAllShow) return NOTHING_FOUND;
  const [only, ...others] = titled.length === 1 ? titled : own;
  return only !== undefined && others.length === 0 ? { ...NOTHING_FOUND, run: only } : { ...NOTHING_FOUND, several: own };
}

/** `v1.1.0-rc.1` does not name `v1.1.0`. */
function namesTag(title: string, tag: string): boolean {
  return title
    .split(tag)
    .slice(1)
    .some((after) => !/^(?:[\w+-]|\.\w)/.test(after));
}

/** By the event, or by a person who ran it on the same tag by hand. */
function isStartedBy({ workflow, event, branch, sha }: WorkflowRun, asked: WorkflowStepAsked): boolean {
  const expected = asked.start.trigger === "tag" ? "push" : "release";
  return workflow === asked.workflow && (event === expected || event === "workflow_dispatch") && branch === asked.on.tag && sha === asked.on.sha;
}

/** GitHub counts ids upwards. */
function newestOf(runs: readonly WorkflowRun[]): WorkflowRun | null {
  return runs.toSorted((one, other) => other.id - one.id)[0] ?? null;
}

/** Called when it is its turn, or once it has begun. */
export function judgeWorkflow(asked: WorkflowStepAsked, seen: WorkflowStepSeen): Finding {
  const { standing, takenAt, hosted } = seen;
  const record = standing?.record ?? newStepRecord(asked.on.tag, asked.step);
  if (standing !== null && isPassed(record.state)) return finding(record.state, record.because, { url: standing.check.url, record });
  const allShowAt = (record.intent?.at ?? 0) + ALL_SHOW_WITHIN_MS;
  const found = foundRun(asked, standing, hosted, { taken: seen.taken, doAllShow: takenAt >= allShowAt });
  if (found.unread !== null)
    return finding("unknown", `whether ${code(asked.workflow)} runs can't be read: ${found.unread}`, {
      next: "give the app actions: write",
      record: standing?.record ?? null,
    });
  if (found.run !== null) return judgeRun(found.run, record, asked, seen);
  if (!isDispatched(asked.start)) return notStartedByGitHub(asked, record, takenAt);
  if (record.intent === null) return begin(asked, record, seen);
  if (seen.retriedAt !== null && seen.retriedAt > Math.max(record.intent.answers ?? 0, record.intent.at)) return begin(asked, record, seen);
  const again = `say \`/release retry ${asked.step}\` to start it again`;
  if (record.state === "failed") return finding("failed", refusalIn(standing, record), { next: `mend it, then ${again}`, record });
  if (found.isGone) return halted(`its run was deleted: how it ended is not known`, again, record);
  if (found.several.length > 1)
    return halted(
      `${String(found.several.length)} runs may be it: ${found.several.map(({ url }) => url).join(", ")}`,
      `cancel those that are not wanted, then ${again}`,
      record,
    );
  const tellsAt = record.intent.at + LISTED_WITHIN_MS;
  if (takenAt < tellsAt)
    return finding("unknown", `whether ${code(asked.workflow)} was started is being found out`, {
      opensAt: takenAt < allShowAt ? allShowAt : Math.min(tellsAt, takenAt + LOOKS_AGAIN_MS),
      record,
    });
  return halted(
    `whether ${code(asked.workflow)} was started is not known: the answer was lost and no run shows`,
    `look at its runs; if there is none, ${again}`,
    record,
  );
}

/** GitHub's word came after the decision: it stands on the check run until this look remembers it. */
function refusalIn(standing: StandingStep | null, record: StepRecord): Words {
  return record.because === "" ? (standing?.check.summary.split("\n")[0] ?? "") : record.because;
}

function halted(because: Words, next: Words, record: StepRecord): Finding {
  return finding("halted", because, { next, record });
}

function notStartedByGitHub({ workflow, start, on, step, sinceAt }: WorkflowStepAsked, record: StepRecord, takenAt: EpochMs): Finding {
  const what = start.trigger === "tag" ? `the tag ${code(on.tag)}` : `the publication of ${code(on.tag)}`;
  const untilAt = (sinceAt ?? takenAt) + STARTS_WITHIN_MS;
  if (takenAt < untilAt) return finding("running", `GitHub starts ${code(workflow)} on ${what}`, { opensAt: untilAt });
  return finding("halted", `${what} started no run of ${code(workflow)}`, {
    next: `run it on ${code(on.tag)} by hand, or say \`/release skip ${step} <reason>\``,
    record,
  });
}

function judgeRun(run: WorkflowRun, record: StepRecord, asked: WorkflowStepAsked, { takenAt, hosted, retriedAt, stopped }: WorkflowStepSeen): Finding {
  const jobs = hosted.failedJobs.get(`${String(run.id)}/${String(run.attempt)}`);
  const found = runFinding(run, { timeoutMs: asked.timeoutMs, takenAt, jobs: jobs?.ok === true ? jobs.value : [] });
  const attempts = withAttempt(record.attempts, run);
  const known: StepRecord = { ...record, attempts, startedAt: record.startedAt ?? run.startedAt, endedAt: run.status === "completed" ? run.updatedAt : null };
  if (found.state !== "failed") return { ...found, record: known };
  const isAsked = run.status === "completed" && retriedAt !== null && retriedAt > run.updatedAt;
  if (isAsked && stopped === null) {
    const rerun: Action = {
      kind: "rerun-workflow",
      step: asked.step,
      run: run.id,
      jobs: run.conclusion === "failure" || run.conclusion === "timed_out" ? "failed" : "all",
    };
    return finding("ready", `${code(asked.workflow)} is run again`, { url: run.url, record: known, actions: [rerun] });
  }
  return {
    ...found,
    next: `${found.next ?? "mend it, then say"} \`/release retry ${asked.step}\`, or \`/release skip ${asked.step} <reason>\``,
    record: known,
  };
}

function begin(asked: WorkflowStepAsked, record: StepRecord, seen: WorkflowStepSeen): Finding {
  const { stopped, takenAt, retriedAt, standing, values } = seen;
  if (stopped !== null) return finding("waiting", stopped, { record: standing?.record ?? null });
  const dispatch = dispatchOf(asked, values);
  if (dispatch === null) return noCandidate(values);
  const fault = faultIn(dispatch);
  if (fault !== null) return finding("halted", fault, { next: "correct the playbook's `inputs`" });
  const last = runAt(standing?.check.url ?? null);
  const intended: StepRecord = {
    ...record,
    state: "running",
    intent: { at: takenAt, answers: retriedAt },
    before: last === null ? record.before : [...new Set([...record.before, last])],
    startedAt: record.startedAt ?? takenAt,
    endedAt: null,
  };
  return finding("ready", `${code(asked.workflow)} is started`, { record: intended, actions: [seen.starting(intended, dispatch)] });
}

/** What the app starts; GitHub starts the others. */
type Dispatched = Extract<WorkflowStart, { readonly inputs: unknown }>;

function isDispatched(start: WorkflowStart): start is Dispatched {
  return start.trigger === "workflow_dispatch" || start.trigger === "repository_dispatch";
}

/** Null when it needs a candidate and there is none. */
function dispatchOf({ workflow, start, more }: WorkflowStepAsked, values: ReleaseValues): Dispatch | null {
  if (!isDispatched(start)) throw new Error(`Bug: ${workflow} is started by GitHub`);
  const inputs: [string, string][] = [];
  for (const [name, template] of Object.entries(start.inputs)) {
    const value = filledFor(template, values, more);
    if (value === null) return null;
    inputs.push([name, value]);
  }
  if (start.trigger === "repository_dispatch") return { event: "repository_dispatch", type: start.event, payload: Object.fromEntries(inputs) };
  const ref = start.ref === null ? values.tag : filledFor(start.ref, values, more);
  return ref === null ? null : { event: "workflow_dispatch", workflow, ref, inputs: Object.fromEntries(inputs) };
}

/** Its inputs name a candidate, and nobody has tagged one. */
function noCandidate({ component, version, sha }: ReleaseValues): Finding {
  return finding("needs-people", `there is no candidate of ${component} ${version} on ${sha.slice(0, 7)}`, {
    next: `tag ${code(sha.slice(0, 7))} as a candidate and push the tag`,
  });
}
