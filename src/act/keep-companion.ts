// A pull request that follows a release, in whichever repository of the installation it stands: its commit is made beside
// every branch and only then put on its branch, together with its text, by one document. An installation's token reaches all
// of its repositories and no other's.
import type { KeepCompanion } from "../model/plan.ts";
import { numberAt } from "./answer.ts";
import { writeCommit } from "./commit.ts";
import { moveRef } from "./move-ref.ts";
import { mutate, type Mutation } from "./mutation.ts";
import type { Place } from "./place.ts";

export async function keepCompanion(action: KeepCompanion, { github }: Pick<Place, "github">): Promise<void> {
  const { found, writes, repositoryId: id, repositoryNodeId } = action;
  const there = { github, repository: { id, nodeId: repositoryNodeId } };
  const commit = writes.commit ? await writeCommit(action, there) : null;
  const mutations = [
    ...(commit === null ? [] : [moveRef(repositoryNodeId, `refs/heads/${action.branch}`, found.branchSha, commit.sha)]),
    ...(found.pullRequest === null ? [opening(action)] : updating(action, found.pullRequest.id)),
  ];
  const answers = mutations.length === 0 ? [] : await mutate(github, mutations);
  if (writes.labels.length === 0) return;
  const number = found.pullRequest?.number ?? numberAt(answers.at(-1), "pullRequest", "number");
  await github.rest("POST /repositories/{id}/issues/{number}/labels", { id, number, labels: writes.labels });
}

/** GitHub allows one pull request per branch and base: if the list that showed none was late, its refusal is a `Stale`. */
function opening({ repositoryNodeId, base, branch, title, body, isDraft }: KeepCompanion): Mutation {
  const input = { repositoryId: repositoryNodeId, baseRefName: base, headRefName: branch, title, body, draft: isDraft };
  return { field: "createPullRequest", input, wanted: "pullRequest { number }" };
}

function updating({ title, body, isDraft, writes }: KeepCompanion, pullRequestId: string): Mutation[] {
  const wanted = "pullRequest { number }";
  return [
    ...(writes.text ? [{ field: "updatePullRequest", input: { pullRequestId, title, body }, wanted }] : []),
    ...(writes.draft ? [{ field: isDraft ? "convertPullRequestToDraft" : "markPullRequestReadyForReview", input: { pullRequestId }, wanted }] : []),
  ];
}
