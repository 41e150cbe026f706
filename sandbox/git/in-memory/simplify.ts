// A history seen through some paths, simplified as git does it by default (git-log, "History Simplification"): a commit
// that leaves them as one of its parents has them is not shown, and only that parent is followed.
import { bytesOf, FOLDER } from "../tree-bytes.ts";
import type { CommitObject, Sha } from "../types.ts";
import type { MemoryObjects } from "./objects.ts";

export type Simplified = { readonly commit: CommitObject; readonly parents: readonly Sha[]; /** Whether it is shown. */ readonly changes: boolean };

/** @param isRelevant whether a parent is inside of what is asked for, or its edge: only such parents simplify a merge */
export function simplifier(objects: MemoryObjects, paths: readonly string[], isRelevant: (sha: Sha) => boolean): (commit: CommitObject) => Simplified {
  const names = paths.map(bytesOf);
  const views = new Map<Sha, string>();
  /** What stands at these paths, as one text; the same where there is nothing. */
  const viewOf = (tree: Sha): string => {
    const known = views.get(tree);
    if (known !== undefined) return known;
    const view = names.map((name) => standingAt(objects, tree, name)).join("\n");
    views.set(tree, view);
    return view;
  };
  const nothing = names.map(() => "").join("\n");

  return (commit) => {
    if (names.length === 0) return { commit, parents: commit.parents, changes: true };
    const view = viewOf(commit.tree);
    if (commit.parents.length === 0) return { commit, parents: [], changes: view !== nothing };
    const isSame = (parent: Sha): boolean => viewOf(objects.commit(parent).tree) === view;
    const followed = commit.parents.find((parent) => isRelevant(parent) && isSame(parent));
    if (followed !== undefined) return { commit, parents: [followed], changes: false };
    // Parents outside of what is asked for count only where there are no others.
    const isChange = commit.parents.some(isRelevant) || commit.parents.some((parent) => !isSame(parent));
    return { commit, parents: commit.parents, changes: isChange };
  };
}

/** The mode and SHA at a path, empty where nothing is; a path that ends in a slash is a folder's. */
function standingAt({ entries }: MemoryObjects, root: Sha, path: string): string {
  const names = path.split("/");
  let [mode, sha] = [FOLDER, root];
  for (const name of names) {
    if (mode !== FOLDER) return "";
    if (name === "") continue;
    const found = entries(sha).find((entry) => entry.name === name);
    if (found === undefined) return "";
    ({ mode, sha } = found);
  }
  return `${mode} ${sha}`;
}
