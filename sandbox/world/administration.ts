// What happens to a repository as a whole: settings, another name, another owner, an archive, the end.
import type { Stage, WorldEvent } from "./events.ts";
import type { Operations } from "./operations.ts";
import { placeOf, remove, settle } from "./places.ts";
import { invalid } from "./refusals.ts";
import { announce } from "./refs.ts";
import { type Actor, ApiError, type Repository, type User } from "./types.ts";

type Administered = WorldEvent & { readonly is: "repository" };
const NAME = /^[\w.-]{1,100}$/u;

const tell = (
  stage: Stage,
  actor: Actor,
  repository: Repository,
  action: Exclude<Administered["action"], "transferred">,
  changes: object | null = null,
): Promise<void> => stage.emit(repository, actor, { is: "repository", action, changes });

/** @throws ApiError 422 for a name that no repository can have, or another has */
const requireFree = (stage: Stage, repository: Repository, owner: User, name: string): void => {
  if (!NAME.test(name)) throw invalid("Repository", "name", "invalid");
  const place = placeOf(stage.world, owner.login, name);
  if (place !== null && !place.hasMoved && place.repository !== repository)
    throw invalid("Repository", "name", "custom", "name already exists on this account");
};

const rename = async (stage: Stage, actor: Actor, repository: Repository, name: string): Promise<void> => {
  const from = repository.name;
  if (name === from) return;
  requireFree(stage, repository, repository.owner, name);
  settle(stage.world, repository, { owner: repository.owner, name });
  await tell(stage, actor, repository, "renamed", { repository: { name: { from } } });
};

const changeDefaultBranch = async (stage: Stage, actor: Actor, repository: Repository, branch: string): Promise<void> => {
  const from = repository.defaultBranch;
  if (branch === from) return;
  if (!repository.git.refs().has(`refs/heads/${branch}`))
    throw invalid(
      "Repository",
      "default_branch",
      "invalid",
      `The branch ${branch} was not found. Please push that ref first or create it via the Git Data API.`,
    );
  repository.defaultBranch = branch;
  await tell(stage, actor, repository, "edited", { default_branch: { from } });
};

/** An archived repository can be taken out of its archive and nothing else. @throws ApiError 403, 422 */
export const editRepository = async (
  stage: Stage,
  actor: Actor,
  repository: Repository,
  { name, defaultBranch, isArchived, ...settings }: Parameters<Operations["editRepository"]>[2],
): Promise<void> => {
  if (repository.isArchived && isArchived !== false) throw new ApiError(403, "Repository was archived so is read-only.");
  if (repository.isArchived) {
    repository.isArchived = false;
    await tell(stage, actor, repository, "unarchived");
  }
  Object.assign(repository.settings, settings);
  if (name !== undefined) await rename(stage, actor, repository, name);
  if (defaultBranch !== undefined) await changeDefaultBranch(stage, actor, repository, defaultBranch);
  if (isArchived !== true) return;
  repository.isArchived = true;
  await tell(stage, actor, repository, "archived");
};

/** At once. An account that is asked first, as people are on GitHub, is not modelled. @throws ApiError 422 */
export const transferRepository = async (
  stage: Stage,
  actor: Actor,
  repository: Repository,
  { owner, name = repository.name }: Parameters<Operations["transferRepository"]>[2],
): Promise<void> => {
  const { owner: from } = repository;
  requireFree(stage, repository, owner, name);
  settle(stage.world, repository, { owner, name });
  await stage.emit(repository, actor, { is: "repository", action: "transferred", from });
};

export const deleteRepository = async (stage: Stage, actor: Actor, repository: Repository): Promise<void> => {
  remove(stage.world, repository);
  await tell(stage, actor, repository, "deleted");
  await repository.git.close();
};

/**
 * Pull requests into it and drafts of releases from it follow; pull requests from it are closed, as when it is deleted
 * (https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-branches-in-your-repository/renaming-a-branch).
 * @throws ApiError 404, 422
 */
export const renameBranch = async (stage: Stage, actor: Actor, repository: Repository, from: string, to: string): Promise<void> => {
  const { git } = repository;
  const sha = git.refs().get(`refs/heads/${from}`);
  if (sha === undefined) throw new ApiError(404, "Branch not found");
  if (git.refs().has(`refs/heads/${to}`)) throw new ApiError(422, `Branch ${to} already exists.`);
  const changes = await git.updateRefs([
    { name: `refs/heads/${to}`, before: null, after: sha },
    { name: `refs/heads/${from}`, before: sha, after: null },
  ]);
  repository.renamedBranches.delete(to);
  repository.renamedBranches.set(from, to);
  for (const release of repository.releases.values()) if (release.isDraft && release.target === from) release.target = to;
  for (const issue of repository.issues.values()) {
    if (issue.pull?.base !== from || issue.state !== "open") continue;
    issue.pull.base = to;
    await stage.emit(repository, actor, { is: "issue", action: "edited", issue, changes: {}, base: { ref: from, sha } });
  }
  if (repository.defaultBranch === from) await changeDefaultBranch(stage, actor, repository, to);
  await announce(stage, actor, repository, changes);
};
