// A bare git repository on disk: objects through one helper process, refs in memory, git itself for everything hard.
import { createRepository } from "./create-repository.ts";
import { openDiff } from "./diff.ts";
import { openHistory } from "./history.ts";
import { openMerge } from "./merge.ts";
import type { ObjectStore } from "./object-store.ts";
import { openObjects } from "./objects.ts";
import { openObjectReader } from "./read-objects.ts";
import { refsOnDisk } from "./refs-on-disk.ts";
import { openRefs, registerRefStore } from "./refs.ts";
import { openTrees } from "./trees.ts";
import type { RepositoryOnDisk } from "./types.ts";
import { writeObject } from "./write-object.ts";

/**
 * Opens the bare repository at `directory`, made empty if there is none. HEAD names `branch`, which need not exist.
 * One open repository a directory: two would not see each other's refs.
 */
export async function openGitRepository(directory: string, options: { readonly branch: string }): Promise<RepositoryOnDisk> {
  await createRepository(directory, options.branch);
  const refs = await openRefs(refsOnDisk(directory));
  const store: ObjectStore = { ...openObjectReader(directory), write: (type, body) => writeObject(directory, type, body) };
  const objects = openObjects(store, refs, options.branch);

  const repository: RepositoryOnDisk = {
    directory,
    refs: refs.all,
    updateRefs: refs.update,
    ...objects,
    ...openTrees(store),
    ...openHistory(directory),
    ...openMerge(directory, objects),
    ...openDiff(directory),
    async close() {
      await refs.settled();
      await store.close();
    },
  };
  registerRefStore(repository, refs);
  return repository;
}
