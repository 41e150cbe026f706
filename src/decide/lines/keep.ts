// One open release pull request per line, and what to do with those that stand there.
import type { Action, CloseReleasePullRequest, SayOnCommit } from "../../model/plan.ts";
import type { Playbook } from "../../model/playbook.ts";
import type { Problem } from "../../model/problem.ts";
import type { Hosted, OwnPullRequest, Snapshot } from "../../model/snapshot.ts";
import { codeCell } from "../prose/code.ts";
import type { Planned } from "../plan-component.ts";
import { isClosedByPerson, requestsOf } from "./closed.ts";
import { draft } from "./draft.ts";
import { fingerprint } from "./fingerprint.ts";
import { type Proposal, WHOLE_REPOSITORY } from "./proposals.ts";
import { externalIdOf, recordAsComment, recordOf } from "./record.ts";

export type Kept = { readonly actions: readonly Action[]; readonly problems: readonly Problem[] };

/** The line's pull request, kept right or opened; any further one that is open for the same line is closed. */
export function keepLine(proposal: Proposal, playbook: Playbook, snapshot: Snapshot, hosted: Hosted): Kept {
  const [first, ...others] = openFor(proposal, hosted);
  if (first !== undefined) {
    const action = draft(proposal, { pullRequest: first, branchSha: first.headSha }, playbook, snapshot);
    const { commit, text, labels, check } = action.writes;
    const isRight = !commit && !text && !check && labels.length === 0;
    return { actions: [...others.map((other) => close(other, `#${String(first.number)} releases the same.`)), ...(isRight ? [] : [action])], problems: [] };
  }
  return open(proposal, playbook, snapshot, hosted);
}

function open(proposal: Proposal, playbook: Playbook, snapshot: Snapshot, hosted: Hosted): Kept {
  const branch = hosted.branches.get(proposal.branch);
  if (branch === undefined) throw new Error(`Bug: the branch ${proposal.branch} was never asked for`);
  const { answers, isReopened } = requestsOf(branch.lastClosed, hosted);
  if (isClosedByPerson(proposal, branch.lastClosed, snapshot) && !isReopened) return { actions: answers, problems: [] };
  const isOurs = branch.sha === null || branch.lastClosed !== null || branch.checks.some((check) => recordOf({ checks: [check] }) !== null);
  if (!isOurs) return { actions: answers, problems: [foreignBranch(proposal.branch)] };
  return { actions: [...answers, draft(proposal, { pullRequest: null, branchSha: branch.sha }, playbook, snapshot)], problems: [] };
}

/** Oldest first. A branch that somebody pushed to before the app could put its check run there is known by its name. */
function openFor({ line, branch }: Proposal, hosted: Hosted): OwnPullRequest[] {
  return hosted.open
    .filter((one) => recordOf(one)?.line === line || (recordOf(one) === null && one.branch === branch))
    .toSorted((left, right) => left.number - right.number);
}

/**
 * Open release pull requests that nothing calls for now. Where there is nothing to release any more they are closed;
 * where a version can't be told they stay, and their check says why they must not be merged.
 */
export function settleOthers(proposals: readonly Proposal[], busy: ReadonlySet<string>, planned: readonly Planned[], hosted: Hosted): Action[] {
  const called = new Set([...proposals.map(({ line }) => line), ...busy]);
  const branches = new Set(proposals.map(({ branch }) => branch));
  return hosted.open.flatMap((one): Action[] => {
    const record = recordOf(one);
    if (record === null || called.has(record.line) || branches.has(one.branch)) return [];
    const plans = planned.map(({ plan }) => plan).filter(({ name }) => record.line === WHOLE_REPOSITORY || name === record.line);
    const unclear = plans.find(({ decision }) => decision !== "nothing");
    if (unclear === undefined)
      return [close(one, `Nothing is left to release: ${plans[0]?.because ?? `no component is called ${codeCell(record.line)} any more`}.`)];
    const problem = unclear.problems.find(({ severity }) => severity === "error");
    const because = unclear.decision === "release" && problem !== undefined ? problem.message : unclear.because;
    const check: SayOnCommit["check"] = {
      externalId: externalIdOf(record.line, fingerprint([record, because])),
      conclusion: "failure",
      title: `not to be merged: ${because}`,
      summary: `What this pull request proposes no longer follows from what is merged: ${because}`,
      text: recordAsComment(record),
      problems: unclear.problems,
    };
    const isSaid = one.checkedSha === one.headSha && one.checks.some(({ externalId }) => externalId === check.externalId);
    return isSaid ? [] : [{ kind: "say-on-commit", sha: one.headSha, check }];
  });
}

function close({ id, number, headSha }: OwnPullRequest, comment: string): CloseReleasePullRequest {
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
