// Mutations of pull requests.
import type {
  AddPullRequestReviewInput,
  ClosePullRequestInput,
  ConvertPullRequestToDraftInput,
  CreatePullRequestInput,
  DequeuePullRequestInput,
  DismissPullRequestReviewInput,
  EnqueuePullRequestInput,
  MarkPullRequestReadyForReviewInput,
  MergePullRequestInput,
  PullRequestMergeMethod,
  PullRequestReviewEvent,
  ReopenPullRequestInput,
  RequestReviewsInput,
  UpdatePullRequestInput,
} from "@octokit/graphql-schema";
import { ApiError, type Verdict } from "../../world/types.ts";
import type { Fields } from "../context.ts";
import { Refusal } from "../errors.ts";
import { nodeOfType } from "../nodes.ts";
import { issueThing } from "../things.ts";
import { reviewThing } from "../types/review.ts";
import { milestoneNamed, refuseArguments } from "./issues.ts";
import { setLabels } from "./labels.ts";
import { actorOf, mutation, repositoryOf } from "./mutation.ts";

const METHODS: Readonly<Record<PullRequestMergeMethod, "merge" | "squash" | "rebase">> = { MERGE: "merge", SQUASH: "squash", REBASE: "rebase" };
const VERDICTS: Readonly<Partial<Record<PullRequestReviewEvent, Verdict>>> = {
  APPROVE: "APPROVED",
  REQUEST_CHANGES: "CHANGES_REQUESTED",
  COMMENT: "COMMENTED",
};

export const pullRequestMutations: Fields<unknown> = {
  createPullRequest: mutation(async (input: CreatePullRequestInput, context) => {
    refuseArguments(input, ["headRepositoryId"]);
    const repository = await repositoryOf(context, input.repositoryId);
    const issue = await context.operations.openPullRequest(context.actor, repository, {
      title: input.title,
      body: input.body ?? null,
      head: input.headRefName.replace(/^refs\/heads\//, ""),
      base: input.baseRefName.replace(/^refs\/heads\//, ""),
      isDraft: input.draft ?? false,
    });
    return { pullRequest: issueThing(repository, issue) };
  }),
  updatePullRequest: mutation(async (input: UpdatePullRequestInput, context) => {
    refuseArguments(input, ["assigneeIds", "projectIds"]);
    const thing = await nodeOfType(context, input.pullRequestId, ["PullRequest"]);
    await context.operations.editIssue(context.actor, thing.repository, thing.issue, {
      ...(typeof input.title === "string" ? { title: input.title } : {}),
      ...(typeof input.body === "string" ? { body: input.body } : {}),
      ...(input.baseRefName ? { base: input.baseRefName.replace(/^refs\/heads\//, "") } : {}),
      ...(input.state ? { state: input.state === "OPEN" ? "open" : "closed" } : {}),
      ...(await milestoneNamed(context, input.milestoneId)),
    });
    if (input.labelIds) await setLabels(context, thing, input.labelIds);
    return { pullRequest: thing, actor: actorOf(context) };
  }),
  closePullRequest: mutation(async ({ pullRequestId }: ClosePullRequestInput, context) => {
    const thing = await nodeOfType(context, pullRequestId, ["PullRequest"]);
    await context.operations.editIssue(context.actor, thing.repository, thing.issue, { state: "closed" });
    return { pullRequest: thing };
  }),
  reopenPullRequest: mutation(async ({ pullRequestId }: ReopenPullRequestInput, context) => {
    const thing = await nodeOfType(context, pullRequestId, ["PullRequest"]);
    await context.operations.editIssue(context.actor, thing.repository, thing.issue, { state: "open" });
    return { pullRequest: thing };
  }),
  markPullRequestReadyForReview: mutation(async ({ pullRequestId }: MarkPullRequestReadyForReviewInput, context) => {
    const thing = await nodeOfType(context, pullRequestId, ["PullRequest"]);
    await context.operations.setDraft(context.actor, thing.repository, thing.issue, false);
    return { pullRequest: thing };
  }),
  convertPullRequestToDraft: mutation(async ({ pullRequestId }: ConvertPullRequestToDraftInput, context) => {
    const thing = await nodeOfType(context, pullRequestId, ["PullRequest"]);
    await context.operations.setDraft(context.actor, thing.repository, thing.issue, true);
    return { pullRequest: thing };
  }),
  mergePullRequest: mutation(async (input: MergePullRequestInput, context) => {
    refuseArguments(input, ["authorEmail"]);
    const thing = await nodeOfType(context, input.pullRequestId, ["PullRequest"]);
    const how = {
      method: METHODS[input.mergeMethod ?? "MERGE"],
      sha: input.expectedHeadOid ?? null,
      title: input.commitHeadline ?? null,
      message: input.commitBody ?? null,
    };
    // A head that moved is told apart from other refusals by its words only.
    await context.operations.mergePullRequest(context.actor, thing.repository, thing.issue, how).catch((error: unknown) => {
      throw error instanceof ApiError && error.status === 409 ? new Refusal("UNPROCESSABLE", error.message) : error;
    });
    return { pullRequest: thing, actor: actorOf(context) };
  }),
  enqueuePullRequest: mutation(async (input: EnqueuePullRequestInput, context) => {
    if (input.jump) throw new Refusal("UNPROCESSABLE", "the stand-in knows no jumping of the queue");
    const { repository, issue } = await nodeOfType(context, input.pullRequestId, ["PullRequest"]);
    const entry = await context.operations.enqueue(context.actor, repository, issue, input.expectedHeadOid ?? null);
    return { mergeQueueEntry: { is: "MergeQueueEntry", repository, entry } };
  }),
  dequeuePullRequest: mutation(async ({ id }: DequeuePullRequestInput, context) => {
    const { repository, issue } = await nodeOfType(context, id, ["PullRequest"]);
    const entry = await context.operations.dequeue(context.actor, repository, issue);
    return { mergeQueueEntry: { is: "MergeQueueEntry", repository, entry } };
  }),
  requestReviews: mutation(async ({ pullRequestId, userIds, teamIds, union }: RequestReviewsInput, context) => {
    const thing = await nodeOfType(context, pullRequestId, ["PullRequest"]);
    const users = await Promise.all((userIds ?? []).map(async (id) => (await nodeOfType(context, id, ["User", "Bot", "Organization"])).user));
    const teams = await Promise.all((teamIds ?? []).map(async (id) => (await nodeOfType(context, id, ["Team"])).team));
    const { requestedUsers, requestedTeams } = thing.pull;
    if (union !== true) {
      const dropped = { users: requestedUsers.filter((user) => !users.includes(user)), teams: requestedTeams.filter((team) => !teams.includes(team)) };
      await context.operations.removeReviewRequests(context.actor, thing.repository, thing.issue, dropped);
    }
    await context.operations.requestReviews(context.actor, thing.repository, thing.issue, { users, teams });
    return { pullRequest: thing, actor: actorOf(context) };
  }),
  dismissPullRequestReview: mutation(async ({ pullRequestReviewId }: DismissPullRequestReviewInput, context) => {
    const thing = await nodeOfType(context, pullRequestReviewId, ["PullRequestReview"]);
    await context.operations.dismissReview(context.actor, thing.repository, thing.issue, thing.review);
    return { pullRequestReview: thing };
  }),
  addPullRequestReview: mutation(async (input: AddPullRequestReviewInput, context) => {
    refuseArguments(input, ["comments", "threads"]);
    const thing = await nodeOfType(context, input.pullRequestId, ["PullRequest"]);
    const state = input.event ? VERDICTS[input.event] : undefined;
    if (state === undefined) throw new Refusal("UNPROCESSABLE", "the stand-in knows no pending and no dismissed reviews");
    if (input.commitOID && input.commitOID !== thing.pull.headSha) throw new Refusal("UNPROCESSABLE", "the stand-in knows reviews of the newest commit only");
    const review = reviewThing(thing, await context.operations.review(context.actor, thing.repository, thing.issue, { state, body: input.body ?? "" }));
    return { pullRequestReview: review, reviewEdge: { node: review, cursor: String(review.review.id) } };
  }),
};
