// Finds the commands of a comment: lines that begin with `/release` and that a reader of the comment sees as text, not as
// code, quote or HTML. Linear in the text.
import { type Paragraph, paragraphsOf } from "./blocks.ts";
import type { Spoken } from "./types.ts";

const COMMAND = /^ {0,3}\/release(?=\s|$)/;

/** In the order in which they stand. */
export function commandsIn(markdown: string): readonly Spoken[] {
  if (!markdown.includes("/release")) return [];
  return paragraphsOf(markdown).flatMap(commandsOf);
}

function commandsOf(paragraph: Paragraph): readonly Spoken[] {
  const lines = paragraph.map(visible);
  if (!lines.some((line) => COMMAND.test(line))) return [];
  const isHidden = hiddenIn(lines.join("\n"));
  let start = 0;
  const found: Spoken[] = [];
  for (const line of lines) {
    if (COMMAND.test(line) && !isHidden(start + line.indexOf("/"))) found.push(spokenOf(line));
    start += line.length + 1;
  }
  return found;
}

/** What nobody sees, and what may turn the rest around; the joiners of scripts and emoji stay. */
const INVISIBLE = /(?!\u200C|\u200D|[\uFE00-\uFE0F])\p{Default_Ignorable_Code_Point}/gu;

/** Every kind of space as a space; a tab at the front is indented code and stays what it is. */
function visible(line: string): string {
  const [front = ""] = /^[ \t]*/.exec(line) ?? [];
  const text = line.slice(front.length).toWellFormed().replaceAll(INVISIBLE, "");
  return front + text.replaceAll(/[\s\p{Cc}]/gu, " ");
}

function spokenOf(line: string): Spoken {
  const text = line.trim();
  const said = text.slice("/release".length).trim();
  const [verb = ""] = /^\S+/.exec(said) ?? [];
  return { text, verb: verb.toLowerCase(), rest: said.slice(verb.length).trim() };
}

/** Whether an offset of a paragraph stands within a code span, an HTML tag or a comment. To be asked in rising order. */
function hiddenIn(paragraph: string): (offset: number) => boolean {
  const spans = spansOf(paragraph);
  let next = 0;
  return (offset) => {
    while ((spans[next]?.end ?? Infinity) <= offset) next += 1;
    return (spans[next]?.start ?? Infinity) < offset;
  };
}

type Span = { readonly start: number; readonly end: number };

const OPENING = /\\[\\`<]|`+|<!--|<\/?[A-Za-z]/g;

function spansOf(paragraph: string): readonly Span[] {
  const spans: Span[] = [];
  const endOfCode = codeEnds(paragraph);
  const endOfComment = endsOf(paragraph, "-->");
  OPENING.lastIndex = 0;
  for (let match = OPENING.exec(paragraph); match !== null; match = OPENING.exec(paragraph)) {
    const [opening] = match;
    if (opening.startsWith("\\")) continue;
    const from = match.index + opening.length;
    const end = opening.startsWith("`") ? endOfCode(opening.length, from) : opening === "<!--" ? endOfComment(from) : tagEnd(paragraph, match.index);
    if (end === null) continue;
    spans.push({ start: match.index, end });
    OPENING.lastIndex = end;
  }
  return spans;
}

/** Offset behind the next run of exactly so many backticks; each length is walked once. */
function codeEnds(text: string): (length: number, from: number) => number | null {
  const starts = new Map<number, number[]>();
  for (const { 0: run, index } of text.matchAll(/`+/g)) {
    const known = starts.get(run.length);
    if (known === undefined) starts.set(run.length, [index]);
    else known.push(index);
  }
  const walked = new Map<number, number>();
  return (length, from) => {
    const places = starts.get(length) ?? [];
    let at = walked.get(length) ?? 0;
    while ((places[at] ?? Infinity) < from) at += 1;
    walked.set(length, at);
    const start = places[at];
    return start === undefined ? null : start + length;
  };
}

/** Offset behind the next mark; that there is none is found out once. */
function endsOf(text: string, mark: string): (from: number) => number | null {
  const last = text.lastIndexOf(mark);
  return (from) => (from > last ? null : text.indexOf(mark, from) + mark.length);
}

const TAG_NAME = /<\/?[A-Za-z][A-Za-z0-9-]*/y;
const ATTRIBUTE = /\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?/y;
const TAG_END = /\s*\/?>/y;

/** Offset behind the tag that begins at `from`; null when it is none. https://spec.commonmark.org/0.31.2/#raw-html */
function tagEnd(text: string, from: number): number | null {
  let end = endOf(TAG_NAME, text, from) ?? from;
  for (let next = endOf(ATTRIBUTE, text, end); next !== null; next = endOf(ATTRIBUTE, text, end)) end = next;
  return endOf(TAG_END, text, end);
}

function endOf(sticky: RegExp, text: string, from: number): number | null {
  sticky.lastIndex = from;
  return sticky.test(text) ? sticky.lastIndex : null;
}
