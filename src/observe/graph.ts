// Who is whose ancestor, on a list of commits in topological order (every commit before its parents). The order alone
// decides, never a date: clocks that were wrong cannot make a commit unreleased, or released.
import type { Commit, Sha } from "../model/snapshot.ts";

export type Graph = { readonly commits: readonly Commit[]; readonly at: ReadonlyMap<Sha, number> };

const OF_HEAD = 1;
const OF_SINCE = 2;

export function graphOf(commits: readonly Commit[]): Graph {
  return { commits, at: new Map(commits.map(({ sha }, index) => [sha, index])) };
}

/**
 * Commits of `head` that `since` does not have, as `git rev-list --topo-order` lists them. `since` outside the graph takes
 * nothing away. Cost grows with the distance from the head to the last of them.
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
  const found: number[] = [];
  for (let index = Math.min(start, end ?? start); open > 0; index += 1) {
    const marked = marks[index] ?? 0;
    const commit = commits[index];
    if (commit === undefined || marked === 0) continue;
    if (marked === OF_HEAD) {
      found.push(index);
      open -= 1;
    }
    for (const parent of commit.parents) {
      const next = at.get(parent);
      if (next !== undefined) mark(next, marked);
    }
  }
  return inGitsOrder({ commits, at }, found);
}

/**
 * A graph that grew in parts keeps every commit before its parents, but git has more of an order: a commit follows as
 * soon as all its children are listed, and the one that became free last goes first, so that a merge is followed by what
 * it brought. `members` begin with the head and hold every child that the head can reach.
 */
function inGitsOrder({ commits, at }: Graph, members: readonly number[]): Commit[] {
  /** Of a member: its children that are not listed yet, plus one. Zero of what is none. */
  const waiting = new Int32Array(commits.length);
  for (const index of members) waiting[index] = 1;
  const count = (parent: Sha, step: 1 | -1): number | null => {
    const index = at.get(parent);
    if (index === undefined || waiting[index] === 0) return null;
    waiting[index] = (waiting[index] ?? 0) + step;
    return waiting[index] === 1 ? index : null;
  };
  for (const index of members) for (const parent of commits[index]?.parents ?? []) count(parent, 1);
  const ordered: Commit[] = [];
  const free = members.slice(0, 1);
  for (let index = free.pop(); index !== undefined; index = free.pop()) {
    const commit = commits[index];
    if (commit === undefined) continue;
    ordered.push(commit);
    for (const parent of commit.parents) {
      const next = count(parent, -1);
      if (next !== null) free.push(next);
    }
  }
  return ordered;
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

/** Whether every one of `ends`, commits right behind the graph of which none has another, is in the history of `sha`. */
export function hasAll({ commits, at }: Graph, sha: Sha, ends: readonly Sha[]): boolean {
  const left = new Set(ends);
  left.delete(sha);
  const reached = new Uint8Array(commits.length);
  const start = at.get(sha) ?? commits.length;
  if (start < commits.length) reached[start] = 1;
  for (let index = start; index < commits.length && left.size > 0; index += 1) {
    if (reached[index] !== 1) continue;
    for (const parent of commits[index]?.parents ?? []) {
      left.delete(parent);
      const next = at.get(parent);
      if (next !== undefined) reached[next] = 1;
    }
  }
  return left.size === 0;
}
