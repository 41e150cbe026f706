// Questions about the graph of commits, answered as `git rev-list --date-order` and `git merge-base` do.
import type { CommitObject, GitRepository, Sha } from "../types.ts";
import { mergeBases, newestFirst, reachable } from "./graph.ts";
import type { MemoryObjects } from "./objects.ts";
import { type Walked, walk } from "./walk.ts";

const SECOND = 1000;

export function openHistory(objects: MemoryObjects): Pick<GitRepository, "log" | "count" | "mergeBase" | "isAncestor"> {
  /** @throws Error as `git merge-base` says it */
  const commitAt = (sha: Sha): CommitObject => {
    try {
      return objects.commit(sha);
    } catch {
      throw new Error(`Not a valid commit name ${sha}`);
    }
  };

  return {
    async log({ include, exclude = [], paths = [], since, until, limit, skip = 0 }) {
      const walked = walk(objects, {
        include,
        exclude,
        paths: paths.filter((path) => path !== ""),
        oldestAt: since === undefined ? -Infinity : Math.ceil(since / SECOND) * SECOND,
        newestAt: until === undefined ? Infinity : Math.floor(until / SECOND) * SECOND,
      });
      const shown = childrenFirst(walked).filter(({ isShown }) => isShown);
      return shown.slice(skip, limit === undefined ? undefined : skip + limit).map(({ commit }) => commit.sha);
    },
    async count(include, exclude) {
      return walk(objects, { include: [include], exclude: [exclude], paths: [], oldestAt: -Infinity, newestAt: Infinity }).length;
    },
    mergeBase: async (one, other) => mergeBases(objects, commitAt(one).sha, commitAt(other).sha)[0] ?? null,
    isAncestor: async (ancestor, descendant) => {
      const wanted = commitAt(ancestor).sha;
      return reachable(objects, commitAt(descendant).sha).has(wanted);
    },
  };
}

/** No commit before one of its children; where that leaves a choice, the newest. */
function childrenFirst(walked: readonly Walked[]): readonly Walked[] {
  const all = new Map(walked.map((each) => [each.commit.sha, each]));
  const children = new Map<Sha, number>();
  for (const { parents } of walked) for (const parent of parents) children.set(parent, (children.get(parent) ?? 0) + 1);
  const queue = newestFirst();
  for (const { commit } of walked) if (!children.has(commit.sha)) queue.put(commit);
  const ordered: Walked[] = [];
  for (let commit = queue.take(); commit !== undefined; commit = queue.take()) {
    const each = all.get(commit.sha);
    if (each === undefined) continue;
    ordered.push(each);
    for (const parent of each.parents) {
      const left = (children.get(parent) ?? 0) - 1;
      children.set(parent, left);
      const waiting = all.get(parent);
      if (left === 0 && waiting !== undefined) queue.put(waiting.commit);
    }
  }
  return ordered;
}
