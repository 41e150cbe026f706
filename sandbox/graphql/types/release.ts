// Releases and their files.
import type { ReleaseReleaseAssetsArgs } from "@octokit/graphql-schema";
import { nodeId } from "../../world/node-id.ts";
import type { World } from "../../world/types.ts";
import { connection } from "../connection.ts";
import type { Fields } from "../context.ts";
import { pathOf, repositoryUrl } from "../links.ts";
import { dateTime, dateTimeOrNull } from "../moments.ts";
import { commitAt } from "../revision.ts";
import { commitThing, refThing, userThing, type ReleaseAssetThing, type ReleaseThing } from "../things.ts";

const tagRef = ({ release }: ReleaseThing): string => `refs/tags/${release.tag}`;

/** A draft has no address that its tag would give away. */
const releaseUrl = (world: World, { repository, release }: ReleaseThing): string =>
  `${repositoryUrl(world, repository)}/releases/tag/${release.isDraft ? `untagged-${release.id.toString(16)}` : release.tag}`;

export const releaseFields: Fields<ReleaseThing> = {
  id: ({ release }) => nodeId("RE", release.id),
  databaseId: ({ release }) => release.id,
  name: ({ release }) => release.name,
  tagName: ({ release }) => release.tag,
  tag: (thing) => refThing(thing.repository, tagRef(thing)),
  tagCommit: async (thing) => {
    const commit = await commitAt(thing.repository, tagRef(thing));
    return commit === null ? null : commitThing(thing.repository, commit.sha);
  },
  description: ({ release }) => release.body,
  isDraft: ({ release }) => release.isDraft,
  isPrerelease: ({ release }) => release.isPrerelease,
  isLatest: ({ release }) => release.isLatest,
  author: ({ release }) => userThing(release.author),
  createdAt: ({ release }) => dateTime(release.createdAt),
  publishedAt: ({ release }) => dateTimeOrNull(release.publishedAt),
  updatedAt: ({ release }) => dateTime(release.publishedAt ?? release.createdAt),
  releaseAssets: ({ repository, release }, args: ReleaseReleaseAssetsArgs) => {
    const assets = release.assets.filter(({ name }) => !args.name || name === args.name);
    return connection(assets, args, (asset): ReleaseAssetThing => ({ is: "ReleaseAsset", repository, release, asset }));
  },
  repository: ({ repository }) => ({ is: "Repository", repository }),
  url: (thing, _, { world }) => releaseUrl(world, thing),
  resourcePath: (thing, _, { world }) => pathOf(releaseUrl(world, thing)),
};

const downloadUrl = (world: World, { repository, release, asset }: ReleaseAssetThing): string =>
  `${repositoryUrl(world, repository)}/releases/download/${release.tag}/${encodeURIComponent(asset.name)}`;

export const releaseAssetFields: Fields<ReleaseAssetThing> = {
  id: ({ asset }) => nodeId("RA", asset.id),
  name: ({ asset }) => asset.name,
  contentType: ({ asset }) => asset.contentType,
  size: ({ asset }) => asset.sizeBytes,
  downloadCount: () => 0,
  uploadedBy: ({ asset }) => userThing(asset.uploader),
  createdAt: ({ asset }) => dateTime(asset.createdAt),
  updatedAt: ({ asset }) => dateTime(asset.createdAt),
  release: ({ repository, release }) => ({ is: "Release", repository, release }),
  downloadUrl: (thing, _, { world }) => downloadUrl(world, thing),
  url: (thing, _, { world }) => downloadUrl(world, thing),
};
