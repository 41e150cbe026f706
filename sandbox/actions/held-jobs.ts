// Jobs that deploy: those whose environment is not open wait, and each says how its deployment goes.
import { addDeployment, createDeploymentStatus } from "../world/deployments/deploy.ts";
import { environmentNamed, isOpen, mayDeploy } from "../world/deployments/environments.ts";
import { pageOfRepository } from "../rest/shapes/links.ts";
import type { Stage } from "../world/events.ts";
import type { Actor, Deployment, DeploymentStatus, JobDefinition, Repository, WorkflowRun } from "../world/types.ts";
import { actionsApp } from "./actions-app.ts";

/** The deployment of that run to that environment, in its newest attempt; null before it was made. */
export const deploymentOf = ({ deployments }: Repository, run: WorkflowRun, environment: string): Deployment | null =>
  [...deployments.values()].findLast((one) => one.run === run && one.environment === environment && one.createdAt >= run.startedAt) ?? null;

/** Says it of the deployment that belongs to the job; nothing of a job that deploys nothing. */
export const tellDeployment = async (
  stage: Stage,
  repository: Repository,
  run: WorkflowRun,
  { environment }: Pick<JobDefinition, "environment">,
  state: DeploymentStatus["state"],
): Promise<void> => {
  if (environment === null) return;
  const actor: Actor = { is: "user", user: actionsApp(stage.world).bot };
  const what = { ref: run.headBranch, sha: run.headSha, task: "deploy", payload: {}, environment, description: null, run };
  const fresh = { ...what, isTransient: false, isProduction: /^production$/iu.test(environment) };
  const deployment = deploymentOf(repository, run, environment) ?? (await addDeployment(stage, actor, repository, fresh));
  if (deployment.statuses.at(-1)?.state === state) return;
  const logUrl = `${pageOfRepository(stage.world, repository)}/actions/runs/${String(run.id)}`;
  await createDeploymentStatus(stage, actor, repository, deployment, { state, description: "", environment, environmentUrl: "", logUrl, endsOlder: true });
};

/** Whether its environment takes no deployments of that branch or tag. GitHub fails such a job as soon as it begins. */
export const isKeptOut = (repository: Repository, run: WorkflowRun, { environment }: JobDefinition): boolean => {
  const known = environment === null ? undefined : repository.environments.get(environment.toLowerCase());
  return known !== undefined && !mayDeploy(repository, known, run);
};

/** Those that may not begin yet; what they wait for is told. */
export const heldJobs = async (stage: Stage, repository: Repository, run: WorkflowRun): Promise<readonly JobDefinition[]> => {
  const held = run.pending.filter(({ environment }) => environment !== null && !isOpen(stage, environmentNamed(stage, repository, environment), run));
  for (const job of held) await tellDeployment(stage, repository, run, job, "waiting");
  return held;
};
