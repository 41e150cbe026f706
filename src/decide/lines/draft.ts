// A release pull request as it should be, beside what stands there now: every text, file and label, and which differ.
import type { CheckText, FileEdit, KeepReleasePullRequest } from "../../model/plan.ts";
import type { Playbook } from "../../model/playbook.ts";
import type { Hosted, OwnPullRequest, Sha, Snapshot } from "../../model/snapshot.ts";
import { foreignCommits } from "../foreign-commits.ts";
import { releaseCheck } from "../prose/release-check.ts";
import { humanTexts, NOTHING_WRITTEN } from "../prose/human-sections.ts";
import { isSameBody, releasePullRequestBody } from "../prose/release-pull-request.ts";
import { isoDate } from "../versions/index.ts";
import { fingerprint } from "./fingerprint.ts";
import type { Proposal } from "./proposals.ts";
import { externalIdOf, recordAsComment, type RecordedRelease, recordOf, type ReleaseRecord } from "./record.ts";

/** What is there already: the open pull request of the line, or only a branch of its name, or neither. */
export type Standing = { readonly pullRequest: OwnPullRequest | null; readonly branchSha: Sha | null };

export function draft(proposal: Proposal, standing: Standing | null, playbook: Playbook, snapshot: Snapshot): KeepReleasePullRequest {
  const { line, plans } = proposal;
  const there = standing?.pullRequest ?? null;
  const recorded = there === null ? null : recordOf(there);
  const { pullRequest, notes } = playbook.release;
  const files = together(plans.flatMap((plan) => plan.files));
  const commitMessage = signedOff(proposal.commitMessage, playbook, snapshot);
  const releases = plans.map(({ name, version, tag, previous }) => ({
    component: name,
    version: version ?? "",
    tag: tag ?? "",
    previousTag: previous?.tag ?? null,
  }));
  const record: ReleaseRecord = {
    line,
    contentKey: contentKey(proposal, files, commitMessage, snapshot),
    title: proposal.title,
    baseSha: snapshot.head.sha,
    releases,
  };
  const isHeld = there !== null && foreignCommits(there).length > 0;
  const isWritten = there !== null && recorded === null && isAtHead(there, snapshot);
  const commit = there === null || (!isHeld && !isWritten && (recorded?.contentKey !== record.contentKey || there.isConflicting));
  // What is on the branch stays what was written there, until it is written anew.
  const kept = commit || recorded === null ? record : recorded;
  const isEdited = there !== null && recorded !== null && there.title !== recorded.title && !proposal.isOwnTitle(there.title);
  const title = isEdited && isSame(recorded.releases, releases) ? there.title : proposal.title;
  const body = releasePullRequestBody(plans, {
    playbook,
    head: snapshot.head.sha,
    repositoryUrl: snapshot.repository.url,
    human: there === null ? NOTHING_WRITTEN : humanTexts(there.body, notes.sections),
  });
  const check = checkOf({ ...kept, title: proposal.title }, releaseCheck(plans, isHeld ? there : null, playbook.notActedOn));
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
    found: standing === null || snapshot.hosted === null ? null : foundIn(standing, files, snapshot.hosted),
    writes: {
      commit,
      text: there === null || there.title !== title || !isSameBody(there.body, body),
      labels: pullRequest.labels.filter((label) => there?.labels.every((one) => one.toLowerCase() !== label.toLowerCase()) ?? true),
      check: commit || there.checkedSha !== there.headSha || there.checks.every(({ externalId }) => externalId !== check.externalId),
    },
  };
}

function foundIn({ pullRequest, branchSha }: Standing, files: readonly FileEdit[], { headTree, executables }: Hosted): KeepReleasePullRequest["found"] {
  return {
    pullRequest,
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

function checkOf(record: ReleaseRecord, said: ReturnType<typeof releaseCheck>): CheckText {
  const externalId = externalIdOf(record.line, fingerprint([record, said]));
  return { ...said, externalId, text: `${said.text}\n\n${recordAsComment(record)}`, problems: [] };
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
