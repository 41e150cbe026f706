// Commits in the order in which git lists them with --topo-order, whatever order GitHub lists them in.
import type { Commit, Sha } from "../../model/snapshot.ts";

/**
 * Every commit before its parents and, after a merge, first what it brought: a commit follows as soon as all its
 * children are listed, and the one that became free last goes first. What the head cannot
 * reach is left out, and so is what has a child among that: callers that count notice.
 */
export function inTopologicalOrder(head: Sha, commits: readonly Commit[]): Commit[] {
  const bySha = new Map(commits.map((commit) => [commit.sha, commit]));
  const childrenLeft = new Map<Sha, number>();
  for (const { parents } of bySha.values()) for (const parent of parents) childrenLeft.set(parent, (childrenLeft.get(parent) ?? 0) + 1);
  const ordered: Commit[] = [];
  const free = [head];
  for (let sha = free.pop(); sha !== undefined; sha = free.pop()) {
    const commit = bySha.get(sha);
    if (commit === undefined) continue;
    ordered.push(commit);
    for (const parent of commit.parents) {
      const left = (childrenLeft.get(parent) ?? 0) - 1;
      childrenLeft.set(parent, left);
      if (left === 0) free.push(parent);
    }
  }
  return ordered;
}
