import type { CloseDesk } from "../model/plan.ts";
import { addComment } from "./add-comment.ts";
import { type Writing, writing } from "./writing.ts";

export function closeDesk({ issueId, comment }: CloseDesk): Writing {
  return writing(addComment(issueId, comment), { field: "updateIssue", input: { id: issueId, state: "CLOSED" }, wanted: "clientMutationId" });
}
