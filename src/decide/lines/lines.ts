// Every release line of a hosted repository: what was merged and waits for its tag, what is proposed for the rest, and
// whether each of them is agreed to.
import type { Problem } from "../../model/problem.ts";
import type { Hosted } from "../../model/snapshot.ts";
import { gatesOf, type Judged, judgeLine } from "../agreement/judge-line.ts";
import type { Releasing } from "../agreement/releasing.ts";
import { subjectOf } from "../agreement/subject-of.ts";
import { reviewersWanted } from "../gates/approvals/reviewers.ts";
import type { Subject } from "../gates/subject.ts";
import type { Planned } from "../plan-component.ts";
import type { Everything } from "../plan-components.ts";
import { WHOLE_REPOSITORY } from "../whole-repository.ts";
import { contradictions, type MergedRelease, mergedReleases } from "./merged.ts";
import { type Proposal, proposalsOf } from "./proposals.ts";
import { recordOf } from "../release-record.ts";
import { mergedReleasings, proposedRelease } from "./releasing.ts";

/** One release with everything that its gates say of it. */
export type JudgedRelease = Judged & {
  readonly releasing: Releasing;
  readonly subject: Subject;
  /** Who can open its approval gates and was not asked for a review yet: logins and `organisation/team`. */
  readonly reviewers: readonly string[];
};

export type Lines = {
  readonly merged: readonly { readonly releases: readonly MergedRelease[]; readonly judged: JudgedRelease }[];
  /** Lines whose merged release comes first: nothing is proposed for them yet. */
  readonly busy: ReadonlySet<string>;
  readonly proposals: readonly { readonly proposal: Proposal; readonly judged: JudgedRelease }[];
  /** Why a merged release is not made. */
  readonly problems: readonly Problem[];
};

/** Lines as far as their subjects: what gates still want to read is asked of these. */
export type Unjudged = {
  readonly merged: readonly { readonly releases: readonly MergedRelease[]; readonly releasing: Releasing }[];
  readonly busy: ReadonlySet<string>;
  readonly proposals: readonly { readonly proposal: Proposal; readonly releasing: Releasing }[];
  readonly problems: readonly Problem[];
};

export function unjudgedLines(planned: readonly Planned[], { components, playbook, snapshot }: Everything, hosted: Hosted): Unjudged {
  const checked = mergedReleases(components, snapshot, hosted).map((one) => ({ one, problems: contradictions(one, playbook, hosted) }));
  const sound = checked.filter(({ problems }) => problems.length === 0).map(({ one }) => one);
  const busy = new Set(sound.flatMap(({ component, pullRequest }) => [component.name, recordOf(pullRequest)?.line ?? component.name]));
  const proposals = proposalsOf(planned, components, playbook).filter(({ line }) => !busy.has(line) && !(line === WHOLE_REPOSITORY && sound.length > 0));
  return {
    merged: mergedReleasings(sound).map((releasing) => ({
      releases: sound.filter(({ pullRequest }) => pullRequest.number === releasing.pullRequest?.number),
      releasing,
    })),
    busy,
    proposals: proposals.map((proposal) => ({ proposal, releasing: proposedRelease(proposal, components, hosted) })),
    problems: checked.flatMap(({ problems }) => problems),
  };
}

export function linesOf(planned: readonly Planned[], everything: Everything, hosted: Hosted): Lines {
  const { merged, proposals, ...rest } = unjudgedLines(planned, everything, hosted);
  return {
    ...rest,
    merged: merged.map(({ releases, releasing }) => ({ releases, judged: judge(releasing, everything, hosted) })),
    proposals: proposals.map(({ proposal, releasing }) => ({ proposal, judged: judge(releasing, everything, hosted) })),
  };
}

/** @param hosted null in a local repository: what only GitHub knows is unknown */
export function judge(releasing: Releasing, everything: Everything, hosted: Hosted | null): JudgedRelease {
  const subject = subjectOf(releasing, everything, everything.factsOf(releasing.line), hosted);
  const asked = new Set(releasing.record?.asked);
  const reviewers = hosted === null ? [] : reviewersWanted(subject, gatesOf(subject)).filter((one) => !asked.has(one));
  return { ...judgeLine(subject), releasing, subject, reviewers };
}

export function judgedReleases({ merged, proposals }: Lines): readonly JudgedRelease[] {
  return [...merged, ...proposals].map(({ judged }) => judged);
}

/** Branches of proposals that no open pull request carries. */
export function branchesToOpen({ proposals }: Unjudged, hosted: Hosted): string[] {
  const open = new Set(hosted.open.map((one) => recordOf(one)?.line ?? null));
  const unrecorded = new Set(hosted.open.filter((one) => recordOf(one) === null).map(({ branch }) => branch));
  return proposals
    .map(({ proposal }) => proposal)
    .filter(({ line, branch }) => !open.has(line) && !unrecorded.has(branch))
    .map(({ branch }) => branch);
}
