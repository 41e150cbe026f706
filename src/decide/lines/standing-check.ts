// Which check run on a release pull request is written over, so that one stands there instead of many.
import type { CheckText } from "../../model/plan.ts";
import type { OwnPullRequest } from "../../model/snapshot.ts";
import { recordOf } from "../release-record.ts";

/** Written into the text of a check run that marks places in files. */
const MARKED = "<!-- places are marked -->";

/** The text with what tells the next look that places are marked. */
export function withPlacesMarked(check: CheckText): CheckText {
  return check.problems.some(({ path, line }) => path !== null && line !== null) ? { ...check, text: `${MARKED}\n${check.text}` } : check;
}

/**
 * Its node id; null for a new one. GitHub adds annotations to those that stand and never takes one away: a check run that
 * marks places, or is to mark some, is followed by a new one.
 */
export function overwritable({ checks, checkedSha, headSha }: Pick<OwnPullRequest, "checks" | "checkedSha" | "headSha">, next: CheckText): string | null {
  const standing = checks.find((check) => recordOf({ checks: [check] }) !== null);
  if (standing === undefined || checkedSha !== headSha || standing.text.includes(MARKED) || next.problems.length > 0) return null;
  return standing.nodeId;
}
