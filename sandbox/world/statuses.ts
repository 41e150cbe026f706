// Commit statuses: the older way to report on a commit. The newest of each context counts.
import type { Sha } from "../git/types.ts";
import type { Stage } from "./events.ts";
import { type Actor, ApiError, type Repository, type Status } from "./types.ts";

export const createStatus = async (
  stage: Stage,
  actor: Actor,
  repository: Repository,
  sha: Sha,
  fields: Pick<Status, "state" | "context" | "description" | "targetUrl">,
): Promise<Status> => {
  if ((await repository.git.typeOf(sha)) !== "commit") throw new ApiError(422, `No commit found for SHA: ${sha}`);
  const status: Status = { id: stage.world.nextId(), sha, ...fields, creator: actor.user, at: stage.world.now() };
  repository.statuses.push(status);
  await stage.emit(repository, actor, { is: "status", status });
  return status;
};

/** The newest status of each context, newest first. */
export const currentStatuses = (repository: Repository, sha: Sha): Status[] => {
  const newest = new Map<string, Status>();
  for (const status of repository.statuses) if (status.sha === sha) newest.set(status.context, status);
  return [...newest.values()].toReversed();
};

/** What all of them come to; without any: pending. */
export const combinedState = (statuses: readonly Status[]): "success" | "pending" | "failure" => {
  if (statuses.some(({ state }) => state === "failure" || state === "error")) return "failure";
  return statuses.length === 0 || statuses.some(({ state }) => state === "pending") ? "pending" : "success";
};
