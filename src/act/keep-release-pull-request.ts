// The release pull request as planned: its commit is made beside every branch and only then put on the release branch,
// together with its check run and its text, by one document. So the branch never stands at its base, where GitHub would
// close the pull request, and no reader ever sees half an update.
import { Refused, Stale } from "../model/errors.ts";
import type { KeepReleasePullRequest } from "../model/plan.ts";
import type { Place } from "./place.ts";
import { numberAt } from "./answer.ts";
import { writeCheckRun } from "./check-run.ts";
import { writeCommit } from "./commit.ts";
import { type Mutation, mutate } from "./mutation.ts";

const NO_COMMIT = "0".repeat(40);

export async function keepReleasePullRequest(action: KeepReleasePullRequest, place: Place): Promise<void> {
  const { found, writes } = action;
  if (found === null) throw new Error("Bug: a pull request planned for a local repository can't be kept on GitHub");
  const head = writes.commit ? await writeCommit(action, place) : { sha: found.pullRequest?.headSha ?? "", note: "" };
  const number = found.pullRequest === null ? await openIt(action, head, place) : await updateIt(action, found.pullRequest, head, place);
  if (writes.labels.length === 0) return;
  await place.github.rest("POST /repositories/{id}/issues/{number}/labels", { id: place.repository.id, number, labels: writes.labels });
}

type Head = { readonly sha: string; /** What the check adds about the commit. */ readonly note: string };

async function openIt(action: KeepReleasePullRequest, head: Head, place: Place): Promise<number> {
  const { title, body, base, branch } = action;
  const answers = await mutate(place.github, [
    check(action, head, place),
    moveBranch(action, head, place),
    {
      field: "createPullRequest",
      input: { repositoryId: place.repository.nodeId, baseRefName: base, headRefName: branch, title, body },
      wanted: "pullRequest { number }",
    },
  ]).catch(alreadyOpen);
  const number = numberAt(answers[2], "pullRequest", "number");
  place.onOpened(number);
  return number;
}

async function updateIt(
  action: KeepReleasePullRequest,
  { id, number }: { readonly id: string; readonly number: number },
  head: Head,
  place: Place,
): Promise<number> {
  const { title, body, writes } = action;
  const mutations: Mutation[] = [
    ...(writes.check ? [check(action, head, place)] : []),
    ...(writes.commit ? [moveBranch(action, head, place)] : []),
    ...(writes.text ? [{ field: "updatePullRequest", input: { pullRequestId: id, title, body }, wanted: "pullRequest { number }" }] : []),
  ];
  if (mutations.length === 0) return number;
  await mutate(place.github, mutations);
  return number;
}

/** First of all: from the moment the branch leads to the commit, its identity is there to be read. */
function check({ check: text, found, writes }: KeepReleasePullRequest, { sha, note }: Head, { repository }: Place): Mutation {
  const standing = writes.commit ? null : (found?.check ?? null);
  return writeCheckRun(repository.nodeId, sha, note === "" ? text : { ...text, summary: `${text.summary}\n\n${note}` }, standing);
}

/** Compare-and-swap: somebody who pushed meanwhile is not overwritten. */
function moveBranch({ branch, found }: KeepReleasePullRequest, { sha }: Head, { repository }: Place): Mutation {
  return {
    field: "updateRefs",
    input: {
      repositoryId: repository.nodeId,
      refUpdates: [{ name: `refs/heads/${branch}`, beforeOid: found?.branchSha ?? NO_COMMIT, afterOid: sha, force: true }],
    },
    wanted: "clientMutationId",
  };
}

/** GitHub allows one pull request per branch and base: the list that showed none was late. */
function alreadyOpen(error: unknown): never {
  if (error instanceof Refused && error.reason.includes("pull request already exists"))
    throw new Stale("the release pull request is open already", null, { cause: error });
  throw error;
}
