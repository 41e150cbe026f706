// The unreleased commits of each line. A shallow clone is enough when no answer depends on what it lacks.
import type { Commit, Range, Sha, Tag, Wanted } from "../../model/snapshot.ts";
import type { History } from "./history.ts";
import { historyIsCutOff } from "./problem.ts";
import { firstReachable, isAncestor } from "./reachable.ts";

export type Source = {
  readonly directory: string;
  readonly history: History;
  /** Commits at which a shallow clone ends; empty when it is complete. */
  readonly cutOff: ReadonlySet<Sha>;
};

/**
 * One range a line, by its key. Lines released at the same commit share their commits.
 * @throws RepositoryProblem, also when a shallow clone ends before the answer is certain
 */
export async function readRanges(source: Source, head: Sha, wanted: Wanted["ranges"]): Promise<[string, Range][]> {
  if (wanted.length === 0) return [];
  const since = await lastReleases(source, head, wanted);
  await source.history.cover(
    [head],
    since.map((tag) => tag?.sha ?? null),
  );
  const shared = new Map<Sha | null, readonly Commit[]>([[head, []]]);
  return wanted.map(({ key }, index) => {
    const tag = since[index] ?? null;
    const sha = tag?.sha ?? null;
    const commits = shared.get(sha) ?? source.history.between(head, sha);
    shared.set(sha, commits);
    if (commits.some((commit) => source.cutOff.has(commit.sha)))
      throw historyIsCutOff(source.directory, `what is unreleased (${tag === null ? "no tag was found" : `since ${tag.name}`})`);
    return [key, { since: tag, commits }];
  });
}

/** For each line the first of its tags that the head can reach. */
async function lastReleases(source: Source, head: Sha, wanted: Wanted["ranges"]): Promise<(Tag | null)[]> {
  const { directory, history, cutOff } = source;
  const lists = wanted.map(({ newestFirst }) => newestFirst);
  if (cutOff.size > 0) await history.cover([head], [null]);
  if (!history.isWhole(head)) return firstReachable(directory, head, lists, await knownFrom(history, head, lists));
  const reach = history.reach(head);
  const found = lists.map((list) => list.find(({ sha }) => reach(sha)) ?? null);
  const isCertain = lists.every(([newest = null], index) => newest === found[index]);
  if (!isCertain && meetsEnd(source, head)) throw historyIsCutOff(directory, "the search for the last tag");
  return found;
}

/**
 * Where all lines hope for the same commit, the first commits are read at once instead of asking first whether the head
 * can reach it: usually one of them is its child, and that is the answer.
 */
async function knownFrom(history: History, head: Sha, lists: readonly (readonly Tag[])[]): Promise<Map<Sha, boolean>> {
  const known = new Map([[head, true]]);
  const [hoped, ...others] = new Set(lists.flatMap(([newest]) => newest?.sha ?? []));
  if (hoped === undefined || others.length > 0 || hoped === head || !history.isUnread()) return known;
  await history.cover([head], [hoped]);
  // The tag stands on a descendant of the head, so that nothing is left of the head's history.
  if (history.commit(head) === null) known.set(hoped, false);
  else if (history.between(head, hoped).some(({ parents }) => parents.includes(hoped))) known.set(hoped, true);
  return known;
}

/** Whether a commit is in the history of one of the tips. */
export async function isInHistory(source: Source, sha: Sha, tips: readonly Sha[]): Promise<boolean> {
  const { directory, history, cutOff } = source;
  if (tips.includes(sha)) return true;
  if (cutOff.size === 0) return (await Promise.all(tips.map((tip) => isAncestor(directory, sha, tip)))).includes(true);
  await history.cover([sha, ...tips], [null]);
  if (tips.some((tip) => history.reach(tip)(sha))) return true;
  if (tips.some((tip) => meetsEnd(source, tip))) throw historyIsCutOff(directory, "whether this commit is on the default branch");
  return false;
}

function meetsEnd({ history, cutOff }: Source, head: Sha): boolean {
  const reach = history.reach(head);
  return [...cutOff].some(reach);
}
