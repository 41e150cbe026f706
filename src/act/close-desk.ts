import type { CloseDesk } from "../model/plan.ts";
import { type Writing, writing } from "./writing.ts";

export function closeDesk({ issueId, comment }: CloseDesk): Writing {
  return writing(
    { field: "addComment", input: { subjectId: issueId, body: comment }, wanted: "clientMutationId" },
    { field: "updateIssue", input: { id: issueId, state: "CLOSED" }, wanted: "clientMutationId" },
  );
}
