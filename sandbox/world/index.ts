// All operations, each behind the same door: access is checked, the clock moves, and one write follows the other.
import { attest, uploadArtifact } from "../actions/artifacts.ts";
import { dispatchRepository, dispatchWorkflow } from "../actions/dispatch.ts";
import * as runs from "../actions/runs.ts";
import { startRuns } from "../actions/start-runs.ts";
import { need, requireAccess, requirePermission, type Need } from "./access.ts";
import { deleteRepository, editRepository, renameBranch, transferRepository } from "./administration.ts";
import * as checks from "./checks.ts";
import * as comments from "./comments.ts";
import { createCommit } from "./commits.ts";
import type { Emit, Stage } from "./events.ts";
import { assign, editIssue, openIssue } from "./issues.ts";
import * as labels from "./labels.ts";
import { mergePullRequest } from "./merge.ts";
import { followQueue } from "./queue/follow-queue.ts";
import { dequeue, enqueue } from "./queue/queue.ts";
import { createMilestone, editMilestone } from "./milestones.ts";
import type { Operations } from "./operations.ts";
import { openPullRequest, setDraft } from "./pulls.ts";
import { announce, updateRefs } from "./refs.ts";
import { deleteReleaseAsset, editReleaseAsset, uploadReleaseAsset } from "./release-assets.ts";
import { createRelease, deleteRelease, updateRelease } from "./releases.ts";
import { deleteRuleset, keepRuleset, requireChecks } from "./rules/keep.ts";
import { dismissReview, removeReviewRequests, requestReviews, review } from "./reviews.ts";
import { createDeployment, createDeploymentStatus, deleteDeployment } from "./deployments/deploy.ts";
import { deleteEnvironment, keepEnvironment } from "./deployments/environments.ts";
import { setWorkflowDisabled } from "../actions/workflows.ts";
import { passTime } from "../actions/clock.ts";
import { reviewDeployments } from "../actions/environments.ts";
import { createStatus } from "./statuses.ts";
import { setTeamRole } from "./team-roles.ts";
import { inTurn } from "./turns.ts";
import type { Actor, Repository, World } from "./types.ts";

const CONTENTS = need("contents", "write");
/** Both kinds have comments, labels, reactions and milestones, and either permission is enough for them. */
const DISCUSSION = ["issues", "pull_requests"];
const DISCUSS = need(DISCUSSION, "write", "read");
const TRIAGE = need(DISCUSSION, "write", "triage");
const CHECKS = need("checks", "write");
const PULLS = need("pull_requests", "write");
const ACTIONS = need("actions", "write");
const DEPLOYMENTS = need("deployments", "write");
const ADMINISTRATION = need("administration", "write", "admin");

/** `emit` is told what happened while the state still is as it was left. Workflows hear of it after the apps. */
export const operationsOf = (world: World, emit: Emit): Operations => {
  const stage: Stage = {
    world,
    async emit(repository, actor, event) {
      await emit(repository, actor, event);
      await startRuns(stage, actor, repository, event);
      await followQueue(stage, actor, repository, event);
    },
  };
  const write =
    <Rest extends readonly unknown[], Result>(wanted: Need, act: (stage: Stage, actor: Actor, repository: Repository, ...rest: Rest) => Promise<Result>) =>
    (actor: Actor, repository: Repository, ...rest: Rest): Promise<Result> =>
      inTurn(repository, async () => {
        requireAccess(actor, repository, wanted);
        world.tick();
        return act(stage, actor, repository, ...rest);
      });
  const asRunner =
    <Rest extends readonly unknown[], Result>(act: (stage: Stage, repository: Repository, ...rest: Rest) => Promise<Result>) =>
    (repository: Repository, ...rest: Rest): Promise<Result> =>
      inTurn(repository, () => {
        world.tick();
        return act(stage, repository, ...rest);
      });
  return {
    // Also of an archived one, which would never be opened again otherwise.
    editRepository: (actor, repository, change) =>
      inTurn(repository, () => {
        requirePermission(actor, repository, ADMINISTRATION);
        world.tick();
        return editRepository(stage, actor, repository, change);
      }),
    transferRepository: write(ADMINISTRATION, transferRepository),
    deleteRepository: (actor, repository) =>
      inTurn(repository, () => {
        requirePermission(actor, repository, ADMINISTRATION);
        world.tick();
        return deleteRepository(stage, actor, repository);
      }),
    renameBranch: (actor, repository, from, to) =>
      write(repository.defaultBranch === from ? ADMINISTRATION : CONTENTS, renameBranch)(actor, repository, from, to),
    updateRefs: write(CONTENTS, updateRefs),
    pushed: write(CONTENTS, announce),
    createCommit: write(CONTENTS, createCommit),
    openPullRequest: write(PULLS, openPullRequest),
    editIssue: write(DISCUSS, editIssue),
    mergePullRequest: write(CONTENTS, mergePullRequest),
    enqueue: write(CONTENTS, enqueue),
    dequeue: write(CONTENTS, dequeue),
    setDraft: write(PULLS, setDraft),
    review: write(need("pull_requests", "write", "read"), review),
    dismissReview: write(PULLS, dismissReview),
    requestReviews: write(need("pull_requests", "write", "triage"), requestReviews),
    removeReviewRequests: write(need("pull_requests", "write", "triage"), removeReviewRequests),
    openIssue: write(need("issues", "write", "read"), openIssue),
    comment: write(DISCUSS, comments.comment),
    editComment: write(DISCUSS, comments.editComment),
    deleteComment: write(DISCUSS, comments.deleteComment),
    react: write(DISCUSS, comments.react),
    unreact: write(DISCUSS, comments.unreact),
    createLabel: write(need(DISCUSSION, "write", "write"), labels.createLabel),
    editLabel: write(need(DISCUSSION, "write", "write"), labels.editLabel),
    deleteLabel: write(need(DISCUSSION, "write", "write"), labels.deleteLabel),
    addLabels: write(TRIAGE, labels.addLabels),
    removeLabel: write(TRIAGE, labels.removeLabel),
    assign: write(TRIAGE, assign),
    createMilestone: write(need(DISCUSSION, "write", "write"), createMilestone),
    editMilestone: write(need(DISCUSSION, "write", "write"), editMilestone),
    createCheckRun: write(CHECKS, checks.createCheckRun),
    updateCheckRun: write(CHECKS, checks.updateCheckRun),
    reportCheck: write(CHECKS, checks.reportCheck),
    requireChecks: write(ADMINISTRATION, requireChecks),
    keepRuleset: write(ADMINISTRATION, keepRuleset),
    setTeamRole: write(ADMINISTRATION, setTeamRole),
    deleteRuleset: write(ADMINISTRATION, deleteRuleset),
    rerequestCheckRun: write(CHECKS, checks.rerequestCheckRun),
    rerequestCheckSuite: write(CHECKS, checks.rerequestCheckSuite),
    requestCheckAction: write(CHECKS, checks.requestCheckAction),
    createStatus: write(need("statuses", "write"), createStatus),
    createDeployment: write(DEPLOYMENTS, createDeployment),
    createDeploymentStatus: write(DEPLOYMENTS, createDeploymentStatus),
    deleteDeployment: write(DEPLOYMENTS, deleteDeployment),
    keepEnvironment: write(ADMINISTRATION, keepEnvironment),
    deleteEnvironment: write(ADMINISTRATION, deleteEnvironment),
    reviewDeployments: write(need("deployments", "write", "read"), reviewDeployments),
    dispatchWorkflow: write(ACTIONS, dispatchWorkflow),
    dispatchRepository: write(CONTENTS, dispatchRepository),
    setWorkflowDisabled: write(ACTIONS, setWorkflowDisabled),
    cancelRun: write(ACTIONS, runs.cancelRun),
    rerun: write(ACTIONS, runs.rerun),
    deleteRun: write(ACTIONS, runs.deleteRun),
    async passTime() {
      for (const repository of world.repositories.values()) await inTurn(repository, () => passTime(stage, repository));
    },
    startRun: asRunner(runs.startRun),
    holdRun: asRunner((stage, _repository, run) => runs.holdRun(stage, run)),
    finishRun: asRunner((stage, repository, run, conclusion, how) => runs.finishRun(stage, repository, run, conclusion, how)),
    uploadArtifact: asRunner(uploadArtifact),
    attest: asRunner(attest),
    createRelease: write(CONTENTS, createRelease),
    updateRelease: write(CONTENTS, updateRelease),
    deleteRelease: write(CONTENTS, deleteRelease),
    uploadReleaseAsset: write(CONTENTS, uploadReleaseAsset),
    editReleaseAsset: write(CONTENTS, editReleaseAsset),
    deleteReleaseAsset: write(CONTENTS, deleteReleaseAsset),
  };
};
