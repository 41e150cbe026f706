// Refs, tag objects, trees and blobs.
import type { CommitObject, Sha, TagObject, TreeEntry } from "../../git/types.ts";
import { nodeId } from "../../world/node-id.ts";
import { rulesetsOn } from "../../world/rules/binding.ts";
import { verifyTag } from "../../world/tag-signature.ts";
import { type Repository, type World } from "../../world/types.ts";
import { commitShape, gitUserShape } from "./commit.ts";
import { apiOfRepository, encodedPath, pageOfRepository } from "./links.ts";
import { branchProtectionShape } from "./ruleset.ts";
import { moment } from "./moment.ts";

export const refShape = (world: World, repository: Repository, name: string, sha: Sha, type: string) => {
  const url = apiOfRepository(world, repository);
  return {
    ref: name,
    node_id: nodeId("REF", `${repository.id}:${name}`),
    url: `${url}/git/${encodedPath(name)}`,
    object: { sha, type, url: `${url}/git/${type}s/${sha}` },
  };
};

export const tagShape = async (world: World, repository: Repository, tag: TagObject) => {
  const { reason, signature, payload } = await verifyTag(world, tag);
  const isVerified = reason === "valid";
  const url = apiOfRepository(world, repository);
  return {
    node_id: nodeId("TAG", `${repository.id}:${tag.sha}`),
    tag: tag.tag,
    sha: tag.sha,
    url: `${url}/git/tags/${tag.sha}`,
    message: tag.message,
    tagger: gitUserShape(tag.tagger ?? { name: "", email: "", at: 0 }),
    object: { sha: tag.target, type: tag.targetType, url: `${url}/git/${tag.targetType}s/${tag.target}` },
    verification: { verified: isVerified, reason, signature, payload, verified_at: isVerified ? moment(tag.tagger?.at ?? 0) : null },
  };
};

export const treeShape = (world: World, repository: Repository, sha: Sha, entries: readonly TreeEntry[]) => {
  const url = apiOfRepository(world, repository);
  return {
    sha,
    url: `${url}/git/trees/${sha}`,
    tree: entries.map((entry) => ({
      path: entry.path,
      mode: entry.mode,
      type: entry.type,
      sha: entry.sha,
      ...(entry.size === null ? {} : { size: entry.size }),
      ...(entry.type === "commit" ? {} : { url: `${url}/git/${entry.type}s/${entry.sha}` }),
    })),
    truncated: false,
  };
};

export const blobShape = (world: World, repository: Repository, sha: Sha, content: Buffer) => ({
  sha,
  node_id: nodeId("B", `${repository.id}:${sha}`),
  size: content.length,
  url: `${apiOfRepository(world, repository)}/git/blobs/${sha}`,
  content: base64(content),
  encoding: "base64",
});

/** In lines of 60, as GitHub sends it. */
export const base64 = (content: Buffer): string => content.toString("base64").replace(/.{1,60}/gu, "$&\n");

const isProtected = (repository: Repository, name: string): boolean => rulesetsOn(repository, `refs/heads/${name}`).length > 0;

export const shortBranchShape = (world: World, repository: Repository, name: string, sha: Sha) => ({
  name,
  commit: { sha, url: `${apiOfRepository(world, repository)}/commits/${sha}` },
  protected: isProtected(repository, name),
});

export const branchShape = (world: World, repository: Repository, name: string, commit: CommitObject) => {
  const url = `${apiOfRepository(world, repository)}/branches/${encodedPath(name)}`;
  return {
    name,
    commit: commitShape(world, repository, commit),
    _links: { self: url, html: `${pageOfRepository(world, repository)}/tree/${encodedPath(name)}` },
    protected: isProtected(repository, name),
    protection: branchProtectionShape(repository, name),
    protection_url: `${url}/protection`,
  };
};
