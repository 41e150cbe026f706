// Eyes, the answer, and the reaction that is the record: a comment that carries it was judged, and is never judged again.
// One document in that order, so that a run that is cut short leaves what the next one needs to know.
import type { AnswerRequest } from "../model/plan.ts";
import type { Mutation } from "./mutation.ts";
import { type Writing, writing } from "./writing.ts";

export function answerRequest({ commentId, subjectId, reply, reaction }: AnswerRequest): Writing {
  return writing(
    ...(reply !== null && reaction !== null ? [react(commentId, "EYES")] : []),
    ...(reply === null ? [] : [{ field: "addComment", input: { subjectId, body: reply }, wanted: "clientMutationId" }]),
    ...(reaction === null ? [] : [react(commentId, reaction === "accepted" ? "ROCKET" : "CONFUSED")]),
  );
}

function react(subjectId: string, content: "EYES" | "ROCKET" | "CONFUSED"): Mutation {
  return { field: "addReaction", input: { subjectId, content }, wanted: "clientMutationId" };
}
