// A git repository in memory: nothing on disk, no process, the same objects and the same answers as the one beside it.
import { openObjects } from "../objects.ts";
import { openRefs } from "../refs.ts";
import { openTrees } from "../trees.ts";
import type { GitRepository } from "../types.ts";
import { openDiff } from "./diff.ts";
import { openHistory } from "./history.ts";
import { openMerge } from "./merge.ts";
import { openMemoryObjects } from "./objects.ts";
import { refsInMemory } from "./refs.ts";

/** Makes an empty one. HEAD names `branch`, which need not exist. Git's own clients can't be served from it. */
export async function openMemoryRepository(options: { readonly branch: string }): Promise<GitRepository> {
  const objects = openMemoryObjects();
  const refs = await openRefs(refsInMemory(objects));
  return {
    directory: null,
    refs: refs.all,
    updateRefs: refs.update,
    ...openObjects(objects.store, refs, options.branch),
    ...openTrees(objects.store),
    ...openHistory(objects),
    ...openMerge(objects),
    ...openDiff(objects),
    async close() {
      await refs.settled();
      await objects.store.close();
    },
  };
}
