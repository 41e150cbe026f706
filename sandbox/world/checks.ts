// Check runs, and the suites that GitHub keeps of them: one for each app and commit, and one for each run of a workflow.
import type { Sha } from "../git/types.ts";
import { covers } from "./access.ts";
import type { Stage } from "./events.ts";
import type { CheckRunFields, Operations } from "./operations.ts";
import { CHECK_TEXT_LIMIT } from "./refusals.ts";
import { type Actor, ApiError, type App, type CheckRun, type CheckSuite, type Repository } from "./types.ts";

const ANNOTATIONS_A_REQUEST = 50;
const ACTIONS_LIMIT = 3;
/** Worst first: the first that some run has is the suite's. */
const CONCLUSIONS = ["failure", "timed_out", "cancelled", "action_required", "stale", "success", "neutral", "skipped"] as const;

export const addSuite = (stage: Stage, repository: Repository, of: Pick<CheckSuite, "app" | "headSha" | "isOfWorkflow">): CheckSuite => {
  const suite: CheckSuite = { id: stage.world.nextId(), ...of, createdAt: stage.world.now() };
  repository.checkSuites.set(suite.id, suite);
  return suite;
};

const suiteFor = (stage: Stage, repository: Repository, app: App, headSha: Sha): CheckSuite => {
  for (const suite of repository.checkSuites.values()) if (suite.app === app && suite.headSha === headSha && !suite.isOfWorkflow) return suite;
  return addSuite(stage, repository, { app, headSha, isOfWorkflow: false });
};

/** The newest run of each name. */
export const runsOf = (repository: Repository, suite: CheckSuite): CheckRun[] => {
  const newest = new Map<string, CheckRun>();
  for (const run of repository.checkRuns.values()) if (run.suite === suite) newest.set(run.name, run);
  return [...newest.values()];
};

export type SuiteOutcome = { readonly status: CheckRun["status"]; readonly conclusion: string | null };
/** A suite is complete when all its runs are. */
export const suiteOutcome = (repository: Repository, suite: CheckSuite): SuiteOutcome => {
  const runs = runsOf(repository, suite);
  if (runs.every(({ status }) => status === "queued")) return { status: "queued", conclusion: null };
  if (runs.some(({ status }) => status !== "completed")) return { status: "in_progress", conclusion: null };
  return { status: "completed", conclusion: CONCLUSIONS.find((conclusion) => runs.some((run) => run.conclusion === conclusion)) ?? null };
};

/** A push asks every installed app that may write checks to report on the new head. */
export const suitesForPush = async (stage: Stage, actor: Actor, repository: Repository, headSha: Sha): Promise<void> => {
  for (const installation of stage.world.installations.values()) {
    const mayCheck = covers(installation, repository) && installation.permissions["checks"] === "write" && installation.suspendedAt === null;
    if (mayCheck)
      await stage.emit(repository, actor, { is: "check suite", action: "requested", suite: suiteFor(stage, repository, installation.app, headSha) });
  }
};

const requireLimits = (fields: CheckRunFields): void => {
  for (const text of [fields.output?.summary, fields.output?.text]) {
    const length = text?.length ?? 0;
    if (length > CHECK_TEXT_LIMIT) throw new ApiError(422, `Invalid request.\n\nOnly ${CHECK_TEXT_LIMIT} characters are allowed; ${length} were supplied.`);
  }
  if ((fields.output?.annotations.length ?? 0) > ANNOTATIONS_A_REQUEST)
    throw new ApiError(422, `Invalid request.\n\nNo more than ${ANNOTATIONS_A_REQUEST} items are allowed in annotations.`);
  if ((fields.actions?.length ?? 0) > ACTIONS_LIMIT) throw new ApiError(422, `Invalid request.\n\nNo more than ${ACTIONS_LIMIT} items are allowed in actions.`);
  if (fields.status === "completed" && (fields.conclusion ?? null) === null) throw new ApiError(422, 'Invalid request.\n\nMissing required key "conclusion".');
};

/** A conclusion completes; a status that is not complete takes the conclusion away. Annotations add up. */
const applyFields = (stage: Stage, run: CheckRun, { output, ...fields }: CheckRunFields): void => {
  Object.assign(run, fields);
  if (output !== undefined) run.output = { ...output, annotations: [...run.output.annotations, ...output.annotations] };
  if ((fields.conclusion ?? null) !== null) {
    run.status = "completed";
    run.completedAt = fields.completedAt ?? stage.world.now();
  } else if (fields.status !== undefined) {
    run.conclusion = null;
    run.completedAt = null;
  }
};

export const tellCompletion = async (stage: Stage, actor: Actor, repository: Repository, run: CheckRun): Promise<void> => {
  await stage.emit(repository, actor, { is: "check run", action: "completed", run });
  if (suiteOutcome(repository, run.suite).status === "completed")
    await stage.emit(repository, actor, { is: "check suite", action: "completed", suite: run.suite });
};

/** Queued, with nothing to say yet; in no repository until it is put there. */
export const newCheckRun = (stage: Stage, suite: CheckSuite, name: string): CheckRun => ({
  id: stage.world.nextId(),
  suite,
  headSha: suite.headSha,
  name,
  externalId: "",
  detailsUrl: null,
  status: "queued",
  conclusion: null,
  startedAt: stage.world.now(),
  completedAt: null,
  output: { title: null, summary: null, text: null, annotations: [] },
  actions: [],
});

export const createCheckRun = async (
  stage: Stage,
  actor: Actor,
  repository: Repository,
  headSha: Sha,
  fields: CheckRunFields & { readonly name: string },
): Promise<CheckRun> => {
  if (actor.is !== "installation") throw new ApiError(403, "You must authenticate via a GitHub App.");
  requireLimits(fields);
  if ((await repository.git.typeOf(headSha)) !== "commit") throw new ApiError(422, `No commit found for SHA: ${headSha}`);
  const run = newCheckRun(stage, suiteFor(stage, repository, actor.installation.app, headSha), fields.name);
  applyFields(stage, run, fields);
  repository.checkRuns.set(run.id, run);
  await stage.emit(repository, actor, { is: "check run", action: "created", run });
  if (run.status === "completed") await tellCompletion(stage, actor, repository, run);
  return run;
};

/** @throws ApiError 404 for an app that is not installed where the repository is */
export const reportCheck = async (
  stage: Stage,
  _actor: Actor,
  repository: Repository,
  sha: Sha,
  { name, conclusion, appSlug }: Parameters<Operations["reportCheck"]>[3],
): Promise<CheckRun> => {
  const installation = [...stage.world.installations.values()].find((one) => one.app.slug === appSlug && covers(one, repository));
  if (installation === undefined) throw new ApiError(404, `${repository.owner.login} has no app ${appSlug} installed`);
  const app: Actor = { is: "installation", user: installation.app.bot, installation };
  const running = [...repository.checkRuns.values()].findLast(
    (run) => run.name === name && run.headSha === sha && run.suite.app === installation.app && run.status !== "completed",
  );
  const fields: CheckRunFields = conclusion === null ? { status: "in_progress" } : { status: "completed", conclusion };
  if (running === undefined || conclusion === null) return createCheckRun(stage, app, repository, sha, { ...fields, name });
  await updateCheckRun(stage, app, repository, running, fields);
  return running;
};

/** @throws ApiError 403 for the run of another app */
export const updateCheckRun = async (stage: Stage, actor: Actor, repository: Repository, run: CheckRun, fields: CheckRunFields): Promise<void> => {
  if (actor.is !== "installation" || actor.installation.app !== run.suite.app)
    throw new ApiError(403, "Invalid app_id `0` - check run can only be modified by the GitHub App that created it.");
  requireLimits(fields);
  applyFields(stage, run, fields);
  const isCompletion = fields.status === "completed" || (fields.conclusion ?? null) !== null;
  if (isCompletion) await tellCompletion(stage, actor, repository, run);
};

export const rerequestCheckRun = (stage: Stage, actor: Actor, repository: Repository, run: CheckRun): Promise<void> =>
  stage.emit(repository, actor, { is: "check run", action: "rerequested", run });

/** All that its app reports on the commit, once more. @throws ApiError 422 for the suite of a run: that is run again by itself */
export const rerequestCheckSuite = (stage: Stage, actor: Actor, repository: Repository, suite: CheckSuite): Promise<void> => {
  if (suite.isOfWorkflow) throw new ApiError(422, "This check suite is not rerequestable");
  return stage.emit(repository, actor, { is: "check suite", action: "rerequested", suite });
};

/** @throws ApiError 422 when the run has no such button */
export const requestCheckAction = async (stage: Stage, actor: Actor, repository: Repository, run: CheckRun, identifier: string): Promise<void> => {
  if (!run.actions.some((action) => action.identifier === identifier)) throw new ApiError(422, `No action ${identifier} on this check run`);
  await stage.emit(repository, actor, { is: "check run", action: "requested_action", run, identifier });
};
