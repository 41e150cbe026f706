// Which section a change goes to, and which changes a changelog leaves out and why. Nothing vanishes: whatever is not
// shown comes back with its reason, and what moves the version or carries no readable type is always shown.
import picomatch from "picomatch";
import type { Change } from "../../model/change.ts";
import { DEFAULT_SECTIONS } from "../../model/defaults.ts";
import type { Changelog } from "../../model/playbook.ts";

export type SectionRules = Pick<Changelog, "style" | "sections" | "configPaths">;
type Omission = { readonly change: Change; readonly because: string };
type Group = { readonly title: string; readonly changes: readonly Change[] };
export type Sorted = {
  /** In the order of the sections; none is empty. */
  readonly groups: readonly Group[];
  /** Changes that break and count, shown in a group or not. */
  readonly breaking: readonly Change[];
  readonly omitted: readonly Omission[];
};

/** https://keepachangelog.com/en/1.1.0/ ("Types of changes"), in the order given there. */
export const KEPT_CATEGORIES = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"] as const;

/** For changes whose text carries no type that a section is known for. */
const OTHER = "Other changes";

/** Work on the project itself, of no concern to its users unless the playbook gives the type a section. */
const INTERNAL: ReadonlySet<string> = new Set(["docs", "chore", "style", "refactor", "test", "build", "ci"]);

const ALIASES: ReadonlyMap<string, string> = new Map([
  ["feature", "feat"],
  ["bugfix", "fix"],
  ["hotfix", "fix"],
  ["performance", "perf"],
  ["deprecated", "deprecate"],
  ["removed", "remove"],
  ["sec", "security"],
]);

/** Sorts changes into the sections of the playbook. Within a section they keep the order given. */
export function sortChanges(changes: readonly Change[], rules: SectionRules): Sorted {
  const isConfiguration = configurationMatcher(rules.configPaths);
  const groups = new Map<string, Change[]>(titlesOf(rules).map((title) => [title, []]));
  const breaking: Change[] = [];
  const omitted: Omission[] = [];
  for (const change of changes) {
    const place = placeOf(change, isConfiguration(change), rules);
    const breaks = change.isBreaking && change.cancelledBy === null;
    if (breaks) breaking.push(change);
    if (place.title !== null) groups.get(place.title)?.push(change);
    else if (!breaks) omitted.push({ change, because: place.because });
  }
  const filled = [...groups].filter(([, members]) => members.length > 0);
  return { groups: filled.map(([title, members]) => ({ title, changes: members })), breaking, omitted };
}

/** Titles in the order in which sections appear. Keep a Changelog's own categories come first, as its readers expect. */
function titlesOf({ style, sections }: SectionRules): readonly string[] {
  const own = style === "keep-a-changelog" ? KEPT_CATEGORIES : [];
  return [...new Set([...own, ...Object.values(sections), ...Object.values(DEFAULT_SECTIONS[style]), OTHER])];
}

type Place = { readonly title: string; readonly because: null } | { readonly title: null; readonly because: string };

function placeOf(change: Change, isConfiguration: boolean, { style, sections }: SectionRules): Place {
  if (change.cancelledBy !== null) return hidden(change.because);
  const written = change.type?.toLowerCase() ?? null;
  const type = isConfiguration ? "config" : written === null ? null : (ALIASES.get(written) ?? written);
  if (type === null) return change.effect === "none" ? hidden(change.because) : shown(OTHER);
  const titled = sectionFor(type, written, sections);
  if (titled !== null) return shown(titled);
  if (!isConfiguration && isHidden(type, change, style)) return hidden(`type ${type} has no section`);
  const fallback = style === "keep-a-changelog" ? "Changed" : OTHER;
  return shown(isConfiguration || !INTERNAL.has(type) ? (sectionFor(type, null, DEFAULT_SECTIONS[style]) ?? fallback) : fallback);
}

function sectionFor(type: string, written: string | null, sections: Changelog["sections"]): string | null {
  const key = [type, written].find((name) => name !== null && Object.hasOwn(sections, name)) ?? null;
  return key === null ? null : (sections[key] ?? null);
}

/** A change without a section of its own. Conventional sections tell a breaking one at their head. */
function isHidden(type: string, { effect, isBreaking }: Change, style: Changelog["style"]): boolean {
  if (isBreaking) return style === "conventional";
  return effect === "none" || (effect === "unknown" && INTERNAL.has(type));
}

function shown(title: string): Place {
  return { title, because: null };
}

function hidden(because: string): Place {
  return { title: null, because };
}

function configurationMatcher(globs: readonly string[]): (change: Change) => boolean {
  if (globs.length === 0) return () => false;
  const matches = picomatch([...globs], { dot: true });
  return ({ paths }) => paths.length > 0 && paths.every((path) => matches(path));
}
