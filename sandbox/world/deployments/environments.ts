// Environments and what they ask of whoever deploys (https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments).
import picomatch from "picomatch";
import type { Stage } from "../events.ts";
import type { Operations } from "../operations.ts";
import { rulesetsOn } from "../rules/binding.ts";
import { isMemberOf } from "../teams.ts";
import { type Actor, ApiError, type Environment, type Repository, type User, type WorkflowRun } from "../types.ts";

const REVIEWERS_LIMIT = 6;
const WAIT_LIMIT_MINUTES = 43_200;
const MINUTE_MS = 60_000;

/** That one; made without any protection where it is not there yet. */
export const environmentNamed = ({ world }: Stage, { environments }: Repository, name: string): Environment => {
  const now = world.now();
  const known = environments.get(name.toLowerCase());
  if (known !== undefined) return known;
  const made: Environment = {
    id: world.nextId(),
    name,
    reviewers: [],
    preventsSelfReview: false,
    waitMinutes: 0,
    branches: "all",
    createdAt: now,
    updatedAt: now,
  };
  environments.set(name.toLowerCase(), made);
  return made;
};

/** @throws ApiError 422 for more than six reviewers or thirty days */
export const keepEnvironment = (
  stage: Stage,
  _actor: Actor,
  repository: Repository,
  name: string,
  fields: Parameters<Operations["keepEnvironment"]>[3],
): Promise<Environment> => {
  if ((fields.reviewers?.length ?? 0) > REVIEWERS_LIMIT)
    throw new ApiError(422, "Validation Failed", [{ resource: "Environment", field: "reviewers", code: "invalid" }]);
  if ((fields.waitMinutes ?? 0) > WAIT_LIMIT_MINUTES)
    throw new ApiError(422, "Validation Failed", [{ resource: "Environment", field: "wait_timer", code: "invalid" }]);
  const environment = environmentNamed(stage, repository, name);
  Object.assign(environment, fields, { updatedAt: stage.world.now() });
  return Promise.resolve(environment);
};

export const deleteEnvironment = (_stage: Stage, _actor: Actor, { environments }: Repository, { name }: Environment): Promise<void> => {
  environments.delete(name.toLowerCase());
  return Promise.resolve();
};

export const isReviewer = ({ reviewers, preventsSelfReview }: Environment, run: WorkflowRun, user: User): boolean =>
  !(preventsSelfReview && run.triggeringActor === user) && reviewers.some((reviewer) => ("slug" in reviewer ? isMemberOf(reviewer, user) : reviewer === user));

/** Whether the branch or tag of a run may deploy there at all. */
export const mayDeploy = (repository: Repository, { branches }: Environment, { headBranch }: WorkflowRun): boolean => {
  if (branches === "all") return true;
  const isBranch = repository.git.refs().has(`refs/heads/${headBranch}`);
  if (branches === "protected") return isBranch && rulesetsOn(repository, `refs/heads/${headBranch}`).some(({ by }) => by === "protection");
  return branches.some(({ pattern, type }) => (type === "branch") === isBranch && picomatch.isMatch(headBranch, pattern));
};

/** Whether nothing is left to wait for: somebody approved where that is asked for, and the timer has run out. */
export const isOpen = ({ world }: Stage, environment: Environment, run: WorkflowRun): boolean => {
  const { reviewers, waitMinutes } = environment;
  const isApproved = run.reviews.some(
    ({ state, environments, attempt }) => state === "approved" && attempt === run.attempt && environments.includes(environment),
  );
  return (reviewers.length === 0 || isApproved) && world.now() >= run.startedAt + waitMinutes * MINUTE_MS;
};
