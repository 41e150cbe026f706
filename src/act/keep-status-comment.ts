import type { KeepStatusComment } from "../model/plan.ts";
import type { Place } from "./place.ts";
import { mutate } from "./mutation.ts";

/** GitHub compares no versions of a comment; a tick that comes between reading and writing stays in its edit history, where the next look finds it. */
export async function keepStatusComment({ pullRequest, commentId, body }: KeepStatusComment, { github }: Place): Promise<void> {
  const mutation =
    commentId === null
      ? { field: "addComment", input: { subjectId: pullRequest.id, body }, wanted: "clientMutationId" }
      : { field: "updateIssueComment", input: { id: commentId, body }, wanted: "clientMutationId" };
  await mutate(github, [mutation]);
}
