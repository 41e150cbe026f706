// The part of the history that was read so far, grown as questions come: newer heads in front, older bases behind.
// What is unreleased is read once and shared by every component; a replay reads everything once.
import type { Commit, Sha } from "../../model/snapshot.ts";
import { type Graph, commitsBetween, graphOf, hasAll, reachOf } from "../graph.ts";
import { readLog } from "./log.ts";
import { askGit, explained } from "./run.ts";

export type History = {
  /** Reads what is missing, so that `between` can answer for each head and each `since` (null: from the first commit). Each `since` is another commit in the history of each head; the first question may hope so. */
  readonly cover: (heads: readonly Sha[], since: readonly (Sha | null)[]) => Promise<void>;
  readonly isUnread: () => boolean;
  /** Everything that the head can reach was read, so that `reach` is complete. */
  readonly isWhole: (head: Sha) => boolean;
  readonly between: (head: Sha, since: Sha | null) => readonly Commit[];
  readonly reach: (head: Sha) => (sha: Sha) => boolean;
  readonly commit: (sha: Sha) => Commit | null;
};

/** More starting points than this make the check of a range dearer than reading the whole history. */
const STARTS_MAX = 256;
const PROGRESS_EVERY = 1000;

/** Nothing is read before it is needed. `onProgress` hears of long reads. */
export function openHistory(directory: string, onProgress: (line: string) => void): History {
  // Invariant: the graph holds exactly what `tips` can reach and `rest` cannot. `rest` is empty when it ends at the roots.
  let graph: Graph = graphOf([]);
  let tips: readonly Sha[] = [];
  let rest: readonly Sha[] = [];
  const interned = new Map<string, string>();

  const read = async (from: readonly Sha[], not: readonly Sha[]): Promise<Commit[]> => {
    const commits: Commit[] = [];
    await readLog(directory, from, not, interned, (commit) => {
      commits.push(commit);
      if (commits.length % PROGRESS_EVERY === 0) onProgress(`reading history: ${commits.length.toLocaleString("en")} commits`);
    });
    return commits;
  };
  const readWhole = async (heads: readonly Sha[]): Promise<void> => {
    const all = [...new Set([...tips, ...heads])];
    graph = graphOf(await read(all, []));
    [tips, rest] = [all, []];
  };
  /** Adds what `from` has and `not` has not; false when git's answer was wrong, with nothing added. */
  const grow = async (from: readonly Sha[], not: readonly Sha[], side: "front" | "back"): Promise<boolean> => {
    const commits = await read(from, not);
    if (!(await isExact(directory, commits, not))) return false;
    graph = graphOf(side === "front" ? [...commits, ...graph.commits] : [...graph.commits, ...commits]);
    return true;
  };
  /** What the head has and `since` has not was read only when all that was not read is in the history of `since`. */
  const isCovered = (since: Sha | null): boolean => (since === null ? rest.length === 0 : hasAll(graph, since, rest));

  const extend = async (heads: readonly Sha[], since: readonly (Sha | null)[]): Promise<void> => {
    const above = [...new Set(heads)].filter((head) => !graph.at.has(head));
    if (tips.length === 0) {
      const base = await commonBase(directory, since);
      if (!(await grow(above, base, "front"))) await readWhole(above);
      // A base that has every head leaves nothing to keep: the next question starts anew.
      else if (graph.commits.length > 0) [tips, rest] = [above, base];
      return;
    }
    if (above.length > 0) {
      if (await grow(above, [...tips, ...rest], "front")) tips = [...tips, ...above];
      else await readWhole(heads);
    }
    const uncovered = [...new Set(since)].filter((one) => !isCovered(one));
    if (uncovered.length > 0) {
      const base = await commonBase(directory, [...rest, ...uncovered]);
      if (await grow(rest, base, "back")) [tips, rest] = [[...tips, ...rest], base];
      else await readWhole(heads);
    }
    // A head behind `rest` is in neither part.
    if (heads.some((head) => !graph.at.has(head))) await readWhole(heads);
  };
  let last: Promise<void> = Promise.resolve();

  return {
    // One growth after the other: each starts from what the one before has left.
    cover(heads, since) {
      const grown = last.then(() => extend(heads, since));
      last = grown.catch(() => undefined);
      return grown;
    },
    isUnread: () => tips.length === 0,
    isWhole: (head) => rest.length === 0 && graph.at.has(head),
    between: (head, since) => commitsBetween(graph, head, since),
    reach: (head) => reachOf(graph, head),
    commit: (sha) => graph.commits[graph.at.get(sha) ?? -1] ?? null,
  };
}

/** The newest commits that are in the history of every one; none when one is null, or when their histories never met. */
async function commonBase(directory: string, since: readonly (Sha | null)[]): Promise<readonly Sha[]> {
  const distinct = [...new Set(since)];
  const shas = distinct.filter((sha) => sha !== null);
  if (shas.length < distinct.length || shas.length < 2) return shas.length < distinct.length ? [] : shas;
  return mergeBase(directory, ["--octopus", "--all", ...shas]);
}

/**
 * Whether none of the commits is in the history of `not`. Git ends its search by commit dates, and dates can run
 * backwards. If it ended too early, then one of the commits whose parents are all outside is in that history, too,
 * and `--independent`, which goes by ancestry alone, leaves it out.
 */
async function isExact(directory: string, commits: readonly Commit[], not: readonly Sha[]): Promise<boolean> {
  if (not.length === 0) return true;
  const known = new Set(commits.map(({ sha }) => sha));
  // A child of the only base is not in the base's history. On a straight line of commits there is nothing else.
  if (not.length === 1 && not[0] !== undefined) known.add(not[0]);
  const starts = commits.filter(({ parents }) => !parents.some((parent) => known.has(parent))).map(({ sha }) => sha);
  if (starts.length === 0) return true;
  if (starts.length + not.length > STARTS_MAX) return false;
  const independent = new Set(await mergeBase(directory, ["--independent", ...not, ...starts]));
  return starts.every((start) => independent.has(start));
}

async function mergeBase(directory: string, words: readonly string[]): Promise<Sha[]> {
  const command = ["merge-base", ...words];
  const answer = await askGit(directory, command);
  if (answer.code !== 0 && answer.code !== 1) throw await explained(directory, command, answer);
  return answer.output.toString("latin1").split("\n").slice(0, -1);
}
