// `check-run` and `check-suite`, as answers and as webhooks carry them; `status`.
import type { CommitObject } from "../../git/types.ts";
import { runsOf, suiteOutcome } from "../../world/checks.ts";
import { nodeId } from "../../world/node-id.ts";
import type { CheckRun, CheckSuite, Repository, Status, World } from "../../world/types.ts";
import { appShape } from "./app.ts";
import { simpleCommitShape } from "./commit.ts";
import { apiOfRepository, pageOfRepository } from "./links.ts";
import { moment, momentOrNull } from "./moment.ts";
import { isPull, minimalPullShape } from "./pull.ts";
import { repositoryShape } from "./repository.ts";
import { userShape } from "./user.ts";

const pullsAt = (world: World, repository: Repository, sha: string) =>
  [...repository.issues.values()]
    .filter(isPull)
    .filter((issue) => issue.state === "open" && issue.pull.headSha === sha)
    .map((issue) => minimalPullShape(world, repository, issue));

const branchAt = (repository: Repository, sha: string): string | null => {
  for (const [name, at] of repository.git.refs()) if (at === sha && name.startsWith("refs/heads/")) return name.slice("refs/heads/".length);
  return null;
};

/** As a webhook carries it inside of a check run. */
export const suiteShape = (world: World, repository: Repository, suite: CheckSuite) => ({
  id: suite.id,
  node_id: nodeId("CS", suite.id),
  head_branch: branchAt(repository, suite.headSha),
  head_sha: suite.headSha,
  ...suiteOutcome(repository, suite),
  url: `${apiOfRepository(world, repository)}/check-suites/${suite.id}`,
  before: null,
  after: suite.headSha,
  pull_requests: pullsAt(world, repository, suite.headSha),
  app: appShape(world, suite.app),
  created_at: moment(suite.createdAt),
  updated_at: moment(suite.createdAt),
});

/** As its own webhook carries it. */
export const suiteWithCommitShape = (world: World, repository: Repository, suite: CheckSuite, commit: CommitObject) => ({
  ...suiteShape(world, repository, suite),
  head_commit: simpleCommitShape(commit),
  latest_check_runs_count: runsOf(repository, suite).length,
  check_runs_url: `${apiOfRepository(world, repository)}/check-suites/${suite.id}/check-runs`,
});

export const fullSuiteShape = (world: World, repository: Repository, suite: CheckSuite, commit: CommitObject) => ({
  ...suiteWithCommitShape(world, repository, suite, commit),
  repository: repositoryShape(world, repository),
});

export const checkRunShape = (world: World, repository: Repository, run: CheckRun) => {
  const url = `${apiOfRepository(world, repository)}/check-runs/${run.id}`;
  const page = `${pageOfRepository(world, repository)}/runs/${run.id}`;
  const { title, summary, text, annotations } = run.output;
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId("CR", run.id),
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: page,
    details_url: run.detailsUrl ?? page,
    status: run.status,
    conclusion: run.conclusion,
    started_at: momentOrNull(run.startedAt),
    completed_at: momentOrNull(run.completedAt),
    output: { title, summary, text, annotations_count: annotations.length, annotations_url: `${url}/annotations` },
    check_suite: { id: run.suite.id },
    app: appShape(world, run.suite.app),
    pull_requests: pullsAt(world, repository, run.headSha),
  };
};

export const annotationShape = (world: World, repository: Repository, run: CheckRun, annotation: CheckRun["output"]["annotations"][number]) => ({
  path: annotation.path,
  start_line: annotation.startLine,
  end_line: annotation.endLine,
  start_column: annotation.startColumn,
  end_column: annotation.endColumn,
  annotation_level: annotation.level,
  title: annotation.title,
  message: annotation.message,
  raw_details: null,
  blob_href: `${pageOfRepository(world, repository)}/blob/${run.headSha}/${annotation.path}`,
});

export const statusShape = (world: World, repository: Repository, status: Status) => ({
  url: `${apiOfRepository(world, repository)}/statuses/${status.sha}`,
  avatar_url: `${world.url}/avatars/${status.creator.id}`,
  id: status.id,
  node_id: nodeId("SC", status.id),
  state: status.state,
  description: status.description,
  target_url: status.targetUrl,
  context: status.context,
  created_at: moment(status.at),
  updated_at: moment(status.at),
  creator: userShape(world, status.creator),
});
