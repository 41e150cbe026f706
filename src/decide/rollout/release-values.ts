// What stands for each placeholder of a template once a release exists.
import type { Sha } from "../../model/snapshot.ts";
import type { EpochMs } from "../../model/time.ts";
import { fill } from "../fill.ts";
import { isoDate } from "../versions/index.ts";

export type ReleaseValues = {
  readonly component: string;
  readonly path: string;
  readonly version: string;
  readonly tag: string;
  /** Empty for a first release. */
  readonly previousVersion: string;
  readonly previousTag: string;
  /** Null: there is no candidate of it. */
  readonly candidateTag: string | null;
  readonly sha: Sha;
  readonly startedAt: EpochMs;
};

/** Null when it needs a candidate and there is none. */
export function filledFor(template: string, values: ReleaseValues, more: Readonly<Record<string, string>> = {}): string | null {
  if (values.candidateTag === null && template.includes("{candidate_tag}")) return null;
  return fill(template, { ...placeholders(values), ...more });
}

export function placeholders({
  component,
  path,
  version,
  tag,
  previousVersion,
  previousTag,
  candidateTag,
  sha,
  startedAt,
}: ReleaseValues): Readonly<Record<string, string>> {
  return {
    component,
    path,
    version,
    tag,
    previous_version: previousVersion,
    previous_tag: previousTag,
    candidate_tag: candidateTag ?? "",
    sha,
    date: isoDate(startedAt),
  };
}
