// What GitHub sends for each thing that happened: the part that all receivers get. The rest is in envelope.ts.
import type { WorldEvent } from "../world/events.ts";
import type { Actor, Deployment, Repository, User, World } from "../world/types.ts";
import { checkRunShape, statusShape, suiteShape, suiteWithCommitShape } from "../rest/shapes/check.ts";
import { commitShape } from "../rest/shapes/commit.ts";
import { commentShape, issueShape } from "../rest/shapes/issue.ts";
import { labelShape, milestoneShape } from "../rest/shapes/label.ts";
import { fullPullShape, isPull, pullShape, reviewShape } from "../rest/shapes/pull.ts";
import { fullNameOf } from "../rest/shapes/links.ts";
import { deploymentShape, deploymentStatusShape } from "../rest/shapes/deployment.ts";
import { releaseShape } from "../rest/shapes/release.ts";
import { teamShape } from "../rest/shapes/team.ts";
import { mergeGroupShape } from "../rest/shapes/merge-group.ts";
import { organizationShape, userShape } from "../rest/shapes/user.ts";
import { jobShape, workflowRunShape, workflowShape } from "../rest/shapes/workflow.ts";
import { pushPayload, refPayload } from "./push.ts";

export type Webhook = { readonly event: string; readonly action: string | null; readonly payload: object };

/** The name by which apps subscribe to it. */
export const eventName = (event: WorldEvent): string => {
  switch (event.is) {
    case "issue":
      return event.issue.pull === null ? "issues" : "pull_request";
    case "comment":
      return "issue_comment";
    case "review":
      return "pull_request_review";
    case "check run":
      return "check_run";
    case "check suite":
      return "check_suite";
    case "workflow run":
      return "workflow_run";
    case "deployment status":
      return "deployment_status";
    case "workflow job":
      return "workflow_job";
    case "merge group":
      return "merge_group";
    case "deployment":
    case "push":
    case "create":
    case "delete":
    case "status":
    case "label":
    case "milestone":
    case "release":
    case "repository":
      return event.is;
  }
};

const requireCommit = async (repository: Repository, sha: string) => {
  const commit = await repository.git.commit(sha);
  if (commit === null) throw new Error(`There is no commit ${sha}`);
  return commit;
};

const issueDetail = (world: World, repository: Repository, event: WorldEvent & { readonly is: "issue" }): object => {
  switch (event.action) {
    case "synchronize":
      return { before: event.before, after: event.after };
    case "edited":
      return { changes: { ...event.changes, ...(event.base === null ? {} : { base: { ref: { from: event.base.ref }, sha: { from: event.base.sha } } }) } };
    case "labeled":
    case "unlabeled":
      return { label: labelShape(world, repository, event.label) };
    case "assigned":
    case "unassigned":
      return { assignee: userShape(world, event.assignee) };
    case "review_requested":
    case "review_request_removed":
      return "slug" in event.reviewer ? { requested_team: teamShape(world, event.reviewer) } : { requested_reviewer: userShape(world, event.reviewer) };
    case "milestoned":
    case "demilestoned":
      return { milestone: milestoneShape(world, repository, event.milestone) };
    case "dequeued":
      return { reason: event.reason };
    case "enqueued":
    case "opened":
    case "closed":
    case "reopened":
    case "ready_for_review":
    case "converted_to_draft":
      return {};
  }
};

const issuePayload = async (world: World, repository: Repository, event: WorldEvent & { readonly is: "issue" }): Promise<object> => {
  const { issue } = event;
  const detail = issueDetail(world, repository, event);
  if (!isPull(issue)) return { issue: issueShape(world, repository, issue), ...detail };
  return { number: issue.number, pull_request: await fullPullShape(world, repository, issue), ...detail };
};

const checkRunPayload = (world: World, repository: Repository, event: WorldEvent & { readonly is: "check run" }) => ({
  check_run: { ...checkRunShape(world, repository, event.run), check_suite: suiteShape(world, repository, event.run.suite) },
  ...(event.action === "requested_action" ? { requested_action: { identifier: event.identifier } } : {}),
});

const statusPayload = async (world: World, repository: Repository, { status }: WorldEvent & { readonly is: "status" }) => {
  const { id, avatar_url, state, description, target_url, context, created_at, updated_at, url } = statusShape(world, repository, status);
  const branches = [...repository.git.refs()].filter(([name, sha]) => name.startsWith("refs/heads/") && sha === status.sha);
  return {
    id,
    sha: status.sha,
    name: fullNameOf(repository),
    avatar_url,
    state,
    description,
    target_url,
    context,
    commit: commitShape(world, repository, await requireCommit(repository, status.sha)),
    branches: branches.map(([name, sha]) => ({ name: name.slice("refs/heads/".length), commit: { sha, url }, protected: false })),
    created_at,
    updated_at,
  };
};

const reviewPayload = (world: World, repository: Repository, { issue, review }: WorldEvent & { readonly is: "review" }) => ({
  review: { ...reviewShape(world, repository, issue, review), state: review.state.toLowerCase() },
  ...(isPull(issue) ? { pull_request: pullShape(world, repository, issue) } : {}),
});

/** An organization or a person, each under its own name. */
const ownerOf = (world: World, owner: User): object =>
  owner.type === "Organization" ? { organization: organizationShape(world, owner) } : { user: userShape(world, owner) };

/** With the run that deploys, where one does: GitHub leaves out the commit of it. */
const deploymentPayload = async (world: World, repository: Repository, deployment: Deployment) => {
  const { run } = deployment;
  return {
    deployment: deploymentShape(world, repository, deployment),
    workflow: run === null ? null : workflowShape(world, repository, run.workflow),
    workflow_run: run === null ? null : { ...workflowRunShape(world, repository, run, await requireCommit(repository, run.headSha)), head_commit: null },
  };
};

const changesIf = (action: string, changes: object): object => (action === "edited" ? { changes } : {});

const bodyOf = async (world: World, repository: Repository, actor: Actor, event: WorldEvent): Promise<object> => {
  switch (event.is) {
    case "push":
      return pushPayload(world, repository, actor, event);
    case "repository":
      return event.action === "transferred"
        ? { changes: { owner: { from: ownerOf(world, event.from) } } }
        : event.changes === null
          ? {}
          : { changes: event.changes };
    case "create":
      return refPayload(repository, event.name);
    case "delete": {
      const { ref, ref_type, pusher_type } = refPayload(repository, event.name);
      return { ref, ref_type, pusher_type };
    }
    case "issue":
      return issuePayload(world, repository, event);
    case "comment":
      return {
        issue: issueShape(world, repository, event.comment.issue),
        comment: commentShape(world, repository, event.comment),
        ...changesIf(event.action, event.changes),
      };
    case "review":
      return reviewPayload(world, repository, event);
    case "check run":
      return checkRunPayload(world, repository, event);
    case "check suite":
      return { check_suite: suiteWithCommitShape(world, repository, event.suite, await requireCommit(repository, event.suite.headSha)) };
    case "workflow run":
      return {
        workflow: workflowShape(world, repository, event.run.workflow),
        workflow_run: workflowRunShape(world, repository, event.run, await requireCommit(repository, event.run.headSha)),
      };
    case "workflow job":
      return { workflow_job: jobShape(world, repository, event.run, event.job) };
    case "merge group":
      return {
        merge_group: mergeGroupShape(event.group, await requireCommit(repository, event.group.headSha)),
        ...(event.action === "destroyed" ? { reason: event.reason } : {}),
      };
    case "deployment":
      return deploymentPayload(world, repository, event.deployment);
    case "deployment status":
      return {
        ...(await deploymentPayload(world, repository, event.deployment)),
        deployment_status: deploymentStatusShape(world, repository, event.deployment, event.status),
        check_run: null,
      };
    case "status":
      return statusPayload(world, repository, event);
    case "label":
      return { label: labelShape(world, repository, event.label), ...changesIf(event.action, event.changes) };
    case "milestone":
      return { milestone: milestoneShape(world, repository, event.milestone), ...changesIf(event.action, event.changes) };
    case "release":
      return { release: releaseShape(world, repository, event.release), ...changesIf(event.action, event.changes) };
  }
};

const actionOf = (event: WorldEvent): string | null => ("action" in event ? event.action : null);

/** As the world stands now. */
export const webhookOf = async (world: World, repository: Repository, actor: Actor, event: WorldEvent): Promise<Webhook> => {
  const action = actionOf(event);
  const body = await bodyOf(world, repository, actor, event);
  return { event: eventName(event), action, payload: action === null ? body : { action, ...body } };
};
