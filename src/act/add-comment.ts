// A comment on whatever takes one: an issue or a pull request.
import type { Mutation } from "./mutation.ts";

/** @param subjectId node id */
export function addComment(subjectId: string, body: string): Mutation {
  return { field: "addComment", input: { subjectId, body }, wanted: "clientMutationId" };
}
