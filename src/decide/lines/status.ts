// The status comment of a release pull request: written when gates have something to say, and again when they say
// something else.
import type { KeepStatusComment, LineReport } from "../../model/plan.ts";
import type { Playbook } from "../../model/playbook.ts";
import type { Hosted, OwnPullRequest } from "../../model/snapshot.ts";
import { statusCommentOf } from "../checklist/record.ts";
import { stepsOf } from "../checklist/steps.ts";
import { emptyRecord, recordNow } from "../checklist/ticks.ts";
import { isSameStatus, statusComment } from "../prose/status-comment.ts";

export function keepStatus(report: LineReport, pullRequest: OwnPullRequest, { gates }: Playbook, { app }: Hosted): KeepStatusComment[] {
  const standing = statusCommentOf(pullRequest.own, app.login);
  if (standing === null && report.gates.length === 0) return [];
  const record = standing === null ? emptyRecord(report.line) : recordNow(standing, app.login, stepsOf(gates));
  const body = statusComment(report, record);
  const shown = standing?.comment.revisions.at(-1)?.text ?? null;
  if (shown !== null && isSameStatus(shown, body)) return [];
  const { id, number } = pullRequest;
  return [{ kind: "keep-status-comment", pullRequest: { id, number }, commentId: standing?.comment.id ?? null, body }];
}
