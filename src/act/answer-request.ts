// Eyes, the answer, and the reaction that is the record: a comment that carries it was judged, and is never judged again.
// One document in that order, so that a run that is cut short leaves what the next one needs to know. Eyes that stand keep
// their first time, so what an edit added takes them back before it gives them anew. GitHub refuses to take back what is
// not there.
import type { AnswerRequest } from "../model/plan.ts";
import { addComment } from "./add-comment.ts";
import type { Mutation } from "./mutation.ts";
import { type Writing, writing } from "./writing.ts";

type Reaction = "EYES" | "ROCKET" | "CONFUSED";

export function answerRequest({ commentId, subjectId, reply, reaction }: AnswerRequest): Writing {
  return writing(
    ...(reaction === null ? [change("removeReaction", commentId, "EYES")] : []),
    change("addReaction", commentId, "EYES"),
    ...(reply === null ? [] : [addComment(subjectId, reply)]),
    ...(reaction === null ? [] : [change("addReaction", commentId, reaction === "accepted" ? "ROCKET" : "CONFUSED")]),
  );
}

function change(field: "addReaction" | "removeReaction", subjectId: string, content: Reaction): Mutation {
  return { field, input: { subjectId, content }, wanted: "clientMutationId" };
}
