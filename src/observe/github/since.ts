// The commits of one range: every page, or the newest page joined with what the last look has read; GitHub's count of
// them says whether that is all.
import { Transient } from "../../model/errors.ts";
import type { Commit, Tag } from "../../model/snapshot.ts";
import { commitAt } from "./commits.ts";
import { readFirstPageSince, readPageSince } from "./comparison.ts";
import type { Fields } from "./fields.ts";
import { readHistoryPage } from "./history.ts";
import type { Moment } from "./moment.ts";
import type { Openings } from "./openings.ts";
import type { Page } from "./pages.ts";
import { inTopologicalOrder } from "./topological.ts";

/** From a tag that the head can reach, and how many commits GitHub counts; both null for the whole history. */
export type Since = { readonly tag: Tag | null; readonly ahead: number | null };

/** Titles and labels of merged pull requests can still change: those of older commits are read again after that time. */
const REREAD_AFTER_MS = 3_600_000;

/**
 * In git's order, without their paths.
 * @throws Transient when GitHub lists other commits than it counts
 */
export async function readSince(moment: Moment, { tag, ahead }: Since, openings: Openings): Promise<readonly Commit[]> {
  if (ahead === 0) return [];
  const key = tag?.sha ?? "everything";
  const first = await firstPage(moment, tag, openings);
  const total = ahead ?? first.total;
  const newest = await Promise.all(first.nodes.map((node) => commitAt(moment, node)));
  const previous = moment.kept.ranges.get(key);
  const isRecent = previous !== undefined && moment.takenAt - previous.readAt < REREAD_AFTER_MS;
  const joined = newest.length < total && isRecent ? joinedWith(moment, previous, newest) : null;
  if (joined !== null && joined.length === total) {
    moment.kept.ranges.set(key, { readAt: previous?.readAt ?? moment.takenAt, commits: joined });
    return joined;
  }
  const listed = newest.length === total ? newest : await readPages(moment, tag, openings, first);
  const commits = inTopologicalOrder(moment.head.sha, listed);
  if (commits.length !== total) throw new Transient(`GitHub listed ${commits.length} of ${total} unreleased commits.`);
  moment.kept.ranges.set(key, { readAt: moment.takenAt, commits });
  return commits;
}

/**
 * What was unreleased at the last look is unreleased still, as long as the head can reach it: together with the newest
 * commits it can only be too little, which the count shows. Null when the branch was rewritten.
 */
function joinedWith({ head }: Moment, previous: { readonly commits: readonly Commit[] }, newest: readonly Commit[]): readonly Commit[] | null {
  const all = new Map([...previous.commits, ...newest].map((commit) => [commit.sha, commit]));
  const ordered = inTopologicalOrder(head.sha, [...all.values()]);
  return ordered.length === all.size ? ordered : null;
}

async function firstPage(moment: Moment, tag: Tag | null, openings: Openings): Promise<Page> {
  return tag === null ? readHistoryPage(moment, openings, null) : compared(tag, await readFirstPageSince(moment, tag, openings));
}

/** Goes on after the first page, or from the beginning when that was the newest one. */
async function readPages(moment: Moment, tag: Tag | null, openings: Openings, first: Page): Promise<Commit[]> {
  const nodes: Fields[] = first.next === null ? [] : [...first.nodes];
  for (let after = first.next, isFirst = after === null; isFirst || after !== null; isFirst = false) {
    const page: Page = tag === null ? await readHistoryPage(moment, openings, after) : compared(tag, await readPageSince(moment, tag, openings, after));
    nodes.push(...page.nodes);
    after = page.next;
  }
  return Promise.all(nodes.map((node) => commitAt(moment, node)));
}

function compared(tag: Tag, answer: { readonly page: Page } | null): Page {
  if (answer === null) throw new Transient(`GitHub no longer compares ${tag.name} with the head.`);
  return answer.page;
}
