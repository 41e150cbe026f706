// The unreleased commits of each line. Lines that were released at different times share what was read for the one that
// waits longest; GitHub's own count of each says whether that is all of it.
import type { Commit, Range, Sha, Tag, Wanted } from "../../model/snapshot.ts";
import { commitsBetween, graphOf } from "../graph.ts";
import { readPaths } from "./commit-paths.ts";
import { type Relation, foreseeComparison, readFirstPageSince, readRelation } from "./comparison.ts";
import type { Moment } from "./moment.ts";
import { type Openings, openingsOf } from "./openings.ts";
import { type Since, readSince } from "./since.ts";

/** So many of a line's tags are asked about at once, at most, once the newest turned out to be elsewhere. */
const CANDIDATES_MAX = 64;
const CANDIDATES_GROWTH = 8;

/** One range a line, by its key. Lines released at the same commit share one array. */
export async function readRanges(moment: Moment, wanted: Wanted["ranges"], folders: Wanted["folders"]): Promise<[string, Range][]> {
  if (wanted.length === 0) return [];
  const openings = openingsOf(folders);
  const relationTo = relations(moment, wanted, openings);
  const since = await Promise.all(wanted.map(({ newestFirst }) => lastRelease(newestFirst, relationTo)));
  const ranges = await readAll(moment, since, openings);
  const commits = new Map([...ranges.values()].flat().map((commit) => [commit.sha, commit]));
  const paths = await readPaths(moment, [...commits.values()], openings);
  const whole = new Map([...commits.values()].map((commit) => [commit.sha, { ...commit, paths: paths.get(commit.sha) ?? [] }]));
  const shared = new Map([...ranges].map(([sha, some]) => [sha, some.map((commit) => whole.get(commit.sha) ?? commit)]));
  return wanted.map(({ key }, index) => {
    const tag = since[index]?.tag ?? null;
    return [key, { since: tag, commits: shared.get(tag?.sha ?? null) ?? [] }];
  });
}

/** Each tag is asked about once. Where all lines hope for the same one, its commits are read at once instead. */
function relations(moment: Moment, wanted: Wanted["ranges"], openings: Openings): (tag: Tag) => Promise<Relation> {
  const hoped = new Map(wanted.map(({ newestFirst }) => [newestFirst[0]?.sha ?? null, newestFirst[0]]));
  const [only] = hoped.size === 1 ? hoped.keys() : [];
  const known = new Map<Sha, Promise<Relation>>();
  const read = async (tag: Tag): Promise<Relation> => {
    if (tag.sha === moment.head.sha) {
      foreseeComparison(moment, tag, tag.sha === only ? openings : null);
      return { isReachable: true, ahead: 0 };
    }
    if (tag.sha !== only) return readRelation(moment, tag);
    return (await readFirstPageSince(moment, tag, openings))?.relation ?? { isReachable: false, ahead: 0 };
  };
  return (tag) => {
    const relation = known.get(tag.sha) ?? read(tag);
    known.set(tag.sha, relation);
    return relation;
  };
}

/** The first of a line's tags that the head can reach. */
async function lastRelease(newestFirst: readonly Tag[], relationTo: (tag: Tag) => Promise<Relation>): Promise<Since> {
  let size = 1;
  for (let from = 0; from < newestFirst.length;) {
    const some = newestFirst.slice(from, from + size);
    const found = await Promise.all(some.map(relationTo));
    const at = found.findIndex(({ isReachable }) => isReachable);
    const relation = found[at];
    if (relation !== undefined) return { tag: some[at] ?? null, ahead: relation.ahead };
    from += size;
    size = Math.min(size * CANDIDATES_GROWTH, CANDIDATES_MAX);
  }
  return { tag: null, ahead: null };
}

/** Commits by the commit they are counted from, null for the whole history; in git's order, without their paths. */
async function readAll(moment: Moment, since: readonly Since[], openings: Openings): Promise<Map<Sha | null, readonly Commit[]>> {
  const distinct = [...new Map(since.map((one) => [one.tag?.sha ?? null, one])).values()];
  const [longest, ...others] = distinct.toSorted((one, other) => (other.ahead ?? Infinity) - (one.ahead ?? Infinity));
  if (longest === undefined) return new Map();
  const most = await readSince(moment, longest, openings);
  const graph = graphOf(most);
  const rest = await Promise.all(
    others.map(async (one): Promise<[Sha | null, readonly Commit[]]> => {
      // What is not in the longest range is in the history of its tag: then the line took another way, and is read for itself.
      const part = most.length === 0 ? most : commitsBetween(graph, moment.head.sha, one.tag?.sha ?? null);
      return [one.tag?.sha ?? null, part.length === one.ahead ? part : await readSince(moment, one, openings)];
    }),
  );
  return new Map<Sha | null, readonly Commit[]>([[longest.tag?.sha ?? null, most], ...rest]);
}
