// A release pull request whose gates nobody asks: one thing keeps it back, and that is all there is to say of it.
import type { GateReport, LineReport } from "../../model/plan.ts";
import type { Playbook } from "../../model/playbook.ts";
import type { OwnPullRequest } from "../../model/snapshot.ts";
import type { EpochMs } from "../../model/time.ts";
import type { ReleaseRecord } from "../release-record.ts";

export function unjudged(
  { number, headSha, state }: OwnPullRequest,
  { line, releases }: ReleaseRecord,
  gates: readonly GateReport[],
  { notActedOn }: Playbook,
  takenAt: EpochMs,
): LineReport {
  return {
    line,
    title: releases.map(({ component, version }) => `${component} ${version}`).join(", "),
    releases,
    pullRequest: { number, headSha, isMerged: state === "merged" },
    evaluatedAt: takenAt,
    policy: { name: null, isAutomatic: false },
    gates,
    risks: [],
    notices: [],
    notActedOn,
  };
}
