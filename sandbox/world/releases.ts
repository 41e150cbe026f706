// Releases: drafts, publication with its tag, edits. A draft has no tag of its own; publication makes it when missing.
import type { Changes, Stage } from "./events.ts";
import { chooseLatest } from "./latest.ts";
import type { ReleaseFields } from "./operations.ts";
import { announce, workflowRefusal } from "./refs.ts";
import { invalid, RELEASE_BODY_LIMIT, requireLength } from "./refusals.ts";
import { refViolations } from "./rules/ref-violations.ts";
import { violationText } from "./rules/violation-text.ts";
import { type Actor, ApiError, type Release, type Repository } from "./types.ts";

const emptyOf = (stage: Stage, actor: Actor, repository: Repository, tag: string): Release => ({
  id: stage.world.nextId(),
  author: actor.user,
  tag,
  target: repository.defaultBranch,
  name: null,
  body: null,
  isDraft: false,
  isPrerelease: false,
  isLatest: false,
  assets: [],
  createdAt: stage.world.now(),
  publishedAt: null,
});

const requireValid = (repository: Repository, release: Release, fields: ReleaseFields): void => {
  requireLength("Release", "body", fields.body ?? null, RELEASE_BODY_LIMIT);
  if (fields.tag?.trim() === "") throw invalid("Release", "tag_name", "missing_field");
  const { tag, isDraft } = { ...release, ...fields };
  const isTaken = [...repository.releases.values()].some((other) => other !== release && !other.isDraft && other.tag === tag);
  if (!isDraft && isTaken) throw invalid("Release", "tag_name", "already_exists");
};

/** @throws ApiError 422 for a target that is neither branch nor commit, 404 for workflow files without the permission */
const makeTag = async (stage: Stage, actor: Actor, repository: Repository, tag: string, target: string): Promise<void> => {
  const { git } = repository;
  const name = `refs/tags/${tag}`;
  if (git.refs().has(name)) return;
  const sha = await git.resolve(target);
  if (sha === null) throw invalid("Release", "target_commitish", "invalid");
  if ((await workflowRefusal(actor, repository, sha)) !== null) throw new ApiError(404, "Not Found");
  const violations = await refViolations(stage.world, actor, repository, { name, before: null, after: sha });
  // GitHub names the hook in which rules are judged as the field that is wrong.
  if (violations.length > 0) throw invalid("Release", "pre_receive", "custom", `pre_receive ${violationText(violations)}`);
  await announce(stage, actor, repository, await git.updateRefs([{ name, before: null, after: sha }]));
};

const tell = (
  stage: Stage,
  actor: Actor,
  repository: Repository,
  release: Release,
  action: "created" | "published" | "released" | "prereleased" | "deleted" | "unpublished",
): Promise<void> => stage.emit(repository, actor, { is: "release", action, release, changes: {} });

const tellPublication = async (stage: Stage, actor: Actor, repository: Repository, release: Release): Promise<void> => {
  await tell(stage, actor, repository, release, "published");
  await tell(stage, actor, repository, release, release.isPrerelease ? "prereleased" : "released");
};

export const createRelease = async (
  stage: Stage,
  actor: Actor,
  repository: Repository,
  { makeLatest, ...fields }: ReleaseFields & { readonly tag: string },
): Promise<Release> => {
  const release: Release = { ...emptyOf(stage, actor, repository, fields.tag), ...fields };
  requireValid(repository, release, fields);
  if (!release.isDraft) {
    await makeTag(stage, actor, repository, release.tag, release.target);
    release.publishedAt = stage.world.now();
  }
  repository.releases.set(release.id, release);
  chooseLatest(repository, release, makeLatest ?? "true");
  await tell(stage, actor, repository, release, "created");
  if (!release.isDraft) await tellPublication(stage, actor, repository, release);
  return release;
};

const changesOf = (before: Release, after: Release): Changes => ({
  ...(before.body === after.body ? {} : { body: { from: before.body ?? "" } }),
  ...(before.name === after.name ? {} : { name: { from: before.name ?? "" } }),
  ...(before.tag === after.tag ? {} : { tag_name: { from: before.tag } }),
});

export const updateRelease = async (
  stage: Stage,
  actor: Actor,
  repository: Repository,
  release: Release,
  { makeLatest, ...fields }: ReleaseFields,
): Promise<void> => {
  requireValid(repository, release, fields);
  const before = { ...release };
  const after = { ...release, ...fields };
  if (!after.isDraft) await makeTag(stage, actor, repository, after.tag, after.target);
  Object.assign(release, fields);
  const isPublication = before.isDraft && !release.isDraft;
  if (isPublication) release.publishedAt ??= stage.world.now();
  chooseLatest(repository, release, makeLatest ?? (isPublication ? "true" : null));
  const changes = changesOf(before, release);
  if (Object.keys(changes).length > 0) await stage.emit(repository, actor, { is: "release", action: "edited", release, changes });
  if (isPublication) return tellPublication(stage, actor, repository, release);
  if (!before.isDraft && release.isDraft) return tell(stage, actor, repository, release, "unpublished");
  if (!release.isDraft && before.isPrerelease !== release.isPrerelease)
    await tell(stage, actor, repository, release, release.isPrerelease ? "prereleased" : "released");
};

/** The tag stays. */
export const deleteRelease = async (stage: Stage, actor: Actor, repository: Repository, release: Release): Promise<void> => {
  repository.releases.delete(release.id);
  chooseLatest(repository, release, null);
  await tell(stage, actor, repository, release, "deleted");
};
