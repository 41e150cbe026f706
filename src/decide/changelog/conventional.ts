// Conventional sections: what breaks first, then one section a type of change, in front of the versions before. The
// file is only inserted into; blank lines, bullets and newlines follow the file.
import { applyEdits, withFinalNewline } from "./edit.ts";
import { breakingEntriesOf, entriesOf, references } from "./entries.ts";
import type { Entry } from "./entries.ts";
import { measureStyle } from "./house-style.ts";
import type { HouseStyle } from "./house-style.ts";
import { newlineOf } from "./lines.ts";
import { defaultLink } from "./links.ts";
import { fillRelease, linkInput } from "./release.ts";
import type { Release } from "./release.ts";
import { sortChanges } from "./sections.ts";
import { blanks, newSectionEdit } from "./section-text.ts";
import { readStructure } from "./structure.ts";

const BREAKING = "⚠ BREAKING CHANGES";

/** The file with the new version's section. The version must not have one yet. `null` makes a new file. */
export function spliceConventional(text: string | null, release: Release): string {
  const before = text === null || text.trim() === "" ? "# Changelog\n" : text;
  return withFinalNewline(before, newlineOf(before), (ended) => {
    const structure = readStructure(ended, release.rules.heading);
    const style = measureStyle(structure, "* ");
    return applyEdits(ended, [newSectionEdit(structure, style, sectionLines(release, style))]);
  });
}

function sectionLines(release: Release, style: HouseStyle): readonly string[] {
  const { groups, breaking } = sortChanges(release.changes, release.rules);
  const sections = [{ title: BREAKING, entries: breakingEntriesOf(breaking) }, ...groups.map(({ title, changes }) => ({ title, entries: entriesOf(changes) }))];
  const lines = sections
    .filter(({ entries }) => entries.length > 0)
    .flatMap(({ title, entries }, index) => [
      ...blanks(index === 0 ? style.afterVersion : style.beforeCategory),
      `${"#".repeat(style.categoryLevel)} ${title}`,
      ...blanks(style.afterCategory),
      ...entries.map((entry) => line(entry, style, release)),
    ]);
  return [headingOf(release, style), ...lines];
}

function line(entry: Entry, { lead }: HouseStyle, { repositoryUrl }: Release): string {
  return `${lead}${entry.text}${references(entry, repositoryUrl)}`;
}

function headingOf(release: Release, { versionLevel }: HouseStyle): string {
  if (release.rules.heading !== null) return fillRelease(release.rules.heading, release);
  const link = defaultLink(linkInput(release));
  return `${"#".repeat(versionLevel)} ${link === null ? release.version : `[${release.version}](${link})`} (${release.date})`;
}
