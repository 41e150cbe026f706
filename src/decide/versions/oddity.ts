// Why a tag is not taken as a release, in a few words for people.
import type { Tag } from "../../model/snapshot.ts";
import type { Oddity, TagKind } from "../../model/version.ts";

/** Null for what is a release. */
export function oddityOf({ name, sha }: Tag, kind: TagKind): Oddity | null {
  return kind.is === "release" || kind.is === "train" ? null : { tag: name, sha, kind: kind.is, because: becauseOf(kind) };
}

function becauseOf(kind: Exclude<TagKind, { readonly is: "release" | "train" }>): string {
  if (kind.is === "candidate") return kind.number === 0 ? `a candidate of ${kind.version} without a number` : `candidate ${kind.number} of ${kind.version}`;
  if (kind.is !== "prerelease") return kind.because;
  if (/nightly/i.test(kind.suffix)) return `a nightly build of ${kind.version}`;
  if (kind.suffix.startsWith("+")) return `${kind.version} with build metadata, which gives it no place of its own in the order`;
  return `build \`${kind.suffix}\` of ${kind.version}: neither a release nor a candidate`;
}
