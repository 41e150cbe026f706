// The reaction is the record: a command that carries it was judged, and is never judged again.
import type { AnswerRequest } from "../model/plan.ts";
import type { Place } from "./place.ts";
import { mutate } from "./mutation.ts";

export async function answerRequest({ commentId, answer }: AnswerRequest, { github }: Place): Promise<void> {
  const content = answer === "accepted" ? "ROCKET" : "CONFUSED";
  await mutate(github, [{ field: "addReaction", input: { subjectId: commentId, content }, wanted: "clientMutationId" }]);
}
