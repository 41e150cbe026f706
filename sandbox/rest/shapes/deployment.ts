// `deployment`, `deployment-status`, `environment` and what a run waits for.
import { isReviewer } from "../../world/deployments/environments.ts";
import { nodeId, unlistedNodeId } from "../../world/node-id.ts";
import type { Deployment, DeploymentReview, DeploymentStatus, Environment, Repository, User, WorkflowRun, World } from "../../world/types.ts";
import { apiOfRepository, pageOfRepository } from "./links.ts";
import { moment } from "./moment.ts";
import { teamWithParentShape } from "./team.ts";
import { userShape } from "./user.ts";

const deploymentUrl = (world: World, repository: Repository, { id }: Deployment): string => `${apiOfRepository(world, repository)}/deployments/${String(id)}`;

export const deploymentShape = (world: World, repository: Repository, deployment: Deployment) => {
  const url = deploymentUrl(world, repository, deployment);
  return {
    url,
    id: deployment.id,
    node_id: nodeId("DE", deployment.id),
    task: deployment.task,
    original_environment: deployment.environment,
    environment: deployment.statuses.at(-1)?.environment ?? deployment.environment,
    description: deployment.description,
    created_at: moment(deployment.createdAt),
    updated_at: moment(deployment.updatedAt),
    statuses_url: `${url}/statuses`,
    repository_url: apiOfRepository(world, repository),
    creator: userShape(world, deployment.creator),
    sha: deployment.sha,
    ref: deployment.ref,
    payload: deployment.payload,
    transient_environment: deployment.isTransient,
    production_environment: deployment.isProduction,
    performed_via_github_app: null,
  };
};

export const deploymentStatusShape = (world: World, repository: Repository, deployment: Deployment, status: DeploymentStatus) => {
  const of = deploymentUrl(world, repository, deployment);
  return {
    url: `${of}/statuses/${String(status.id)}`,
    id: status.id,
    node_id: nodeId("DES", status.id),
    state: status.state,
    creator: userShape(world, status.creator),
    description: status.description,
    environment: status.environment,
    target_url: status.logUrl,
    created_at: moment(status.at),
    updated_at: moment(status.at),
    deployment_url: of,
    repository_url: apiOfRepository(world, repository),
    environment_url: status.environmentUrl,
    log_url: status.logUrl,
    performed_via_github_app: null,
  };
};

const reviewerShapes = (world: World, { reviewers }: Environment) =>
  reviewers.map((reviewer) =>
    "slug" in reviewer ? { type: "Team", reviewer: teamWithParentShape(world, reviewer) } : { type: "User", reviewer: userShape(world, reviewer) },
  );

const shortEnvironmentShape = (world: World, repository: Repository, { id, name }: Environment) => ({
  id,
  node_id: unlistedNodeId("EN", id),
  name,
  url: `${apiOfRepository(world, repository)}/environments/${encodeURIComponent(name)}`,
  html_url: `${pageOfRepository(world, repository)}/deployments/activity_log?environments_filter=${encodeURIComponent(name)}`,
});

/** Its rules have the number of the environment: there is at most one of each kind. */
const ruleShapes = (world: World, environment: Environment) => {
  const { id, waitMinutes, reviewers, preventsSelfReview, branches } = environment;
  const rule = (type: string) => ({ id, node_id: unlistedNodeId("GA", id), type });
  return [
    ...(waitMinutes === 0 ? [] : [{ ...rule("wait_timer"), wait_timer: waitMinutes }]),
    ...(reviewers.length === 0
      ? []
      : [{ ...rule("required_reviewers"), prevent_self_review: preventsSelfReview, reviewers: reviewerShapes(world, environment) }]),
    ...(branches === "all" ? [] : [rule("branch_policy")]),
  ];
};

export const environmentShape = (world: World, repository: Repository, environment: Environment) => {
  const { branches, createdAt, updatedAt } = environment;
  return {
    ...shortEnvironmentShape(world, repository, environment),
    created_at: moment(createdAt),
    updated_at: moment(updatedAt),
    protection_rules: ruleShapes(world, environment),
    deployment_branch_policy: branches === "all" ? null : { protected_branches: branches === "protected", custom_branch_policies: branches !== "protected" },
  };
};

export const branchPolicyShape = ({ id, pattern, type }: Exclude<Environment["branches"], string>[number]) => ({
  id,
  node_id: unlistedNodeId("GBP", id),
  name: pattern,
  type,
});

/** `asker` is null for nobody and for apps. */
export const pendingDeploymentShape = (world: World, repository: Repository, run: WorkflowRun, environment: Environment, asker: User | null) => ({
  environment: shortEnvironmentShape(world, repository, environment),
  wait_timer: environment.waitMinutes,
  wait_timer_started_at: environment.waitMinutes === 0 ? null : moment(run.startedAt),
  current_user_can_approve: asker !== null && isReviewer(environment, run, asker),
  reviewers: reviewerShapes(world, environment),
});

export const deploymentReviewShape = (world: World, repository: Repository, { environments, state, user, comment }: DeploymentReview) => ({
  environments: environments.map((environment) => ({
    ...shortEnvironmentShape(world, repository, environment),
    created_at: moment(environment.createdAt),
    updated_at: moment(environment.updatedAt),
  })),
  state,
  user: userShape(world, user),
  comment,
});
