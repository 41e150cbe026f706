// The release pull request as planned: its commit is made beside every branch and only then put on the release branch,
// together with its check run and its text, by one document. So the branch never stands at its base, where GitHub would
// close the pull request, and no reader ever sees half an update.
import type { KeepReleasePullRequest } from "../model/plan.ts";
import type { Place } from "./place.ts";
import { numberAt } from "./answer.ts";
import { writeCheckRun } from "./check-run.ts";
import { writeCommit } from "./commit.ts";
import { moveRef } from "./move-ref.ts";
import type { Mutation } from "./mutation.ts";
import type { Writing } from "./writing.ts";

/** Makes the commit; the rest is written by the document, and the labels after it. */
export async function keepReleasePullRequest(action: KeepReleasePullRequest, place: Place): Promise<Writing> {
  const { found, writes } = action;
  if (found === null) throw new Error("Bug: a pull request planned for a local repository can't be kept on GitHub");
  const head = writes.commit ? await writeCommit(action, place) : { sha: found.pullRequest?.headSha ?? "", note: "" };
  const there = found.pullRequest;
  return {
    mutations: there === null ? opening(action, head, place) : updating(action, there.id, head, place),
    async answered(answers) {
      const number = there === null ? numberAt(answers.at(-1), "pullRequest", "number") : there.number;
      if (there === null) place.onOpened(number);
      if (writes.labels.length === 0) return;
      await place.github.rest("POST /repositories/{id}/issues/{number}/labels", { id: place.repository.id, number, labels: writes.labels });
    },
  };
}

type Head = { readonly sha: string; /** What the check adds about the commit. */ readonly note: string };

/** GitHub allows one pull request per branch and base: if the list that showed none was late, its refusal is a `Stale`. */
function opening(action: KeepReleasePullRequest, head: Head, place: Place): Mutation[] {
  const { title, body, base, branch } = action;
  const input = { repositoryId: place.repository.nodeId, baseRefName: base, headRefName: branch, title, body };
  return [check(action, head, place), moveBranch(action, head, place), { field: "createPullRequest", input, wanted: "pullRequest { number }" }];
}

function updating(action: KeepReleasePullRequest, pullRequestId: string, head: Head, place: Place): Mutation[] {
  const { writes } = action;
  const text = { ...(writes.title ? { title: action.title } : {}), ...(writes.body ? { body: action.body } : {}) };
  return [
    ...(writes.check ? [check(action, head, place)] : []),
    ...(writes.commit ? [moveBranch(action, head, place)] : []),
    ...(writes.title || writes.body ? [{ field: "updatePullRequest", input: { pullRequestId, ...text }, wanted: "pullRequest { number }" }] : []),
  ];
}

/** First of all: from the moment the branch leads to the commit, its identity is there to be read. */
function check({ check: text, found, writes }: KeepReleasePullRequest, { sha, note }: Head, { repository }: Place): Mutation {
  const standing = writes.commit ? null : (found?.check ?? null);
  return writeCheckRun(repository.nodeId, sha, note === "" ? text : { ...text, summary: `${text.summary}\n\n${note}` }, standing);
}

function moveBranch({ branch, found }: KeepReleasePullRequest, { sha }: Head, { repository }: Place): Mutation {
  return moveRef(repository.nodeId, `refs/heads/${branch}`, found?.branchSha ?? null, sha);
}
