// Closes a release pull request of this app with the reason as a comment. Its branch stays: GitHub can restore from it.
import type { CloseReleasePullRequest } from "../model/plan.ts";
import { addComment } from "./add-comment.ts";
import { type Writing, writing } from "./writing.ts";

export function closeReleasePullRequest({ pullRequest, comment }: CloseReleasePullRequest): Writing {
  return writing(
    { field: "closePullRequest", input: { pullRequestId: pullRequest.id }, wanted: "pullRequest { number }" },
    addComment(pullRequest.id, comment),
  );
}
