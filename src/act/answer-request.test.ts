// What is written to answer a comment, in its order.
import { expect, test } from "@jest/globals";
import type { AnswerRequest } from "../model/plan.ts";
import { answerRequest } from "./answer-request.ts";

test.each<[string, Pick<AnswerRequest, "reply" | "reaction">, readonly string[]]>([
  ["what was done without a word", { reply: null, reaction: "accepted" }, ["addReaction C_1 EYES", "addReaction C_1 ROCKET"]],
  ["a question", { reply: "So it stands.", reaction: "accepted" }, ["addReaction C_1 EYES", "addComment PR_1 So it stands.", "addReaction C_1 ROCKET"]],
  ["a mistake", { reply: "No.", reaction: "refused" }, ["addReaction C_1 EYES", "addComment PR_1 No.", "addReaction C_1 CONFUSED"]],
  ["what an edit added", { reply: "As edited.", reaction: null }, ["removeReaction C_1 EYES", "addReaction C_1 EYES", "addComment PR_1 As edited."]],
])("to %s", (_title, answer, expected) => {
  const { mutations } = answerRequest({ kind: "answer-request", commentId: "C_1", subjectId: "PR_1", ...answer });
  expect(mutations.map(({ field, input }) => [field, ...Object.values(input)].join(" "))).toEqual(expected);
});
