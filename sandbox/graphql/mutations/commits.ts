// `createCommitOnBranch`: a commit of some changed files on the head that the client has seen, and on no other.
import type { CommittableBranch, CreateCommitOnBranchInput, FileChanges } from "@octokit/graphql-schema";
import type { Sha } from "../../git/types.ts";
import type { Repository } from "../../world/types.ts";
import { maySee } from "../access.ts";
import type { Context, Fields } from "../context.ts";
import { Refusal } from "../errors.ts";
import { nodeOfType } from "../nodes.ts";
import { commitThing, refThing } from "../things.ts";
import { mutation } from "./mutation.ts";
import { moveRefs } from "./refs.ts";

const branchOf = async (
  context: Context,
  { id, branchName, repositoryNameWithOwner }: CommittableBranch,
): Promise<{ readonly repository: Repository; readonly name: string }> => {
  if (id) {
    const ref = await nodeOfType(context, id, ["Ref"]);
    return { repository: ref.repository, name: `${ref.prefix}${ref.name}` };
  }
  if (!branchName || !repositoryNameWithOwner)
    throw new Refusal("UNPROCESSABLE", "A branch needs either `id` or both `repositoryNameWithOwner` and `branchName`.");
  const repository = context.world.repositories.get(repositoryNameWithOwner.toLowerCase());
  if (repository === undefined || !maySee(context.actor, repository))
    throw new Refusal("NOT_FOUND", `Could not resolve to a Repository with the name '${repositoryNameWithOwner}'.`);
  return { repository, name: `refs/heads/${branchName.replace(/^refs\/heads\//, "")}` };
};

/** An executable file stays one; this mutation makes none. */
const treeWith = async ({ git }: Repository, head: Sha, { additions, deletions }: FileChanges): Promise<Sha> => {
  const added = (additions ?? []).map(async ({ path, contents }) => {
    const before = await git.entry(head, path);
    const mode = before?.type === "blob" ? before.mode : "100644";
    return { path, mode, sha: await git.writeBlob(Buffer.from(contents, "base64")) };
  });
  const deleted = (deletions ?? []).map(async ({ path }) => {
    if ((await git.entry(head, path)) === null)
      throw new Refusal("UNPROCESSABLE", `A path was requested for deletion which does not exist as of commit oid \`${head}\`: ${path}`);
    return { path, mode: "100644", sha: null };
  });
  const base = await git.commit(head);
  return git.writeTree(base?.tree ?? null, await Promise.all([...added, ...deleted]));
};

export const commitMutations: Fields<unknown> = {
  createCommitOnBranch: mutation(async ({ branch, expectedHeadOid, fileChanges, message }: CreateCommitOnBranchInput, context) => {
    const { repository, name } = await branchOf(context, branch);
    const head = repository.git.refs().get(name);
    if (head === undefined) throw new Refusal("NOT_FOUND", `Could not resolve to a Ref with the name '${name}'.`);
    if (head !== expectedHeadOid) throw new Refusal("STALE_DATA", `Expected branch to point to "${expectedHeadOid}" but it did not.  Pull and try again.`);
    const sha = await context.operations.createCommit(context.actor, repository, {
      tree: await treeWith(repository, head, fileChanges ?? {}),
      parents: [head],
      message: message.body ? `${message.headline}\n\n${message.body}` : message.headline,
      author: null,
    });
    await moveRefs(context, repository, [{ name, before: head, after: sha, force: false }]);
    return { commit: await commitThing(repository, sha), ref: refThing(repository, name) };
  }),
};
