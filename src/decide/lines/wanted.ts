// What of a hosted repository the decision still has to know, once files and commits are there.
import type { Hosted, Wanted } from "../../model/snapshot.ts";
import { assume } from "../assume.ts";
import { gatesOf } from "../agreement/judge-line.ts";
import type { Releasing } from "../agreement/releasing.ts";
import { subjectOf } from "../agreement/subject-of.ts";
import { contributionWants } from "../contributions/index.ts";
import { type Everything, everythingOf, planComponents } from "../plan-components.ts";
import type { Repository } from "../repository.ts";
import { type Said, whatWasSaid } from "../said.ts";
import { assumptionsIn, wantsMilestones } from "../said-wants.ts";
import { isNothing, NOTHING_MORE, together, type Wants } from "../wants.ts";
import { branchesToOpen, judgedReleases, linesOf, unjudgedLines } from "./lines.ts";
import { filesToCheck, mergedReleases, ownNumbers } from "./merged.ts";
import { mayBeOvertaken } from "./overtaken.ts";
import { rolloutsToFollow, rolloutWants } from "../rollout/index.ts";
import { proposalsOf } from "./proposals.ts";
import { proposedRelease } from "./releasing.ts";
import { wantedBy } from "./wanted-by-gates.ts";

/** Of a local repository: the files that gates look into. Without gates nothing has to be planned to know it. */
export function wantedOfTree(repository: Repository): Wants {
  const { components, playbook } = repository;
  if (Object.keys(playbook.gates).length === 0) return NOTHING_MORE;
  const everything = everythingOf(repository, whatWasSaid(repository));
  const releasings = proposalsOf(planComponents(everything), components, playbook).map((proposal) => proposedRelease(proposal, components, null));
  return { files: together(releasings.flatMap((releasing) => wantedByGates(releasing, everything, null))).files };
}

/** Nothing in it when nothing more is needed. */
export function wantedOfHost(repository: Repository, hosted: Hosted): Wants {
  const { components, playbook, snapshot } = repository;
  const merged = ownNumbers(snapshot).filter((number) => !hosted.merged.has(number));
  const since = lastReleases(repository);
  if (merged.length > 0) return { files: [], merged, tags: standing(missing(since, hosted.tagged)) };
  const releases = mergedReleases(components, snapshot, hosted);
  const coming = releases.filter(({ release }) => !hosted.tagged.has(release.tag)).map(({ release, sha }) => ({ name: release.tag, at: sha }));
  const tags = [...standing(missing(since, hosted.tagged)), ...coming];
  const files = releases.flatMap((one) => filesToCheck(one, playbook)).filter(({ sha, path }) => !hosted.filesAt.has(`${sha}:${path}`));
  if (files.length > 0 || tags.length > 0) return { files: [], tags, hostedFiles: files };
  const overtaken = mayBeOvertaken(repository, hosted);
  if (overtaken.length > 0) return { files: [], mergedBefore: overtaken };
  const followed = rolloutsToFollow(repository, hosted);
  if (!isNothing(followed)) return followed;
  const said = whatWasSaid(repository);
  const now = together([said.wants, { files: [], milestones: hosted.milestones === null && wantsMilestones(said) }, wantedForLines(repository, said, hosted)]);
  return isNothing(now) ? wantedByAssumptions(repository, said, hosted) : now;
}

/** What follows from something that has not happened may ask for more: the branch of a release that would be proposed. */
function wantedByAssumptions(repository: Repository, said: Said, hosted: Hosted): Wants {
  const assumptions = assumptionsIn(said);
  if (assumptions.length === 0) return NOTHING_MORE;
  const everything = everythingOf(repository, said);
  const releases = judgedReleases(linesOf(planComponents(everything), everything, hosted));
  return together(
    assumptions.flatMap((whatIf): Wants[] => {
      const assumed = assume(whatIf, repository.snapshot, hosted, releases);
      if (!assumed.ok || assumed.snapshot.hosted === null) return [];
      return [wantedForLines({ ...repository, snapshot: assumed.snapshot }, said, assumed.snapshot.hosted)];
    }),
  );
}

function wantedForLines(repository: Repository, said: Said, hosted: Hosted): Wants {
  const everything = everythingOf(repository, said);
  const lines = unjudgedLines(planComponents(everything), everything, hosted);
  const releasings = [...lines.merged, ...lines.proposals].map(({ releasing }) => releasing);
  return together([
    rolloutWants(everything, hosted, { isAgreed: () => true }),
    { files: [], branches: missing(branchesToOpen(lines, hosted), hosted.branches) },
    ...releasings.flatMap((releasing) => wantedByGates(releasing, everything, hosted)),
    contributionWants(everything, hosted),
  ]);
}

function wantedByGates(releasing: Releasing, everything: Everything, hosted: Hosted | null): readonly Wants[] {
  const subject = subjectOf(releasing, everything, everything.factsOf(releasing.line), hosted);
  return wantedBy(gatesOf(subject), subject, releasing, everything.snapshot);
}

/** Of a component that is gone, too: a release of it that was cut short after its tag is still to be ended. */
function lastReleases({ components, tags, snapshot }: Repository): string[] {
  return components.flatMap(({ name, isPresent }) => {
    const last = isPresent ? snapshot.ranges.get(name)?.since : tags.releases.get(name)?.[0]?.tag;
    return last?.name ?? [];
  });
}

function standing(names: readonly string[]): NonNullable<Wanted["hosted"]>["tags"] {
  return names.map((name) => ({ name, at: null }));
}

function missing(names: readonly string[], known: ReadonlyMap<string, unknown>): string[] {
  return [...new Set(names)].filter((name) => !known.has(name));
}
