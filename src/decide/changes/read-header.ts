// One line as a conventional commit's header: `type(scope)!: description`, with what people really write around it.
// conventional-commits-parser reads the header itself, with the patterns of the conventionalcommits preset widened to
// types with a dash; it is shown one line at a time and never a whole message (docs/decisions/0003).
import { CommitParser } from "conventional-commits-parser";
import { EMOJI_TYPES } from "./types.ts";

export type Header = {
  /** Lower case. */
  readonly type: string;
  readonly scope: string | null;
  readonly isBreaking: boolean;
  /** Without type, scope and pull request numbers. */
  readonly description: string;
};

/** Types known to the reader of a repository: those with a meaning and those of the team's own sections. */
export type KnownTypes = { readonly has: (type: string) => boolean };

/** The parser's cost grows with the square of a line's length; no type or scope stands further right. */
const HEADER_MAX = 1000;

const TYPE = String.raw`[A-Za-z][\w-]{0,39}`;
/** One level of brackets is read inside of a scope. */
const SCOPE = String.raw`(?:[^()]|\([^()]{0,80}\)){0,200}`;
/** `!` is read before the scope too: the intent is plain. */
const HEADER = String.raw`(${TYPE})!?(?:\((${SCOPE})\))?!?[ \t]?:[ \t]*(\S[^]*)$`;

const parser = new CommitParser({
  headerPattern: new RegExp(`^${HEADER}`),
  breakingHeaderPattern: new RegExp(String.raw`^(?=${TYPE}(?:\(${SCOPE}\))?!)${HEADER}`),
  headerCorrespondence: ["type", "scope", "subject"],
  noteKeywords: [],
  issuePrefixes: [],
  referenceActions: [],
});

const EMOJI = /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|\u200D|\uFE0F|\u20E3)+/u;
const SHORTCODE = /^:[a-z0-9_+-]{1,40}:/;

/** More decoration than that is not a header. */
const DECORATION_MAX = 8;

/**
 * Null when the line has no type. `Fix:`, `✨ feat(api)!: x` and `:bug: fix: x` are read, and `🐛 x` for the closed set
 * of emoji. Any word may be a type, but a missing space after the colon or one before it is forgiven for known types only.
 */
export function readHeader(line: string, known: KnownTypes): Header | null {
  const { emoji, rest } = undecorated(line);
  const start = rest.slice(0, HEADER_MAX);
  const { type: word, scope, subject, notes } = start === "" ? NO_HEADER : parser.parse(start);
  if (typeof word !== "string" || typeof subject !== "string") return byEmoji(emoji, rest);
  const type = word.toLowerCase();
  const isExact = /\S:[ \t]+$/.test(start.slice(0, -subject.length));
  if (!isExact && !known.has(type)) return byEmoji(emoji, rest);
  return {
    type,
    scope: scope?.trim() || null,
    isBreaking: type === "breaking" || notes.length > 0,
    description: withoutNumbers(rest.slice(start.length - subject.length)).text,
  };
}

const NO_HEADER = { type: null, scope: null, subject: null, notes: [] };

/** Takes `(#12)` off the end, as GitHub adds it to a squash commit; `number` is the last one, which is the newest. */
export function withoutNumbers(line: string): { readonly text: string; readonly number: number | null } {
  let text = line.trimEnd();
  let number: number | null = null;
  for (;;) {
    const start = text.endsWith(")") ? text.lastIndexOf("(#") : -1;
    const digits = start === -1 ? "" : text.slice(start + 2, -1);
    if (!/^[1-9]\d{0,8}$/.test(digits)) return { text, number };
    number ??= Number(digits);
    text = text.slice(0, start).trimEnd();
  }
}

function undecorated(line: string): { readonly emoji: string | null; readonly rest: string } {
  let rest = line.trim();
  let emoji: string | null = null;
  for (let taken = 0; taken < DECORATION_MAX; taken += 1) {
    const found = (EMOJI.exec(rest) ?? SHORTCODE.exec(rest))?.[0];
    if (found === undefined) break;
    emoji ??= found.replaceAll("\uFE0F", "");
    rest = rest.slice(found.length).trimStart();
  }
  return { emoji, rest };
}

function byEmoji(emoji: string | null, rest: string): Header | null {
  const type = emoji === null ? undefined : EMOJI_TYPES.get(emoji);
  if (type === undefined || rest === "") return null;
  return { type, scope: null, isBreaking: type === "breaking", description: withoutNumbers(rest).text };
}
