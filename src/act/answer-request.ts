// Eyes, the answer, and the reaction that is the record: a comment that carries it was judged, and is never judged again.
// One document in that order, so that a run that is cut short leaves what the next one needs to know.
import type { AnswerRequest } from "../model/plan.ts";
import type { Place } from "./place.ts";
import { type Mutation, mutate } from "./mutation.ts";

export async function answerRequest({ commentId, subjectId, reply, reaction }: AnswerRequest, { github }: Place): Promise<void> {
  await mutate(github, [
    ...(reply !== null && reaction !== null ? [react(commentId, "EYES")] : []),
    ...(reply === null ? [] : [{ field: "addComment", input: { subjectId, body: reply }, wanted: "clientMutationId" }]),
    ...(reaction === null ? [] : [react(commentId, reaction === "accepted" ? "ROCKET" : "CONFUSED")]),
  ]);
}

function react(subjectId: string, content: "EYES" | "ROCKET" | "CONFUSED"): Mutation {
  return { field: "addReaction", input: { subjectId, content }, wanted: "clientMutationId" };
}
