// The app's check run on a release pull request: what it says and remembers, whether it stands there already, and which one
// is written over, so that one stands there instead of many.
import type { CheckText, LineReport } from "../../model/plan.ts";
import type { OwnCheck, OwnPullRequest } from "../../model/snapshot.ts";
import { fingerprint } from "../fingerprint.ts";
import { hiddenRecord } from "../hidden-record.ts";
import type { releaseCheck } from "../prose/release-check.ts";
import { externalIdOf, recordOf, type ReleaseRecord } from "../release-record.ts";

/** Written into the text of a check run that marks places in files. */
const MARKED = "<!-- places are marked -->";

/** @param report whose places are marked; null where gates were not asked about that commit yet */
export function recordedCheck(record: ReleaseRecord, said: ReturnType<typeof releaseCheck>, report: LineReport | null): CheckText {
  const { fingerprinted, ...check } = said;
  const problems = (report?.gates ?? []).flatMap((gate) => (gate.state === "open" ? [] : gate.problems));
  const marked = problems.some(({ path, line }) => path !== null && line !== null) ? `${MARKED}\n` : "";
  return {
    ...check,
    externalId: externalIdOf(record.line, fingerprint([record, fingerprinted])),
    text: `${marked}${check.text}\n\n${hiddenRecord(record)}`,
    problems,
  };
}

/** The newest one that is a release pull request's: of several, it counts. */
export function standingCheck({ checks }: Pick<OwnPullRequest, "checks">): OwnCheck | null {
  return checks.find((check) => recordOf({ checks: [check] }) !== null) ?? null;
}

/** GitHub calls one stale that was in progress for two weeks: that is to be said again. */
export function isSaid(pullRequest: Pick<OwnPullRequest, "checks">, { externalId, conclusion }: CheckText): boolean {
  const standing = standingCheck(pullRequest);
  return standing !== null && standing.externalId === externalId && standing.conclusion === conclusion;
}

/**
 * Its node id; null for a new one. GitHub adds annotations to those that stand and never takes one away: a check run that
 * marks places, or is to mark some, is followed by a new one.
 */
export function overwritable(pullRequest: Pick<OwnPullRequest, "checks" | "checkedSha" | "headSha">, next: CheckText): string | null {
  const standing = standingCheck(pullRequest);
  if (standing === null || pullRequest.checkedSha !== pullRequest.headSha || standing.text.includes(MARKED) || next.problems.length > 0) return null;
  return standing.nodeId;
}
