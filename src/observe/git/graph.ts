// Who is whose ancestor, on a list of commits in topological order (every commit before its parents). The order alone
// decides, never a date: clocks that were wrong cannot make a commit unreleased, or released.
import type { Commit, Sha } from "../../model/snapshot.ts";

export type Graph = { readonly commits: readonly Commit[]; readonly at: ReadonlyMap<Sha, number> };

const OF_HEAD = 1;
const OF_SINCE = 2;

export function graphOf(commits: readonly Commit[]): Graph {
  return { commits, at: new Map(commits.map(({ sha }, index) => [sha, index])) };
}

/**
 * Commits of `head` that `since` does not have, in the graph's order. `since` outside the graph takes nothing away.
 * Cost grows with the distance from the head to the last of them.
 */
export function commitsBetween({ commits, at }: Graph, head: Sha, since: Sha | null): Commit[] {
  const start = at.get(head);
  if (start === undefined) throw new Error(`Bug: ${head} was not read before its range was wanted.`);
  const end = since === null ? undefined : at.get(since);
  const marks = new Uint8Array(commits.length);
  let open = 0;
  const mark = (index: number, as: number): void => {
    const before = marks[index] ?? 0;
    marks[index] = before | as;
    open += Number(marks[index] === OF_HEAD) - Number(before === OF_HEAD);
  };
  mark(start, OF_HEAD);
  if (end !== undefined) mark(end, OF_SINCE);
  const found: Commit[] = [];
  for (let index = Math.min(start, end ?? start); open > 0; index += 1) {
    const marked = marks[index] ?? 0;
    const commit = commits[index];
    if (commit === undefined || marked === 0) continue;
    if (marked === OF_HEAD) {
      found.push(commit);
      open -= 1;
    }
    for (const parent of commit.parents) {
      const next = at.get(parent);
      if (next !== undefined) mark(next, marked);
    }
  }
  return found;
}

/**
 * Whether `head` can reach a commit of the graph. Later questions continue where earlier ones stopped, so that all
 * questions together cost one pass.
 */
export function reachOf({ commits, at }: Graph, head: Sha): (sha: Sha) => boolean {
  const reached = new Uint8Array(commits.length);
  const start = at.get(head);
  if (start === undefined) throw new Error(`Bug: ${head} was not read before its history was asked for.`);
  reached[start] = 1;
  let index = start;
  return (sha) => {
    const target = at.get(sha);
    if (target === undefined) return false;
    for (; index < target; index += 1) {
      if (reached[index] !== 1) continue;
      for (const parent of commits[index]?.parents ?? []) {
        const next = at.get(parent);
        if (next !== undefined) reached[next] = 1;
      }
    }
    return reached[target] === 1;
  };
}
