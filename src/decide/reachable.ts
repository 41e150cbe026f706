import type { Commit, Sha } from "../model/snapshot.ts";

/** Commits of the range that `from` has, itself included; none when it is not in the range. */
export function reachable(commits: readonly Commit[], from: Sha): ReadonlySet<Sha> {
  const bySha = new Map(commits.map((commit) => [commit.sha, commit]));
  const found = new Set<Sha>();
  const open = [from];
  for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
    const commit = bySha.get(sha);
    if (commit === undefined || found.has(sha)) continue;
    found.add(sha);
    open.push(...commit.parents);
  }
  return found;
}
