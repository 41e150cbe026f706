// Walks over the graph of commits: what is reachable, in which order, and where two lines meet.
import type { CommitObject, Sha } from "../types.ts";
import type { MemoryObjects } from "./objects.ts";

export type Commits = Pick<MemoryObjects, "commit">;

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

/** These commits and all before them, added to what was `found` before: the ancestors of what is in it are in it too. */
export function reachable(commits: Commits, from: Iterable<Sha>, found = new Set<Sha>()): Set<Sha> {
  const open = [...from];
  for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
    if (found.has(sha)) continue;
    found.add(sha);
    open.push(...commits.commit(sha).parents);
  }
  return found;
}

const OURS = 1;
const THEIRS = 2;
const BELOW = 4;
const BOTH = OURS | THEIRS;

/**
 * The best common ancestors, newest first, as git finds them: both lines are walked at once from the newest commit on,
 * until all that is left lies below what they share.
 */
export function mergeBases(commits: Commits, ours: Sha, theirs: Sha): readonly Sha[] {
  const [one, other] = [commits.commit(ours), commits.commit(theirs)];
  if (one.sha === other.sha) return [one.sha];
  const marks = new Map([
    [one.sha, OURS],
    [other.sha, THEIRS],
  ]);
  const markOf = (sha: Sha): number => marks.get(sha) ?? 0;
  const queue = newestFirst();
  const shared = newestFirst();
  queue.put(one);
  queue.put(other);
  const met = new Set<Sha>();
  while (queue.all().some(({ sha }) => (markOf(sha) & BELOW) === 0)) {
    const commit = queue.take();
    if (commit === undefined) break;
    let mark = markOf(commit.sha) & (BOTH | BELOW);
    if (mark === BOTH) {
      if (!met.has(commit.sha)) shared.put(commit);
      met.add(commit.sha);
      mark |= BELOW;
    }
    for (const parent of commit.parents) {
      if ((markOf(parent) & mark) === mark) continue;
      marks.set(parent, markOf(parent) | mark);
      queue.put(commits.commit(parent));
    }
  }
  const bases = shared
    .all()
    .map(({ sha }) => sha)
    .toReversed()
    .filter((sha) => (markOf(sha) & BELOW) === 0);
  // With clocks that went backwards, one of them may still lie below another.
  return bases.filter((sha) => !bases.some((base) => base !== sha && reachable(commits, [base]).has(sha)));
}
