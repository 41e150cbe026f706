// `issue` (a pull request is one too) and `issue-comment`.
import { associationOf } from "../../world/access.ts";
import { nodeId } from "../../world/node-id.ts";
import type { App, Comment, Issue, Repository, User, World } from "../../world/types.ts";
import { appShape } from "./app.ts";
import { labelShape, milestoneShape, reactionCountsShape } from "./label.ts";
import { apiOfRepository, pageOfRepository } from "./links.ts";
import { moment, momentOrNull } from "./moment.ts";
import { userOrNullShape, userShape } from "./user.ts";

const appOf = (world: World, author: User): App | null => [...world.apps.values()].find(({ bot }) => bot === author) ?? null;
const performedVia = (world: World, author: User) => {
  const app = appOf(world, author);
  return app === null ? null : appShape(world, app);
};

export const issuePage = (world: World, repository: Repository, issue: Issue): string =>
  `${pageOfRepository(world, repository)}/${issue.pull === null ? "issues" : "pull"}/${issue.number}`;

const pullLinks = (world: World, repository: Repository, issue: Issue) => {
  if (issue.pull === null) return {};
  const page = issuePage(world, repository, issue);
  return {
    draft: issue.pull.isDraft,
    pull_request: {
      url: `${apiOfRepository(world, repository)}/pulls/${issue.number}`,
      html_url: page,
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
      merged_at: momentOrNull(issue.pull.merged?.at ?? null),
    },
  };
};

/** What a webhook carries: the rest is only in the answers of the API. */
export const issueShape = (world: World, repository: Repository, issue: Issue) => {
  const url = `${apiOfRepository(world, repository)}/issues/${issue.number}`;
  return {
    url,
    repository_url: apiOfRepository(world, repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: issuePage(world, repository, issue),
    id: issue.id,
    node_id: nodeId(issue.pull === null ? "I" : "PR", issue.id),
    number: issue.number,
    title: issue.title,
    user: userShape(world, issue.author),
    labels: issue.labels.map((label) => labelShape(world, repository, label)),
    state: issue.state,
    state_reason: issue.state === "closed" && issue.pull === null ? "completed" : null,
    locked: false,
    assignee: userOrNullShape(world, issue.assignees[0] ?? null),
    assignees: issue.assignees.map((user) => userShape(world, user)),
    milestone: issue.milestone === null ? null : milestoneShape(world, repository, issue.milestone),
    comments: [...repository.comments.values()].filter((comment) => comment.issue === issue).length,
    created_at: moment(issue.createdAt),
    updated_at: moment(issue.updatedAt),
    closed_at: momentOrNull(issue.closedAt),
    author_association: associationOf(repository, issue.author),
    active_lock_reason: null,
    body: issue.body,
    reactions: reactionCountsShape(url, issue.reactions),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: performedVia(world, issue.author),
    ...pullLinks(world, repository, issue),
  };
};

/** Who closed it is in answers, not in webhooks. */
export const fullIssueShape = (world: World, repository: Repository, issue: Issue) => ({
  ...issueShape(world, repository, issue),
  closed_by: issue.state === "closed" ? userOrNullShape(world, issue.changes.findLast(({ is }) => is === "closed")?.actor ?? null) : null,
});

export const commentShape = (world: World, repository: Repository, comment: Comment) => {
  const url = `${apiOfRepository(world, repository)}/issues/comments/${comment.id}`;
  return {
    url,
    html_url: `${issuePage(world, repository, comment.issue)}#issuecomment-${comment.id}`,
    issue_url: `${apiOfRepository(world, repository)}/issues/${comment.issue.number}`,
    id: comment.id,
    node_id: nodeId("IC", comment.id),
    user: userShape(world, comment.author),
    created_at: moment(comment.createdAt),
    updated_at: moment(comment.updatedAt),
    author_association: associationOf(repository, comment.author),
    body: comment.body,
    reactions: reactionCountsShape(url, comment.reactions),
    performed_via_github_app: performedVia(world, comment.author),
  };
};
