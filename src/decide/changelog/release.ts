// What the two styles of changelog are told about the release they write.
import type { Change } from "../../model/change.ts";
import type { Changelog } from "../../model/playbook.ts";
import { fill } from "../fill.ts";
import type { LinkInput } from "./links.ts";
import { isOldestFirst } from "./structure.ts";
import type { Structure } from "./structure.ts";

export type Release = {
  readonly rules: Changelog;
  readonly component: string;
  readonly version: string;
  readonly tag: string;
  readonly previousTag: string | null;
  /** YYYY-MM-DD */
  readonly date: string;
  readonly changes: readonly Change[];
  /** `https://github.com/owner/name` without a final slash; null when there is none to link to. */
  readonly repositoryUrl: string | null;
};

export function linkInput(release: Release): LinkInput {
  const { tag, previousTag, version, repositoryUrl, rules } = release;
  return { tag, previousTag, version, repositoryUrl, configured: rules.link === null ? null : fillRelease(rules.link, release) };
}

/** Fills a template of the playbook's `changelog` key. Without a previous tag `{previous_tag}` is empty. */
export function fillRelease(template: string, { version, date, tag, component, previousTag }: Release): string {
  return fill(template, { version, date, tag, component, previous_tag: previousTag ?? "" });
}

/**
 * Where a section goes in a file that has no Unreleased: before the newest version; behind the last one in a file of
 * rising order. Without any version, before the first heading below the title that has a number or date, else at the end.
 */
export function placeOfNewSection({ text, headings, versions, unreleased }: Structure): { readonly at: number; readonly isBehindVersion: boolean } {
  const [first] = versions;
  const last = versions.at(-1);
  if (isOldestFirst(versions) && last !== undefined) return { at: last.textEnd, isBehindVersion: true };
  if (first !== undefined) return { at: first.heading.start, isBehindVersion: false };
  const dated = headings.find(({ level, text: title, start }) => level > 1 && start >= (unreleased?.end ?? 1) && /\d/.test(title));
  return { at: dated?.start ?? unreleased?.textEnd ?? text.length, isBehindVersion: false };
}
