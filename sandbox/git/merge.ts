// Three-way merges without a work tree. They store the trees they make and move no ref.
import { EMPTY_TREE } from "./object-store.ts";
import { remembered } from "./remember.ts";
import { runGit } from "./run-git.ts";
import type { GitRepository, MergeResult, Person, Sha } from "./types.ts";

const NOBODY: Person = { name: "sandbox", email: "sandbox@localhost", at: 0 };

export function openMerge(
  directory: string,
  { commit, writeCommit }: Pick<GitRepository, "commit" | "writeCommit">,
): Pick<GitRepository, "merge" | "cherryPick"> {
  const merge = remembered(async (ours: Sha, theirs: Sha): Promise<MergeResult> => {
    const { code, stdout } = await runGit(directory, ["merge-tree", "--write-tree", "--no-messages", "--name-only", "-z", ours, theirs], { accept: [0, 1] });
    const [tree = "", ...paths] = stdout.toString().split("\0").slice(0, -1);
    return code === 0 ? { is: "clean", tree } : { is: "conflict", paths: paths.filter((path) => path !== "") };
  });

  const stub = (tree: Sha, parents: readonly Sha[]): Promise<Sha> =>
    writeCommit({ tree, parents, author: NOBODY, committer: NOBODY, message: "Stands in for a commit while merging\n", signature: null });

  async function existing(sha: Sha): Promise<NonNullable<Awaited<ReturnType<typeof commit>>>> {
    const found = await commit(sha);
    if (found === null) throw new Error(`There is no commit ${sha}`);
    return found;
  }

  return {
    merge,
    async cherryPick(onto, picked) {
      const [target, change] = await Promise.all([existing(onto), existing(picked)]);
      const parent = change.parents[0];
      const baseTree = parent === undefined ? EMPTY_TREE : (await existing(parent)).tree;
      if (baseTree === target.tree) return { is: "clean", tree: change.tree };
      // git 2.39 finds the merge base by itself only: two commits on top of the base wanted make it find that one.
      const base = await stub(baseTree, []);
      return merge(await stub(target.tree, [base]), await stub(change.tree, [base]));
    },
  };
}
