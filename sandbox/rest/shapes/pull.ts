// `pull-request-simple` (lists), `pull-request` (one), `pull-request-minimal` (checks) and `pull-request-review`.
import { associationOf } from "../../world/access.ts";
import { nodeId } from "../../world/node-id.ts";
import type { Issue, Pull, Repository, Review, World } from "../../world/types.ts";
import { askMergeable, knownMergeable, mergeStateOf } from "../../world/merge-state.ts";
import { changedBy, sizeOf } from "../../world/pull-facts.ts";
import { issuePage, issueShape } from "./issue.ts";
import { apiOfRepository } from "./links.ts";
import { moment, momentOrNull } from "./moment.ts";
import { namedRepositoryShape, repositoryShape } from "./repository.ts";
import { teamShape, teamWithParentShape } from "./team.ts";
import { userOrNullShape, userShape } from "./user.ts";

export type PullRequest = Issue & { readonly pull: Pull };
export const isPull = (issue: Issue): issue is PullRequest => issue.pull !== null;

const sideShape = (world: World, repository: Repository, ref: string, sha: string) => ({
  label: `${repository.owner.login}:${ref}`,
  ref,
  sha,
  user: userShape(world, repository.owner),
  repo: repositoryShape(world, repository),
});

const linksOf = (world: World, repository: Repository, issue: PullRequest) => {
  const url = apiOfRepository(world, repository);
  const own = `${url}/pulls/${issue.number}`;
  return {
    self: own,
    html: issuePage(world, repository, issue),
    issue: `${url}/issues/${issue.number}`,
    comments: `${url}/issues/${issue.number}/comments`,
    review_comments: `${own}/comments`,
    review_comment: `${url}/pulls/comments{/number}`,
    commits: `${own}/commits`,
    statuses: `${url}/statuses/${issue.pull.headSha}`,
  };
};

/** As lists give it: nothing that git has to compute. */
export const pullShape = (world: World, repository: Repository, issue: PullRequest) => {
  const { pull } = issue;
  const links = linksOf(world, repository, issue);
  const { user, labels, milestone, assignee, assignees } = issueShape(world, repository, issue);
  return {
    url: links.self,
    id: issue.id,
    node_id: nodeId("PR", issue.id),
    html_url: links.html,
    diff_url: `${links.html}.diff`,
    patch_url: `${links.html}.patch`,
    issue_url: links.issue,
    number: issue.number,
    state: issue.state,
    locked: false,
    title: issue.title,
    user,
    body: issue.body,
    created_at: moment(issue.createdAt),
    updated_at: moment(issue.updatedAt),
    closed_at: momentOrNull(issue.closedAt),
    merged_at: momentOrNull(pull.merged?.at ?? null),
    merge_commit_sha: pull.merged?.sha ?? null,
    assignee,
    assignees,
    requested_reviewers: pull.requestedUsers.map((user) => userShape(world, user)),
    requested_teams: pull.requestedTeams.map((team) => teamWithParentShape(world, team)),
    labels,
    milestone,
    draft: pull.isDraft,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: links.statuses,
    head: sideShape(world, repository, pull.head, pull.headSha),
    base: sideShape(world, repository, pull.base, pull.baseSha),
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
    author_association: associationOf(repository, issue.author),
    auto_merge: null,
    active_lock_reason: null,
  };
};

/** Webhooks show whether it is mergeable where that is known; a request to the API asks for it. */
export const fullPullShape = async (world: World, repository: Repository, issue: PullRequest, request: object | null = null) => {
  const { pull } = issue;
  const size = sizeOf(await changedBy(repository, issue, pull));
  const isMergeable = await (request === null ? knownMergeable(repository, issue, pull) : askMergeable(request, repository, issue, pull));
  return {
    ...pullShape(world, repository, issue),
    requested_teams: pull.requestedTeams.map((team) => teamShape(world, team)),
    merged: pull.merged !== null,
    mergeable: isMergeable,
    rebaseable: isMergeable,
    mergeable_state: await mergeStateOf(world, repository, issue, isMergeable),
    merged_by: userOrNullShape(world, pull.merged?.by ?? null),
    comments: [...repository.comments.values()].filter((comment) => comment.issue === issue).length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: await repository.git.count(pull.headSha, pull.baseSha),
    additions: size.additions,
    deletions: size.deletions,
    changed_files: size.files,
  };
};

export const minimalPullShape = (world: World, repository: Repository, issue: PullRequest) => {
  const repo = namedRepositoryShape(world, repository);
  return {
    id: issue.id,
    number: issue.number,
    url: `${apiOfRepository(world, repository)}/pulls/${issue.number}`,
    head: { ref: issue.pull.head, sha: issue.pull.headSha, repo },
    base: { ref: issue.pull.base, sha: issue.pull.baseSha, repo },
  };
};

/** Its state is in capitals; a webhook writes it small. */
export const reviewShape = (world: World, repository: Repository, issue: Issue, review: Review) => {
  const page = `${issuePage(world, repository, issue)}#pullrequestreview-${review.id}`;
  const url = `${apiOfRepository(world, repository)}/pulls/${issue.number}`;
  return {
    id: review.id,
    node_id: nodeId("PRR", review.id),
    user: userShape(world, review.author),
    body: review.body,
    state: review.state,
    html_url: page,
    pull_request_url: url,
    _links: { html: { href: page }, pull_request: { href: url } },
    submitted_at: moment(review.submittedAt),
    commit_id: review.sha,
    author_association: associationOf(repository, review.author),
  };
};
