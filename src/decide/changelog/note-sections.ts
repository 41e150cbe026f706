// The notes of a release by their headings, for whoever takes a part of them.
import { itemsOf } from "./items.ts";
import { linesOf } from "./lines.ts";
import { readStructure } from "./structure.ts";

export type NoteSection = {
  /** As the heading has it, without marks; empty for what stands before the first. */
  readonly title: string;
  /** What stands under the heading, its subsections included, trimmed. */
  readonly text: string;
};

export function sectionsOf(notes: string): readonly NoteSection[] {
  const text = notes.replaceAll(/\r\n?/g, "\n");
  const { headings } = readStructure(text, null);
  const before: NoteSection = { title: "", text: text.slice(0, headings[0]?.start ?? text.length).trim() };
  const titled = headings.map((heading, index): NoteSection => {
    const next = headings.slice(index + 1).find(({ level }) => level <= heading.level);
    return { title: heading.text, text: text.slice(heading.next, next?.start ?? text.length).trim() };
  });
  return [before, ...titled];
}

/** Its list items at the top level, each on one line. */
export function itemsIn({ text }: NoteSection): readonly string[] {
  return itemsOf(linesOf(text)).map((item) => item.text);
}
