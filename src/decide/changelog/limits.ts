// GitHub's limits on bodies, and a text shortened to fit them: whole entries only, whatever was open is closed, and the
// text itself says how much is missing and where it is.
import { itemsOf } from "./items.ts";
import { isBlank, linesOf } from "./lines.ts";
import type { Line } from "./lines.ts";

/** Bodies of pull requests, issues and comments. GitHub counts characters; UTF-16 code units are never fewer. */
export const PULL_REQUEST_BODY_MAX = 65_536;
/** https://docs.github.com/rest/releases: `body is too long (maximum is 125000 characters)`. */
export const RELEASE_BODY_MAX = 125_000;

/** Where a text may end: before a line, with what has to be closed there. */
type Cut = {
  readonly at: number;
  /** Open `<details>`, each to be closed. */
  readonly depth: number;
  /** List items that begin at or behind it. */
  readonly entriesLeftOut: number;
};

/**
 * The text itself when it fits, else its beginning and a sentence that says what is left out. Never longer than `limit`
 * UTF-16 code units, even when nothing but that sentence, or its beginning, fits.
 * @param link where the whole text is; null when there is no such place.
 */
export function shorten(markdown: string, limit: number, link: string | null): string {
  if (markdown.length <= limit) return markdown;
  for (const cut of cutsOf(markdown).toReversed()) {
    if (cut.at > limit) continue;
    const shortened = `${markdown.slice(0, cut.at).trimEnd()}\n\n${"</details>\n\n".repeat(cut.depth)}${notice(cut.entriesLeftOut, link)}\n`;
    if (shortened.length <= limit) return shortened.trimStart();
  }
  const rest = itemsOf(linesOf(markdown)).length;
  return [notice(rest, link), notice(rest, null)].find((text) => text.length <= limit) ?? "…".slice(0, Math.max(0, limit));
}

function notice(entries: number, link: string | null): string {
  const what = entries === 0 ? "The rest" : `${String(entries)} more ${entries === 1 ? "entry" : "entries"}`;
  const verb = entries > 1 ? "are" : "is";
  const where = link === null ? "" : `: [read the whole text](${link})`;
  return `_${what} ${verb} left out here for GitHub's limit on length${where}._`;
}

/** In order. Each is at an entry, a heading or a paragraph, never inside code, a comment or a table, nor right below a heading. */
function cutsOf(markdown: string): readonly Cut[] {
  const lines = linesOf(markdown);
  const items = itemsOf(lines);
  const cuts: Cut[] = [];
  let depth = 0;
  let itemIndex = 0;
  let itemEnd = 0;
  let above: Line | null = null;
  let isSpaced = true;
  for (const line of lines) {
    const item = items[itemIndex]?.line === line ? items[itemIndex] : undefined;
    const isFree = line.inside === null && line.start >= itemEnd && !isBlank(line);
    const isStart = item !== undefined || isSpaced || /^ {0,3}#{1,6}\s/.test(line.text);
    if (isFree && isStart && above !== null && !isBound(above, line)) cuts.push({ at: line.start, depth, entriesLeftOut: items.length - itemIndex });
    if (item !== undefined) {
      itemIndex += 1;
      itemEnd = item.end;
    }
    if (line.inside === null) depth = Math.max(0, depth + detailsOpened(line.text));
    isSpaced = isBlank(line);
    if (!isSpaced) above = line;
  }
  return cuts;
}

/** What stands under a heading, in a table, or under a line of `<details>` belongs to the line above it. */
function isBound(above: Line, line: Line): boolean {
  if (/^ {0,3}#{1,6}(?:\s|$)/.test(above.text) && !/^ {0,3}#{1,6}\s/.test(line.text)) return true;
  return /^ {0,3}<\/?(?:details|summary)\b/i.test(above.text) || /^ {0,3}<\/(?:details|summary)\b/i.test(line.text) || (isRow(above) && isRow(line));
}

function isRow({ text }: Line): boolean {
  return /^ {0,3}\|/.test(text);
}

function detailsOpened(text: string): number {
  const outsideCode = text.replaceAll(/`[^`]*`/g, "");
  return (outsideCode.match(/<details[\s>]/gi)?.length ?? 0) - (outsideCode.match(/<\/details>/gi)?.length ?? 0);
}
