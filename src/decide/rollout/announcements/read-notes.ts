// What an announcement takes from the notes of a release: its highlights, what breaks, and where it says how to move on.
import { itemsIn, type NoteSection, sectionsOf } from "../../changelog/index.ts";

/** More are not read in an announcement; the notes have them all. */
const ENTRIES_MAX = 6;

/** What the app adds behind the changes: nothing of it is a highlight. */
const ENDS = ["\n<details><summary>Also in this release", "\n**All changes**:"];

const FEATURES = /^(?:\P{L}*)(?:added|features?|new(?: features?)?|what's new|enhancements?)\b/iu;
const BREAKING = /\bbreaking\b/i;
const MOVING_ON = /\b(?:migrat\w{0,10}|upgrad\w{0,10})\b/i;

export type NotesRead = {
  /** Markdown: what people wrote under Highlights, else the first new features, else the first of all changes; empty for none. */
  readonly highlights: string;
  /** Markdown list; empty for none. */
  readonly breaking: string;
  /** The way from the version before: a link, or the heading under which the notes say it; null for none. */
  readonly upgrade: { readonly url: string } | { readonly heading: string } | null;
};

export function readNotes(notes: string): NotesRead {
  const sections = sectionsOf(withoutEnd(notes));
  const breaking = sections.flatMap((one) => itemsIn(one).filter((item) => BREAKING.test(one.title) || /^(?:\*\*|__)?breaking\b/i.test(item)));
  return { highlights: highlightsOf(sections), breaking: listOf(breaking), upgrade: upgradeOf(notes, sections) };
}

function withoutEnd(notes: string): string {
  const ends = ENDS.map((opening) => notes.lastIndexOf(opening)).filter((at) => at !== -1);
  return notes.slice(0, Math.min(notes.length, ...ends));
}

function highlightsOf(sections: readonly NoteSection[]): string {
  const written = sections.find(({ title }) => title.toLowerCase() === "highlights")?.text ?? "";
  if (written !== "") return written;
  const features = sections.filter(({ title }) => FEATURES.test(title)).flatMap(itemsIn);
  return listOf(features.length > 0 ? features : sections.flatMap(itemsIn));
}

function listOf(items: readonly string[]): string {
  return [...new Set(items)]
    .slice(0, ENTRIES_MAX)
    .map((item) => `- ${item}`)
    .join("\n");
}

/** `[Migration guide](https://…)`, or a heading such as `Upgrading`. Links within the repository lead nowhere outside of it. */
function upgradeOf(notes: string, sections: readonly NoteSection[]): NotesRead["upgrade"] {
  for (const [, label = "", url = ""] of notes.matchAll(/\[([^[\]\n]{1,200})\]\((https?:\/\/[^\s()<>]{1,500})\)/g))
    if (MOVING_ON.test(label) || MOVING_ON.test(url)) return { url };
  for (const [url] of notes.matchAll(/https?:\/\/[^\s()<>\]]{1,500}/g)) if (MOVING_ON.test(url)) return { url };
  const heading = sections.find(({ title }) => MOVING_ON.test(title))?.title;
  return heading === undefined ? null : { heading };
}
