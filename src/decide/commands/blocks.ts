// The block structure of Markdown as far as commands need it: which lines are running text outside of quotes, code and
// HTML. Follows https://spec.commonmark.org: containers, fences, HTML blocks, and lines that lazily continue a paragraph.
// Linear in the text.

/** A paragraph's lines as they were written, with whatever indents them. */
export type Paragraph = readonly string[];

/** Quotes and lists deeper than this are read as text of the deepest: no person nests so. */
const DEPTH_MAX = 32;

const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;
const RULE = /^ {0,3}(?:-[-\t ]*|_[_\t ]*|\*[*\t ]*)$/;
const HEADING = /^ {0,3}#{1,6}(?:[ \t]|$)/;
const UNDERLINE = /^ {0,3}(?:=+|-+)[ \t]*$/;
const LIST_MARKER = /^ {0,3}(?:[-+*]|(\d{1,9})[.)])(?=[ \t]|$)/;

type Container = { readonly is: "quote" } | { readonly is: "item"; /** Columns that its content is indented by. */ readonly offset: number };
type Leaf =
  | { readonly is: "paragraph"; readonly lines: string[] }
  | { readonly is: "fence"; readonly mark: string }
  | { readonly is: "html"; readonly isClosedBy: (text: string) => boolean };

/** What is open while the lines are gone through. The leaf stands in the innermost container. */
type Reading = {
  containers: readonly Container[];
  leaf: Leaf | null;
  /** The last line was a list marker and no more: a blank line ends such an item. */
  isItemEmpty: boolean;
  readonly paragraphs: string[][];
};

/** Paragraphs outside of quotes, in order. Code, HTML blocks and headings are none. */
export function paragraphsOf(markdown: string): readonly Paragraph[] {
  const reading: Reading = { containers: [], leaf: null, isItemEmpty: false, paragraphs: [] };
  for (const line of markdown.split(/\r\n|\n|\r/)) readLine(line, reading);
  return reading.paragraphs;
}

function readLine(line: string, reading: Reading): void {
  if (reading.isItemEmpty && isBlank(line)) reading.containers = reading.containers.slice(0, -1);
  reading.isItemEmpty = false;
  const inside = enter(line, reading.containers);
  const isInLeaf = inside.depth === reading.containers.length;
  if (isInLeaf && continueRaw(inside.rest, reading)) return;
  const paragraph = reading.leaf?.is === "paragraph" ? reading.leaf : null;
  const found = openContainers(inside.rest, DEPTH_MAX - inside.depth, isInLeaf && paragraph !== null);
  const begun = found.opened.length > 0 ? null : paragraph;
  const leaf = leafOf(found.rest, begun !== null, isInLeaf);
  if (leaf === "text" && begun !== null) {
    begun.lines.push(line);
    return;
  }
  reading.containers = [...reading.containers.slice(0, inside.depth), ...found.opened];
  reading.leaf = typeof leaf === "string" ? null : leaf;
  reading.isItemEmpty = found.opened.at(-1)?.is === "item" && isBlank(found.rest);
  if (leaf === "text") beginParagraph(line, reading);
}

/** How many of the containers the line goes on with, and what is left of it within them. */
function enter(line: string, containers: readonly Container[]): { readonly rest: string; readonly depth: number } {
  if (isBlank(line)) return { rest: "", depth: itemsBefore(containers) };
  let rest = spaced(line, 0);
  for (const [depth, container] of containers.entries()) {
    const width = widthOf(container, rest);
    if (width === null) return { rest, depth };
    rest = spaced(rest.slice(width), width);
  }
  return { rest, depth: containers.length };
}

/** A blank line belongs to every list around it and ends a quote. */
function itemsBefore(containers: readonly Container[]): number {
  const quote = containers.findIndex(({ is }) => is === "quote");
  return quote === -1 ? containers.length : quote;
}

/** Columns of a line that say that it belongs to the container; null when it does not. */
function widthOf(container: Container, rest: string): number | null {
  if (container.is === "quote") return quoteWidth(rest);
  if (isBlank(rest)) return rest.length;
  return indentOf(rest) >= container.offset ? container.offset : null;
}

/** Goes on with a fence or an HTML block; false when there is none, or when a blank line ends it. */
function continueRaw(rest: string, reading: Reading): boolean {
  const { leaf } = reading;
  if (leaf === null || leaf.is === "paragraph") return false;
  if (leaf.is === "fence" ? isFenceEnd(rest, leaf.mark) : leaf.isClosedBy(rest)) reading.leaf = null;
  return true;
}

function openContainers(line: string, limit: number, isInParagraph: boolean): { readonly rest: string; readonly opened: readonly Container[] } {
  const opened: Container[] = [];
  let rest = line;
  while (opened.length < limit) {
    const found = containerAt(rest, isInParagraph && opened.length === 0);
    if (found === null) break;
    opened.push(found.container);
    rest = found.rest;
  }
  return { rest, opened };
}

function containerAt(line: string, isInParagraph: boolean): { readonly container: Container; readonly rest: string } | null {
  const quote = quoteWidth(line);
  if (quote !== null) return { container: { is: "quote" }, rest: spaced(line.slice(quote), quote) };
  const [marker = "", number = "1"] = isRule(line) ? [] : (LIST_MARKER.exec(line) ?? []);
  if (marker === "") return null;
  const rest = spaced(line.slice(marker.length), marker.length);
  if (isInParagraph && (isBlank(rest) || Number(number) !== 1)) return null;
  const spaces = indentOf(rest);
  const width = isBlank(rest) || spaces > 4 ? 1 : spaces;
  return { container: { is: "item", offset: marker.length + width }, rest: rest.slice(width) };
}

/**
 * What the line is within its containers; `text` goes on with a paragraph or begins one.
 * @param isInParagraph it would go on with one, were it text
 * @param isInLeaf it stands in the same containers as that paragraph
 */
function leafOf(rest: string, isInParagraph: boolean, isInLeaf: boolean): Leaf | "text" | "nothing" {
  if (isBlank(rest)) return "nothing";
  if (indentOf(rest) >= 4) return isInParagraph ? "text" : "nothing";
  const [, mark = "", info = ""] = FENCE.exec(rest) ?? [];
  if (mark !== "" && !(mark.startsWith("`") && info.includes("`"))) return { is: "fence", mark };
  if (HEADING.test(rest) || isRule(rest) || (isInParagraph && isInLeaf && UNDERLINE.test(rest))) return "nothing";
  const isClosedBy = htmlEnd(rest, isInParagraph);
  if (isClosedBy === null) return "text";
  return isClosedBy(rest) ? "nothing" : { is: "html", isClosedBy };
}

function beginParagraph(line: string, reading: Reading): void {
  const lines = [line];
  reading.leaf = { is: "paragraph", lines };
  if (reading.containers.every(({ is }) => is !== "quote")) reading.paragraphs.push(lines);
}

const NAMES = [
  "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset figcaption figure footer form",
  "frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main menu menuitem nav noframes ol optgroup option p param search section",
  "summary table tbody td tfoot th thead title tr track ul",
];
const BLOCK_NAMES: ReadonlySet<string> = new Set(NAMES.flatMap((names) => names.split(" ")));

const isBlankLine = (text: string): boolean => isBlank(text);

/** Which line ends the HTML block that this one begins; null when it begins none. https://spec.commonmark.org/0.31.2/#html-blocks */
function htmlEnd(rest: string, isInParagraph: boolean): ((text: string) => boolean) | null {
  const text = rest.trim();
  if (!text.startsWith("<")) return null;
  if (/^<(?:pre|script|style|textarea)(?:[\s>]|$)/i.test(text)) return (line) => /<\/(?:pre|script|style|textarea)>/i.test(line);
  if (text.startsWith("<!--")) return (line) => line.includes("-->");
  if (text.startsWith("<?")) return (line) => line.includes("?>");
  if (text.startsWith("<![CDATA[")) return (line) => line.includes("]]>");
  if (/^<![a-z]/i.test(text)) return (line) => line.includes(">");
  const name = /^<\/?([a-z][a-z0-9-]*)(?=[\s>]|\/>|$)/i.exec(text)?.[1]?.toLowerCase();
  if (name === undefined) return null;
  if (BLOCK_NAMES.has(name)) return isBlankLine;
  return !isInParagraph && /^<[^<>]+>$/.test(text) ? isBlankLine : null;
}

function isFenceEnd(rest: string, mark: string): boolean {
  const [, found = "", info = ""] = FENCE.exec(rest) ?? [];
  return found.startsWith(mark) && isBlank(info);
}

function quoteWidth(rest: string): number | null {
  const indent = indentOf(rest);
  if (indent > 3 || rest[indent] !== ">") return null;
  return indent + (rest[indent + 1] === " " ? 2 : 1);
}

function isRule(rest: string): boolean {
  return RULE.test(rest) && rest.replaceAll(/[ \t]/g, "").length >= 3;
}

function isBlank(text: string): boolean {
  return !/[^ \t]/.test(text);
}

function indentOf(spaced: string): number {
  const first = spaced.search(/[^ ]/);
  return first === -1 ? spaced.length : first;
}

/** Tabs at the front become spaces; a tab goes to the next multiple of four. @param column where the text begins in its container */
function spaced(text: string, column: number): string {
  const [front = ""] = /^[ \t]*/.exec(text) ?? [];
  if (!front.includes("\t")) return text;
  let at = column;
  for (const character of front) at += character === "\t" ? 4 - (at % 4) : 1;
  return " ".repeat(at - column) + text.slice(front.length);
}
