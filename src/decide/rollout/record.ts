// What the app remembers of a release after its merge, in its own check run on the released commit: nobody else can write
// there. Begun before the first write, completed when the release is verified, withdrawn or superseded.
import type { OwnCheck, Sha } from "../../model/snapshot.ts";
import type { EpochMs } from "../../model/time.ts";
import type { PolicyName } from "../../model/playbook.ts";
import type { Bump, VersionText } from "../../model/version.ts";
import { hiddenRecord, hiddenRecordIn, isFields } from "../hidden-record.ts";

export type RolloutRecord = {
  /** The line of its pull request: a component's name, or `*`. */
  readonly line: string;
  readonly component: string;
  readonly version: VersionText;
  readonly tag: string;
  readonly sha: Sha;
  readonly previousTag: string | null;
  readonly pullRequest: number | null;
  readonly bump: Bump | null;
  readonly policy: PolicyName | null;
  /** When it was begun, when its tag was first known to stand, and when it was published; null while it is not so. */
  readonly startedAt: EpochMs;
  readonly taggedAt: EpochMs | null;
  readonly publishedAt: EpochMs | null;
  /** Earlier releases of the component that were under way when this one was begun. */
  readonly behind: readonly { readonly tag: string; readonly sha: Sha }[];
};

/** The id of the check run of a release. */
export function rolloutId(tag: string): string {
  return `release/${tag}`;
}

export function rolloutRecordAsComment(rollout: RolloutRecord): string {
  return hiddenRecord({ rollout });
}

/** Null for a check run of something else, and for that of a build that followed nothing after the tag. */
export function rolloutRecordIn({ externalId, text }: Pick<OwnCheck, "externalId" | "text">): RolloutRecord | null {
  const value = externalId.startsWith("release/") ? hiddenRecordIn(text) : null;
  const rollout = isFields(value) ? value["rollout"] : null;
  return isRollout(rollout) && externalId === rolloutId(rollout.tag) ? rollout : null;
}

function isRollout(value: unknown): value is RolloutRecord {
  return (
    isFields(value) &&
    ["line", "component", "version", "tag", "sha"].every((key) => typeof value[key] === "string") &&
    ["previousTag", "bump", "policy"].every((key) => value[key] === null || typeof value[key] === "string") &&
    typeof value["startedAt"] === "number" &&
    ["taggedAt", "publishedAt", "pullRequest"].every((key) => value[key] === null || typeof value[key] === "number") &&
    Array.isArray(value["behind"]) &&
    value["behind"].every((one) => isFields(one) && typeof one["tag"] === "string" && typeof one["sha"] === "string")
  );
}
