// Files of a release. GitHub tells nobody of them.
import { digestOf } from "../actions/artifacts.ts";
import type { Stage } from "./events.ts";
import type { Operations } from "./operations.ts";
import { invalid } from "./refusals.ts";
import type { Actor, Release, ReleaseAsset, Repository } from "./types.ts";

/** @throws ApiError 422 for a name that another file of the release has */
export const uploadReleaseAsset = (
  { world }: Stage,
  actor: Actor,
  _repository: Repository,
  release: Release,
  { name, content, contentType = "application/octet-stream" }: Parameters<Operations["uploadReleaseAsset"]>[3],
): Promise<ReleaseAsset> => {
  if (release.assets.some((other) => other.name === name)) throw invalid("ReleaseAsset", "name", "already_exists");
  const bytes = Buffer.from(content);
  const asset: ReleaseAsset = {
    id: world.nextId(),
    name,
    contentType,
    sizeBytes: bytes.length,
    digest: digestOf(bytes),
    uploader: actor.user,
    createdAt: world.now(),
  };
  release.assets.push(asset);
  return Promise.resolve(asset);
};
