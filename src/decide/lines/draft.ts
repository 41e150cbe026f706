// A release pull request as it should be, beside what stands there now: every text, file and label, and which differ.
import type { CheckText, FileEdit, KeepReleasePullRequest, LineReport } from "../../model/plan.ts";
import type { Playbook } from "../../model/playbook.ts";
import type { Hosted, OwnPullRequest, Sha, Snapshot } from "../../model/snapshot.ts";
import { gatesOf } from "../agreement/judge-line.ts";
import { foreignCommits } from "../foreign-commits.ts";
import { releaseCheck } from "../prose/release-check.ts";
import { humanTexts, NOTHING_WRITTEN } from "../prose/human-sections.ts";
import { isSameBody, releasePullRequestBody } from "../prose/release-pull-request.ts";
import { isoDate } from "../versions/index.ts";
import { fingerprint } from "../fingerprint.ts";
import type { JudgedRelease } from "./lines.ts";
import type { Proposal } from "./proposals.ts";
import { type RecordedRelease, recordOf, type ReleaseRecord } from "../release-record.ts";
import { isSaid, overwritable, recordedCheck } from "./standing-check.ts";

/** What is there already: the open pull request of the line, or only a branch of its name, or neither. */
export type Standing = { readonly pullRequest: OwnPullRequest | null; readonly branchSha: Sha | null };

/** @param judged what its gates say; of one that is not open yet, that nobody could agree to it */
export function draft(proposal: Proposal, standing: Standing | null, judged: JudgedRelease, playbook: Playbook, snapshot: Snapshot): KeepReleasePullRequest {
  const { line, plans } = proposal;
  const there = standing?.pullRequest ?? null;
  const recorded = there === null ? null : recordOf(there);
  const { pullRequest, notes } = playbook.release;
  const files = together(plans.flatMap((plan) => plan.files));
  const commitMessage = signedOff(proposal.commitMessage, playbook, snapshot);
  const { releases } = judged.releasing;
  const record: ReleaseRecord = {
    line,
    contentKey: contentKey(proposal, files, commitMessage, snapshot),
    title: proposal.title,
    baseSha: snapshot.head.sha,
    releases,
    bumps: plans.map(({ bump }) => bump),
    content: { is: judged.subject.content.now, baseSha: snapshot.head.sha, since: snapshot.takenAt },
    headSince: snapshot.takenAt,
    openSince: judged.openSince,
    asked: [...new Set([...(recorded?.asked ?? []), ...(there === null ? [] : judged.reviewers)])],
  };
  const isHeld = there !== null && foreignCommits(there).length > 0;
  const isWritten = there !== null && recorded === null && isAtHead(there, snapshot);
  const isOutdated = recorded?.contentKey !== record.contentKey || there?.isConflicting === true || isBehind(recorded, judged, snapshot);
  const commit = there === null || (!isHeld && !isWritten && isOutdated);
  // What is on the branch stays what was written there, until it is written anew.
  const kept = commit || recorded === null ? record : keptRecord(recorded, record, there);
  const isEdited = there !== null && recorded !== null && there.title !== recorded.title && !proposal.isOwnTitle(there.title);
  const title = isEdited && isSame(recorded.releases, releases) ? there.title : proposal.title;
  const body = releasePullRequestBody(plans, {
    playbook,
    head: snapshot.head.sha,
    repositoryUrl: snapshot.repository.url,
    human: there === null ? NOTHING_WRITTEN : humanTexts(there.written, notes.sections),
  });
  const said = commit ? newCommitCheck(judged.report, plans) : releaseCheck(reportFor(judged.report), plans, isHeld ? there : null);
  const check = recordedCheck({ ...kept, title: proposal.title }, said, commit ? null : judged.report);
  return {
    kind: "keep-release-pull-request",
    line,
    components: plans.map(({ name }) => name),
    baseSha: snapshot.head.sha,
    base: snapshot.head.branch ?? snapshot.head.sha,
    branch: there?.branch ?? proposal.branch,
    title,
    body,
    labels: pullRequest.labels,
    commitMessage,
    files,
    check,
    found: standing === null || snapshot.hosted === null ? null : foundIn(standing, files, check, snapshot.hosted),
    writes: {
      commit,
      title: there?.title !== title,
      body: there === null || !isSameBody(there.body, body),
      labels: pullRequest.labels.filter((label) => there?.labels.every((one) => one.toLowerCase() !== label.toLowerCase()) ?? true),
      check: commit || there.checkedSha !== there.headSha || !isSaid(there, check),
    },
  };
}

/** What was written stays as it was recorded; what people agree to, and since when, is as it is now. */
function keptRecord(recorded: ReleaseRecord, now: ReleaseRecord, { checkedSha, headSha }: OwnPullRequest): ReleaseRecord {
  const isSameHead = checkedSha === headSha && recorded.headSince !== null;
  const { openSince, asked, bumps } = now;
  const content = isSameHead && recorded.content.is === now.content.is ? recorded.content : now.content;
  return { ...recorded, content, openSince, asked, bumps, headSince: isSameHead ? recorded.headSince : now.headSince };
}

/** Checks speak of exactly what is merged: where they are asked, the branch stands on the newest base. */
function isBehind(recorded: ReleaseRecord | null, { subject }: JudgedRelease, { head }: Snapshot): boolean {
  return recorded !== null && recorded.baseSha !== head.sha && gatesOf(subject).some(({ kind }) => kind === "check");
}

function foundIn(
  { pullRequest, branchSha }: Standing,
  files: readonly FileEdit[],
  check: CheckText,
  { headTree, executables }: Hosted,
): KeepReleasePullRequest["found"] {
  return {
    pullRequest,
    check: pullRequest === null ? null : overwritable(pullRequest, check),
    branchSha: pullRequest?.headSha ?? branchSha,
    baseTree: headTree,
    executables: files.map(({ path }) => path).filter((path) => executables.has(path)),
  };
}

/** Written for this very head, by a run whose check run GitHub refused or that ended before it: only that is missing. */
function isAtHead({ commits, isConflicting }: OwnPullRequest, { head }: Snapshot): boolean {
  const [only, ...others] = commits;
  return others.length === 0 && only !== undefined && only.isOwn && only.parents[0] === head.sha && !isConflicting;
}

/** What gates said of the commit before says nothing about the new one: the next look asks them. Without gates there is nothing to ask. */
function newCommitCheck(report: LineReport, plans: Proposal["plans"]): ReturnType<typeof releaseCheck> {
  const said = releaseCheck({ ...report, pullRequest: null }, plans, null);
  if (report.gates.length === 0) return said;
  const title = "asking the gates about this commit";
  return { ...said, conclusion: null, title, fingerprinted: title };
}

/** Without gates the check says the same for every commit. */
function reportFor(report: LineReport): LineReport {
  return report.gates.length === 0 ? { ...report, pullRequest: null } : report;
}

function isSame(some: readonly RecordedRelease[], others: readonly RecordedRelease[]): boolean {
  return JSON.stringify(some.map(({ tag }) => tag)) === JSON.stringify(others.map(({ tag }) => tag));
}

/** The day in a section's heading is the day it was written on: a new day alone is no reason to write again. */
function contentKey({ plans }: Proposal, files: readonly FileEdit[], commitMessage: string, { takenAt }: Snapshot): string {
  const sections = plans.map(({ changelog }) => changelog).filter((section) => section !== "");
  const dateless = (text: string): string =>
    sections.reduce(
      (left, section) => {
        const [heading = "", ...rest] = section.split("\n");
        return left.replace(section, () => [heading.replaceAll(isoDate(takenAt), "{date}"), ...rest].join("\n"));
      },
      text.replaceAll("\r\n", "\n"),
    );
  return fingerprint([files.map(({ path, after }) => [path, dateless(after)]), commitMessage]);
}

/** The Developer Certificate of Origin wants the author's own line; the author is the app. */
function signedOff(message: string, { release }: Playbook, { hosted }: Snapshot): string {
  return release.pullRequest.signoff && hosted !== null ? `${message}\n\nSigned-off-by: ${hosted.app.signoff}` : message;
}

/** Edits of one file by several components build on each other: from the text before the first to the text after the last. */
function together(edits: readonly FileEdit[]): FileEdit[] {
  const byPath = new Map<string, FileEdit>();
  for (const edit of edits) byPath.set(edit.path, { ...edit, before: (byPath.get(edit.path) ?? edit).before });
  return [...byPath.values()];
}
