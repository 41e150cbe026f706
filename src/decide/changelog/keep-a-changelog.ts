// Keep a Changelog: what people wrote under Unreleased becomes the new version's section, and what nobody wrote is
// added to it. Only insertions and the address of the Unreleased link: every other byte of the file stays.
// https://keepachangelog.com/en/1.1.0/
import { applyEdits, withFinalNewline } from "./edit.ts";
import type { Edit } from "./edit.ts";
import { entriesOf, shortReferences } from "./entries.ts";
import type { Entry } from "./entries.ts";
import { bracketed } from "./heading.ts";
import { measureStyle } from "./house-style.ts";
import type { HouseStyle } from "./house-style.ts";
import { itemsOf } from "./items.ts";
import { isBlank, newlineOf } from "./lines.ts";
import { linkEdits, newDefinitions } from "./links.ts";
import { hasMention, namedIn } from "./mentions.ts";
import { fillRelease, linkInput } from "./release.ts";
import type { Release } from "./release.ts";
import { blanks, isFollowedByText, joined, newSectionEdit } from "./section-text.ts";
import { KEPT_CATEGORIES, sortChanges } from "./sections.ts";
import { headingsIn, linesBetween, readStructure } from "./structure.ts";
import type { Heading, Section, Structure } from "./structure.ts";

/** The file with the new version's section. The version must not have one yet. `null` makes a new file. */
export function spliceKeepAChangelog(text: string | null, release: Release): string {
  if (text === null || text.trim() === "") return newFile(release);
  return withFinalNewline(text, newlineOf(text), (ended) => splice(readStructure(ended, release.rules.heading), release));
}

function splice(structure: Structure, release: Release): string {
  const style = measureStyle(structure, "- ");
  const heading = headingOf(structure, style, release);
  const edits =
    structure.unreleased === null
      ? [newSectionEdit(structure, style, sectionLines(heading, missingGroups("", release), style))]
      : releaseUnreleased(structure, structure.unreleased, style, heading, release);
  return applyEdits(structure.text, [...edits, ...linkEdits(structure, bracketed(heading), linkInput(release))]);
}

function releaseUnreleased(structure: Structure, unreleased: Section, style: HouseStyle, heading: string, release: Release): readonly Edit[] {
  const { text, newline } = structure;
  const human = text.slice(unreleased.heading.next, unreleased.textEnd);
  const groups = missingGroups(human, release);
  const moved: Edit = { at: unreleased.heading.next, remove: 0, insert: `${newline}${heading}${newline}` };
  const merge = mergeGroups(structure, unreleased, style, groups);
  const isTight = unreleased.textEnd === unreleased.heading.next && merge.length === 0 && isFollowedByText(structure, unreleased.heading.next);
  return [isTight ? { ...moved, insert: `${moved.insert}${newline}` } : moved, ...merge];
}

function newFile(release: Release): string {
  const style = { lead: "- ", versionLevel: 2, categoryLevel: 3, afterVersion: 1, afterCategory: 1, beforeCategory: 1, beforeVersion: 1 };
  const heading = release.rules.heading === null ? `## [${release.version}] - ${release.date}` : fillRelease(release.rules.heading, release);
  const definitions = newDefinitions(bracketed(heading), linkInput(release));
  const plain = definitions.length === 0 && release.rules.heading === null ? heading.replace(/[[\]]/g, "") : heading;
  const unreleased = definitions.some((line) => line.startsWith("[Unreleased]")) ? "## [Unreleased]" : "## Unreleased";
  const lines = [
    "# Changelog",
    "",
    `All notable changes to ${release.component} are documented in this file.`,
    "The format is based on [Keep a Changelog](https://keepachangelog.com/en/1.1.0/).",
    "",
    unreleased,
    "",
    ...sectionLines(plain, missingGroups("", release), style),
    ...(definitions.length === 0 ? [] : ["", ...definitions]),
  ];
  return joined(lines, "\n");
}

type EntryGroup = { readonly title: string; readonly entries: readonly string[] };

/** Entries for changes that the human text does not name, ready to print without their bullet. */
function missingGroups(human: string, { changes, rules, repositoryUrl }: Release): readonly EntryGroup[] {
  const named = namedIn(human, repositoryUrl);
  const said = new Set(human.split(/\r\n|\n|\r/).map((line) => plainWords(line.replace(/^\s*[-*+]\s/, ""))));
  const { groups } = sortChanges(
    changes.filter((change) => !hasMention(named, { sha: change.sha, pullRequest: change.pullRequest?.number ?? null })),
    rules,
  );
  return groups.flatMap(({ title, changes }) => {
    const entries = entriesOf(changes).filter(({ text }) => !said.has(plainWords(text)));
    return entries.length === 0 ? [] : [{ title, entries: entries.map((entry) => printed(entry, repositoryUrl)) }];
  });
}

function plainWords(text: string): string {
  return text
    .replace(/[\s.]+$/, "")
    .trim()
    .toLowerCase();
}

/** Lines of one entry; notes on what breaks follow as a nested list. */
function printed(entry: Entry, repositoryUrl: string | null): string {
  const first = `${entry.isBreaking ? "**Breaking:** " : ""}${entry.text}${shortReferences(entry, repositoryUrl)}`;
  return [first, ...entry.breakingNotes.map((note) => `- ${note}`)].join("\n");
}

function bulleted(entries: readonly string[], lead: string): readonly string[] {
  const indent = " ".repeat(lead.length);
  const nested = `${indent}${lead.trim()} `;
  return entries.flatMap((entry) => entry.split("\n").map((line, index) => (index === 0 ? `${lead}${line}` : `${nested}${line.slice(2)}`)));
}

function sectionLines(heading: string, groups: readonly EntryGroup[], style: HouseStyle): readonly string[] {
  const categories = groups.flatMap((group, index) => [...blanks(index === 0 ? style.afterVersion : style.beforeCategory), ...categoryLines(group, style)]);
  return [heading, ...categories];
}

function categoryLines({ title, entries }: EntryGroup, { categoryLevel, afterCategory, lead }: HouseStyle): readonly string[] {
  return [`${"#".repeat(categoryLevel)} ${title}`, ...blanks(afterCategory), ...bulleted(entries, lead)];
}

/** Each group goes into the category of that name, or becomes one where the order of the style has it. */
function mergeGroups(structure: Structure, unreleased: Section, style: HouseStyle, groups: readonly EntryGroup[]): readonly Edit[] {
  const categories = headingsIn(structure, unreleased);
  return groups.map((group) => {
    const index = categories.findIndex((category) => isSameTitle(category.text, group.title));
    const category = categories[index];
    if (category !== undefined) return intoCategory(structure, category, categories[index + 1]?.start ?? unreleased.textEnd, style, group);
    const later = categories.find(({ text }) => isLater(text, group.title));
    return later === undefined ? atEnd(structure, unreleased, style, group) : before(structure, later, style, group);
  });
}

function intoCategory(structure: Structure, category: Heading, end: number, style: HouseStyle, { entries }: EntryGroup): Edit {
  const { newline } = structure;
  const lines = linesBetween(structure, category.next, end);
  const last = itemsOf(lines).at(-1);
  if (last !== undefined) return insertion(structure, last.end, bulleted(entries, last.lead.replace(/\d{1,9}[.)]/, style.lead.trim())));
  const written = lines.findLast((line) => !isBlank(line));
  const gap = written === undefined ? style.afterCategory : 1;
  const at = written?.next ?? category.next;
  return {
    at,
    remove: 0,
    insert: joined([...blanks(gap), ...bulleted(entries, style.lead), ...(isFollowedByText(structure, at) ? blanks(style.beforeCategory) : [])], newline),
  };
}

function before({ newline }: Structure, category: Heading, style: HouseStyle, group: EntryGroup): Edit {
  return { at: category.start, remove: 0, insert: joined([...categoryLines(group, style), ...blanks(style.beforeCategory)], newline) };
}

function atEnd(structure: Structure, unreleased: Section, style: HouseStyle, group: EntryGroup): Edit {
  const isFirst = unreleased.textEnd === unreleased.heading.next;
  return insertion(structure, unreleased.textEnd, [...blanks(isFirst ? style.afterVersion : style.beforeCategory), ...categoryLines(group, style)]);
}

/** Whole lines at the start of a line. */
function insertion({ newline }: Structure, at: number, lines: readonly string[]): Edit {
  return { at, remove: 0, insert: joined(lines, newline) };
}

const ALIASES: ReadonlyMap<string, string> = new Map([
  ["features", "added"],
  ["new", "added"],
  ["newfeatures", "added"],
  ["changes", "changed"],
  ["fixes", "fixed"],
  ["bugfixes", "fixed"],
  ["deprecations", "deprecated"],
  ["removals", "removed"],
]);

/** `🚀 Added:` and `added` are one; so are `Fixes` and `Fixed`. */
function isSameTitle(one: string, other: string): boolean {
  return titleKey(one) === titleKey(other);
}

function titleKey(title: string): string {
  const letters = title.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "");
  return ALIASES.get(letters) ?? letters;
}

/** True when a person's category has its place in the style's order and that is behind `title`. */
function isLater(category: string, title: string): boolean {
  const order = [...KEPT_CATEGORIES].map(titleKey);
  const own = order.indexOf(titleKey(category));
  const mine = order.indexOf(titleKey(title));
  return own >= 0 && mine >= 0 && own > mine;
}

/** As the newest dated heading has it, else as Unreleased is written: brackets, `v` and separator are the file's own. */
function headingOf({ versions, unreleased }: Structure, { versionLevel }: HouseStyle, release: Release): string {
  const { rules, version, date } = release;
  if (rules.heading !== null) return fillRelease(rules.heading, release);
  const marks = "#".repeat(versionLevel);
  const model = versions[0]?.heading.text ?? "";
  const dated = /^(\[?)(v?)[0-9][0-9A-Za-z.+-]*(\]?)(\s*(?:[-\u2013\u2014/,]|\()?\s*)\d{4}-\d{2}-\d{2}(\)?)$/i.exec(model);
  if (dated !== null) {
    const [, open = "", v = "", close = "", gap = "", end = ""] = dated;
    return `${marks} ${open}${v}${version}${close}${gap}${date}${end}`;
  }
  const v = /^\[?v\d/i.test(model) ? "v" : "";
  const isReference = (unreleased ?? versions[0])?.heading.text.startsWith("[") === true;
  return isReference ? `${marks} [${v}${version}] - ${date}` : `${marks} ${v}${version} - ${date}`;
}
