// How a changelog is laid out, measured on its newest version that shows it, so that a new section looks like its neighbours.
import { itemsOf } from "./items.ts";
import { isBlank } from "./lines.ts";
import { headingsIn, linesBetween } from "./structure.ts";
import type { Section, Structure } from "./structure.ts";

export type HouseStyle = {
  /** `-`, `*` or `+`, with what stands before and behind it. */
  readonly lead: string;
  /** Marks of a version's heading, 1 to 6. */
  readonly versionLevel: number;
  /** Marks of a category's heading. */
  readonly categoryLevel: number;
  /** Blank lines, each 0 to 3. */
  readonly afterVersion: number;
  readonly afterCategory: number;
  readonly beforeCategory: number;
  readonly beforeVersion: number;
};

/** Enough to meet every kind of neighbour; the rest of a long file looks the same. */
const MAX_SECTIONS_READ = 20;

export function measureStyle(structure: Structure, defaultLead: "- " | "* "): HouseStyle {
  const { unreleased, versions } = structure;
  const sections: readonly Section[] = [...versions.slice(0, MAX_SECTIONS_READ), ...(unreleased === null ? [] : [unreleased])];
  const first = <T>(read: (section: Section) => T | null): T | null => {
    for (const section of sections) {
      const found = read(section);
      if (found !== null) return found;
    }
    return null;
  };
  const levels = versions.slice(0, MAX_SECTIONS_READ).map(({ heading }) => heading.level);
  const versionLevel = unreleased?.heading.level ?? (levels.length === 0 ? 2 : Math.min(...levels));
  return {
    lead: first((section) => leadIn(structure, section)) ?? defaultLead,
    versionLevel,
    categoryLevel: first((section) => headingsIn(structure, section)[0]?.level ?? null) ?? Math.min(versionLevel + 1, 6),
    afterVersion: first((section) => (isEmpty(section) ? null : blanksFrom(structure, section.heading.next))) ?? 1,
    afterCategory: first((section) => blanksAfterCategory(structure, section)) ?? 1,
    beforeCategory: first((section) => blanksBeforeSecond(structure, section)) ?? 1,
    beforeVersion: Math.max(1, blanksBefore(structure, versions[1]?.heading.line ?? null) ?? 1),
  };
}

function isEmpty(section: Section): boolean {
  return section.textEnd <= section.heading.next;
}

function leadIn(structure: Structure, section: Section): string | null {
  const item = itemsOf(linesBetween(structure, section.heading.next, section.textEnd)).find(({ lead }) => /^ {0,3}[-*+] {1,3}$/.test(lead));
  return item?.lead ?? null;
}

function blanksAfterCategory(structure: Structure, section: Section): number | null {
  const category = headingsIn(structure, section)[0];
  return category === undefined || category.next >= section.textEnd ? null : blanksFrom(structure, category.next);
}

function blanksBeforeSecond(structure: Structure, section: Section): number | null {
  return blanksBefore(structure, headingsIn(structure, section)[1]?.line ?? null);
}

function blanksFrom(structure: Structure, offset: number): number | null {
  const rest = linesBetween(structure, offset, structure.text.length).slice(0, 4);
  const count = rest.findIndex((line) => !isBlank(line));
  return count < 0 ? null : Math.min(count, 3);
}

function blanksBefore({ lines }: Structure, number: number | null): number | null {
  if (number === null) return null;
  const above = lines.slice(Math.max(0, number - 5), number - 1).toReversed();
  const count = above.findIndex((line) => !isBlank(line));
  return count < 0 ? null : Math.min(count, 3);
}
