// Branches and tags: how they move, and what GitHub tells of it.
import { type RefChange, type RefUpdate, type Sha, StaleRef } from "../git/types.ts";
import { may, need } from "./access.ts";
import { suitesForPush } from "./checks.ts";
import type { Stage } from "./events.ts";
import { followBranches } from "./follow.ts";
import { isFastForward, refViolations } from "./rules/ref-violations.ts";
import { violationText } from "./rules/violation-text.ts";
import { type Actor, ApiError, type Repository } from "./types.ts";

/** More tags than this in one push, and GitHub sends nothing for them. */
const TAGS_TOLD = 3;
const COMMITS_TOLD = 2048;
const WORKFLOWS = ".github/workflows";
const isBranch = (name: string): boolean => name.startsWith("refs/heads/");
const isTag = (name: string): boolean => name.startsWith("refs/tags/");

/**
 * Why an app may not put that commit on a branch: it needs the `workflows` permission for workflow files that no branch
 * has as they are. Null when it may.
 */
export const workflowRefusal = async (actor: Actor, repository: Repository, after: Sha): Promise<string | null> => {
  if (actor.is !== "installation" || may(actor, repository, need("workflows", "write"))) return null;
  const { git } = repository;
  const wanted = await git.entry(after, WORKFLOWS);
  if (wanted === null) return null;
  for (const [name, sha] of git.refs()) if (isBranch(name) && (await git.entry(sha, WORKFLOWS))?.sha === wanted.sha) return null;
  return `refusing to allow a GitHub App to create or update workflow files in \`${WORKFLOWS}\` without \`workflows\` permission`;
};

const requirePossible = async (actor: Actor, repository: Repository, update: RefUpdate & { readonly force: boolean }): Promise<void> => {
  const { git } = repository;
  const stands = git.refs().get(update.name) ?? null;
  if (update.after === null) {
    if (stands === null) throw new ApiError(422, "Reference does not exist");
    if (update.name === `refs/heads/${repository.defaultBranch}`) throw new ApiError(422, "Cannot delete the default branch");
    return;
  }
  const type = await git.typeOf(update.after);
  if (type === null) throw new ApiError(422, "Object does not exist");
  if (isBranch(update.name) && type !== "commit") throw new ApiError(422, "Object is not a commit");
  if (!update.force && stands !== null && update.before !== null && !(await isFastForward(git, stands, update.after)))
    throw new ApiError(422, "Update is not a fast forward");
  if (!isBranch(update.name)) return;
  const refusal = await workflowRefusal(actor, repository, update.after);
  if (refusal !== null) throw new ApiError(403, refusal);
};

const tellPush = async (stage: Stage, actor: Actor, repository: Repository, change: RefChange): Promise<void> => {
  const { git } = repository;
  const { name, before, after } = change;
  let commits: readonly Sha[] = [];
  if (isBranch(name) && after !== null) {
    const known = before === null ? [...git.refs()].filter(([other]) => isBranch(other) && other !== name).map(([, sha]) => sha) : [before];
    commits = (await git.log({ include: [after], exclude: known, limit: COMMITS_TOLD })).toReversed();
  }
  const isForced = before !== null && after !== null && !(await isFastForward(git, before, after));
  if (before === null) await stage.emit(repository, actor, { is: "create", name });
  if (after === null) await stage.emit(repository, actor, { is: "delete", name });
  await stage.emit(repository, actor, { is: "push", name, before, after, isForced, commits });
  if (isBranch(name) && after !== null) await suitesForPush(stage, actor, repository, after);
};

/** After refs changed, in any way: the webhooks of the push, then the pull requests that depend on the branches. */
export const announce = async (stage: Stage, actor: Actor, repository: Repository, changes: readonly RefChange[]): Promise<void> => {
  const real = changes.filter((change) => change.before !== change.after);
  if (real.length === 0) return;
  repository.pushedAt = stage.world.now();
  const tags = real.filter((change) => isTag(change.name));
  const told = tags.length > TAGS_TOLD ? [] : tags;
  for (const change of real) if (isBranch(change.name) || told.includes(change)) await tellPush(stage, actor, repository, change);
  await followBranches(
    stage,
    actor,
    repository,
    real.filter((change) => isBranch(change.name)),
  );
};

/** @throws ApiError 422 when an update is impossible or a ref stands elsewhere */
export const updateRefs = async (
  stage: Stage,
  actor: Actor,
  repository: Repository,
  updates: readonly (RefUpdate & { readonly force: boolean })[],
): Promise<void> => {
  for (const update of updates) {
    await requirePossible(actor, repository, update);
    const before = repository.git.refs().get(update.name) ?? null;
    // One that stands elsewhere than expected is told as such below.
    if (update.before !== undefined && update.before !== before) continue;
    const violations = await refViolations(stage.world, actor, repository, { ...update, before });
    if (violations.length > 0) throw new ApiError(422, violationText(violations));
  }
  const changes = await repository.git.updateRefs(updates).catch((error: unknown) => {
    if (!(error instanceof StaleRef)) throw error;
    const isCreation = updates.some((update) => update.name === error.ref && update.before === null);
    throw new ApiError(422, isCreation ? "Reference already exists" : error.message);
  });
  await announce(stage, actor, repository, changes);
};
