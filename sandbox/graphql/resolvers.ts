// All types of GitHub's schema that the stand-in knows, each with its fields.
import { checkMutations } from "./mutations/checks.ts";
import { commentMutations } from "./mutations/comments.ts";
import { commitMutations } from "./mutations/commits.ts";
import { issueMutations } from "./mutations/issues.ts";
import { labelMutations } from "./mutations/labels.ts";
import { pullRequestMutations } from "./mutations/pull-requests.ts";
import { refMutations } from "./mutations/refs.ts";
import type { Fields } from "./context.ts";
import { accountFields, appFields } from "./types/account.ts";
import { checkRunFields, checkSuiteFields } from "./types/check.ts";
import { rollupFields, statusContextFields, statusFields } from "./types/commit-checks.ts";
import { commitFields } from "./types/commit.ts";
import { gitActorFields } from "./types/git-actor.ts";
import { blobFields, tagFields, treeEntryFields, treeFields } from "./types/git-object.ts";
import { commentFields, issueFields } from "./types/issue.ts";
import { deploymentFields, deploymentStatusFields } from "./types/deployment.ts";
import { mergeQueueFields, queueEntryFields } from "./types/merge-queue.ts";
import { labelFields, milestoneFields } from "./types/label-milestone.ts";
import { pullRequestCommitFields, pullRequestFields } from "./types/pull-request.ts";
import { queryFields } from "./types/query.ts";
import { comparisonFields, refFields } from "./types/ref.ts";
import { releaseAssetFields, releaseFields } from "./types/release.ts";
import { repositoryFields } from "./types/repository.ts";
import { reviewFields, reviewRequestFields } from "./types/review.ts";
import { signatureFields } from "./types/signature.ts";
import { organizationFields, teamFields } from "./types/team.ts";
import { eventFields, labelEventFields } from "./types/timeline.ts";
import { editFields, reactionFields, reactionGroupFields } from "./types/written.ts";

export const resolvers: Readonly<Record<string, Fields<unknown>>> = {
  Query: queryFields,
  Mutation: { ...refMutations, ...commitMutations, ...pullRequestMutations, ...issueMutations, ...commentMutations, ...labelMutations, ...checkMutations },
  User: accountFields,
  Bot: accountFields,
  Organization: organizationFields,
  Team: teamFields,
  App: appFields,
  Repository: repositoryFields,
  Ref: refFields,
  Comparison: comparisonFields,
  Commit: commitFields,
  GitActor: gitActorFields,
  Tree: treeFields,
  TreeEntry: treeEntryFields,
  Blob: blobFields,
  Tag: tagFields,
  GpgSignature: signatureFields,
  SshSignature: signatureFields,
  UnknownSignature: signatureFields,
  Issue: issueFields,
  IssueComment: commentFields,
  UserContentEdit: editFields,
  ReactionGroup: reactionGroupFields,
  Reaction: reactionFields,
  PullRequest: pullRequestFields,
  PullRequestCommit: pullRequestCommitFields,
  PullRequestReview: reviewFields,
  ReviewRequest: reviewRequestFields,
  ClosedEvent: eventFields,
  ReopenedEvent: eventFields,
  MergedEvent: eventFields,
  LabeledEvent: labelEventFields,
  UnlabeledEvent: labelEventFields,
  CheckSuite: checkSuiteFields,
  CheckRun: checkRunFields,
  StatusCheckRollup: rollupFields,
  Status: statusFields,
  StatusContext: statusContextFields,
  Label: labelFields,
  Milestone: milestoneFields,
  Deployment: deploymentFields,
  DeploymentStatus: deploymentStatusFields,
  MergeQueue: mergeQueueFields,
  MergeQueueEntry: queueEntryFields,
  Release: releaseFields,
  ReleaseAsset: releaseAssetFields,
};
