// What every object of git has, and trees, blobs and tags.
import type { Sha, TreeEntry } from "../../git/types.ts";
import { nodeId, type NodeKind } from "../../world/node-id.ts";
import type { Repository } from "../../world/types.ts";
import type { Fields } from "../context.ts";
import { pathOf, repositoryUrl } from "../links.ts";
import { gitThing, type BlobThing, type TagThing, type TreeEntryThing, type TreeThing } from "../things.ts";
import type { GitActor } from "./git-actor.ts";

/** GitHub gives no more of a blob than this. */
const MAXIMUM_TEXT_BYTES = 512_000;
/** Where git itself looks for a NUL before it calls content binary. */
const BINARY_PROBE_BYTES = 8000;

export const gitObjectFields = <Source extends { readonly repository: Repository }>(kind: NodeKind, shaOf: (source: Source) => Sha): Fields<Source> => ({
  id: (source) => nodeId(kind, `${source.repository.id}:${shaOf(source)}`),
  oid: shaOf,
  abbreviatedOid: (source) => shaOf(source).slice(0, 7),
  repository: ({ repository }) => ({ is: "Repository", repository }),
  commitUrl: (source, _, { world }) => `${repositoryUrl(world, source.repository)}/commit/${shaOf(source)}`,
  commitResourcePath: (source, _, { world }) => pathOf(`${repositoryUrl(world, source.repository)}/commit/${shaOf(source)}`),
});

const entryThing = (repository: Repository, folder: string, entry: TreeEntry): TreeEntryThing => ({
  is: "TreeEntry",
  repository,
  entry,
  path: folder === "" ? entry.path : `${folder}/${entry.path}`,
});

export const treeFields: Fields<TreeThing> = {
  ...gitObjectFields("T", ({ sha }) => sha),
  entries: async ({ repository, sha, path }) => (await repository.git.tree(sha))?.map((entry) => entryThing(repository, path, entry)) ?? [],
};

export const treeEntryFields: Fields<TreeEntryThing> = {
  name: ({ path }) => path.slice(path.lastIndexOf("/") + 1),
  path: ({ path }) => path,
  extension: ({ path }) => /\.[^./]+$/.exec(path)?.[0] ?? "",
  // A number as the file system has it: 33188 is 100644.
  mode: ({ entry }) => Number.parseInt(entry.mode, 8),
  type: ({ entry }) => entry.type,
  oid: ({ entry }) => entry.sha,
  size: ({ entry }) => entry.size ?? 0,
  isGenerated: () => false,
  repository: ({ repository }) => ({ is: "Repository", repository }),
  // The commit of a submodule is in another repository.
  object: ({ repository, entry, path }) => (entry.type === "commit" ? null : gitThing(repository, entry.sha, path)),
};

const contentOf = async ({ repository, sha }: BlobThing): Promise<Buffer> => (await repository.git.blob(sha)) ?? Buffer.alloc(0);
const isBinary = (content: Buffer): boolean => content.subarray(0, BINARY_PROBE_BYTES).includes(0);

export const blobFields: Fields<BlobThing> = {
  ...gitObjectFields("B", ({ sha }) => sha),
  byteSize: async (thing) => (await contentOf(thing)).length,
  isBinary: async (thing) => isBinary(await contentOf(thing)),
  isTruncated: async (thing) => (await contentOf(thing)).length > MAXIMUM_TEXT_BYTES,
  text: async (thing) => {
    const content = await contentOf(thing);
    return isBinary(content) ? null : content.subarray(0, MAXIMUM_TEXT_BYTES).toString();
  },
};

export const tagFields: Fields<TagThing> = {
  ...gitObjectFields("TAG", ({ tag }) => tag.sha),
  name: ({ tag }) => tag.tag,
  message: ({ tag }) => tag.message,
  target: ({ repository, tag }) => gitThing(repository, tag.target),
  tagger: ({ tag }): GitActor | null => (tag.tagger === null ? null : { is: "GitActor", person: tag.tagger }),
};
