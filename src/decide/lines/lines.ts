// Every release line of a hosted repository: what was merged and waits for its tag, and what is proposed for the rest.
import type { Problem } from "../../model/problem.ts";
import type { Hosted } from "../../model/snapshot.ts";
import type { Planned } from "../plan-component.ts";
import type { Everything } from "../plan-components.ts";
import { contradictions, type MergedRelease, mergedReleases } from "./merged.ts";
import { type Proposal, proposalsOf, WHOLE_REPOSITORY } from "./proposals.ts";
import { recordOf } from "./record.ts";

export type Lines = {
  readonly merged: readonly MergedRelease[];
  /** Lines whose merged release comes first: nothing is proposed for them yet. */
  readonly busy: ReadonlySet<string>;
  readonly proposals: readonly Proposal[];
  /** Why a merged release is not made. */
  readonly problems: readonly Problem[];
};

export function linesOf(planned: readonly Planned[], { components, playbook, snapshot }: Everything, hosted: Hosted): Lines {
  const judged = mergedReleases(components, snapshot, hosted).map((one) => ({ one, problems: contradictions(one, playbook, hosted) }));
  const merged = judged.filter(({ problems }) => problems.length === 0).map(({ one }) => one);
  const busy = new Set(merged.flatMap(({ component, pullRequest }) => [component.name, recordOf(pullRequest)?.line ?? component.name]));
  const proposals = proposalsOf(planned, components, playbook).filter(({ line }) => !busy.has(line) && !(line === WHOLE_REPOSITORY && merged.length > 0));
  return { merged, busy, proposals, problems: judged.flatMap(({ problems }) => problems) };
}

/** Branches of proposals that no open pull request carries. */
export function branchesToOpen({ proposals }: Lines, hosted: Hosted): string[] {
  const open = new Set(hosted.open.map((one) => recordOf(one)?.line ?? null));
  const unrecorded = new Set(hosted.open.filter((one) => recordOf(one) === null).map(({ branch }) => branch));
  return proposals.filter(({ line, branch }) => !open.has(line) && !unrecorded.has(branch)).map(({ branch }) => branch);
}
