// Everything that the decision wants done, in the order in which it is done: what was merged is released first.
import { earliest } from "../earliest.ts";
import type { Action, LineReport, RequestReviews } from "../../model/plan.ts";
import type { Problem } from "../../model/problem.ts";
import type { EpochMs } from "../../model/time.ts";
import { isAgreed } from "../agreement/judge-line.ts";
import type { Planned } from "../plan-component.ts";
import type { Everything } from "../plan-components.ts";
import { draft } from "./draft.ts";
import { keepLine } from "./keep.ts";
import type { RolloutReport } from "../../model/rollout.ts";
import { rolloutsOf } from "../rollout/index.ts";
import { type JudgedRelease, judge, judgedReleases, type Lines, linesOf } from "./lines.ts";
import { overtakenIn } from "./overtaken.ts";
import { sayWaiting } from "./merged-check.ts";
import { proposalsOf } from "./proposals.ts";
import { publish, resume, type Publication } from "./publish.ts";
import { proposedRelease } from "./releasing.ts";
import { sayOnHead } from "./say.ts";
import { keepStatus } from "./status.ts";
import { reportOf, settle, uncalledIn } from "./uncalled.ts";

export type Wished = {
  readonly actions: readonly Action[];
  readonly problems: readonly Problem[];
  readonly judged: readonly JudgedRelease[];
  /** What people are shown: those, and open pull requests that must not be merged as they stand. */
  readonly lines: readonly LineReport[];
  /** Releases that are under way. */
  readonly rollouts: readonly RolloutReport[];
  readonly wakeAt: EpochMs | null;
};

export function actionsFor(planned: readonly Planned[], everything: Everything, repositoryProblems: readonly Problem[]): Wished {
  const { snapshot, playbook } = everything;
  const { hosted } = snapshot;
  if (hosted === null) return localWishes(planned, everything);
  const lines = linesOf(planned, everything, hosted);
  const rollouts = rolloutsOf(everything, hosted, { isAgreed: (tag) => isAgreedIn(lines, tag) });
  const publications: Publication[] = [
    ...planned.map(({ plan }) => resume(plan, everything, hosted, rollouts.isPublicationDue)),
    ...lines.merged.filter(({ judged }) => isAgreed(judged.report)).flatMap(({ releases }) => releases.map((one) => publish(one, everything, hosted))),
  ];
  const released = publications.flatMap((one) => (one.is === "publish" ? [one.action] : []));
  const kept = lines.proposals.map(({ proposal, judged }) => keepLine(proposal, judged, everything, hosted));
  const problems = [...lines.problems, ...kept.flatMap((one) => one.problems)];
  const plans = planned.map(({ plan }) => plan);
  const judged = judgedReleases(lines);
  const uncalled = uncalledIn(lines, planned, hosted);
  const blocked = uncalled.flatMap((one) => {
    const report = reportOf(one, playbook, snapshot.takenAt);
    return report === null ? [] : [{ report, pullRequest: one.pullRequest }];
  });
  const statuses = [
    ...judged.flatMap(({ report, releasing: { pullRequest } }) => (pullRequest === null ? [] : [{ report, pullRequest }])),
    ...blocked,
    ...overtakenIn(everything, hosted),
  ].filter(({ pullRequest }) => !rollouts.boards.has(pullRequest.number));
  return {
    actions: [
      ...released,
      ...rollouts.actions,
      ...uncalled.flatMap(settle),
      ...kept.flatMap(({ actions }) => actions),
      ...lines.merged.flatMap((one) => sayWaiting(one.judged)),
      ...statuses.flatMap(({ report, pullRequest }) => keepStatus(report, pullRequest, playbook, hosted)),
      ...judged.flatMap(requestReviews),
      ...sayOnHead(
        plans.filter(({ name }) => !lines.busy.has(name)),
        [...repositoryProblems, ...problems],
        { sha: snapshot.head.sha, hosted, onDesk: everything.playbook.release.desk !== null && hosted.desk?.isOpen !== false },
      ),
    ],
    problems,
    judged,
    lines: [...judged.map(({ report }) => report), ...blocked.map(({ report }) => report)],
    rollouts: rollouts.reports,
    // What follows a release, and what gates say of a new commit, is planned from a fresh look, at once.
    wakeAt:
      released.length > 0 || rollouts.actions.some(({ kind }) => kind === "move-tag") || kept.some(({ isAskedAgain }) => isAskedAgain)
        ? snapshot.takenAt
        : earliest([...waitsOf(publications), ...judged.map(({ wakeAt }) => wakeAt), rollouts.wakeAt]),
  };
}

/** A release that is merged and has no tag yet goes on only as long as its gates are open. */
function isAgreedIn({ merged }: Lines, tag: string): boolean {
  return merged.some(({ releases, judged }) => releases.some(({ release }) => release.tag === tag) && isAgreed(judged.report));
}

/** What would be proposed, and which gates would be asked: what only GitHub knows is unknown. */
function localWishes(planned: readonly Planned[], everything: Everything): Wished {
  const { components, playbook, snapshot } = everything;
  const judged = proposalsOf(planned, components, playbook).map((proposal) => ({
    proposal,
    one: judge(proposedRelease(proposal, components, null), everything, null),
  }));
  return {
    actions: judged.map(({ proposal, one }) => draft(proposal, null, one, playbook, snapshot)),
    problems: [],
    judged: judged.map(({ one }) => one),
    lines: judged.map(({ one }) => one.report),
    rollouts: [],
    wakeAt: null,
  };
}

/** Asked once, when there is a pull request to review. */
function requestReviews({ reviewers, releasing: { pullRequest } }: JudgedRelease): RequestReviews[] {
  if (pullRequest === null || pullRequest.state !== "open" || reviewers.length === 0) return [];
  return [{ kind: "request-reviews", pullRequest: pullRequest.number, reviewers }];
}

function waitsOf(publications: readonly Publication[]): EpochMs[] {
  return publications.flatMap((one) => (one.is === "wait" ? [one.until] : []));
}
