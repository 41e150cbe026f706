// One line of a changelog for what changes say: the same words twice, from a merge and its commit or from two commits,
// become one entry that names all of them.
import type { Change } from "../../model/change.ts";
import { safeLine } from "./safe-text.ts";

export type Entry = {
  /** Safe Markdown on one line, scope included. */
  readonly text: string;
  readonly isBreaking: boolean;
  /** Safe Markdown, a line each. */
  readonly breakingNotes: readonly string[];
  /** Numbers, in order of appearance. */
  readonly pullRequests: readonly number[];
  readonly shas: readonly string[];
};

export function entriesOf(changes: readonly Change[]): readonly Entry[] {
  const entries = new Map<string, Entry>();
  for (const change of changes) {
    const entry = entryOf(change);
    const key = entry.text.toLowerCase();
    const same = entries.get(key);
    entries.set(key, same === undefined ? entry : merged(same, entry));
  }
  return [...entries.values()];
}

/** What breaks, one entry a note; the description where a change has no note. */
export function breakingEntriesOf(changes: readonly Change[]): readonly Entry[] {
  return entriesOf(
    changes.flatMap((change) => (change.breakingNotes.length === 0 ? [change] : change.breakingNotes.map((note) => ({ ...change, description: note })))),
  );
}

/** ` ([#12](…)) ([abc1234](…))`; plain text without a repository's address. */
export function references({ pullRequests, shas }: Entry, repositoryUrl: string | null): string {
  const link = (label: string, path: string): string => (repositoryUrl === null ? `(${label})` : `([${label}](${repositoryUrl}/${path}))`);
  return [...pullRequests.map((number) => link(`#${number}`, `pull/${number}`)), ...shas.map((sha) => link(sha.slice(0, 7), `commit/${sha}`))]
    .map((reference) => ` ${reference}`)
    .join("");
}

/** Pull requests where there are any; else commits. */
export function shortReferences(entry: Entry, repositoryUrl: string | null): string {
  return references(entry.pullRequests.length === 0 ? entry : { ...entry, shas: [] }, repositoryUrl);
}

function entryOf(change: Change): Entry {
  const words = safeLine(change.description) || safeLine(change.subject) || "No description";
  const scope = change.scope === null ? "" : safeLine(change.scope).replaceAll("*", "\\*");
  return {
    text: scope === "" ? words : `**${scope}:** ${words}`,
    isBreaking: change.isBreaking,
    breakingNotes: change.breakingNotes.map(safeLine).filter((note) => note !== "" && note !== words),
    pullRequests: change.pullRequest === null ? [] : [change.pullRequest.number],
    shas: [change.sha],
  };
}

function merged(one: Entry, other: Entry): Entry {
  return {
    text: one.text,
    isBreaking: one.isBreaking || other.isBreaking,
    breakingNotes: [...new Set([...one.breakingNotes, ...other.breakingNotes])],
    pullRequests: [...new Set([...one.pullRequests, ...other.pullRequests])],
    shas: [...new Set([...one.shas, ...other.shas])],
  };
}
