// What people say of environments that a run waits for (https://docs.github.com/en/actions/how-tos/deploy/configure-and-manage-deployments/review-deployments).
import { isReviewer } from "../world/deployments/environments.ts";
import type { Stage } from "../world/events.ts";
import type { Operations } from "../world/operations.ts";
import { type Actor, ApiError, type Deployment, type Environment, type Repository, type WorkflowRun } from "../world/types.ts";
import { deploymentOf } from "./held-jobs.ts";
import { endRun, goOn } from "./runs.ts";

/** Environments that jobs of it wait for, once each. */
export const waitsFor = ({ environments }: Repository, { status, pending }: WorkflowRun): Environment[] =>
  status === "waiting"
    ? [...new Set(pending.flatMap(({ environment }) => (environment === null ? [] : (environments.get(environment.toLowerCase()) ?? []))))]
    : [];

/** @throws ApiError 422 for an environment that it does not wait for, and of who is no reviewer of it */
export const reviewDeployments = async (
  stage: Stage,
  actor: Actor,
  repository: Repository,
  run: WorkflowRun,
  { environments, state, comment }: Parameters<Operations["reviewDeployments"]>[3],
): Promise<readonly Deployment[]> => {
  const waiting = waitsFor(repository, run);
  const isIdle = environments.length === 0 || environments.some((environment) => !waiting.includes(environment));
  if (isIdle) throw new ApiError(422, "No pending deployment requests to approve or reject");
  const isStranger = environments.some((environment) => environment.reviewers.length > 0 && !isReviewer(environment, run, actor.user));
  if (isStranger) throw new ApiError(422, "You are not authorized to review this deployment.");
  run.reviews.push({ state, environments, user: actor.user, comment, attempt: run.attempt });
  const deployments = environments.flatMap(({ name }) => deploymentOf(repository, run, name) ?? []);
  if (state === "approved") await goOn(stage, repository, run);
  else await endRun(stage, repository, run, "failure", {});
  return deployments;
};
