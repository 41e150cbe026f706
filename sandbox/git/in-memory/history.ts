// Questions about the graph of commits, answered as `git rev-list --date-order` and `git merge-base` do.
import type { CommitObject, GitRepository, Sha } from "../types.ts";
import { mergeBases, newestFirst, reachable } from "./graph.ts";
import type { MemoryObjects } from "./objects.ts";
import { simplifier, type Simplified } from "./simplify.ts";

const SECOND = 1000;

export function openHistory(objects: MemoryObjects): Pick<GitRepository, "log" | "count" | "mergeBase" | "isAncestor"> {
  const peeled = (shas: readonly Sha[]): readonly Sha[] => shas.map((sha) => objects.commit(sha).sha);
  /** @throws Error as `git merge-base` says it */
  const commitAt = (sha: Sha): CommitObject => {
    try {
      return objects.commit(sha);
    } catch {
      throw new Error(`Not a valid commit name ${sha}`);
    }
  };

  const log: GitRepository["log"] = async ({ include, exclude = [], paths = [], since, until, limit, skip = 0 }) => {
    const [oldestAt, newestAt] = [
      since === undefined ? -Infinity : Math.ceil(since / SECOND) * SECOND,
      until === undefined ? Infinity : Math.floor(until / SECOND) * SECOND,
    ];
    const edge = peeled(exclude);
    const hidden = reachable(objects, edge);
    const simplify = simplifier(
      objects,
      paths.filter((path) => path !== ""),
      (sha) => !hidden.has(sha) || edge.includes(sha),
    );

    const queue = newestFirst();
    const seen = new Set<Sha>();
    const put = (sha: Sha): void => {
      if (seen.has(sha)) return;
      seen.add(sha);
      queue.put(objects.commit(sha));
    };
    for (const sha of peeled(include)) put(sha);
    const walked: Simplified[] = [];
    for (let commit = queue.take(); commit !== undefined; commit = queue.take()) {
      if (hidden.has(commit.sha)) continue;
      if (commit.committer.at < oldestAt) {
        reachable(objects, [commit.sha], hidden);
        continue;
      }
      const simplified = simplify(commit);
      for (const parent of simplified.parents) put(parent);
      if (commit.committer.at <= newestAt) walked.push(simplified);
    }
    const shown = childrenFirst(walked.filter(({ commit }) => !hidden.has(commit.sha)));
    const found = shown.filter(({ changes }) => changes).map(({ commit }) => commit.sha);
    return found.slice(skip, limit === undefined ? undefined : skip + limit);
  };

  return {
    log,
    async count(include, exclude) {
      const hidden = reachable(objects, peeled([exclude]));
      return reachable(objects, peeled([include]), new Set(hidden)).size - hidden.size;
    },
    mergeBase: async (one, other) => mergeBases(objects, commitAt(one).sha, commitAt(other).sha)[0] ?? null,
    isAncestor: async (ancestor, descendant) => {
      const wanted = commitAt(ancestor).sha;
      return reachable(objects, [commitAt(descendant).sha]).has(wanted);
    },
  };
}

/** No commit before one of its children; where that leaves a choice, the newest. */
function childrenFirst(walked: readonly Simplified[]): readonly Simplified[] {
  const all = new Map(walked.map((each) => [each.commit.sha, each]));
  const children = new Map<Sha, number>();
  for (const { parents } of walked) for (const parent of parents) children.set(parent, (children.get(parent) ?? 0) + 1);
  const queue = newestFirst();
  for (const { commit } of walked) if (!children.has(commit.sha)) queue.put(commit);
  const ordered: Simplified[] = [];
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
