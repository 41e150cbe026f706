// A change before it is known whose it is: with the commits that speak through it. Commits and pull requests become
// entries in different ways, by what `versioning.source` listens to.
import picomatch from "picomatch";
import type { Change } from "../../model/change.ts";
import type { Playbook } from "../../model/playbook.ts";
import type { PullRequest, Sha } from "../../model/snapshot.ts";
import { effectOf, type TeamTypes } from "./effects.ts";
import type { ReadCommit } from "./pull-requests.ts";
import type { Statement } from "./read-body.ts";
import type { Cancellation } from "./reverts.ts";
import type { KnownTypes } from "./read-header.ts";
import type { Meaning } from "./types.ts";

/** `members` are the commits, merges excluded, that the change stands for; never empty. */
export type Entry = { readonly change: Change; readonly members: readonly ReadCommit[] };

/** What is known about a whole range. */
export type RangeContext = {
  /** Newest first, merges included. */
  readonly range: readonly ReadCommit[];
  readonly pullRequestOf: ReadonlyMap<Sha, PullRequest>;
  readonly cancelled: ReadonlyMap<Sha, Cancellation>;
  readonly known: KnownTypes;
  readonly rules: Rules;
};

export type Rules = TeamTypes & {
  readonly labels: Playbook["versioning"]["labels"];
  readonly isConfiguration: (paths: readonly string[]) => boolean;
};

export function rulesOf({ versioning, changelog }: Pick<Playbook, "versioning" | "changelog">): Rules {
  const matches = picomatch([...changelog.configPaths], { dot: true });
  return {
    labels: versioning.labels,
    types: versioning.types,
    sections: Object.fromEntries(Object.entries(changelog.sections).map(([type, title]) => [type.toLowerCase(), title])),
    isConfiguration: (paths) => changelog.configPaths.length > 0 && paths.length > 0 && paths.every((path) => matches(path)),
  };
}

export type Speech = {
  readonly statement: Statement;
  readonly sha: Sha;
  /** Newest first; merges excluded; never empty. */
  readonly members: readonly ReadCommit[];
  readonly pullRequest: PullRequest | null;
  /** Said otherwise than by the statement; null to take the statement at its word. */
  readonly meaning: Meaning | null;
};

/** The change that a statement is: cancelled when every commit behind it is. */
export function entryFrom({ statement, sha, members, pullRequest, meaning }: Speech, { cancelled, rules }: RangeContext): Entry {
  const [newest] = members;
  if (newest === undefined) throw new Error(`Bug: a change without commits at ${sha}`);
  const paths = members.length === 1 ? newest.commit.paths : [...new Set(members.flatMap(({ commit }) => commit.paths))];
  const isConfiguration = statement.type === null && !statement.isBreaking && rules.isConfiguration(paths);
  const cancellation = members.every(({ commit }) => cancelled.has(commit.sha)) ? cancelled.get(newest.commit.sha) : undefined;
  const judged = meaning ?? (isConfiguration ? CONFIGURATION : effectOf(statement, rules));
  const outcome = cancellation === undefined ? judged : ({ effect: "cancelled", because: cancellation.because } as const);
  const releaseAs = members.map(({ message }) => message.releaseAs).find((text) => text !== null) ?? null;
  const change: Change = {
    sha,
    ...statement,
    type: isConfiguration ? "config" : statement.type,
    pullRequest,
    authorName: newest.commit.authorName,
    authorLogin: newest.commit.authorLogin ?? pullRequest?.author ?? null,
    paths,
    releaseAs,
    cancelledBy: cancellation?.by ?? null,
    effect: outcome.effect,
    because: outcome.because,
  };
  return { change, members };
}

const CONFIGURATION: Meaning = { effect: "patch", because: "configuration only" };
