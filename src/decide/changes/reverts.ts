// Reverts take back what they revert, both then count for nothing; a revert of a revert brings the original back. What
// was released before the range can't be found in it: such a revert is a change like any other.
import type { Problem } from "../../model/problem.ts";
import type { Sha } from "../../model/snapshot.ts";
import { isMerge } from "./pull-requests.ts";
import type { Brought, ReadCommit } from "./pull-requests.ts";

/** `by`: the commit that reverts it, or, for a revert, the newest that it takes back. */
export type Cancellation = { readonly by: Sha; readonly because: string };

export type Cancellations = {
  readonly cancelled: ReadonlyMap<Sha, Cancellation>;
  readonly problems: readonly { readonly one: ReadCommit; readonly problem: Problem }[];
};

/** The commits of a range, newest first. Each is cancelled once, so the work is linear. A merge reverts nothing beside its commits. */
export function cancellations(range: readonly ReadCommit[], brought: Brought): Cancellations {
  const cancelled = new Map<Sha, Cancellation>();
  const problems: { one: ReadCommit; problem: Problem }[] = [];
  const find = finder(range, brought, cancelled, problems);
  for (const [index, one] of range.entries()) {
    const { sha } = one.commit;
    if (one.message.revert === null || isMerge(one) || cancelled.has(sha)) continue;
    const { targets, isComplete } = find(one, index);
    for (const target of targets) cancel(target, sha, brought, cancelled);
    const newest = targets[0];
    if (isComplete && newest !== undefined) cancelled.set(sha, { by: newest.commit.sha, because: `takes back ${newest.commit.sha.slice(0, 7)}` });
  }
  return { cancelled, problems };
}

/** With a merge, everything that it brought is taken back. */
function cancel(target: ReadCommit, by: Sha, { broughtBy }: Brought, cancelled: Map<Sha, Cancellation>): void {
  const open = [target];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const { sha } = one.commit;
    if (cancelled.has(sha)) continue;
    cancelled.set(sha, { by, because: `reverted by ${by.slice(0, 7)}` });
    open.push(...(broughtBy.get(sha) ?? []));
  }
}

type Found = { readonly targets: readonly ReadCommit[]; readonly isComplete: boolean };
const NOTHING: Found = { targets: [], isComplete: false };

/** By commit when commits are named, else by pull request, else by exact title. Only what is older can be meant. */
function finder(
  range: readonly ReadCommit[],
  brought: Brought,
  cancelled: ReadonlyMap<Sha, Cancellation>,
  problems: { one: ReadCommit; problem: Problem }[],
): (one: ReadCommit, index: number) => Found {
  const positions = new Map(range.map(({ commit }, index) => [commit.sha, index]));
  const byPrefix = prefixLookup(range, problems);
  const byNumber = groups(range, ({ commit }) => [brought.pullRequestOf.get(commit.sha)?.number]);
  const byTitle = groups(range, (one) => titlesOf(one, brought));
  const older = (index: number) => (one: ReadCommit) => (positions.get(one.commit.sha) ?? -1) > index;
  return (asker, index) => {
    const { revert } = asker.message;
    if (revert === null) return NOTHING;
    if (revert.shas.length > 0) {
      const found = revert.shas.map((sha) => byPrefix(sha, asker));
      const targets = found.filter((one) => one !== null).filter(older(index));
      return { targets, isComplete: targets.length === found.length };
    }
    if (revert.pullRequests.length > 0) {
      const found = revert.pullRequests.map((number) => taken(byNumber, number, older(index)));
      return { targets: found.flat(), isComplete: found.every((members) => members.length > 0) };
    }
    const target = revert.title === null ? null : newestLive(byTitle.get(revert.title), (one) => older(index)(one) && !cancelled.has(one.commit.sha));
    return target === null ? NOTHING : { targets: [target], isComplete: true };
  };
}

/** Titles that a revert may quote: with and without the number that GitHub appends, and the pull request's own. */
function titlesOf({ commit, message: { title, squashes } }: ReadCommit, { pullRequestOf }: Brought): readonly string[] {
  const number = squashes ?? pullRequestOf.get(commit.sha)?.number;
  return number === undefined ? [title] : [title, `${title} (#${number})`];
}

function groups<Key>(range: readonly ReadCommit[], keysOf: (one: ReadCommit) => readonly (Key | undefined)[]): Map<Key, ReadCommit[]> {
  const found = new Map<Key, ReadCommit[]>();
  for (const one of range) {
    for (const key of keysOf(one)) {
      if (key === undefined) continue;
      const members = found.get(key);
      if (members === undefined) found.set(key, [one]);
      else members.push(one);
    }
  }
  return found;
}

/** A second revert of the same pull request finds its oldest commit, which stands for all of them. */
function taken(byNumber: Map<number, ReadCommit[]>, number: number, isOlder: (one: ReadCommit) => boolean): readonly ReadCommit[] {
  const members = (byNumber.get(number) ?? []).filter(isOlder);
  byNumber.set(number, members.slice(-1));
  return members;
}

/** Members are newest first, as are those who ask: who is too new or cancelled for one is so for the next. */
function newestLive(members: ReadCommit[] | undefined, isMeant: (one: ReadCommit) => boolean): ReadCommit | null {
  if (members === undefined) return null;
  const at = members.findIndex(isMeant);
  members.splice(0, at === -1 ? members.length : at);
  return members[0] ?? null;
}

/** Full object names by map; abbreviated ones by the neighbours in a sorted list. */
function prefixLookup(
  range: readonly ReadCommit[],
  problems: { one: ReadCommit; problem: Problem }[],
): (prefix: string, asker: ReadCommit) => ReadCommit | null {
  const bySha = new Map(range.map((one) => [one.commit.sha, one]));
  let sorted: readonly Sha[] | null = null;
  return (prefix, asker) => {
    const exact = bySha.get(prefix);
    if (exact !== undefined || prefix.length >= 40) return exact ?? null;
    sorted ??= [...bySha.keys()].toSorted();
    const at = lowerBound(sorted, prefix);
    const [first, second] = [sorted[at], sorted[at + 1]];
    if (first === undefined || !first.startsWith(prefix)) return null;
    if (second?.startsWith(prefix) !== true) return bySha.get(first) ?? null;
    problems.push({ one: asker, problem: ambiguous(prefix, asker.commit.sha) });
    return null;
  };
}

function lowerBound(sorted: readonly string[], text: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? "") < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

function ambiguous(prefix: string, asker: Sha): Problem {
  return {
    severity: "warning",
    message: `commit ${asker.slice(0, 7)} reverts ${prefix}, which fits several commits: it is counted as a change of its own`,
    path: null,
    line: null,
    column: null,
    hint: "name the whole commit id when reverting",
  };
}
