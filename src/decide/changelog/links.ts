// Where a version's heading leads, in the way the file already does it: a compare page, a release page, or the
// playbook's own template.
import type { Edit } from "./edit.ts";
import { isBlank } from "./lines.ts";
import { isOldestFirst } from "./structure.ts";
import type { Definition, Structure } from "./structure.ts";

export type LinkInput = {
  readonly tag: string;
  readonly previousTag: string | null;
  readonly version: string;
  /** The playbook's `changelog.link`, filled in; null for none. */
  readonly configured: string | null;
  readonly repositoryUrl: string | null;
};

/** GitHub's page for what came with `tag`; null when the repository has no address. */
export function defaultLink({ tag, previousTag, configured, repositoryUrl }: LinkInput): string | null {
  if (configured !== null) return configured;
  if (repositoryUrl === null) return null;
  return previousTag === null ? `${repositoryUrl}/releases/tag/${urlPart(tag)}` : `${repositoryUrl}/compare/${urlPart(previousTag)}...${urlPart(tag)}`;
}

/**
 * Edits that keep the link definitions of a Keep a Changelog file: Unreleased compares from the new tag on, and the new
 * version gets its own definition in place. None where the file has no such definitions and the playbook asks for none.
 * @param label what stands in the heading's brackets; null when the heading is no reference.
 */
export function linkEdits(structure: Structure, label: string | null, input: LinkInput): readonly Edit[] {
  const own = structure.definitions.filter(({ label: name }) => /^unreleased$/i.test(name) || isVersionLabel(name, structure));
  const unreleased = own.find(({ label: name }) => /^unreleased$/i.test(name)) ?? null;
  const versions = own.filter((definition) => definition !== unreleased);
  const compare = unreleased === null ? null : readCompare(unreleased.url);
  const moved =
    unreleased === null || compare === null ? [] : [{ at: unreleased.urlStart, remove: unreleased.url.length, insert: compare.with(input.tag, compare.head) }];
  const isThere = structure.definitions.some(({ label: name }) => name.toLowerCase() === label?.toLowerCase());
  if (label === null || isThere) return moved;
  const url = input.configured ?? urlInStyle(compare, versions, structure, input);
  return url === null ? moved : [...moved, definitionEdit(structure, unreleased, versions, `[${label}]: ${url}`)];
}

/** Definitions for a file that is made anew. */
export function newDefinitions(label: string | null, input: LinkInput): readonly string[] {
  const url = defaultLink(input);
  if (label === null || url === null) return [];
  const unreleased = input.repositoryUrl === null ? [] : [`[Unreleased]: ${input.repositoryUrl}/compare/${urlPart(input.tag)}...HEAD`];
  return [...unreleased, `[${label}]: ${url}`];
}

type Compare = { readonly base: string; readonly head: string; readonly root: string; readonly with: (base: string, head: string) => string };

function readCompare(url: string): Compare | null {
  const from = url.indexOf("/compare/");
  if (from < 0) return null;
  const root = url.slice(0, from);
  const prefix = url.slice(0, from + "/compare/".length);
  const [base, head, ...more] = url.slice(prefix.length).split("...");
  if (base === undefined || head === undefined || base === "" || head === "" || more.length > 0) return null;
  return { base, head, root, with: (left, right) => `${prefix}${encoded(left, base)}...${encoded(right, head)}` };
}

/** What was read from an address is encoded already. */
function encoded(part: string, original: string): string {
  return part === original ? part : urlPart(part);
}

function urlInStyle(unreleased: Compare | null, versions: readonly Definition[], { versions: sections }: Structure, input: LinkInput): string | null {
  const newest = versions.find(({ label }) => label.toLowerCase() === sections[0]?.label.toLowerCase()) ?? versions[0];
  const compare = unreleased ?? (newest === undefined ? null : readCompare(newest.url));
  if (compare !== null) {
    const previous = input.previousTag ?? (compare === unreleased ? compare.base : compare.head);
    return previous === input.tag ? `${compare.root}/releases/tag/${urlPart(input.tag)}` : compare.with(previous, input.tag);
  }
  if (newest === undefined) return null;
  const release = newest.url.lastIndexOf("/releases/tag/");
  if (release >= 0) return `${newest.url.slice(0, release)}/releases/tag/${urlPart(input.tag)}`;
  const old = newest.label.replace(/^v/i, "");
  return newest.url.includes(old) ? newest.url.replaceAll(old, () => input.version) : defaultLink(input);
}

/** Behind Unreleased, before the newest version; at the end of the file when there are none. */
function definitionEdit(structure: Structure, unreleased: Definition | null, versions: readonly Definition[], definition: string): Edit {
  const { text, newline } = structure;
  const newest = versions[0];
  const isRising = isOldestFirst(versions.map(({ label }) => ({ version: label.replace(/^v/i, "") })));
  const after = isRising ? versions.at(-1) : unreleased;
  if (after !== undefined && after !== null) return { at: after.line.next, remove: 0, insert: `${definition}${newline}` };
  if (newest !== undefined) return { at: newest.line.start, remove: 0, insert: `${definition}${newline}` };
  const last = structure.lines.at(-1);
  const isSpaced = last === undefined || isBlank(last) || structure.definitions.some(({ line }) => line === last);
  return { at: text.length, remove: 0, insert: `${isSpaced ? "" : newline}${definition}${newline}` };
}

function isVersionLabel(label: string, { versions }: Structure): boolean {
  return /^v?\d+\.\d/i.test(label) || versions.some((section) => section.label.toLowerCase() === label.toLowerCase());
}

/** Characters that a tag may have and an address in Markdown may not. */
function urlPart(tag: string): string {
  return tag.replaceAll(/[%#?()<> ]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
