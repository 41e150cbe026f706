// Why a tag that looks like a version tag is none, said in words that lead to the right spelling. It only explains:
// nothing that is recognised here is ever counted as a release.
import type { TagKind } from "../../model/version.ts";
import { type TagFormat, within } from "./tag-format.ts";
import { type Numbering, readVersion } from "./version-text.ts";

/** One component's own spelling. */
export type Spelling = { readonly component: string; readonly format: TagFormat };

export type Suspect =
  | Extract<TagKind, { readonly is: "mistagged" | "unclaimed" }>
  /** Spelt as a tag that moves from release to release; whether it does, the releases tell. `line` is `1` or `1.4`, or a word. */
  | { readonly is: "moving"; readonly component: string | null; readonly line: string };

type Diagnosis = {
  readonly suspect: Suspect;
  /** The final version it was probably meant to be; null when that is not clear. */
  readonly likely: string | null;
};

const MOVING_WORDS: ReadonlySet<string> = new Set(["latest", "stable", "nightly", "edge", "canary", "current", "lts"]);
/** Words that people put before a version in place of the playbook's spelling. */
const VERSION_WORDS: ReadonlySet<string> = new Set(["release", "releases", "rel", "version", "ver"]);
/** Longer than any version tag; git itself takes far longer names. */
const LENGTH_MAX = 256;

/** What a tag that no component's format reads might be. `spellings` in order of preference, none equal to another. */
export function diagnose(tag: string, spellings: readonly Spelling[], numbering: Numbering): Diagnosis {
  if (tag.length > LENGTH_MAX) return suspected({ is: "unclaimed", because: `longer than the ${LENGTH_MAX} characters that a version's tag may have` });
  if (MOVING_WORDS.has(tag.toLowerCase())) return suspected({ is: "moving", component: null, line: tag.toLowerCase() });
  for (const spelling of spellings) {
    const text = within(spelling.format, tag);
    const diagnosis = text === null ? null : diagnoseText(text, spelling, numbering);
    if (diagnosis !== null) return diagnosis;
  }
  const split = splitAtVersion(tag);
  if (split === null) return suspected({ is: "unclaimed", because: "no component claims it" });
  for (const spelling of spellings) {
    const diagnosis = diagnoseHead(split, spelling, spellings.length === 1, numbering);
    if (diagnosis !== null) return diagnosis;
  }
  return suspected({ is: "unclaimed", because: becauseOfStranger(split, numbering) });
}

/** The literal text around the version is right, the version is not. */
function diagnoseText(text: string, { component, format }: Spelling, numbering: Numbering): Diagnosis | null {
  const line = /^((?:0|[1-9]\d{0,8})(?:\.(?:0|[1-9]\d{0,8}))?)(?:\.x)?$/.exec(text)?.[1];
  if (line !== undefined && numbering.scheme === "semver") return suspected({ is: "moving", component, line });
  const isNamed = /[a-z]/i.test(`${format.prefix}${format.suffix}`);
  if (isNamed && MOVING_WORDS.has(text.toLowerCase())) return suspected({ is: "moving", component, line: text.toLowerCase() });
  if (isNamed && /^\.\d/.test(text)) return mistagged(component, `a dot after \`${format.prefix}\``, text.slice(1), numbering);
  if (isNamed ? !/^\d/.test(text) : !/^\d+\.\d/.test(text)) return null;
  const because = whatIsWrong(text, numbering);
  return because === null ? null : mistagged(component, because, text, numbering);
}

/** What keeps a text that starts with a digit from being a version; null when nothing does. */
function whatIsWrong(text: string, numbering: Numbering): string | null {
  if (readVersion(text, numbering) !== null) return null;
  if (numbering.scheme === "calver") return `it does not fit \`${numbering.calver}\``;
  const numbers = /^[\d.]*/.exec(text)?.[0] ?? "";
  const rest = text.slice(numbers.length);
  const isGlued = rest !== "" && !/^[-+]/.test(rest);
  const parts = numbers.split(".");
  const count = parts.filter((part) => part !== "").length;
  const padded = parts.find((part) => /^0\d/.test(part));
  if (parts.slice(0, isGlued ? -1 : parts.length).includes("")) return "a dot too many";
  if (padded !== undefined) return `a leading zero in \`${padded}\``;
  if (count !== 3) return `${count === 1 ? "one number" : `${count === 2 ? "two" : count} numbers`} where three are expected`;
  if (isGlued) return `\`${numbers.endsWith(".") ? "." : ""}${rest}\` follows the version without a \`-\``;
  if (parts.some((part) => !Number.isSafeInteger(Number(part)))) return "a number too large to count on from";
  return rest === "-" ? "nothing after the last `-`" : `\`${rest}\` is no suffix in SemVer`;
}

type Split = { readonly head: string; readonly text: string };

/** Before and from the first number that a dot and a digit follow. */
function splitAtVersion(tag: string): Split | null {
  const at = /(?<!\d)\d+\.\d/.exec(tag)?.index;
  return at === undefined ? null : { head: tag.slice(0, at), text: tag.slice(at) };
}

/** The version may be right, the literal text before it is not. */
function diagnoseHead({ head, text }: Split, { component, format }: Spelling, isAlone: boolean, numbering: Numbering): Diagnosis | null {
  const { prefix, suffix } = format;
  const version = suffix !== "" && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
  const bare = bareWords(head);
  const isMeant = bare === bareWords(prefix) || head === `${prefix}v` || (isAlone && (bare === "" || bare === bareWords(component) || VERSION_WORDS.has(bare)));
  if (!isMeant) return null;
  const because = head === prefix ? `no \`${suffix}\` at the end` : whatDiffers(head, prefix);
  const wrong = whatIsWrong(version, numbering);
  return mistagged(component, wrong === null ? because : `${because}, and ${wrong}`, version, numbering);
}

function whatDiffers(head: string, prefix: string): string {
  if (head === `${prefix}.`) return `a dot after \`${prefix}\``;
  if (head === `${prefix}v`) return "a `v` in front of the version";
  if (`${head}v` === prefix) return "no `v` in front";
  if (head.toLowerCase() === prefix.toLowerCase()) return `upper or lower case: \`${head}\` where \`${prefix}\` is expected`;
  if (head === "") return `no \`${prefix}\` in front`;
  return prefix === "" ? `\`${head}\` in front of the version` : `\`${head}\` in front, where \`${prefix}\` is expected`;
}

function becauseOfStranger({ head, text }: Split, numbering: Numbering): string {
  if (readVersion(text, numbering) === null) return "no component claims it";
  const name = withoutV(head).replace(/[-_/.@]+$/, "");
  return name === "" ? "a version without a component's name" : `looks like a release of \`${name}\`, which is no component of the playbook`;
}

/** Letters and digits only, in lower case, without a final `v`: what stays the same when people misspell. */
function bareWords(text: string): string {
  return withoutV(text)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "");
}

/** Without a `v` that stands for itself at the end: not that of `dev`. */
function withoutV(head: string): string {
  return head.replace(/(^|[^a-z0-9])v[^a-z0-9]*$/i, "$1");
}

function mistagged(component: string, because: string, text: string, numbering: Numbering): Diagnosis {
  const reading = readVersion(text, numbering);
  return { suspect: { is: "mistagged", component, because }, likely: reading?.is === "final" ? reading.version : null };
}

function suspected(suspect: Suspect): Diagnosis {
  return { suspect, likely: null };
}
