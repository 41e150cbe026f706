// A release that was merged before everything was agreed to is not made; its pull request says what it waits for.
import type { SayOnCommit } from "../../model/plan.ts";
import type { OwnPullRequest } from "../../model/snapshot.ts";
import type { EpochMs } from "../../model/time.ts";
import { isAgreed } from "../agreement/judge-line.ts";
import { contentAfterMerge, pushedUnseen } from "../agreement/content.ts";
import { releaseCheck } from "../prose/release-check.ts";
import type { JudgedRelease } from "./lines.ts";
import type { ReleaseRecord } from "../release-record.ts";
import { isSaid, overwritable, recordedCheck, standingCheck } from "./standing-check.ts";

/** The check run on the head that was merged; nothing when it says so already. */
export function sayWaiting({ report, releasing: { pullRequest, record }, subject, openSince }: JudgedRelease): SayOnCommit[] {
  if (pullRequest === null || record === null) return [];
  const kept = { ...recordOfHead(record, pullRequest, subject.takenAt), openSince };
  const check = recordedCheck(kept, releaseCheck(report, [], null), report);
  // What was agreed to before the merge says so already, in its own words.
  if (isAgreed(report) && standingCheck(pullRequest)?.conclusion === "success") return [];
  return isSaid(pullRequest, check) ? [] : [{ kind: "say-on-commit", sha: pullRequest.headSha, check, standing: overwritable(pullRequest, check) }];
}

/** A head that was merged before the app saw it is not the one that the record is about: what was said of that one was not said of this. */
function recordOfHead(record: ReleaseRecord, pullRequest: OwnPullRequest, takenAt: EpochMs): ReleaseRecord {
  if (pullRequest.checkedSha === pullRequest.headSha) return record;
  const is = contentAfterMerge(record.content.is, pushedUnseen(pullRequest));
  return { ...record, content: { ...record.content, is }, headSince: takenAt };
}
