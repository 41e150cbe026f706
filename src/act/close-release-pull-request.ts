// Closes a release pull request of this app with the reason as a comment. Its branch stays: GitHub can restore from it.
import type { CloseReleasePullRequest } from "../model/plan.ts";
import type { Place } from "./place.ts";
import { mutate } from "./mutation.ts";

export async function closeReleasePullRequest({ pullRequest, comment }: CloseReleasePullRequest, { github }: Place): Promise<void> {
  await mutate(github, [
    { field: "closePullRequest", input: { pullRequestId: pullRequest.id }, wanted: "pullRequest { number }" },
    { field: "addComment", input: { subjectId: pullRequest.id, body: comment }, wanted: "clientMutationId" },
  ]);
}
