// Git objects: blobs, trees, commits and tags, as git has them.
import { z } from "zod";
import { need } from "../../world/access.ts";
import { personOf } from "../../world/people.ts";
import { ApiError } from "../../world/types.ts";
import { created, found, ok, read, type RepositoryCall, textOf, writer } from "../call.ts";
import type { RepositoryRoute } from "../routes.ts";
import { gitCommitShape } from "../shapes/commit.ts";
import { blobShape, tagShape, treeShape } from "../shapes/git-data.ts";
import { apiOfRepository } from "../shapes/links.ts";

const READ = need("contents", "read");
const WRITE = need("contents", "write");

const person = z.object({ name: z.string(), email: z.string(), date: z.iso.datetime({ offset: true }).optional() });
const newBlob = z.object({ content: z.string(), encoding: z.enum(["utf-8", "base64"]).default("utf-8") });
const newTree = z.object({
  base_tree: z.string().nullish(),
  tree: z.array(
    z.object({
      path: z.string().min(1),
      mode: z.enum(["100644", "100755", "040000", "160000", "120000"]).default("100644"),
      sha: z.string().nullish(),
      content: z.string().optional(),
    }),
  ),
});
const newCommit = z.object({
  message: z.string(),
  tree: z.string(),
  parents: z.array(z.string()).default([]),
  author: person.optional(),
  committer: person.optional(),
});
const newTag = z.object({
  tag: z.string(),
  message: z.string(),
  object: z.string(),
  type: z.enum(["commit", "tree", "blob", "tag"]),
  tagger: person.optional(),
});

const atOf = (date: string | undefined): number | null => (date === undefined ? null : Date.parse(date));

const editedTree = async (call: RepositoryCall): Promise<string> => {
  const { git } = call.repository;
  const body = read(call, newTree);
  const named = body.base_tree ?? null;
  const base = named === null ? null : ((await git.commit(named))?.tree ?? named);
  if (base !== null && (await git.typeOf(base)) !== "tree") throw new ApiError(422, "base_tree is not a valid tree oid");
  const edits = await Promise.all(
    body.tree.map(async ({ path, mode, sha, content }) => {
      if (content !== undefined) return { path, mode, sha: await git.writeBlob(Buffer.from(content)) };
      if (sha === undefined) throw new ApiError(422, "Must supply either tree.sha or tree.content");
      if (sha !== null && mode !== "160000" && (await git.typeOf(sha)) === null)
        throw new ApiError(422, `tree.sha ${sha} is not a valid ${mode === "040000" ? "tree" : "blob"}`);
      return { path, mode, sha };
    }),
  );
  return git.writeTree(base, edits);
};

export const gitDataRoutes: readonly RepositoryRoute[] = [
  {
    method: "GET",
    template: "/git/blobs/{sha}",
    needs: READ,
    handle: async (call) => ok(blobShape(call.world, call.repository, textOf(call, "sha"), found(await call.repository.git.blob(textOf(call, "sha"))))),
  },
  {
    method: "POST",
    template: "/git/blobs",
    needs: WRITE,
    handle: async (call) => {
      const { content, encoding } = read(call, newBlob);
      const sha = await call.repository.git.writeBlob(Buffer.from(content, encoding === "base64" ? "base64" : "utf8"));
      return created({ sha, url: `${apiOfRepository(call.world, call.repository)}/git/blobs/${sha}` });
    },
  },
  {
    method: "GET",
    template: "/git/trees/{+sha}",
    needs: READ,
    handle: async (call) => {
      const { git } = call.repository;
      const named = textOf(call, "sha");
      const commit = await git.resolve(named);
      const sha = commit === null ? named : found(await git.commit(commit)).tree;
      return ok(treeShape(call.world, call.repository, sha, found(await git.tree(sha, call.query.has("recursive")))));
    },
  },
  {
    method: "POST",
    template: "/git/trees",
    needs: WRITE,
    handle: async (call) => {
      const sha = await editedTree(call);
      return created(treeShape(call.world, call.repository, sha, found(await call.repository.git.tree(sha))));
    },
  },
  {
    method: "GET",
    template: "/git/commits/{sha}",
    needs: READ,
    handle: async (call) => ok(gitCommitShape(call.world, call.repository, found(await call.repository.git.commit(textOf(call, "sha"))))),
  },
  {
    method: "POST",
    template: "/git/commits",
    needs: WRITE,
    handle: async (call) => {
      const { message, tree, parents, author } = read(call, newCommit);
      const named = author === undefined ? null : { name: author.name, email: author.email, at: atOf(author.date) };
      const sha = await call.operations.createCommit(writer(call), call.repository, { message, tree, parents, author: named });
      return created(gitCommitShape(call.world, call.repository, found(await call.repository.git.commit(sha))));
    },
  },
  {
    method: "GET",
    template: "/git/tags/{sha}",
    needs: READ,
    handle: async (call) => ok(await tagShape(call.world, call.repository, found(await call.repository.git.tag(textOf(call, "sha"))))),
  },
  {
    method: "POST",
    template: "/git/tags",
    needs: WRITE,
    handle: async (call) => {
      const { git } = call.repository;
      const { tag, message, object, type, tagger } = read(call, newTag);
      if ((await git.typeOf(object)) !== type) throw new ApiError(422, "Object does not exist");
      const now = call.world.now();
      const by = tagger === undefined ? personOf(writer(call).user, now) : { name: tagger.name, email: tagger.email, at: atOf(tagger.date) ?? now };
      const sha = await git.writeTag({ tag, message, target: object, targetType: type, tagger: by });
      return created(await tagShape(call.world, call.repository, found(await git.tag(sha))));
    },
  },
];
