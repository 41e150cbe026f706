// A companion that nothing calls for any more: told why, and closed.
import type { CloseCompanion } from "../model/plan.ts";
import { addComment } from "./add-comment.ts";
import { type Writing, writing } from "./writing.ts";

export function closeCompanion({ pullRequest, comment }: CloseCompanion): Writing {
  return writing(addComment(pullRequest.id, comment), { field: "closePullRequest", input: { pullRequestId: pullRequest.id }, wanted: "clientMutationId" });
}
