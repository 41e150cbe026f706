// The skeleton of a changelog by offsets: its Unreleased section, its versions, its link definitions. Nothing is
// parsed beyond lines, so whatever else a person wrote there stays theirs. Headings inside code, comments and front
// matter are not headings.
import { isUnreleasedHeading, readVersionHeading } from "./heading.ts";
import { isBlank, linesOf, newlineOf } from "./lines.ts";
import type { Line } from "./lines.ts";

export type Heading = {
  readonly level: number;
  /** Without marks. */
  readonly text: string;
  /** From 1. */
  readonly line: number;
  readonly start: number;
  /** Offset behind the heading's newline, and behind its underline if it has one. */
  readonly next: number;
};

export type Section = {
  readonly heading: Heading;
  /** Offset behind the last line of its text, newline included; trailing blank lines and link definitions are not its text. */
  readonly textEnd: number;
  /** Offset of whatever follows: the next section, or the end. */
  readonly end: number;
};
export type VersionSection = Section & { readonly version: string; readonly label: string };

/** `[label]: url` */
export type Definition = { readonly label: string; readonly url: string; readonly urlStart: number; readonly line: Line };

export type Structure = {
  readonly text: string;
  readonly newline: "\n" | "\r\n";
  readonly lines: readonly Line[];
  readonly headings: readonly Heading[];
  readonly unreleased: Section | null;
  /** In the order of the file. */
  readonly versions: readonly VersionSection[];
  readonly definitions: readonly Definition[];
};

/** @param headingTemplate the playbook's `changelog.heading`, so that its own spelling is recognised; null for none. */
export function readStructure(text: string, headingTemplate: string | null): Structure {
  const lines = linesOf(text);
  const headings = headingsOf(lines);
  const definitions = lines.flatMap((line) => readDefinition(line) ?? []);
  const defined = new Set(definitions.map(({ line }) => line.number));
  const versions: VersionSection[] = [];
  let unreleased: Section | null = null;
  for (const [index, heading] of headings.entries()) {
    const named = readVersionHeading(heading, headingTemplate);
    if (named !== null) versions.push({ ...sectionAt(index, headings, lines, defined, text.length, headingTemplate), ...named });
    else if (unreleased === null && isUnreleasedHeading(heading.text)) unreleased = sectionAt(index, headings, lines, defined, text.length, headingTemplate);
  }
  return { text, newline: newlineOf(text), lines, headings, unreleased, versions, definitions };
}

/** The newest version that the headings name, or null. A file in rising order has it last, any other first. */
export function newestVersion(text: string): { readonly version: string; readonly line: number } | null {
  const { versions } = readStructure(text, null);
  const newest = isOldestFirst(versions) ? versions.at(-1) : versions[0];
  return newest === undefined ? null : { version: newest.version, line: newest.heading.line };
}

/** True when every version is above the one before it and there are at least two. */
export function isOldestFirst(versions: readonly { readonly version: string }[]): boolean {
  return versions.length > 1 && versions.every(({ version }, index) => index === 0 || isAbove(version, versions[index - 1]?.version ?? ""));
}

export function sectionOf(structure: Structure, version: string): VersionSection | null {
  return structure.versions.find((section) => section.version === version) ?? null;
}

/** A section's own text, heading included, with LF and without a newline at its end. */
export function textOf({ text }: Pick<Structure, "text">, { heading, textEnd }: Section): string {
  return text.slice(heading.start, textEnd).replaceAll(/\r\n?/g, "\n").trimEnd();
}

/** What a changelog says about a version, heading included; null when it has no section for it. */
export function sectionTextOf(text: string, version: string, headingTemplate: string | null): string | null {
  const structure = readStructure(text, headingTemplate);
  const section = sectionOf(structure, version);
  return section === null ? null : textOf(structure, section);
}

/** Headings inside a section's text, for its categories. */
export function headingsIn({ headings }: Structure, { heading, textEnd }: Section): readonly Heading[] {
  return headings.filter(({ start }) => start >= heading.next && start < textEnd);
}

/** Lines that begin at `from` or later and before `until`. */
export function linesBetween({ lines }: Pick<Structure, "lines">, from: number, until: number): readonly Line[] {
  return lines.slice(firstAt(lines, from), firstAt(lines, until));
}

/** Index of the first line that begins at `offset` or later. */
function firstAt(lines: readonly Line[], offset: number): number {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.start ?? offset) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function headingsOf(lines: readonly Line[]): readonly Heading[] {
  return lines.flatMap((line, index) => {
    if (line.inside !== null || line.text === "") return [];
    const { number, start, next, text } = line;
    const marks = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/.exec(text);
    if (marks !== null) return [{ level: marks[1]?.length ?? 1, text: withoutClosingMarks(marks[2] ?? ""), line: number, start, next }];
    const underline = lines[index + 1];
    if (underline === undefined || !isUnderlined(line, lines[index - 1], underline)) return [];
    return [{ level: underline.text.includes("=") ? 1 : 2, text: text.trim(), line: number, start, next: underline.next }];
  });
}

/** A heading of a single line only, so that a rule under a paragraph or a list makes none. */
function isUnderlined(line: Line, before: Line | undefined, underline: Line): boolean {
  if (underline.inside !== null || !/^ {0,3}(?:=+|-+)[ \t]*$/.test(underline.text)) return false;
  if (before !== undefined && (before.inside !== null || !isBlank(before))) return false;
  return !isBlank(line) && !/^(?: {4}| {0,3}(?:[-*+>|<#=_]|\d{1,9}[.)](?:\s|$)|\[[^\]]*\]:))/.test(line.text);
}

function withoutClosingMarks(text: string): string {
  const trimmed = text.trim();
  let end = trimmed.length;
  while (end > 0 && trimmed[end - 1] === "#") end -= 1;
  return end < trimmed.length && (end === 0 || /\s/.test(trimmed.charAt(end - 1))) ? trimmed.slice(0, end).trimEnd() : trimmed;
}

/** Not a footnote (`[^1]:`). */
function readDefinition(line: Line): Definition | null {
  if (line.inside !== null) return null;
  const match = /^ {0,3}\[([^\]\\^][^\]\\]{0,200})\]:[ \t]*(<?)([^\s<>]+)/.exec(line.text);
  const [whole, label, , url] = match ?? [];
  if (whole === undefined || label === undefined || url === undefined) return null;
  const shift = line.end - line.start - line.text.length;
  return { label, url, urlStart: line.start + shift + whole.length - url.length, line };
}

function sectionAt(
  index: number,
  headings: readonly Heading[],
  lines: readonly Line[],
  defined: ReadonlySet<number>,
  length: number,
  template: string | null,
): Section {
  const heading = headings[index];
  if (heading === undefined) throw new RangeError(`no heading ${index}`);
  let next = index + 1;
  while (next < headings.length && !endsSection(heading, headings[next] ?? heading, template)) next += 1;
  const following = headings[next];
  const end = following?.start ?? length;
  const last = lines[(following?.line ?? lines.length + 1) - 2];
  let textEnd = heading.next;
  for (let line = last; line !== undefined && line.start >= heading.next; line = lines[line.number - 2]) {
    if (isBlank(line) || defined.has(line.number)) continue;
    textEnd = line.next;
    break;
  }
  return { heading, textEnd, end };
}

/** Some write a version and its categories at one level, so there only a version or a stranger's heading ends it. */
function endsSection({ level }: Heading, other: Heading, template: string | null): boolean {
  if (other.level < level || (other.level === level && level < 3 && !isCategory(other.text))) return true;
  return readVersionHeading(other, template) !== null || isUnreleasedHeading(other.text);
}

function isCategory(title: string): boolean {
  return /^(?:added|changed|deprecated|removed|fixed|security|features|bug fixes)$/i.test(title);
}

/** By their numbers alone; a text without any is above nothing. */
function isAbove(version: string, other: string): boolean {
  const [left, right] = [version, other].map((text) => (text.split(/[-+]/)[0] ?? "").split(".").map(Number));
  for (const [index, number] of (left ?? []).entries()) {
    const against = right?.[index] ?? 0;
    if (number !== against) return number > against;
  }
  return false;
}
