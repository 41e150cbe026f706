// `workflow`, `workflow-run` and `job`.
import type { CommitObject } from "../../git/types.ts";
import { nodeId, unlistedNodeId } from "../../world/node-id.ts";
import type { Job, Repository, Workflow, WorkflowRun, World } from "../../world/types.ts";
import { simpleCommitShape } from "./commit.ts";
import { apiOfRepository, encodedPath, pageOfRepository } from "./links.ts";
import { moment, momentOrNull } from "./moment.ts";
import { isPull, minimalPullShape } from "./pull.ts";
import { repositoryShape } from "./repository.ts";
import { userShape } from "./user.ts";

/** The short form of a repository: what names it, and addresses of the API. */
const SHORT = new Set(["id", "node_id", "name", "full_name", "private", "owner", "html_url", "description", "fork", "url"]);
const CLONE_ADDRESSES = new Set(["git_url", "ssh_url", "clone_url", "svn_url", "mirror_url"]);
const shortRepository = (world: World, repository: Repository): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(repositoryShape(world, repository)).filter(([name]) => SHORT.has(name) || (name.endsWith("_url") && !CLONE_ADDRESSES.has(name))),
  );

const pullsOf = (world: World, repository: Repository, run: WorkflowRun) =>
  [...repository.issues.values()]
    .filter(isPull)
    .filter(({ state, pull }) => state === "open" && pull.headSha === run.headSha && pull.head === run.headBranch)
    .map((issue) => minimalPullShape(world, repository, issue));

export const workflowShape = (world: World, repository: Repository, workflow: Workflow) => {
  const page = pageOfRepository(world, repository);
  return {
    id: workflow.id,
    node_id: unlistedNodeId("W", workflow.id),
    name: workflow.name,
    path: workflow.path,
    state: workflow.isDisabled ? "disabled_manually" : "active",
    created_at: moment(workflow.createdAt),
    updated_at: moment(workflow.updatedAt),
    url: `${apiOfRepository(world, repository)}/actions/workflows/${workflow.id}`,
    html_url: `${page}/blob/${encodedPath(repository.defaultBranch)}/${encodedPath(workflow.path)}`,
    badge_url: `${page}/workflows/${encodeURIComponent(workflow.name)}/badge.svg`,
  };
};

/** Where a run is, in the API and as a page. */
export const runLinks = (world: World, repository: Repository, { id }: WorkflowRun) => ({
  url: `${apiOfRepository(world, repository)}/actions/runs/${id}`,
  html_url: `${pageOfRepository(world, repository)}/actions/runs/${id}`,
});

export const workflowRunShape = (world: World, repository: Repository, run: WorkflowRun, commit: CommitObject) => {
  const api = apiOfRepository(world, repository);
  const { url, html_url } = runLinks(world, repository, run);
  return {
    id: run.id,
    name: run.name,
    node_id: unlistedNodeId("WFR", run.id),
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: run.workflow.path,
    display_title: run.title,
    run_number: run.number,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: run.workflow.id,
    check_suite_id: run.suite.id,
    check_suite_node_id: nodeId("CS", run.suite.id),
    url,
    html_url,
    pull_requests: pullsOf(world, repository, run),
    created_at: moment(run.createdAt),
    updated_at: moment(run.updatedAt),
    actor: userShape(world, run.actor),
    run_attempt: run.attempt,
    referenced_workflows: [],
    run_started_at: moment(run.startedAt),
    triggering_actor: userShape(world, run.triggeringActor),
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${api}/check-suites/${run.suite.id}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: run.attempt === 1 ? null : `${url}/attempts/${run.attempt - 1}`,
    workflow_url: `${api}/actions/workflows/${run.workflow.id}`,
    head_commit: simpleCommitShape(commit),
    repository: shortRepository(world, repository),
    head_repository: shortRepository(world, repository),
  };
};

const done = (name: string, conclusion: string) => ({ name, status: "completed", conclusion });

/** How far a job came: each of its steps, between the two that GitHub puts around them. */
const stepShapes = ({ steps, check, endedAtStep }: Job, startedAt: string) => {
  if (check.conclusion === "skipped") return [];
  const isOver = check.status === "completed";
  const conclusionOf = (index: number): string => {
    if (endedAtStep === null || index < endedAtStep) return "success";
    if (index > endedAtStep) return "skipped";
    return check.conclusion === "failure" ? "failure" : "cancelled";
  };
  const own = steps.map((name, index) => {
    if (isOver) return done(name, conclusionOf(index));
    return { name, status: index === 0 && check.status === "in_progress" ? "in_progress" : "queued", conclusion: null };
  });
  const last = "Complete job";
  const all = [done("Set up job", "success"), ...own, isOver ? done(last, "success") : { name: last, status: "queued", conclusion: null }];
  const completedAt = momentOrNull(check.completedAt);
  return all.map((step, index) => ({
    ...step,
    number: index + 1,
    started_at: step.status === "queued" ? null : startedAt,
    completed_at: step.status === "completed" ? (completedAt ?? startedAt) : null,
  }));
};

/** A job has the number of its check run. No runner is behind it. */
export const jobShape = (world: World, repository: Repository, run: WorkflowRun, job: Job) => {
  const { name, labels, attempt, check } = job;
  const { url, html_url } = runLinks(world, repository, run);
  const startedAt = moment(check.startedAt ?? run.startedAt);
  return {
    id: check.id,
    run_id: run.id,
    run_url: url,
    run_attempt: attempt,
    node_id: nodeId("CR", check.id),
    head_sha: run.headSha,
    url: `${apiOfRepository(world, repository)}/actions/jobs/${check.id}`,
    html_url: `${html_url}/job/${check.id}`,
    status: check.status,
    conclusion: check.conclusion,
    created_at: startedAt,
    started_at: startedAt,
    completed_at: momentOrNull(check.completedAt),
    name,
    steps: stepShapes(job, startedAt),
    check_run_url: `${apiOfRepository(world, repository)}/check-runs/${check.id}`,
    labels,
    runner_id: null,
    runner_name: null,
    runner_group_id: null,
    runner_group_name: null,
    workflow_name: run.name,
    head_branch: run.headBranch,
  };
};
