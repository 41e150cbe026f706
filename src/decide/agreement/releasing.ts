// One release of one line: what is proposed, or what was merged and waits for its tag.
import type { ComponentPlan } from "../../model/plan.ts";
import type { OwnPullRequest, Sha } from "../../model/snapshot.ts";
import type { Component } from "../components.ts";
import type { RecordedRelease, ReleaseRecord } from "../release-record.ts";

export type Releasing = {
  /** A component's name, or `*`. */
  readonly line: string;
  readonly components: readonly Component[];
  readonly releases: readonly RecordedRelease[];
  /** What would be written; empty for a merged release, whose files are on the base. */
  readonly plans: readonly ComponentPlan[];
  /** Null while there is none. */
  readonly pullRequest: OwnPullRequest | null;
  readonly record: ReleaseRecord | null;
  /** What was merged before it and is not released yet, of the same components: it comes first. */
  readonly behind: readonly { readonly component: string; readonly version: string; readonly pullRequest: number }[];
  /** The commit that is released; null while it is not merged. */
  readonly mergedAt: Sha | null;
};

/** One release of a component comes after the other: what keeps the later one back, and what to do. */
export function comesFirst({ component, version, pullRequest }: Releasing["behind"][number]): { readonly because: string; readonly next: string } {
  return { because: `${component} ${version}, which was merged before it, is not released yet`, next: `see what #${String(pullRequest)} waits for` };
}
