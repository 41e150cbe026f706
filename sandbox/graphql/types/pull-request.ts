// Pull requests.
import type {
  PullRequestClosingIssuesReferencesArgs,
  PullRequestCommitsArgs,
  PullRequestFilesArgs,
  PullRequestLatestOpinionatedReviewsArgs,
  PullRequestLatestReviewsArgs,
  PullRequestReviewRequestsArgs,
  PullRequestReviewsArgs,
} from "@octokit/graphql-schema";
import type { FileChange } from "../../git/types.ts";
import { nodeId } from "../../world/node-id.ts";
import { askMergeable, mergeStateOf } from "../../world/merge-state.ts";
import type { Repository, World } from "../../world/types.ts";
import { closedIssues } from "../../world/closing.ts";
import { latestReviews, opinions } from "../../world/opinions.ts";
import { reviewDecision } from "../../world/rules/merge-violations.ts";
import { entryOf, queueRuleOf } from "../../world/queue/queue.ts";
import { connection } from "../connection.ts";
import type { Fields } from "../context.ts";
import { issueUrl, pathOf } from "../links.ts";
import { pullRequestState } from "../issue-lists.ts";
import { dateTimeOrNull } from "../moments.ts";
import { mergeability, pullChanges, pullCommits } from "../pull-facts.ts";
import { accountThing, commitThing, issueThing, refThing, type CommitThing, type PullRequestThing, type QueueEntryThing } from "../things.ts";
import { commitChecks } from "./commit-checks.ts";
import { discussionFields } from "./issue.ts";
import { mergeQueueThing } from "./merge-queue.ts";
import { reviewRequests, reviewThing } from "./review.ts";

export type PullRequestCommitThing = {
  readonly is: "PullRequestCommit";
  readonly repository: Repository;
  readonly pullRequest: PullRequestThing;
  readonly commit: CommitThing;
};

const CHANGE_TYPES: Readonly<Record<FileChange["status"], string>> = {
  added: "ADDED",
  removed: "DELETED",
  modified: "MODIFIED",
  renamed: "RENAMED",
  changed: "CHANGED",
};

export const pullRequestFields: Fields<PullRequestThing> = {
  ...discussionFields,
  id: ({ issue }) => nodeId("PR", issue.id),
  state: ({ issue }) => pullRequestState(issue),
  permalink: ({ repository, issue }, _, { world }) => issueUrl(world, repository, issue),
  isDraft: ({ pull }) => pull.isDraft,
  merged: ({ pull }) => pull.merged !== null,
  mergedAt: ({ pull }) => dateTimeOrNull(pull.merged?.at ?? null),
  mergedBy: ({ pull }) => (pull.merged === null ? null : accountThing(pull.merged.by)),
  mergeCommit: ({ repository, pull }) => (pull.merged === null ? null : commitThing(repository, pull.merged.sha)),
  mergeable: mergeability,
  mergeStateStatus: async ({ repository, issue, pull }, _, context) =>
    (await mergeStateOf(context.world, repository, issue, await askMergeable(context, repository, issue, pull))).toUpperCase(),
  headRefName: ({ pull }) => pull.head,
  headRefOid: ({ pull }) => pull.headSha,
  headRef: ({ repository, pull }) => refThing(repository, `refs/heads/${pull.head}`),
  headRepository: ({ repository }) => ({ is: "Repository", repository }),
  headRepositoryOwner: ({ repository }) => accountThing(repository.owner),
  baseRefName: ({ pull }) => pull.base,
  baseRefOid: ({ pull }) => pull.baseSha,
  baseRef: ({ repository, pull }) => refThing(repository, `refs/heads/${pull.base}`),
  baseRepository: ({ repository }) => ({ is: "Repository", repository }),
  isCrossRepository: () => false,
  isInMergeQueue: ({ repository, issue }) => entryOf(repository, issue) !== null,
  isMergeQueueEnabled: ({ repository, pull }) => queueRuleOf(repository, pull.base) !== null,
  mergeQueue: ({ repository, pull }) => mergeQueueThing(repository, pull.base),
  mergeQueueEntry: ({ repository, issue }): QueueEntryThing | null => {
    const entry = entryOf(repository, issue);
    return entry === null ? null : { is: "MergeQueueEntry", repository, entry };
  },
  maintainerCanModify: () => false,
  additions: async (thing) => (await pullChanges(thing)).reduce((sum, { additions }) => sum + additions, 0),
  deletions: async (thing) => (await pullChanges(thing)).reduce((sum, { deletions }) => sum + deletions, 0),
  changedFiles: async (thing) => (await pullChanges(thing)).length,
  files: async (thing, args: PullRequestFilesArgs) =>
    connection(await pullChanges(thing), args, ({ path, additions, deletions, status }) => ({ path, additions, deletions, changeType: CHANGE_TYPES[status] })),
  closingIssuesReferences: ({ repository, issue, pull }, args: PullRequestClosingIssuesReferencesArgs) =>
    connection(args.userLinkedOnly ? [] : closedIssues(repository, issue.body ?? "", pull.base), args, (closed) => issueThing(repository, closed)),
  commits: async (thing, args: PullRequestCommitsArgs) =>
    connection(await pullCommits(thing), args, async (sha): Promise<PullRequestCommitThing> => ({
      is: "PullRequestCommit",
      repository: thing.repository,
      pullRequest: thing,
      commit: await commitThing(thing.repository, sha),
    })),
  statusCheckRollup: async ({ repository, pull }, args, context) =>
    commitChecks["statusCheckRollup"]?.(await commitThing(repository, pull.headSha), args, context),
  reviews: (thing, args: PullRequestReviewsArgs) => {
    const reviews = thing.pull.reviews.filter(({ author, state }) => (!args.author || author.login === args.author) && (args.states?.includes(state) ?? true));
    return connection(reviews, args, (review) => reviewThing(thing, review));
  },
  reviewRequests: (thing, args: PullRequestReviewRequestsArgs) => connection(reviewRequests(thing), args, (request) => request),
  latestReviews: (thing, args: PullRequestLatestReviewsArgs) => connection(latestReviews(thing.pull.reviews), args, (review) => reviewThing(thing, review)),
  latestOpinionatedReviews: (thing, args: PullRequestLatestOpinionatedReviewsArgs) =>
    connection(opinions(thing.repository, thing.pull, args.writersOnly ?? false), args, (review) => reviewThing(thing, review)),
  reviewDecision: ({ repository, pull }) => reviewDecision(repository, pull),
};

const commitUrl = (world: World, { repository, pullRequest, commit }: PullRequestCommitThing): string =>
  `${issueUrl(world, repository, pullRequest.issue)}/commits/${commit.commit.sha}`;

export const pullRequestCommitFields: Fields<PullRequestCommitThing> = {
  id: ({ pullRequest, commit }) => nodeId("PRC", `${pullRequest.issue.id}:${commit.commit.sha}`),
  commit: ({ commit }) => commit,
  pullRequest: ({ pullRequest }) => pullRequest,
  url: (thing, _, { world }) => commitUrl(world, thing),
  resourcePath: (thing, _, { world }) => pathOf(commitUrl(world, thing)),
};
