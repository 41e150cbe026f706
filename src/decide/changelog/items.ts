// Finds the list items at the top level of a stretch of lines, each with everything that belongs to it: lines that go
// on, nested lists, indented paragraphs and code.
import { indentOf, isBlank } from "./lines.ts";
import type { Line } from "./lines.ts";

export type Item = {
  readonly line: Line;
  /** Indent, bullet and the space behind it: `- `, ` * `, `1. `. */
  readonly lead: string;
  /** All lines of the item without its lead, joined by single spaces. */
  readonly text: string;
  /** Offset behind its last line, newline included. */
  readonly end: number;
};

const ITEM = /^([ \t]{0,12}(?:[-*+]|\d{1,9}[.)])(?:[ \t]{1,4}|$))(.*)$/;

export function itemsOf(lines: readonly Line[]): readonly Item[] {
  const items: Item[] = [];
  let index = 0;
  while (index < lines.length) {
    const line = lines[index];
    const lead = line === undefined || line.inside !== null ? null : leadOf(line);
    if (line === undefined || lead === null) {
      index += 1;
      continue;
    }
    const count = countOf(lines, index, indentOf(line.text) + lead.trimStart().length);
    const own = lines.slice(index, index + count);
    const text = [line.text.slice(lead.length), ...own.slice(1).map((more) => more.text)].map((part) => part.trim()).filter((part) => part !== "");
    items.push({ line, lead, text: text.join(" "), end: own.at(-1)?.next ?? line.next });
    index += count;
  }
  return items;
}

/** `---` and `* * *` are rules, not items. */
function leadOf({ text }: Line): string | null {
  if (/^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,})$/.test(text)) return null;
  return ITEM.exec(text)?.[1] ?? null;
}

/** Lines of the item that begins at `from`; blank lines behind it are not its own. */
function countOf(lines: readonly Line[], from: number, contentIndent: number): number {
  let count = 1;
  for (let index = from + 1; index < lines.length; index += 1) {
    const line = lines[index];
    const before = lines[index - 1];
    if (line === undefined || before === undefined) break;
    if (isBlank(line)) continue;
    const isWithin =
      line.inside === "fence" ? count === index - from || indentOf(line.text) >= 2 : indentOf(line.text) >= contentIndent || (!isBlank(before) && isLazy(line));
    if (!isWithin) break;
    count = index - from + 1;
  }
  return count;
}

/** A plain line directly under an item goes on with its paragraph. */
function isLazy(line: Line): boolean {
  return line.inside === null && leadOf(line) === null && !/^ {0,3}(?:#{1,6}(?:\s|$)|>|`{3}|~{3}|<!--|\[[^\]]{1,200}\]:)/.test(line.text);
}
