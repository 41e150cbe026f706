// Three-way merges of commits. They store the trees they make and move no ref.
import { EMPTY_TREE } from "../object-store.ts";
import { commitText } from "../object-text.ts";
import { remembered } from "../remember.ts";
import type { GitRepository, MergeResult, Person, Sha } from "../types.ts";
import { mergeBases } from "./graph.ts";
import { type MergedTree, mergeTrees } from "./merge-trees.ts";
import type { MemoryObjects } from "./objects.ts";

const NOBODY: Person = { name: "sandbox", email: "sandbox@localhost", at: 0 };

const resultOf = ({ tree, conflicts }: MergedTree): MergeResult => (conflicts.length === 0 ? { is: "clean", tree } : { is: "conflict", paths: conflicts });

export function openMerge(objects: MemoryObjects): Pick<GitRepository, "merge" | "cherryPick"> {
  /** Where lines crossed there are several bases: they are merged first, the oldest with the next. */
  async function baseOf(ours: Sha, theirs: Sha): Promise<Sha | null> {
    const [oldest, ...newer] = mergeBases(objects, ours, theirs).toReversed();
    let base = oldest ?? null;
    for (const next of newer) {
      if (base === null) break;
      const { tree } = await merged(base, next, (await baseOf(base, next)) ?? EMPTY_TREE);
      const stub = { tree, parents: [base, next], author: NOBODY, committer: NOBODY, message: "Stands in for a base while merging\n", signature: null };
      base = objects.store.write("commit", Buffer.from(commitText(stub)));
    }
    return base;
  }

  const merged = async (ours: Sha, theirs: Sha, base: Sha): Promise<MergedTree> =>
    mergeTrees(objects, { base: objects.treeOf(base), ours: objects.treeOf(ours), theirs: objects.treeOf(theirs), labels: { ours, theirs } });

  return {
    merge: remembered(async (ours: Sha, theirs: Sha): Promise<MergeResult> => {
      const base = await baseOf(ours, theirs);
      if (base === null) throw new Error("refusing to merge unrelated histories");
      return resultOf(await merged(ours, theirs, base));
    }),
    async cherryPick(onto, picked) {
      const parent = objects.commit(picked).parents[0];
      return resultOf(await merged(onto, picked, parent ?? EMPTY_TREE));
    },
  };
}
