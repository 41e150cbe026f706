// From some commits back to others, newest first, as `git rev-list` walks. Git looks at a commit when its turn by date has
// come, and knows only then that what lies behind the edge is not asked for; with paths that shows in what it follows.
import type { CommitObject, Sha } from "../types.ts";
import { newestFirst } from "./graph.ts";
import type { MemoryObjects } from "./objects.ts";
import { simplifier } from "./simplify.ts";

export type Walked = { readonly commit: CommitObject; /** Those that are followed. */ readonly parents: readonly Sha[]; readonly isShown: boolean };

type Question = {
  readonly include: readonly Sha[];
  readonly exclude: readonly Sha[];
  readonly paths: readonly string[];
  /** Milliseconds: nothing older, nor what is behind it; nothing newer. */
  readonly oldestAt: number;
  readonly newestAt: number;
};

/** So many commits git looks at after the last one that is asked for, in case that a clock went backwards. */
const SLOP = 5;

export function walk(objects: MemoryObjects, { include, exclude, paths, oldestAt, newestAt }: Question): readonly Walked[] {
  const edge = new Set(exclude.map((sha) => objects.commit(sha).sha));
  const hidden = new Set(edge);
  /** Of the commits that were looked at. */
  const parents = new Map<Sha, readonly Sha[]>();
  const simplify = simplifier(objects, paths, (sha) => !hidden.has(sha) || edge.has(sha));
  const queue = newestFirst();

  /** As far as it is known by now what lies behind. */
  function hideParents(sha: Sha): void {
    const open = [...(parents.get(sha) ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (hidden.has(next)) continue;
      hidden.add(next);
      open.push(...(parents.get(next) ?? []));
    }
  }
  function put(sha: Sha): void {
    const commit = objects.commit(sha);
    if (parents.has(commit.sha)) return;
    parents.set(commit.sha, commit.parents);
    queue.put(commit);
  }
  for (const sha of [...include, ...exclude]) put(sha);
  for (const sha of edge) hideParents(sha);

  const walked: Walked[] = [];
  let reachedAt = Infinity;
  let slop = SLOP;
  for (let commit = queue.take(); commit !== undefined && slop > 0; commit = queue.take()) {
    if (commit.committer.at < oldestAt) hidden.add(commit.sha);
    if (hidden.has(commit.sha)) {
      for (const parent of commit.parents) {
        hidden.add(parent);
        put(parent);
        hideParents(parent);
      }
      const waiting = queue.all();
      const isOpen = reachedAt <= (waiting.at(-1)?.committer.at ?? -Infinity) || waiting.some(({ sha }) => !hidden.has(sha));
      slop = isOpen ? SLOP : slop - 1;
      continue;
    }
    const simplified = simplify(commit);
    parents.set(commit.sha, simplified.parents);
    for (const parent of simplified.parents) put(parent);
    if (commit.committer.at > newestAt) continue;
    reachedAt = commit.committer.at;
    walked.push({ commit, ...simplified });
  }
  return walked.filter(({ commit }) => !hidden.has(commit.sha));
}
