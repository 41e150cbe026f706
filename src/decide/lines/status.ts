// The status comment of a release pull request: written when gates have something to say, and again when they say
// something else. Once the pull request is merged, the same comment goes on as the board of its releases.
import type { KeepStatusComment, LineReport } from "../../model/plan.ts";
import type { Playbook } from "../../model/playbook.ts";
import type { Hosted, OwnPullRequest } from "../../model/snapshot.ts";
import { type StatusRecord, statusCommentOf } from "../checklist/record.ts";
import { stepsOf } from "../checklist/steps.ts";
import { emptyRecord, recordNow } from "../checklist/ticks.ts";
import { isSameStatus, statusComment } from "../prose/status-comment.ts";

export function keepStatus(report: LineReport, pullRequest: OwnPullRequest, playbook: Playbook, hosted: Hosted): KeepStatusComment[] {
  if (report.gates.length === 0 && statusCommentOf(pullRequest.own, hosted.app.login) === null) return [];
  return keepStatusComment(pullRequest, report.line, playbook, hosted, (record) => statusComment(report, record));
}

/**
 * Empty when it says so already.
 * @param line whose record is begun where there is no comment yet
 * @param bodyWith the whole comment, with what is remembered in it
 */
export function keepStatusComment(
  { id, number, own }: OwnPullRequest,
  line: string,
  { gates }: Playbook,
  { app }: Hosted,
  bodyWith: (record: StatusRecord) => string,
): KeepStatusComment[] {
  const standing = statusCommentOf(own, app.login);
  const body = bodyWith(standing === null ? emptyRecord(line) : recordNow(standing, app.login, stepsOf(gates)));
  const shown = standing?.comment.revisions.at(-1)?.text ?? null;
  if (shown !== null && isSameStatus(shown, body)) return [];
  return [{ kind: "keep-status-comment", pullRequest: { id, number }, commentId: standing?.comment.id ?? null, body }];
}
