// Comments on issues and pull requests, and reactions to either.
import { z } from "zod";
import { type Comment, type Issue, REACTIONS } from "../../world/types.ts";
import { type Answer, answer, created, found, noContent, numberOf, ok, read, type RepositoryCall, writer } from "../call.ts";
import { paged } from "../pages.ts";
import type { RepositoryRoute } from "../routes.ts";
import { commentShape } from "../shapes/issue.ts";
import { reactionShape } from "../shapes/label.ts";
import { DISCUSSION_READ, DISCUSSION_WRITE, issueOf } from "./issues.ts";

const text = z.object({ body: z.string() });
const reaction = z.object({ content: z.enum(REACTIONS) });

const commentOf = (call: RepositoryCall): Comment => found(call.repository.comments.get(numberOf(call, "id")));
const shapeOf = (call: RepositoryCall, comment: Comment) => commentShape(call.world, call.repository, comment);

/** Oldest first; `since` is the earliest change. */
const list = (call: RepositoryCall, issue: Issue | null): Promise<Answer> => {
  const since = Date.parse(call.query.get("since") ?? "1970-01-01T00:00:00Z");
  const comments = [...call.repository.comments.values()].filter((comment) => (issue === null || comment.issue === issue) && comment.updatedAt >= since);
  return paged(call, call.query.get("direction") === "desc" ? comments.toReversed() : comments, (comment) => shapeOf(call, comment));
};

const react = async (call: RepositoryCall, subject: Issue | Comment): Promise<Answer> => {
  const { content } = read(call, reaction);
  const before = subject.reactions.length;
  const made = await call.operations.react(writer(call), call.repository, subject, content);
  return answer(subject.reactions.length > before ? 201 : 200, reactionShape(call.world, made));
};

const reactions = (call: RepositoryCall, subject: Issue | Comment): Promise<Answer> => {
  const content = call.query.get("content");
  return paged(
    call,
    subject.reactions.filter((one) => content === null || one.content === content),
    (one) => reactionShape(call.world, one),
  );
};

/** Before the routes of single issues: `comments` is no number. */
export const commentRoutes: readonly RepositoryRoute[] = [
  { method: "GET", template: "/issues/comments", needs: DISCUSSION_READ, handle: (call) => list(call, null) },
  { method: "GET", template: "/issues/comments/{id}", needs: DISCUSSION_READ, handle: (call) => ok(shapeOf(call, commentOf(call))) },
  {
    method: "PATCH",
    template: "/issues/comments/{id}",
    needs: DISCUSSION_WRITE,
    handle: async (call) => {
      const comment = commentOf(call);
      await call.operations.editComment(writer(call), call.repository, comment, read(call, text).body);
      return ok(shapeOf(call, comment));
    },
  },
  {
    method: "DELETE",
    template: "/issues/comments/{id}",
    needs: DISCUSSION_WRITE,
    handle: async (call) => {
      await call.operations.deleteComment(writer(call), call.repository, commentOf(call));
      return noContent();
    },
  },
  { method: "GET", template: "/issues/comments/{id}/reactions", needs: DISCUSSION_READ, handle: (call) => reactions(call, commentOf(call)) },
  { method: "POST", template: "/issues/comments/{id}/reactions", needs: DISCUSSION_WRITE, handle: (call) => react(call, commentOf(call)) },
  { method: "GET", template: "/issues/{number}/comments", needs: DISCUSSION_READ, handle: (call) => list(call, issueOf(call)) },
  {
    method: "POST",
    template: "/issues/{number}/comments",
    needs: DISCUSSION_WRITE,
    handle: async (call) => created(shapeOf(call, await call.operations.comment(writer(call), call.repository, issueOf(call), read(call, text).body))),
  },
  { method: "GET", template: "/issues/{number}/reactions", needs: DISCUSSION_READ, handle: (call) => reactions(call, issueOf(call)) },
  { method: "POST", template: "/issues/{number}/reactions", needs: DISCUSSION_WRITE, handle: (call) => react(call, issueOf(call)) },
];
