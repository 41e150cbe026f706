// Files of a release. GitHub tells nobody of them.
import { digestOf } from "../actions/artifacts.ts";
import type { Stage } from "./events.ts";
import type { Operations } from "./operations.ts";
import { invalid } from "./refusals.ts";
import type { Actor, Release, ReleaseAsset, Repository } from "./types.ts";

const requireFree = (release: Release, name: string): void => {
  if (release.assets.some((other) => other.name === name)) throw invalid("ReleaseAsset", "name", "already_exists");
};

/** @throws ApiError 422 for a name that another file of the release has */
export const uploadReleaseAsset = (
  { world }: Stage,
  actor: Actor,
  _repository: Repository,
  release: Release,
  { name, content, contentType = "application/octet-stream", label = null }: Parameters<Operations["uploadReleaseAsset"]>[3],
): Promise<ReleaseAsset> => {
  requireFree(release, name);
  const bytes = Buffer.from(content);
  const asset: ReleaseAsset = {
    id: world.nextId(),
    name,
    label: label === "" ? null : label,
    content: bytes,
    contentType,
    sizeBytes: bytes.length,
    digest: digestOf(bytes),
    uploader: actor.user,
    createdAt: world.now(),
  };
  release.assets.push(asset);
  return Promise.resolve(asset);
};

/** @throws ApiError 422 for a name that another file of the release has */
export const editReleaseAsset = (
  _stage: Stage,
  _actor: Actor,
  _repository: Repository,
  release: Release,
  asset: ReleaseAsset,
  { name = asset.name, label = asset.label }: Parameters<Operations["editReleaseAsset"]>[4],
): Promise<void> => {
  if (name !== asset.name) requireFree(release, name);
  Object.assign(asset, { name, label });
  return Promise.resolve();
};

export const deleteReleaseAsset = (_stage: Stage, _actor: Actor, _repository: Repository, release: Release, asset: ReleaseAsset): Promise<void> => {
  release.assets.splice(release.assets.indexOf(asset), 1);
  return Promise.resolve();
};
