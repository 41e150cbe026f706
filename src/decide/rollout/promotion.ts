// The pull request that moves an environment's pin: merging it puts the version there. Its reviews are the approvals that
// the environment's gates ask for.
import type { ElsewherePull, OwnPullRequest } from "../../model/snapshot.ts";
import type { Subject } from "../gates/subject.ts";
import { asFinding, companionOf } from "./companion-of.ts";
import type { CompanionFinding } from "./companions/index.ts";
import type { Deploying } from "./environment-step.ts";
import { contentOfRelease } from "./releasing.ts";
import type { StepRecord } from "./step-record.ts";
import type { Step } from "./steps.ts";
import type { Stepped, StepSeen } from "./step-seen.ts";

export type Promotion = {
  /** The release with the promotion's pull request in the place of its own: approvals are given there. */
  readonly seenBy: (subject: Subject) => Subject;
  readonly deploying: (areGatesOpen: boolean, record: StepRecord) => Deploying;
};

/** Commits that its body names. */
const CONTENTS_MAX = 100;

export function promotion(
  { step, environment }: Extract<Step, { readonly kind: "environment" }>,
  seen: StepSeen,
): Promotion | Extract<Stepped, { readonly wants: unknown }> {
  const companion = companionOf(step, { is: "promotion", environment }, seen);
  if ("wants" in companion) return companion;
  const { rollout, everything } = seen;
  const contents = contentOfRelease(rollout, everything)
    .commits.filter(({ pullRequest }) => pullRequest?.number !== rollout.followed.pullRequest?.number)
    .slice(0, CONTENTS_MAX)
    .map(({ sha, message, pullRequest }) => named(message.split("\n")[0] ?? "", pullRequest === null ? sha.slice(0, 7) : `#${String(pullRequest.number)}`));
  const { pull } = companion.judge(false, contents);
  return {
    seenBy: (subject) => onPromotion(subject, pull),
    deploying: (areOpen, record) => deployment(companion.judge(areOpen, contents), record, seen),
  };
}

/** GitHub's own headline of a squashed pull request names its number already. */
function named(headline: string, source: string): string {
  return headline.endsWith(`(${source})`) ? headline : `${headline} (${source})`;
}

function deployment(found: CompanionFinding, record: StepRecord, { everything, rollout }: StepSeen): Deploying {
  const finding = asFinding(found, record, rollout.stopped);
  // Where a person changed the file, nobody can tell when: it is there now.
  return { finding, deployedAt: found.state === "done" ? (found.endedAt ?? everything.snapshot.takenAt) : null };
}

/** Whoever approved its head has approved this release there; before there is a pull request, nobody has. */
function onPromotion(subject: Subject, pull: ElsewherePull | null): Subject {
  const { pullRequest } = subject;
  if (pullRequest === null) return subject;
  const { number, id, headSha, reviews, title, body, state } = pull ?? {
    number: pullRequest.number,
    id: pullRequest.id,
    headSha: "",
    reviews: [],
    title: "",
    body: "",
    state: "open" as const,
  };
  const own: OwnPullRequest = { ...pullRequest, number, id, headSha, reviews, title, body, written: body, state, commits: [], requestedReviewers: [] };
  const { now } = subject.content;
  return {
    ...subject,
    pullRequest: own,
    content: { now, at: (sha) => (sha === headSha ? { content: now, baseSha: subject.checkedCommits[0] ?? sha } : null) },
  };
}
