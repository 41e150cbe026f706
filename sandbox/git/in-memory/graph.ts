// Walks over the graph of commits: what is reachable, in which order, and where two lines meet.
import type { CommitObject, Sha } from "../types.ts";
import type { MemoryObjects } from "./objects.ts";

type Commits = Pick<MemoryObjects, "commit">;

/** Hands out the newest commit first; of those of the same second, the one that came first. */
export function newestFirst(): {
  readonly put: (commit: CommitObject) => void;
  readonly take: () => CommitObject | undefined;
  readonly all: () => readonly CommitObject[];
} {
  const waiting: CommitObject[] = [];
  return {
    put(commit) {
      // Oldest at the start, so that taking from the end moves nothing.
      let [low, high] = [0, waiting.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((waiting[middle]?.committer.at ?? 0) < commit.committer.at) low = middle + 1;
        else high = middle;
      }
      waiting.splice(low, 0, commit);
    },
    take: () => waiting.pop(),
    all: () => waiting,
  };
}

/** This commit and all before it. */
export function reachable(commits: Commits, from: Sha): ReadonlySet<Sha> {
  const found = new Set<Sha>();
  const open = [from];
  for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
    if (found.has(sha)) continue;
    found.add(sha);
    open.push(...commits.commit(sha).parents);
  }
  return found;
}

/** The best common ancestors, newest first: those that no other common ancestor has before it. */
export function mergeBases(commits: Commits, ours: Sha, theirs: Sha): readonly Sha[] {
  const behind = reachable(commits, ours);
  const common = [...reachable(commits, theirs)].filter((sha) => behind.has(sha)).map(commits.commit);
  const below = new Set(common.flatMap(({ parents }) => parents));
  return common
    .filter(({ sha }) => !below.has(sha))
    .sort((one, other) => other.committer.at - one.committer.at)
    .map(({ sha }) => sha);
}
