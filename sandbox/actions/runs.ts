// A run from its beginning to its end, and again. Nothing is executed: what a runner would do, a test or a person says.
// queued → in_progress → completed, waiting before or between; a new attempt is queued once more.
import type { Sha } from "../git/types.ts";
import { pageOfRepository } from "../rest/shapes/links.ts";
import { addSuite, newCheckRun, tellCompletion } from "../world/checks.ts";
import type { Stage } from "../world/events.ts";
import { type Actor, ApiError, type Job, type Repository, type RunConclusion, type User, type WorkflowEvent, type WorkflowRun } from "../world/types.ts";
import { actionsApp } from "./actions-app.ts";
import { heldJobs, isKeptOut, tellDeployment } from "./held-jobs.ts";
import { mustWait, nextAfter, supersededBy } from "./concurrency.ts";
import { fillIn } from "./fill-in.ts";
import { type FoundWorkflow, rememberWorkflow } from "./workflows.ts";

export type RunCause = {
  readonly event: WorkflowEvent;
  readonly headSha: Sha;
  /** Short name of the branch or tag. */
  readonly headBranch: string;
  readonly given: Readonly<Record<string, unknown>>;
  /** What the run is called where the file has no `run-name`. */
  readonly title: string;
  /** What `github.event` names. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** How many runs led to it, each by its end; none where it is left out. */
  readonly depth?: number;
};
/** By names of jobs: how each ends, and the step at which one ended that did not succeed. */
export type JobEnds = { readonly jobs?: Readonly<Record<string, RunConclusion>>; readonly steps?: Readonly<Record<string, string>> };

const as = (user: User): Actor => ({ is: "user", user });
const tell = (stage: Stage, repository: Repository, run: WorkflowRun, action: "requested" | "in_progress" | "completed"): Promise<void> =>
  stage.emit(repository, as(run.triggeringActor), { is: "workflow run", action, run });

const tellJob = (stage: Stage, repository: Repository, run: WorkflowRun, job: Job, action: "queued" | "in_progress" | "completed"): Promise<void> =>
  stage.emit(repository, as(run.triggeringActor), { is: "workflow job", action, run, job });

const contextOf = (repository: Repository, actor: Actor, id: number, number: number, cause: RunCause) => ({
  inputs: cause.event === "workflow_dispatch" ? cause.given : {},
  github: {
    actor: actor.user.login,
    event: cause.payload,
    event_name: cause.event,
    ref_name: cause.headBranch,
    repository: `${repository.owner.login}/${repository.name}`,
    run_id: id,
    run_number: number,
    sha: cause.headSha,
  },
});

export const createRun = async (stage: Stage, actor: Actor, repository: Repository, found: FoundWorkflow, cause: RunCause): Promise<WorkflowRun> => {
  const { world } = stage;
  const { runs, runsSucceed } = repository.actions;
  const workflow = rememberWorkflow(world, repository, found);
  const group = found.file.concurrency;
  const [id, number] = [world.nextId(), 1 + [...runs.values()].filter((run) => run.workflow === workflow).length];
  const { runName, jobs } = found.file;
  const now = world.now();
  const context = contextOf(repository, actor, id, number, cause);
  const run: WorkflowRun = {
    id,
    number,
    workflow,
    name: workflow.name,
    title: runName === null ? cause.title : fillIn(runName, context),
    event: cause.event,
    headSha: cause.headSha,
    headBranch: cause.headBranch,
    suite: addSuite(stage, repository, { app: actionsApp(world), headSha: cause.headSha, isOfWorkflow: true }),
    given: cause.given,
    actor: actor.user,
    triggeringActor: actor.user,
    attempt: 1,
    status: "queued",
    conclusion: null,
    createdAt: now,
    startedAt: now,
    updatedAt: now,
    jobs: [],
    concurrency: group && { ...group, group: fillIn(group.group, { ...context, github: { ...context.github, workflow: workflow.name } }) },
    depth: cause.depth ?? 0,
    definitions: jobs,
    pending: jobs,
    reviews: [],
    past: [],
  };
  runs.set(id, run);
  await tell(stage, repository, run, "requested");
  for (const other of supersededBy(repository, run)) await endRun(stage, repository, other, "cancelled", {});
  if (mustWait(repository, run)) run.status = "pending";
  else if (runsSucceed) await succeed(stage, repository, run);
  return run;
};

/** At once; what waits for an environment goes on waiting. */
const succeed = async (stage: Stage, repository: Repository, run: WorkflowRun): Promise<void> => {
  await startRun(stage, repository, run);
  if (!isHeld(run)) await finishRun(stage, repository, run, "success");
};

/** Whether a job of it waits for its environment. */
const isHeld = (run: WorkflowRun): boolean => run.status === "waiting" && run.pending.length > 0;

/** After somebody opened an environment, or time did. */
export const goOn = (stage: Stage, repository: Repository, run: WorkflowRun): Promise<void> =>
  repository.actions.runsSucceed ? succeed(stage, repository, run) : startRun(stage, repository, run);

/** The newest job of each name: those that count for the attempt. */
export const jobsOf = ({ jobs }: WorkflowRun, attempt: number): Job[] => [
  ...new Map(jobs.filter((job) => job.attempt <= attempt).map((job) => [job.name, job])).values(),
];

/** Its jobs begin, but for those whose environment waits: their check runs come to be. @throws ApiError 409 when it runs or has ended */
export const startRun = async (stage: Stage, repository: Repository, run: WorkflowRun): Promise<void> => {
  if (run.status === "pending") throw new ApiError(409, `This run waits for another one of ${run.concurrency?.group ?? "its group"}.`);
  if (run.status !== "queued" && run.status !== "waiting") throw new ApiError(409, `This run is ${run.status} already.`);
  const { pending: all } = run;
  const hasBegun = run.jobs.some(({ attempt }) => attempt === run.attempt);
  const held = await heldJobs(stage, repository, run);
  const pending = all.filter((definition) => !held.includes(definition));
  run.pending = held;
  run.status = "in_progress";
  run.updatedAt = stage.world.now();
  for (const definition of pending) {
    const { name } = definition;
    const check = newCheckRun(stage, run.suite, name);
    check.status = "in_progress";
    check.detailsUrl = `${pageOfRepository(stage.world, repository)}/actions/runs/${run.id}/job/${check.id}`;
    repository.checkRuns.set(check.id, check);
    const job: Job = { ...definition, attempt: run.attempt, check, endedAtStep: null };
    run.jobs.push(job);
    for (const action of ["queued", "in_progress"] as const) await tellJob(stage, repository, run, job, action);
    await stage.emit(repository, as(run.triggeringActor), { is: "check run", action: "created", run: check });
    await tellDeployment(stage, repository, run, definition, "in_progress");
  }
  if (!hasBegun && pending.length > 0) await tell(stage, repository, run, "in_progress");
  if (held.length > 0) run.status = "waiting";
  if (pending.some((definition) => isKeptOut(repository, run, definition))) await endRun(stage, repository, run, "failure", {});
};

/** It waits for somebody who approves a deployment; `startRun` goes on. @throws ApiError 409 when it has ended */
export const holdRun = (stage: Stage, run: WorkflowRun): Promise<void> => {
  if (run.status === "completed") throw new ApiError(409, "This run is completed already.");
  run.status = "waiting";
  run.updatedAt = stage.world.now();
  return Promise.resolve();
};

/** Where it was said; else at the last of its steps. Null where it has none, and for what succeeded. */
const lastStep = ({ name, steps, check }: Job, said: JobEnds["steps"]): number | null => {
  if (check.conclusion === "success" || check.conclusion === "skipped" || steps.length === 0) return null;
  return said?.[name] === undefined ? steps.length - 1 : steps.indexOf(said[name]);
};

export const endRun = async (stage: Stage, repository: Repository, run: WorkflowRun, conclusion: RunConclusion, { jobs, steps }: JobEnds): Promise<void> => {
  const now = stage.world.now();
  run.pending = [];
  for (const job of run.jobs) {
    const { name, check } = job;
    if (check.status === "completed") continue;
    check.status = "completed";
    check.conclusion = jobs?.[name] ?? conclusion;
    job.endedAtStep = lastStep(job, steps);
    check.completedAt = now;
    await tellCompletion(stage, as(run.triggeringActor), repository, check);
    await tellJob(stage, repository, run, job, "completed");
    await tellDeployment(stage, repository, run, job, check.conclusion === "success" ? "success" : "failure");
  }
  run.status = "completed";
  run.conclusion = conclusion;
  run.updatedAt = now;
  await tell(stage, repository, run, "completed");
  const next = nextAfter(repository, run);
  if (next === null) return;
  next.status = "queued";
  if (repository.actions.runsSucceed) await succeed(stage, repository, next);
};

/** @throws ApiError 422 for a job that the newest attempt does not run, and for a step that the file does not name */
const requireKnown = (run: WorkflowRun, { jobs, steps }: JobEnds): void => {
  const running = [...run.pending, ...run.jobs.filter(({ check }) => check.status !== "completed")];
  const names = running.map(({ name }) => name);
  const unknown = Object.keys({ ...jobs, ...steps }).filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new ApiError(422, `There is no job ${unknown.join(", ")} to end; there is ${names.join(", ")}.`);
  for (const job of running) {
    const step = steps?.[job.name];
    if (step !== undefined && !job.steps.includes(step)) throw new ApiError(422, `The job ${job.name} has no step ${step}; it has ${job.steps.join(", ")}.`);
  }
};

/**
 * Ends it, and begins it before that where it has not begun. Jobs that are not named end as the run does. A startup failure
 * is one of the file: no job of it begins.
 *
 * @throws ApiError 409 when it has ended, 422 for jobs and steps that it does not have
 */
export const finishRun = async (stage: Stage, repository: Repository, run: WorkflowRun, conclusion: RunConclusion, ends: JobEnds = {}): Promise<void> => {
  if (run.status === "completed") throw new ApiError(409, "This run is completed already.");
  requireKnown(run, ends);
  if (run.status !== "in_progress" && conclusion !== "startup_failure") await startRun(stage, repository, run);
  // Nobody has opened its environment yet: what could run has run.
  if (isHeld(run)) throw new ApiError(409, `This run waits for ${run.pending.map(({ environment }) => environment).join(", ")}.`);
  await endRun(stage, repository, run, conclusion, ends);
};

/** @throws ApiError 409 when it has ended */
export const cancelRun = async (stage: Stage, _actor: Actor, repository: Repository, run: WorkflowRun): Promise<void> => {
  if (run.status === "completed") throw new ApiError(409, "Cannot cancel a workflow run that is completed.");
  await endRun(stage, repository, run, "cancelled", {});
};

/** What did not succeed, and what never began. */
const failedOf = (run: WorkflowRun): WorkflowRun["definitions"] => {
  const succeeded = new Set(
    jobsOf(run, run.attempt)
      .filter(({ check }) => check.conclusion === "success")
      .map(({ name }) => name),
  );
  return run.definitions.filter(({ name }) => !succeeded.has(name));
};

/** The run as that attempt of it stood, or stands; null when there is none. */
export const attemptOf = (run: WorkflowRun, attempt: number): WorkflowRun | null => {
  if (attempt === run.attempt) return run;
  const past = run.past.find((one) => one.attempt === attempt);
  return past === undefined ? null : { ...run, ...past };
};

/** One more attempt, of all jobs or of those that did not succeed. @throws ApiError 403 while it runs, and where nothing failed */
export const rerun = async (stage: Stage, actor: Actor, repository: Repository, run: WorkflowRun, which: "all" | "failed"): Promise<void> => {
  if (run.status !== "completed") throw new ApiError(403, "This workflow is already running");
  const pending = which === "all" ? run.definitions : failedOf(run);
  if (pending.length === 0) throw new ApiError(403, "The workflow run containing this job has no failed jobs to re-run");
  const now = stage.world.now();
  const { attempt, status, conclusion, triggeringActor, startedAt, updatedAt } = run;
  run.past.push({ attempt, status, conclusion, triggeringActor, startedAt, updatedAt });
  Object.assign(run, { attempt: attempt + 1, status: "queued", conclusion: null, triggeringActor: actor.user, startedAt: now, updatedAt: now, pending });
  await tell(stage, repository, run, "requested");
  if (repository.actions.runsSucceed) await succeed(stage, repository, run);
};

/** As if it had never been; its check runs and artifacts go with it. @throws ApiError 403 while it runs */
export const deleteRun = (_stage: Stage, _actor: Actor, { actions, checkRuns, checkSuites }: Repository, run: WorkflowRun): Promise<void> => {
  if (run.status !== "completed") throw new ApiError(403, "Could not delete the workflow run");
  actions.runs.delete(run.id);
  for (const [id, artifact] of actions.artifacts) if (artifact.run === run) actions.artifacts.delete(id);
  for (const { check } of run.jobs) checkRuns.delete(check.id);
  checkSuites.delete(run.suite.id);
  return Promise.resolve();
};
