// Text of commits and pull requests is written by strangers. Two rules keep it harmless: on one line of a list it can be
// nothing but text, code spans, links and issue references; and in a body that GitHub renders it notifies nobody outside.
// What is unsure is treated as harmful: text may look odd for it, it never gains power.
import { linesOf } from "./lines.ts";
import type { Line } from "./lines.ts";

/** Written between `@` and the name; it shows nothing and GitHub no longer finds a name. */
const BREAK = "&#8203;";
const NAME = "[A-Za-z0-9][A-Za-z0-9-]*(?:/[A-Za-z0-9_-]+)?";
const MENTION = new RegExp(String.raw`(?:@|&#0*64;|&#x0*40;|&commat;)(?=(${NAME}))`, "gi");

/**
 * One line of foreign text for use inside a list item: line breaks become spaces, HTML and entities show as they were
 * written, images become links, and no character at the front makes it a heading, list, quote, rule, task or link
 * definition. Code spans, web addresses and issue references stay. Mentions stay too: see `breakMentions`.
 */
export function safeLine(text: string): string {
  const flat = text
    .toWellFormed()
    .replaceAll(/[\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g, "")
    .replaceAll(/[\s\p{Cc}]+/gu, " ")
    .trim();
  return escapeFront(tokens(flat).map(harmless).join(""));
}

/**
 * Breaks every mention of somebody who is not in `insiders` (logins and `org/team`, in any case) in a Markdown body.
 * Code is left alone, as GitHub mentions nobody there; so are e-mail addresses; in a web address `@` becomes `%40`.
 * Doing it twice changes nothing more.
 */
export function breakMentions(markdown: string, insiders: ReadonlySet<string>): string {
  const known = new Set([...insiders].map((name) => name.replace(/^@/, "").toLowerCase()));
  return paragraphs(markdown)
    .map(({ text, isCode }) =>
      isCode || !/[@&]/.test(text)
        ? text
        : cells(text)
            .map((cell) => breakIn(cell, known))
            .join("|"),
    )
    .join("");
}

/** A table is cut into cells before its code spans are found. */
function cells(text: string): readonly string[] {
  return /^\s*\|/.test(text) || /^[ \t]*:?-+:?[ \t]*\|/m.test(text) ? text.split("|") : [text];
}

type Token = { readonly is: "text" | "code" | "tick" | "angle" | "address"; readonly text: string };

/** Where inline Markdown gives way to something else: a code span, a tag or `<address>`, a bare address. */
const INTERRUPTION = /\\[\\`]|`+|<[A-Za-z/!?][^<>]*>|(?:https?:\/\/|www\.)[^\s<]+/gi;

function tokens(text: string): readonly Token[] {
  const found: Token[] = [];
  let at = 0;
  const push = (is: Token["is"], until: number): void => {
    if (until > at) found.push({ is, text: text.slice(at, until) });
    at = until;
  };
  const closing = closingRuns(text);
  INTERRUPTION.lastIndex = 0;
  for (let match = INTERRUPTION.exec(text); match !== null; match = INTERRUPTION.exec(text)) {
    const [whole] = match;
    const until = match.index + whole.length;
    if (whole.startsWith("\\")) continue;
    push("text", match.index);
    if (whole.startsWith("<")) push("angle", until);
    else if (!whole.startsWith("`")) push("address", until);
    else {
      const close = closing(whole.length, until);
      push(close === null ? "tick" : "code", close ?? until);
      INTERRUPTION.lastIndex = at;
    }
  }
  push("text", text.length);
  return found;
}

/** Offset behind the next run of exactly so many backticks, or null. Each length is walked once. */
function closingRuns(text: string): (length: number, from: number) => number | null {
  const runs = new Map<number, number[]>();
  for (const { 0: run, index } of text.matchAll(/`+/g)) {
    const starts = runs.get(run.length);
    if (starts === undefined) runs.set(run.length, [index]);
    else starts.push(index);
  }
  const walked = new Map<number, number>();
  return (length, from) => {
    const starts = runs.get(length) ?? [];
    let next = walked.get(length) ?? 0;
    while (next < starts.length && (starts[next] ?? 0) < from) next += 1;
    walked.set(length, next);
    const start = starts[next];
    return start === undefined ? null : start + length;
  };
}

function harmless({ is, text }: Token): string {
  if (is === "code") return text;
  if (is === "tick") return text.replaceAll("`", "\\`");
  if (is === "address") return text.replaceAll("`", "%60");
  if (is === "angle" && /^<https?:\/\/[^\s<>`]+>$/i.test(text)) return text;
  return text
    .replaceAll(/&(?=#?[A-Za-z0-9]{1,32};)/g, "&amp;")
    .replaceAll(/<(?=[A-Za-z/!?])/g, "&lt;")
    .replaceAll("![", "!\\[");
}

function escapeFront(line: string): string {
  const number = /^(\d{1,9})([.)])(?=\s|$)/.exec(line);
  if (number !== null) return `${number[1] ?? ""}\\${line.slice(number[1]?.length ?? 0)}`;
  return /^(?:#{1,6}(?:\s|$)|[-+*](?:\s|$)|>|~{3}|[-=_*](?:[-=_* ]*)$|\[[ xX]\](?:\s|$)|\[[^\]]*\]:|\|)/.test(line) ? `\\${line}` : line;
}

function breakIn(text: string, known: ReadonlySet<string>): string {
  let before = "";
  const parts = tokens(text).map((token) => {
    const previous = before;
    before = token.text.slice(-1);
    if (token.is === "code") return token.text;
    const isAddress = token.is === "address" || (token.is === "angle" && /^<(?:https?:|mailto:|[^\s@<>]+@)/i.test(token.text));
    if (token.is === "angle" && isAddress) return token.text;
    return token.text.replaceAll(MENTION, (sign: string, name: string, offset: number) => {
      const left = offset === 0 ? previous : token.text.charAt(offset - 1);
      if (/[A-Za-z0-9]/.test(left) && sign === "@") return sign;
      if (known.has(name.toLowerCase())) return sign;
      return isAddress ? "%40" : `@${BREAK}`;
    });
  });
  return parts.join("");
}

type Paragraph = { readonly text: string; readonly isCode: boolean };

/** A code span ends with its paragraph at the latest, so the text is cut where a paragraph surely ends. */
function paragraphs(markdown: string): readonly Paragraph[] {
  const found: { text: string; isCode: boolean }[] = [];
  let joins = false;
  for (const line of linesOf(markdown)) {
    const raw = markdown.slice(line.start, line.next);
    const isCode = line.inside === "fence";
    const last = found.at(-1);
    if (last !== undefined && joins && !isCode && !beginsBlock(line)) last.text += raw;
    else found.push({ text: raw, isCode });
    joins = !isCode && line.text.trim() !== "" && !/^ {0,3}#{1,6}\s/.test(line.text);
  }
  return found;
}

function beginsBlock({ text }: Line): boolean {
  return text.trim() === "" || /^[ \t]*(?:[-*+>|]|#{1,6}\s|\d{1,9}[.)]\s|`{3}|~{3}|<)/.test(text);
}
