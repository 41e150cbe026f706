// The check run of a release: how far it is, and how it ended. Nothing follows a release any more once that is completed.
import { type CheckText, type KeepStep, SIGNATURE_SAID } from "../../model/plan.ts";
import type { RolloutReport, RolloutState } from "../../model/rollout.ts";
import { rolloutHeadline } from "../prose/rollout-words.ts";
import { asMarkdown, asPlainText, paragraphs } from "../prose/words.ts";
import { type RolloutRecord, rolloutId, rolloutRecordAsComment } from "./record.ts";
import type { Rollout } from "./releasing.ts";
import { saysTheSame } from "./says-the-same.ts";

/** Null when it says so already. */
export function keepRollout({ rollout, report }: Judged, say: KeepStep["say"], isEnd: boolean): KeepStep | null {
  const { record, check: standing } = rollout.followed;
  const remembered: RolloutRecord = {
    ...record,
    taggedAt: record.taggedAt ?? (rollout.followed.tagSha === record.sha ? report.evaluatedAt : null),
    publishedAt: record.publishedAt ?? (rollout.published === null ? null : report.evaluatedAt),
  };
  const check: CheckText = {
    externalId: rolloutId(record.tag),
    conclusion: isEnd ? conclusionOf(report.state) : null,
    title: asPlainText(rolloutHeadline(report), TITLE_MAX),
    summary: paragraphs([asMarkdown(report.because), signatureIn(standing.summary)]),
    text: rolloutRecordAsComment(remembered),
    problems: [],
  };
  return saysTheSame(check, standing)
    ? null
    : { kind: "keep-step", sha: record.sha, name: `Release ${record.component} ${record.version}`, check, url: null, standing: standing.nodeId, say };
}

type Judged = { readonly rollout: Rollout; readonly report: RolloutReport };

/** GitHub shows so much of a title. */
const TITLE_MAX = 255;

/** What is said of the tag's signature stays. */
function signatureIn(summary: string): string {
  return summary.split("\n\n").find((paragraph) => paragraph.startsWith(SIGNATURE_SAID)) ?? "";
}

function conclusionOf(state: RolloutState): CheckText["conclusion"] {
  return state === "verified" ? "success" : state === "withdrawn" ? "failure" : "neutral";
}
