// `release` and `release-asset`.
import { nodeId } from "../../world/node-id.ts";
import type { Release, ReleaseAsset, Repository, World } from "../../world/types.ts";
import { apiOfRepository, encodedPath, pageOfRepository, uploadsOfRepository } from "./links.ts";
import { moment, momentOrNull } from "./moment.ts";
import { userShape } from "./user.ts";

export const assetShape = (world: World, repository: Repository, release: Release, asset: ReleaseAsset) => ({
  url: `${apiOfRepository(world, repository)}/releases/assets/${asset.id}`,
  browser_download_url: `${pageOfRepository(world, repository)}/releases/download/${encodedPath(release.tag)}/${encodeURIComponent(asset.name)}`,
  id: asset.id,
  node_id: nodeId("RA", asset.id),
  name: asset.name,
  label: asset.label,
  state: "uploaded",
  content_type: asset.contentType,
  size: asset.sizeBytes,
  digest: asset.digest,
  download_count: 0,
  created_at: moment(asset.createdAt),
  updated_at: moment(asset.createdAt),
  uploader: userShape(world, asset.uploader),
});

/** A draft has an address of its own, because nobody owns its tag yet. */
export const releaseShape = (world: World, repository: Repository, release: Release) => {
  const url = `${apiOfRepository(world, repository)}/releases/${release.id}`;
  const tag = encodedPath(release.isDraft ? `untagged-${release.id}` : release.tag);
  return {
    url,
    assets_url: `${url}/assets`,
    upload_url: `${uploadsOfRepository(world, repository)}/releases/${release.id}/assets{?name,label}`,
    html_url: `${pageOfRepository(world, repository)}/releases/tag/${tag}`,
    id: release.id,
    author: userShape(world, release.author),
    node_id: nodeId("RE", release.id),
    tag_name: release.tag,
    target_commitish: release.target,
    name: release.name,
    draft: release.isDraft,
    immutable: false,
    prerelease: release.isPrerelease,
    created_at: moment(release.createdAt),
    updated_at: moment(release.publishedAt ?? release.createdAt),
    published_at: momentOrNull(release.publishedAt),
    assets: release.assets.map((asset) => assetShape(world, repository, release, asset)),
    tarball_url: release.isDraft ? null : `${apiOfRepository(world, repository)}/tarball/${tag}`,
    zipball_url: release.isDraft ? null : `${apiOfRepository(world, repository)}/zipball/${tag}`,
    body: release.body,
  };
};
