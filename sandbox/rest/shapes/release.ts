// `release`.
import { nodeId } from "../../world/node-id.ts";
import type { Release, Repository, World } from "../../world/types.ts";
import { apiOfRepository, encodedPath, pageOfRepository } from "./links.ts";
import { moment, momentOrNull } from "./moment.ts";
import { userShape } from "./user.ts";

/** A draft has an address of its own, because nobody owns its tag yet. */
export const releaseShape = (world: World, repository: Repository, release: Release) => {
  const url = `${apiOfRepository(world, repository)}/releases/${release.id}`;
  const tag = encodedPath(release.isDraft ? `untagged-${release.id}` : release.tag);
  return {
    url,
    assets_url: `${url}/assets`,
    upload_url: `${url}/assets{?name,label}`,
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
    assets: [],
    tarball_url: release.isDraft ? null : `${apiOfRepository(world, repository)}/tarball/${tag}`,
    zipball_url: release.isDraft ? null : `${apiOfRepository(world, repository)}/zipball/${tag}`,
    body: release.body,
  };
};
