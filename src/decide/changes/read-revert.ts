// What a commit takes back, as far as its text says: by commit, by pull request, or by quoted title.
import { readHeader, withoutNumbers } from "./read-header.ts";
import type { Header, KnownTypes } from "./read-header.ts";

export type Revert = {
  /** Full or abbreviated object names, lower case. */
  readonly shas: readonly string[];
  readonly pullRequests: readonly number[];
  /** Exact title of what it takes back; null when the subject quotes none. */
  readonly title: string | null;
};

const QUOTED = /^(revert(?:s|ed|ing)?|reapply):?[ \t]+"(.+)"$/i;
const BY_COMMIT = /^(?:[ \t]*[*-][ \t]+)?This reverts commits? ([0-9a-f]{7,64})\b/i;
const BY_REFERENCE = /^refs?:[ \t]*([0-9a-f]{7,64}(?:[ \t]*,[ \t]*[0-9a-f]{7,64}){0,40})[ \t]*$/i;
const BY_PULL_REQUEST = /^Reverts (?:[\w.-]{1,100}\/[\w.-]{1,100})?#([1-9]\d{0,8})\b/i;

/** Reverts of reverts deeper than that are read as far as they go. */
const DEPTH_MAX = 32;

/**
 * Reads subject and further lines together. `revert` is null unless the subject itself speaks of a revert: a squash
 * commit's body may tell of reverts inside its branch. `header` is the subject's, of a revert or of anything else.
 */
export function readRevert(subject: string, lines: readonly string[], known: KnownTypes): { readonly revert: Revert | null; readonly header: Header | null } {
  const { text } = withoutNumbers(subject);
  const quoted = QUOTED.exec(text);
  const header = quoted === null ? readHeader(subject, known) : headerOfQuoted(quoted, known);
  const isTyped = quoted === null && header?.type === "revert";
  if (quoted === null && !isTyped && (header !== null || !/^(?:revert|reapply)/i.test(text))) return { revert: null, header };
  const shas = lines.flatMap((line) => BY_COMMIT.exec(line)?.[1]?.toLowerCase() ?? (isTyped ? referenced(line) : []));
  const pullRequests = lines.flatMap((line) => BY_PULL_REQUEST.exec(line)?.[1] ?? []).map(Number);
  const title = quoted === null ? (isTyped ? unquoted(header.description) : null) : quotedTitle(quoted);
  if (shas.length === 0 && pullRequests.length === 0 && title === null) return { revert: null, header };
  const plain: Header = { type: "revert", scope: null, isBreaking: false, description: text };
  return { revert: { shas, pullRequests, title }, header: quoted === null ? (header ?? plain) : header };
}

/**
 * `Revert "feat: x"` is of the type `revert`. A revert of a revert, or git's `Reapply "feat: x"`, brings the feature
 * back and says so with the innermost title; null when that has no type.
 */
function headerOfQuoted(quoted: RegExpExecArray, known: KnownTypes): Header | null {
  let isTakenBack = false;
  let text = quoted[0];
  for (let depth = 0; depth < DEPTH_MAX; depth += 1) {
    const match = QUOTED.exec(text);
    if (match === null) break;
    if (!isReapplied(match)) isTakenBack = !isTakenBack;
    text = withoutNumbers(match[2] ?? "").text;
  }
  return isTakenBack ? { type: "revert", scope: null, isBreaking: false, description: quoted[2] ?? "" } : readHeader(text, known);
}

function isReapplied(match: RegExpExecArray): boolean {
  return match[1]?.toLowerCase() === "reapply";
}

/** `Reapply "x"` takes back the commit that is called `Revert "x"`. */
function quotedTitle(match: RegExpExecArray): string {
  const title = match[2] ?? "";
  return isReapplied(match) ? `Revert "${title}"` : title;
}

function referenced(line: string): readonly string[] {
  return (
    BY_REFERENCE.exec(line)?.[1]
      ?.toLowerCase()
      .split(/[ \t]*,[ \t]*/) ?? []
  );
}

function unquoted(text: string): string {
  return /^"(.+)"$/.exec(text)?.[1] ?? text;
}
