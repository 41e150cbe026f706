// What a text says when it stands where a version should: a final version, a candidate of one, another build of one, or nothing.
import valid from "semver/functions/valid.js";
import type { Versioning } from "../../model/playbook.ts";
import type { VersionText } from "../../model/version.ts";
import { readCalver } from "./calver.ts";

/** How a team numbers its versions. */
export type Numbering = Pick<Versioning, "scheme" | "calver">;

type Reading =
  | { readonly is: "final"; readonly version: VersionText }
  /** `number` is 0 when the suffix has none. */
  | { readonly is: "candidate"; readonly version: VersionText; readonly number: number }
  | { readonly is: "prerelease"; readonly version: VersionText; readonly suffix: string };

/** The word for a candidate that everybody understands; a playbook's template may bring another. */
export const CANDIDATE = "rc";

/** A version text is far shorter; what is longer is none. */
const LENGTH_MAX = 256;

/** Null for a text that is no version in this numbering. Strict: no `v`, no leading zeros, no white space. */
export function readVersion(text: string, numbering: Numbering, candidateWords: readonly string[] = [CANDIDATE]): Reading | null {
  const length = text.length > LENGTH_MAX ? null : lengthOfFinal(text, numbering);
  if (length === null) return null;
  const version = text.slice(0, length);
  const rest = text.slice(length);
  if (rest === "") return { is: "final", version };
  const suffix = rest.startsWith("-") ? rest.slice(1) : rest;
  const candidate = rest === suffix ? null : /^([a-z]+)(?:[.-]?(\d{1,15}))?$/i.exec(suffix);
  if (candidate !== null && candidateWords.includes((candidate[1] ?? "").toLowerCase())) {
    return { is: "candidate", version, number: Number(candidate[2] ?? "0") };
  }
  // The library also takes white space at the end.
  return /\s/.test(rest) || valid(`0.0.0${rest}`) === null ? null : { is: "prerelease", version, suffix };
}

/** The text itself when it is a final version, else null. */
export function finalVersion(text: string, numbering: Numbering): VersionText | null {
  return readVersion(text, numbering)?.is === "final" ? text : null;
}

function lengthOfFinal(text: string, { scheme, calver }: Numbering): number | null {
  if (scheme === "calver") return readCalver(calver, text)?.length ?? null;
  const numbers = /^\d+\.\d+\.\d+/.exec(text)?.[0];
  return numbers !== undefined && valid(numbers) === numbers ? numbers.length : null;
}
