// Which pull request and which merge brought each commit of a range. The observer's word counts; without it the texts
// that GitHub writes do: `… (#12)` of a squash, `Merge pull request #12` of a merge. One visit per commit.
import type { Commit, PullRequest, Sha } from "../../model/snapshot.ts";
import type { Message } from "./read-commit.ts";

export type ReadCommit = { readonly commit: Commit; readonly message: Message };

export type Brought = {
  /** By commit, merges included; commits without one are absent. One object per number. */
  readonly pullRequestOf: ReadonlyMap<Sha, PullRequest>;
  /** By merge commit: what came with it and not with its first parent, merges among them not opened. */
  readonly broughtBy: ReadonlyMap<Sha, readonly ReadCommit[]>;
};

/** The commits of a range, newest first in topological order. A parent outside of the range ends a walk. */
export function bringingPullRequests(range: readonly ReadCommit[]): Brought {
  const { broughtBy, mergeOf } = walk(range);
  const numbers = new Map<Sha, number>();
  // Newest first, so that the merge that brought a merge has its number before.
  const inherited = new Map<Sha, number>();
  for (const { commit, message } of range) {
    const merge = mergeOf.get(commit.sha);
    const around = merge === undefined ? undefined : inherited.get(merge);
    const own = commit.pullRequest?.number ?? message.merges ?? message.squashes;
    const number = own ?? around;
    if (number !== undefined) numbers.set(commit.sha, number);
    const passedOn = message.merges ?? commit.pullRequest?.number ?? around;
    if (commit.parents.length > 1 && passedOn !== undefined) inherited.set(commit.sha, passedOn);
  }
  const pullRequests = described(range, numbers);
  const pullRequestOf = new Map<Sha, PullRequest>();
  for (const [sha, number] of numbers) {
    const pullRequest = pullRequests.get(number);
    if (pullRequest !== undefined) pullRequestOf.set(sha, pullRequest);
  }
  return { pullRequestOf, broughtBy };
}

export function isMerge({ commit }: ReadCommit): boolean {
  return commit.parents.length > 1;
}

/**
 * Follows first parents, marks the whole chain, and opens the merges on it oldest first: whatever a merge's other
 * parents reach that is not marked yet came with that merge.
 */
function walk(range: readonly ReadCommit[]): { broughtBy: Map<Sha, ReadCommit[]>; mergeOf: Map<Sha, Sha> } {
  const bySha = new Map(range.map((one) => [one.commit.sha, one]));
  const seen = new Set<Sha>();
  const mergeOf = new Map<Sha, Sha>();
  const broughtBy = new Map<Sha, ReadCommit[]>();
  for (const { commit: tip } of range) {
    const chains: { sha: Sha; merge: Sha | null }[] = [{ sha: tip.sha, merge: null }];
    for (let chain = chains.pop(); chain !== undefined; chain = chains.pop()) {
      const { merge } = chain;
      for (let one = bySha.get(chain.sha); one !== undefined && !seen.has(one.commit.sha); one = bySha.get(one.commit.parents[0] ?? "")) {
        const { sha, parents } = one.commit;
        seen.add(sha);
        if (merge !== null) {
          mergeOf.set(sha, merge);
          broughtBy.get(merge)?.push(one);
        }
        if (parents.length > 1) broughtBy.set(sha, []);
        for (const other of parents.slice(1)) chains.push({ sha: other, merge: sha });
      }
    }
  }
  return { broughtBy, mergeOf };
}

/** One description per number: the observer's, else the merge's title, else the newest squash commit's. */
function described(range: readonly ReadCommit[], numbers: ReadonlyMap<Sha, number>): ReadonlyMap<number, PullRequest> {
  const found = new Map<number, PullRequest>();
  const weights = new Map<number, number>();
  const offer = (pullRequest: PullRequest, weight: number): void => {
    if ((weights.get(pullRequest.number) ?? 0) >= weight) return;
    weights.set(pullRequest.number, weight);
    found.set(pullRequest.number, pullRequest);
  };
  for (const { commit, message } of range) {
    const { pullRequest } = commit;
    const number = numbers.get(commit.sha);
    if (pullRequest !== null) offer(pullRequest, 3);
    if (message.merges !== null) offer(fromText(message.merges, message.title), 2);
    if (number !== undefined && number === message.squashes) offer(fromText(number, message.title), 1);
  }
  return found;
}

function fromText(number: number, title: string): PullRequest {
  return { number, title, labels: [], author: null };
}
