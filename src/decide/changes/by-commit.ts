// Changes as commits tell them. When no commit of a pull request says anything, the pull request's title does.
import type { PullRequest } from "../../model/snapshot.ts";
import { entryFrom } from "./entry.ts";
import type { Entry, RangeContext } from "./entry.ts";
import { isMerge } from "./pull-requests.ts";
import type { ReadCommit } from "./pull-requests.ts";
import type { Statement } from "./read-body.ts";
import type { KnownTypes } from "./read-header.ts";
import { readRevert } from "./read-revert.ts";

/** One entry a statement, newest first; one for a pull request whose title speaks for all of its commits. */
export function entriesByCommit(context: RangeContext): readonly Entry[] {
  const speaking = titlesThatSpeak(context);
  const told = new Set<number>();
  const entries: Entry[] = [];
  for (const one of context.range) {
    const pullRequest = context.pullRequestOf.get(one.commit.sha) ?? null;
    const title = pullRequest === null ? undefined : speaking.get(pullRequest.number);
    if (pullRequest !== null && title !== undefined) {
      if (!told.has(pullRequest.number)) entries.push(entryFrom({ ...title, pullRequest, meaning: null, sha: one.commit.sha }, context));
      told.add(pullRequest.number);
    } else if (!isMerge(one)) entries.push(...entriesOf(one, pullRequest, context));
  }
  return entries;
}

/** What the commit itself says, statement by statement. */
export function entriesOf(one: ReadCommit, pullRequest: PullRequest | null, context: RangeContext): readonly Entry[] {
  const { sha } = one.commit;
  return one.message.statements.map((statement) => entryFrom({ statement, sha, members: [one], pullRequest, meaning: null }, context));
}

/** The commits of each pull request in the range, newest first, merges excluded. */
export function membersByPullRequest({ range, pullRequestOf }: Pick<RangeContext, "range" | "pullRequestOf">): ReadonlyMap<number, readonly ReadCommit[]> {
  const members = new Map<number, ReadCommit[]>();
  for (const one of range) {
    const number = pullRequestOf.get(one.commit.sha)?.number;
    if (number === undefined || isMerge(one)) continue;
    const group = members.get(number);
    if (group === undefined) members.set(number, [one]);
    else group.push(one);
  }
  return members;
}

/** A pull request's title as a statement; its type is null when it has none. */
export function titleStatement({ title }: PullRequest, known: KnownTypes): Statement {
  const { header } = readRevert(title.trim(), [], known);
  return { ...(header ?? { type: null, scope: null, isBreaking: false, description: title.trim() }), subject: title.trim(), breakingNotes: [] };
}

type Title = { readonly statement: Statement; readonly members: readonly ReadCommit[] };

function titlesThatSpeak(context: RangeContext): ReadonlyMap<number, Title> {
  const speaking = new Map<number, Title>();
  for (const [number, members] of membersByPullRequest(context)) {
    const pullRequest = context.pullRequestOf.get(members[0]?.commit.sha ?? "");
    if (pullRequest === undefined || members.some(({ message }) => message.statements.some(isTelling))) continue;
    const statement = titleStatement(pullRequest, context.known);
    if (statement.type !== null) speaking.set(number, { statement, members });
  }
  return speaking;
}

function isTelling({ type, isBreaking }: Statement): boolean {
  return type !== null || isBreaking;
}
