// Puts a whole section into a file so that it stands apart from its neighbours as they do from each other.
import type { Edit } from "./edit.ts";
import type { HouseStyle } from "./house-style.ts";
import { placeOfNewSection } from "./release.ts";
import type { Structure } from "./structure.ts";

/** Inserts a section in front of the versions there are. The text must end with a newline or be empty. */
export function newSectionEdit(structure: Structure, { beforeVersion }: HouseStyle, section: readonly string[]): Edit {
  const { newline, text } = structure;
  const { at, isBehindVersion } = placeOfNewSection(structure);
  const above = at === 0 || endsBlank(text, at) ? 0 : isBehindVersion ? beforeVersion : 1;
  const below = isFollowedByText(structure, at) ? beforeVersion : 0;
  return { at, remove: 0, insert: joined([...blanks(above), ...section, ...blanks(below)], newline) };
}

export function blanks(count: number): readonly string[] {
  return Array.from({ length: count }, () => "");
}

export function joined(lines: readonly string[], newline: string): string {
  return lines.map((line) => `${line}${newline}`).join("");
}

/** True when the line that begins at `at` is there and is not blank. */
export function isFollowedByText({ lines }: Structure, at: number): boolean {
  const line = lines.find(({ start }) => start === at);
  return line !== undefined && line.text.trim() !== "";
}

function endsBlank(text: string, at: number): boolean {
  return /(?:\n|\r)[ \t]*(?:\r\n|\n|\r)$/.test(text.slice(Math.max(0, at - 200), at));
}
