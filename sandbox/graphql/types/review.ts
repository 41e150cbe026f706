// Reviews of pull requests, and which of them count.
import { roleOf } from "../../world/access.ts";
import { isAtLeast } from "../../world/roles.ts";
import { nodeId } from "../../world/node-id.ts";
import type { Review, Team, User, World } from "../../world/types.ts";
import { requireMembers } from "../access.ts";
import type { Fields } from "../context.ts";
import { issueUrl, pathOf } from "../links.ts";
import { dateTime } from "../moments.ts";
import { accountThing, commitThing, teamThing, type PullRequestThing, type ReviewThing } from "../things.ts";
import { writtenFields } from "./written.ts";

export const reviewThing = ({ repository, issue, pull }: PullRequestThing, review: Review): ReviewThing => ({
  is: "PullRequestReview",
  repository,
  issue,
  pull,
  review,
});

const reviewUrl = (world: World, { repository, issue, review }: ReviewThing): string => `${issueUrl(world, repository, issue)}#pullrequestreview-${review.id}`;

export const reviewFields: Fields<ReviewThing> = {
  ...writtenFields<ReviewThing>(({ review }) => ({ ...review, createdAt: review.submittedAt, updatedAt: review.submittedAt, edits: [] })),
  id: ({ review }) => nodeId("PRR", review.id),
  state: ({ review }) => review.state,
  submittedAt: ({ review }) => dateTime(review.submittedAt),
  commit: ({ repository, review }) => commitThing(repository, review.sha),
  pullRequest: ({ repository, issue, pull }): PullRequestThing => ({ is: "PullRequest", repository, issue, pull }),
  authorCanPushToRepository: ({ repository, review }) => isAtLeast(roleOf(repository, review.author), "write"),
  url: (thing, _, { world }) => reviewUrl(world, thing),
  resourcePath: (thing, _, { world }) => pathOf(reviewUrl(world, thing)),
};

export type ReviewRequestThing = { readonly is: "ReviewRequest"; readonly of: PullRequestThing; readonly reviewer: User | Team };

export const reviewRequests = (of: PullRequestThing): readonly ReviewRequestThing[] =>
  [...of.pull.requestedUsers, ...of.pull.requestedTeams].map((reviewer) => ({ is: "ReviewRequest", of, reviewer }));

export const reviewRequestFields: Fields<ReviewRequestThing> = {
  id: ({ of, reviewer }) => nodeId("RR", `${of.issue.id}:${reviewer.id}`),
  asCodeOwner: () => false,
  pullRequest: ({ of }) => of,
  requestedReviewer: ({ reviewer }, _, context) => {
    if (!("slug" in reviewer)) return accountThing(reviewer);
    requireMembers(context, reviewer.organization);
    return teamThing(reviewer);
  },
};
