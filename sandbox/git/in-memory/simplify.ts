// A history seen through some paths, simplified as git does it by default (git-log, "History Simplification"): a commit
// that leaves them as one of its parents has them is not shown, and only that parent is followed.
import { bytesOf, FOLDER } from "../tree-bytes.ts";
import type { CommitObject, Sha } from "../types.ts";
import { entryAt } from "./entry-at.ts";
import type { MemoryObjects } from "./objects.ts";

type Simplified = { /** Those that are followed. */ readonly parents: readonly Sha[]; readonly isShown: boolean };

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
    if (names.length === 0) return { parents: commit.parents, isShown: true };
    const view = viewOf(commit.tree);
    if (commit.parents.length === 0) return { parents: [], isShown: view !== nothing };
    const isSame = (parent: Sha): boolean => viewOf(objects.commit(parent).tree) === view;
    const followed = commit.parents.find((parent) => isRelevant(parent) && isSame(parent));
    if (followed !== undefined) return { parents: [followed], isShown: false };
    // Parents outside of what is asked for count only where there are no others.
    const isChange = commit.parents.some(isRelevant) || commit.parents.some((parent) => !isSame(parent));
    return { parents: commit.parents, isShown: isChange };
  };
}

/** The mode and SHA at a path, empty where nothing is; what ends in a slash is a folder's. */
function standingAt(objects: MemoryObjects, root: Sha, path: string): string {
  const found = entryAt(objects, root, path.replace(/\/$/u, ""));
  return found === null || (path.endsWith("/") && found.mode !== FOLDER) ? "" : `${found.mode} ${found.sha}`;
}
