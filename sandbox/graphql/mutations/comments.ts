// Mutations of comments and reactions.
import type { AddCommentInput, AddReactionInput, DeleteIssueCommentInput, RemoveReactionInput, UpdateIssueCommentInput } from "@octokit/graphql-schema";
import type { Context, Fields } from "../context.ts";
import { nodeOfType } from "../nodes.ts";
import { commentThing, type ReactionThing } from "../things.ts";
import { reactionContent, reactionGroups } from "../types/written.ts";
import { mutation, type Payload } from "./mutation.ts";

export const commentMutations: Fields<unknown> = {
  addComment: mutation(async ({ subjectId, body }: AddCommentInput, context) => {
    const subject = await nodeOfType(context, subjectId, ["Issue", "PullRequest"]);
    const comment = commentThing(subject.repository, await context.operations.comment(context.actor, subject.repository, subject.issue, body));
    const edge = { node: comment, cursor: String(comment.comment.id) };
    return { subject, commentEdge: edge, timelineEdge: edge };
  }),
  updateIssueComment: mutation(async ({ id, body }: UpdateIssueCommentInput, context) => {
    const issueComment = await nodeOfType(context, id, ["IssueComment"]);
    await context.operations.editComment(context.actor, issueComment.repository, issueComment.comment, body);
    return { issueComment };
  }),
  deleteIssueComment: mutation(async ({ id }: DeleteIssueCommentInput, context) => {
    const { repository, comment } = await nodeOfType(context, id, ["IssueComment"]);
    await context.operations.deleteComment(context.actor, repository, comment);
    return {};
  }),
  addReaction: mutation((input: AddReactionInput, context) => changed(input, context, "react")),
  removeReaction: mutation((input: RemoveReactionInput, context) => changed(input, context, "unreact")),
};

/** The answer names the reaction that was given or taken back, and the groups as they are now. */
async function changed({ subjectId, content }: AddReactionInput | RemoveReactionInput, context: Context, change: "react" | "unreact"): Promise<Payload> {
  const subject = await nodeOfType(context, subjectId, ["Issue", "PullRequest", "IssueComment"]);
  const { repository } = subject;
  const record = subject.is === "IssueComment" ? subject.comment : subject.issue;
  const reaction = await context.operations[change](context.actor, repository, record, reactionContent(content));
  const thing: ReactionThing = { is: "Reaction", repository, subject: record, reaction };
  return { subject, reaction: thing, reactionGroups: reactionGroups(repository, record) };
}
