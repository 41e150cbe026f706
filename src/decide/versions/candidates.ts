// Candidates of a version: their order, and the next one.
import type { Release } from "../../model/playbook.ts";
import type { Result } from "../../model/problem.ts";
import type { Tag } from "../../model/snapshot.ts";
import type { VersionText } from "../../model/version.ts";
import { compareVersions } from "./order.ts";
import { candidateFormat, candidateTagOf } from "./tag-format.ts";

/** `number` is 0 for a candidate that has none. */
export type CandidateTag = { readonly tag: Tag; readonly version: VersionText; readonly number: number };

type Candidates = Pick<Release, "candidate">;

/** Candidates of one version, newest first; of two with one number, the one in the template's spelling first. */
export function sortCandidates(candidates: readonly CandidateTag[], component: string, { candidate }: Candidates): CandidateTag[] {
  const format = candidate === null ? null : candidateFormat(candidate.tag, component);
  const isOwn = ({ tag, version, number }: CandidateTag) => format !== null && tag.name === candidateTagOf(format, version, number);
  return candidates.toSorted(
    (left, right) => right.number - left.number || Number(isOwn(right)) - Number(isOwn(left)) || compareVersions(right.tag.name, left.tag.name),
  );
}

type NextCandidate = {
  readonly component: string;
  readonly version: VersionText;
  /** Those of this version, in any order. */
  readonly candidates: readonly CandidateTag[];
  /** Released versions of the component, on any branch. */
  readonly released: readonly { readonly version: VersionText; readonly tag: Tag }[];
  /** Names of all tags of the repository: a mis-tag may hold the name that would follow. */
  readonly tagNames: ReadonlySet<string>;
};

/**
 * Number and tag of the candidate that follows the highest; null when the playbook has no candidates.
 * A problem when the version is released: a candidate after its final would sort below it.
 */
export function nextCandidate(
  release: Candidates,
  { component, version, candidates, released, tagNames }: NextCandidate,
): Result<{ readonly number: number; readonly tag: string } | null> {
  if (release.candidate === null) return { ok: true, value: null };
  const final = released.find((one) => one.version === version);
  if (final !== undefined) {
    const message = `${version} is released as ${final.tag.name}: a candidate after it would go backwards`;
    return { ok: false, problems: [{ severity: "error", message, path: null, line: null, column: null, hint: "make a candidate of the next version" }] };
  }
  const format = candidateFormat(release.candidate.tag, component);
  let number = Math.max(0, ...candidates.filter((one) => one.version === version).map((one) => one.number)) + 1;
  while (tagNames.has(candidateTagOf(format, version, number))) number += 1;
  return { ok: true, value: { number, tag: candidateTagOf(format, version, number) } };
}
