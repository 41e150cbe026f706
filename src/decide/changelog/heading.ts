// Reads the version that a heading stands for, in the spellings that changelogs use, or in the playbook's own.

export type VersionHeading = {
  /** Without `v`: `1.2.0`. */
  readonly version: string;
  /** As spelt, `v` included; the label of a link when the heading has brackets. */
  readonly label: string;
};

/** A longer heading is prose; it is not read. */
const MAX_CHARACTERS = 1_000;

const VERSION = String.raw`v?\.?(\d{1,9}(?:\.\d{1,9}){1,3}(?:[-+][0-9A-Za-z.+-]{1,80})?)`;
const DATE = String.raw`(?:\d{4}[-./]\d{2}[-./]\d{2}|[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4})`;
/** `[1.2.0](…) (date)`, `v1.2.0`, `Version 1.2.0, released …`, `cavern-1.2.0`, `@scope/name@1.2.0`. */
const LEADING = new RegExp(String.raw`^(?:(?:version|release) )?\[?((?:@?[A-Za-z][\w./-]{0,80}[-@/])??${VERSION})(?=[\]\s,:;(/]|$)`, "i");
/** What may follow a version deep in a file, where `2.0 migration` is more likely to be a chapter. */
const TAIL = /^(?:\]|\s{0,4}(?:$|[([,:;/|\u2013\u2014-]|\d{4}[-./]\d|released\b))/i;
/** `2024.01.12 (0.1.3)`, `January 12, 2024 (0.1.3)`: the date leads and the version follows. */
const AFTER_DATE = new RegExp(String.raw`^\[?${DATE}\]?\s{0,4}[-\u2013\u2014:]?\s{0,4}[[(](${VERSION})[\])]`);

/** Null for a heading that names no version at its front: `CHANGELOG for Cavern (0.5.0)` is a title. */
export function readVersionHeading(
  { level, text: heading }: { readonly level: number; readonly text: string },
  template: string | null,
): VersionHeading | null {
  if (heading.length > MAX_CHARACTERS) return null;
  const own = template === null ? null : readByTemplate(heading, template);
  if (own !== null) return { version: own.replace(/^v/i, ""), label: bracketed(heading) ?? own };
  const match = AFTER_DATE.exec(heading) ?? LEADING.exec(heading);
  const label = match?.[1];
  const version = match?.[2];
  if (match === null || label === undefined || version === undefined) return null;
  return level > 2 && !TAIL.test(heading.slice(match[0].length)) ? null : { version, label };
}

export function isUnreleasedHeading(heading: string): boolean {
  return /^\[?unreleased(?: changes)?\]?(?=$|[\s(:[-])/i.test(heading);
}

/** The text in the first brackets when they are a reference, null when they carry their own link or there are none. */
export function bracketed(heading: string): string | null {
  return /\[([^[\]]{1,200})\](?!\()/.exec(heading)?.[1] ?? null;
}

/** What stands where the template has `{version}`, when its fixed words all stand in the heading in order. */
function readByTemplate(heading: string, template: string): string | null {
  const words = template.replace(/^#{1,6}\s+/, "").split(/(\{[a-z_]+\})/);
  let at = 0;
  let version: string | null = null;
  let open: string | null = null;
  for (const word of words) {
    if (/^\{[a-z_]+\}$/.test(word)) {
      if (open !== null) return null;
      open = word;
      continue;
    }
    if (word === "") continue;
    const found = open === null ? (heading.startsWith(word, at) ? at : -1) : heading.indexOf(word, at);
    if (found < 0) return null;
    if (open === "{version}") version ??= heading.slice(at, found);
    open = null;
    at = found + word.length;
  }
  if (open === "{version}") version ??= heading.slice(at);
  return version !== null && /^\S*\d\S*$/.test(version) ? version : null;
}
