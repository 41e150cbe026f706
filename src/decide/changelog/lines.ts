// Cuts Markdown into lines with their offsets and says which lines are prose: not inside fenced code, not inside an
// HTML comment or raw block, not front matter. Everything in this folder that reads a changelog reads it through here.
// Linear in the length of the text; every character belongs to exactly one line.

export type Line = {
  /** From 1. */
  readonly number: number;
  /** Offset of its first character, in UTF-16 code units. */
  readonly start: number;
  /** Offset behind its last character, newline excluded. */
  readonly end: number;
  /** Offset of the next line, or the length of the text. */
  readonly next: number;
  /** Without newline, and without the byte order mark of a first line. */
  readonly text: string;
  /** What the line stands inside of; the line that opens a block still counts as outside. */
  readonly inside: "fence" | "raw" | null;
};

type Fence = { readonly is: "fence"; readonly mark: string; readonly length: number; readonly inList: boolean };
type Raw = { readonly is: "raw"; readonly closes: (text: string) => boolean };
type Block = Fence | Raw;

const FENCE = /^[ \t]*((?:(?:[-*+]|\d{1,9}[.)])[ \t]+){0,8})(`{3,}|~{3,})(.*)$/;
const LIST_ITEM = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/;
const RAW_BLOCK = /^ {0,3}<(pre|script|style|textarea)(?:[\s>]|$)/i;
const FRONT_MATTER_END = /^(?:---|\.\.\.)[ \t]*$/;

export function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  let block: Block | null = null;
  let inList = false;
  for (const { start, end, next } of spans(text)) {
    const content = text.slice(start === 0 && text.startsWith("\uFEFF") ? 1 : start, end);
    if (block?.is === "fence" && block.inList && content !== "" && !/^(?: {2}|\t)/.test(content)) block = null;
    lines.push({ number: lines.length + 1, start, end, next, text: content, inside: block?.is ?? null });
    if (content === "") continue;
    if (block !== null) {
      if (closes(block, content)) block = null;
      continue;
    }
    if (LIST_ITEM.test(content)) inList = true;
    else if (!/^(?: {2}|\t)/.test(content)) inList = false;
    block = start === 0 && /^---[ \t]*$/.test(content) ? frontMatter(text, end) : opens(content, inList);
  }
  return lines;
}

/** The newline that most lines of the text end with; LF for a text of one line. */
export function newlineOf(text: string): "\n" | "\r\n" {
  const all = text.split("\n").length - 1;
  const carriage = text.split("\r\n").length - 1;
  return carriage > all - carriage ? "\r\n" : "\n";
}

export function isBlank(line: Line): boolean {
  return line.text.trim() === "";
}

/** Columns that the line is indented by; a tab goes to the next multiple of four. */
export function indentOf(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (character === " ") columns += 1;
    else if (character === "\t") columns += 4 - (columns % 4);
    else break;
  }
  return columns;
}

function* spans(text: string): Generator<{ readonly start: number; readonly end: number; readonly next: number }> {
  let start = 0;
  for (const newline of text.matchAll(/\r\n|\n|\r/g)) {
    const next = newline.index + newline[0].length;
    yield { start, end: newline.index, next };
    start = next;
  }
  if (start < text.length) yield { start, end: text.length, next: text.length };
}

function opens(content: string, inList: boolean): Block | null {
  const fence = content.includes("```") || content.includes("~~~") ? FENCE.exec(content) : null;
  const mark = fence?.[2];
  if (fence !== null && mark !== undefined && !(mark.startsWith("`") && fence[3]?.includes("`"))) {
    return { is: "fence", mark: mark.charAt(0), length: mark.length, inList: inList && (fence[1] !== "" || indentOf(content) >= 2) };
  }
  if (!content.includes("<")) return null;
  if (/^ {0,3}<!--/.test(content)) return unlessClosed(content, { is: "raw", closes: (line) => line.includes("-->") });
  const tag = RAW_BLOCK.exec(content)?.[1]?.toLowerCase();
  return tag === undefined ? null : unlessClosed(content, { is: "raw", closes: (line) => line.toLowerCase().includes(`</${tag}>`) });
}

function unlessClosed(content: string, block: Raw): Raw | null {
  return block.closes(content) ? null : block;
}

/** Front matter counts only when it is closed: a rule on the first line is a rule. */
function frontMatter(text: string, from: number): Raw | null {
  return /(?:\n|\r)(?:---|\.\.\.)[ \t]*(?:\r|\n|$)/.test(text.slice(from)) ? { is: "raw", closes: (line) => FRONT_MATTER_END.test(line) } : null;
}

function closes(block: Block, content: string): boolean {
  if (block.is === "raw") return block.closes(content);
  const trimmed = content.trim();
  return trimmed.length >= block.length && trimmed === block.mark.repeat(trimmed.length);
}
