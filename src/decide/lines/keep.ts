// One open release pull request per line, and what to do with those that stand there.
import type { Action, CloseReleasePullRequest, KeepReleasePullRequest } from "../../model/plan.ts";
import type { Playbook } from "../../model/playbook.ts";
import type { Problem } from "../../model/problem.ts";
import type { Hosted, OwnPullRequest } from "../../model/snapshot.ts";
import { isAgreed } from "../agreement/judge-line.ts";
import { foreignCommits } from "../foreign-commits.ts";
import type { Everything } from "../plan-components.ts";
import { isAskedForAgain, isClosedByPerson } from "./closed.ts";
import { draft } from "./draft.ts";
import type { JudgedRelease } from "./lines.ts";
import type { Proposal } from "./proposals.ts";
import { recordOf } from "../release-record.ts";
import { openFor } from "./releasing.ts";

export type Kept = {
  readonly actions: readonly Action[];
  readonly problems: readonly Problem[];
  /** Something is written that gates have to be asked about, or that a release follows from. */
  readonly isAskedAgain: boolean;
};

const NOTHING_KEPT: Kept = { actions: [], problems: [], isAskedAgain: false };

/** The line's pull request, kept right or opened; any further one that is open for the same line is closed. */
export function keepLine(proposal: Proposal, judged: JudgedRelease, { playbook, snapshot, planAsked }: Everything, hosted: Hosted): Kept {
  const [first, ...others] = openFor(proposal, hosted);
  if (first !== undefined) {
    const action = draft(proposal, { pullRequest: first, branchSha: first.headSha }, judged, playbook, snapshot);
    const isRight = isSettled(action);
    // Whatever is still to be written about it, the merge that waits for that follows at once.
    const merge = mergeWhenAgreed(first, judged, playbook);
    return {
      actions: [...others.map((other) => close(other, `#${String(first.number)} releases the same.`)), ...(isRight ? merge : [action])],
      problems: [],
      isAskedAgain: merge.length > 0 || isNews(action, judged),
    };
  }
  const branch = hosted.branches.get(proposal.branch);
  if (branch === undefined) throw new Error(`Bug: the branch ${proposal.branch} was never asked for`);
  if (isClosedByPerson(proposal, branch.lastClosed, snapshot) && !isAskedForAgain(branch.lastClosed, hosted.desk, planAsked)) return NOTHING_KEPT;
  const isOurs = branch.sha === null || branch.lastClosed !== null || branch.checks.some((check) => recordOf({ checks: [check] }) !== null);
  if (!isOurs) return { ...NOTHING_KEPT, problems: [foreignBranch(proposal.branch)] };
  const action = draft(proposal, { pullRequest: null, branchSha: branch.sha }, judged, playbook, snapshot);
  return { actions: [action], problems: [], isAskedAgain: playbook.release.desk !== null || isNews(action, judged) };
}

/** A commit that no gate has been asked about; or a check that turned green, which an automatic merge waits for. */
function isNews({ writes, check }: KeepReleasePullRequest, { report }: JudgedRelease): boolean {
  return (writes.commit && report.gates.length > 0) || (writes.check && check.conclusion === "success" && report.policy.isAutomatic);
}

function isSettled({ writes }: KeepReleasePullRequest): boolean {
  return !writes.commit && !writes.title && !writes.body && !writes.check && writes.labels.length === 0;
}

/** Only once everything about the pull request is right and its check says so: branch protection may ask for that check. */
function mergeWhenAgreed(pullRequest: OwnPullRequest, { report }: JudgedRelease, { release }: Playbook): Action[] {
  const { id, number, headSha, isConflicting, isDraft } = pullRequest;
  const isClean = !isConflicting && !isDraft && foreignCommits(pullRequest).length === 0;
  if (!report.policy.isAutomatic || !isAgreed(report) || !isClean) return [];
  return [{ kind: "merge-release-pull-request", pullRequest: { id, number, headSha }, method: release.pullRequest.merge }];
}

export function close({ id, number, headSha }: OwnPullRequest, comment: string): CloseReleasePullRequest {
  return { kind: "close-release-pull-request", pullRequest: { id, number, headSha }, comment };
}

function foreignBranch(branch: string): Problem {
  return {
    severity: "error",
    message: `the branch \`${branch}\` exists and was not made by Release Steward: the release pull request can't be opened`,
    path: null,
    line: null,
    column: null,
    hint: "delete or rename that branch, or choose another name in `release.pull_request.branch`",
  };
}
