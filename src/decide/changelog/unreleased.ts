// What people wrote under Unreleased, item by item, for teams whose changelog says what a release is.
import { itemsOf } from "./items.ts";
import type { Item } from "./items.ts";
import { isBlank } from "./lines.ts";
import type { Line } from "./lines.ts";
import { headingsIn, linesBetween, readStructure } from "./structure.ts";

export type UnreleasedItem = {
  /** Title of the category it stands in, as written; null above the first. */
  readonly category: string | null;
  /** The item in one line, without its bullet; nested lines included. */
  readonly text: string;
  /** From 1. */
  readonly line: number;
  readonly isBreaking: boolean;
};
export type Unreleased = {
  /** Where it was read, for problems about its items. */
  readonly path: string;
  /** Whether there is such a section at all; it may be empty. */
  readonly present: boolean;
  /** Line of its heading, from 1; null without one. */
  readonly line: number | null;
  readonly items: readonly UnreleasedItem[];
};

/** Reads list items, and in a category paragraphs as well. Comments, code and text above the categories that is no list are not items. */
export function readUnreleased(text: string, path: string): Unreleased {
  const structure = readStructure(text, null);
  const { unreleased } = structure;
  if (unreleased === null) return { path, present: false, line: null, items: [] };
  const categories = headingsIn(structure, unreleased);
  const starts = [{ category: null, from: unreleased.heading.next }, ...categories.map((heading) => ({ category: heading.text, from: heading.next }))];
  const items = starts.flatMap(({ category, from }, index) => {
    const until = categories[index]?.start ?? unreleased.textEnd;
    const within = linesBetween(structure, from, until);
    const listed = itemsOf(within);
    return [...listed, ...(category === null ? [] : paragraphsOf(within, listed))]
      .toSorted((left, right) => left.line.number - right.line.number)
      .map((item) => ({ category, text: item.text, line: item.line.number, isBreaking: isBreaking(item.text, category) }));
  });
  return { path, present: true, line: unreleased.heading.line, items };
}

function isBreaking(text: string, category: string | null): boolean {
  if (category !== null && /\bbreaking\b/i.test(category)) return true;
  // In capitals it is a mark; in small letters only where it is set apart: "fixed breaking of lines" is prose.
  return (
    /(?<![Nn][Oo][Nn][- ])\bBREAKING\b/.test(text) || /[([]\s?breaking(?: changes?)?\s?[)\]]|(?:\*\*|__)\s?breaking\b|^breaking(?: changes?)?\s?:/i.test(text)
  );
}

/** Plain paragraphs outside any list: their first line and all of their words. */
function paragraphsOf(lines: readonly Line[], items: readonly Item[]): readonly { readonly text: string; readonly line: Line }[] {
  const ends = new Map(items.map(({ line, end }) => [line.number, end]));
  const found: { text: string; line: Line }[] = [];
  let coveredUntil = 0;
  let isOpen = false;
  for (const line of lines) {
    coveredUntil = Math.max(coveredUntil, ends.get(line.number) ?? 0);
    const isPlain =
      line.start >= coveredUntil && line.inside === null && !isBlank(line) && !/^ {0,3}(?:<!--|`{3}|~{3}|>|\[[^\]]{1,200}\]:|[-*_]{3})/.test(line.text);
    const last = found.at(-1);
    if (isPlain && isOpen && last !== undefined) last.text += ` ${line.text.trim()}`;
    else if (isPlain) found.push({ text: line.text.trim(), line });
    isOpen = isPlain;
  }
  return found;
}
