// What a file, a changelog or a manifest says the version is. Tags are the truth: a claim is only ever held against them.
import type { Template } from "../../model/playbook.ts";
import type { VersionText } from "../../model/version.ts";
import { formatAround, within } from "./tag-format.ts";
import { type Numbering, readVersion } from "./version-text.ts";

export type Claim = {
  readonly by: "version-file" | "changelog" | "manifest";
  readonly path: string;
  /** From 1; null when no single line is at fault. */
  readonly line: number | null;
  readonly column: number | null;
  /** As it stands there, without quotes: `v0.5.0`. */
  readonly value: string;
  /** How it should be spelt: `v{version}`. */
  readonly template: Template;
};

export type ClaimReading = {
  /** `1.6.0-rc.5` as well as `1.6.0`. */
  readonly version: VersionText;
  readonly isFinal: boolean;
  /** False when the text around the version is not the template's: `1.2.0` where `v{version}` belongs. */
  readonly isSpeltRight: boolean;
};

/** Null when it says no version. A missing or needless `v` does not hide one. */
export function readClaim({ value, template }: Claim, component: string, numbering: Numbering): ClaimReading | null {
  const format = formatAround(template, component);
  const text = format === null ? null : within(format, value);
  const asSpelt = text === null ? null : readText(text, numbering);
  if (asSpelt !== null) return { ...asSpelt, isSpeltRight: true };
  const loose = readText(value.trim().replace(/^v/i, ""), numbering);
  return loose === null ? null : { ...loose, isSpeltRight: false };
}

/** How the claim's place spells a version; null when its template holds more than the version. */
export function spellClaim({ template }: Claim, component: string, version: VersionText): string | null {
  const format = formatAround(template, component);
  return format === null || /[{}]/.test(`${format.prefix}${format.suffix}`) ? null : `${format.prefix}${version}${format.suffix}`;
}

/** `Chart.yaml`: the place itself goes with the problem. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function readText(text: string, numbering: Numbering): Pick<ClaimReading, "version" | "isFinal"> | null {
  const reading = readVersion(text, numbering);
  return reading === null ? null : { version: text, isFinal: reading.is === "final" };
}
