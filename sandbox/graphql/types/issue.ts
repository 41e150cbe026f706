// Issues, what pull requests share with them, and their comments.
import type { IssueAssigneesArgs, IssueCommentsArgs, IssueLabelsArgs, IssueProjectCardsArgs } from "@octokit/graphql-schema";
import { nodeId } from "../../world/node-id.ts";
import type { World } from "../../world/types.ts";
import { requirePermission } from "../access.ts";
import { connection, ordered } from "../connection.ts";
import type { Fields } from "../context.ts";
import { issueUrl, pathOf } from "../links.ts";
import { dateTimeOrNull } from "../moments.ts";
import { commentThing, issueThing, labelThing, milestoneThing, userThing, type CommentThing, type IssueThing, type PullRequestThing } from "../things.ts";
import { timelineFields } from "./timeline.ts";
import { reactableFields, writtenFields } from "./written.ts";

/** Of issues and pull requests. */
export const discussionFields: Fields<IssueThing | PullRequestThing> = {
  ...writtenFields<IssueThing | PullRequestThing>(({ issue }) => ({ ...issue, body: issue.body ?? "" })),
  ...reactableFields<IssueThing | PullRequestThing>(({ issue }) => issue),
  ...timelineFields,
  number: ({ issue }) => issue.number,
  title: ({ issue }) => issue.title,
  url: ({ repository, issue }, _, { world }) => issueUrl(world, repository, issue),
  resourcePath: ({ repository, issue }, _, { world }) => pathOf(issueUrl(world, repository, issue)),
  closed: ({ issue }) => issue.state === "closed",
  closedAt: ({ issue }) => dateTimeOrNull(issue.closedAt),
  locked: () => false,
  // Projects of the kind that GitHub has taken down: its command line still asks for them.
  projectCards: (_, args: IssueProjectCardsArgs) => connection([], args, (card) => card),
  milestone: ({ repository, issue }) => milestoneThing(repository, issue.milestone),
  assignees: ({ issue }, args: IssueAssigneesArgs) => connection(issue.assignees, args, userThing),
  labels: ({ repository, issue }, args: IssueLabelsArgs) => {
    const labels = args.orderBy ? ordered(issue.labels, args.orderBy, { CREATED_AT: ({ id }) => id, NAME: ({ name }) => name.toLowerCase() }) : issue.labels;
    return connection(labels, args, (label) => labelThing(repository, label));
  },
  comments: ({ repository, issue }, args: IssueCommentsArgs, context) => {
    requirePermission(context, repository, ["issues", "pull_requests"]);
    const comments = [...repository.comments.values()].filter((comment) => comment.issue === issue);
    const sorted = args.orderBy ? ordered(comments, args.orderBy, { UPDATED_AT: ({ updatedAt }) => updatedAt }) : comments;
    return connection(sorted, args, (comment) => commentThing(repository, comment));
  },
};

export const issueFields: Fields<IssueThing> = {
  ...discussionFields,
  id: ({ issue }) => nodeId("I", issue.id),
  state: ({ issue }) => issue.state.toUpperCase(),
  stateReason: ({ issue }) => (issue.state === "closed" ? "COMPLETED" : issue.changes.length > 0 ? "REOPENED" : null),
};

const commentUrl = (world: World, { repository, comment }: CommentThing): string => `${issueUrl(world, repository, comment.issue)}#issuecomment-${comment.id}`;

export const commentFields: Fields<CommentThing> = {
  ...writtenFields<CommentThing>(({ comment }) => comment),
  ...reactableFields<CommentThing>(({ comment }) => comment),
  id: ({ comment }) => nodeId("IC", comment.id),
  url: (thing, _, { world }) => commentUrl(world, thing),
  resourcePath: (thing, _, { world }) => pathOf(commentUrl(world, thing)),
  isMinimized: () => false,
  minimizedReason: () => null,
  // Also of a pull request: as an issue it has the same number.
  issue: ({ repository, comment }): IssueThing => ({ is: "Issue", repository, issue: comment.issue }),
  pullRequest: ({ repository, comment }) => (comment.issue.pull === null ? null : issueThing(repository, comment.issue)),
};
