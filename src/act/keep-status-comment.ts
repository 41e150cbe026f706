import type { KeepStatusComment } from "../model/plan.ts";
import { addComment } from "./add-comment.ts";
import { type Writing, writing } from "./writing.ts";

/** GitHub compares no versions of a comment; a tick that comes between reading and writing stays in its edit history, where the next look finds it. */
export function keepStatusComment({ pullRequest, commentId, body }: KeepStatusComment): Writing {
  return writing(
    commentId === null ? addComment(pullRequest.id, body) : { field: "updateIssueComment", input: { id: commentId, body }, wanted: "clientMutationId" },
  );
}
