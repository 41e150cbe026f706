// Tag templates as readers and writers. Literal text around placeholders is compared as it stands: nothing from a
// playbook ever becomes a regular expression.
import type { Template } from "../../model/playbook.ts";
import type { VersionText } from "../../model/version.ts";

/** The literal text around the version. */
export type TagFormat = { readonly prefix: string; readonly suffix: string };

/** `v{version}`, `{component}-{version}`, `{version}`; null for a template that does not hold `{version}` exactly once. */
export function formatAround(template: Template, component: string): TagFormat | null {
  const [prefix, suffix, ...more] = template.split("{version}").map((literal) => named(literal, component));
  return prefix === undefined || suffix === undefined || more.length > 0 ? null : { prefix, suffix };
}

/**
 * The format of a component's release tags.
 * @throws when the template does not hold `{version}` exactly once, which the playbook's reader refuses
 */
export function tagFormat(template: Template, component: string): TagFormat {
  const format = formatAround(template, component);
  if (format === null) throw new Error(`Bug: a tag template needs {version} exactly once: ${template}`);
  return format;
}

/** The text in the version's place; null when the literal text around it differs. */
export function within({ prefix, suffix }: TagFormat, tag: string): string | null {
  const fits = tag.length >= prefix.length + suffix.length && tag.startsWith(prefix) && tag.endsWith(suffix);
  return fits ? tag.slice(prefix.length, tag.length - suffix.length) : null;
}

export function tagOf({ prefix, suffix }: TagFormat, version: VersionText): string {
  return `${prefix}${version}${suffix}`;
}

/** As a release's format, with a literal text between version and number, in either order. */
export type CandidateFormat = TagFormat & { readonly middle: string; readonly isNumberFirst: boolean };

/**
 * `v{version}-rc{n}`, `{component}-{version}-rc.{n}`.
 * @throws when the template does not hold `{version}` and `{n}` exactly once each
 */
export function candidateFormat(template: Template, component: string): CandidateFormat {
  const pieces = template.split(/(\{version\}|\{n\})/);
  const [prefix = "", first, middle = "", second, suffix = ""] = pieces;
  if (pieces.length !== 5 || first === second) throw new Error(`Bug: a candidate's template needs {version} and {n} once each: ${template}`);
  return { prefix: named(prefix, component), middle: named(middle, component), suffix: named(suffix, component), isNumberFirst: first === "{n}" };
}

/** The texts in both places, not yet known to be a version; null when the tag is not spelt like the template. */
export function readCandidateTag(format: CandidateFormat, tag: string): { readonly version: string; readonly number: number } | null {
  const inner = within(format, tag);
  if (inner === null) return null;
  const at = format.isNumberFirst ? inner.indexOf(format.middle) : inner.lastIndexOf(format.middle);
  if (at === -1) return null;
  const parts = [inner.slice(0, at), inner.slice(at + format.middle.length)] as const;
  const [number, version] = format.isNumberFirst ? parts : ([parts[1], parts[0]] as const);
  return /^(?:0|[1-9]\d{0,14})$/.test(number) ? { version, number: Number(number) } : null;
}

export function candidateTagOf(format: CandidateFormat, version: VersionText, number: number): string {
  const inner = format.isNumberFirst ? `${number}${format.middle}${version}` : `${version}${format.middle}${number}`;
  return tagOf(format, inner);
}

/** The word that marks a candidate in that format: `rc`. Null when letters play no part in it. */
export function candidateWord({ middle }: CandidateFormat): string | null {
  return /[a-z]+/i.exec(middle)?.[0].toLowerCase() ?? null;
}

function named(literal: string, component: string): string {
  return literal.split("{component}").join(component);
}
