// Check suites and check runs.
import type { CheckRunAnnotationsArgs, CheckRunFilter, CheckSuiteCheckRunsArgs, CheckSuiteMatchingPullRequestsArgs } from "@octokit/graphql-schema";
import { runsOf, suiteOutcome } from "../../world/checks.ts";
import { nodeId } from "../../world/node-id.ts";
import type { CheckRun, Repository, World } from "../../world/types.ts";
import { requirePermission } from "../access.ts";
import { connection } from "../connection.ts";
import type { Fields } from "../context.ts";
import { pullRequestsOf } from "../issue-lists.ts";
import { pathOf, repositoryUrl } from "../links.ts";
import { dateTime, dateTimeOrNull } from "../moments.ts";
import { checkRunThing, commitThing, refThing, type CheckRunThing, type CheckSuiteThing } from "../things.ts";

const allRuns = ({ repository, suite }: CheckSuiteThing): readonly CheckRun[] => [...repository.checkRuns.values()].filter((run) => run.suite === suite);

const isWanted = (run: CheckRun, filter: CheckRunFilter): boolean => {
  const status = run.status.toUpperCase();
  const conclusion = run.conclusion?.toUpperCase() ?? null;
  return (
    (!filter.checkName || run.name === filter.checkName) &&
    (!filter.appId || run.suite.app.id === filter.appId) &&
    (!filter.status || filter.status === status) &&
    (!filter.statuses || filter.statuses.some((wanted) => wanted === status)) &&
    (!filter.conclusions || filter.conclusions.some((wanted) => wanted === conclusion))
  );
};

const suiteUrl = (world: World, { repository, suite }: CheckSuiteThing): string =>
  `${repositoryUrl(world, repository)}/commit/${suite.headSha}/checks?check_suite_id=${suite.id}`;
const runUrl = (world: World, repository: Repository, run: CheckRun): string => `${repositoryUrl(world, repository)}/runs/${run.id}`;

export const checkSuiteFields: Fields<CheckSuiteThing> = {
  id: ({ suite }) => nodeId("CS", suite.id),
  databaseId: ({ suite }) => suite.id,
  app: ({ suite }) => ({ is: "App", app: suite.app }),
  commit: ({ repository, suite }) => commitThing(repository, suite.headSha),
  branch: ({ repository, suite }) => {
    const branch = [...repository.git.refs()].find(([name, sha]) => sha === suite.headSha && name.startsWith("refs/heads/"));
    return branch === undefined ? null : refThing(repository, branch[0]);
  },
  repository: ({ repository }) => ({ is: "Repository", repository }),
  createdAt: ({ suite }) => dateTime(suite.createdAt),
  updatedAt: (thing) => dateTime(Math.max(thing.suite.createdAt, ...allRuns(thing).map((run) => run.completedAt ?? run.startedAt ?? 0))),
  status: ({ repository, suite }) => suiteOutcome(repository, suite).status.toUpperCase(),
  conclusion: ({ repository, suite }) => suiteOutcome(repository, suite).conclusion?.toUpperCase() ?? null,
  url: (thing, _, { world }) => suiteUrl(world, thing),
  resourcePath: (thing, _, { world }) => pathOf(suiteUrl(world, thing)),
  checkRuns: (thing, args: CheckSuiteCheckRunsArgs) => {
    const filter = args.filterBy ?? {};
    const runs = filter.checkType === "ALL" ? allRuns(thing) : runsOf(thing.repository, thing.suite);
    return connection(
      runs.filter((run) => isWanted(run, filter)),
      args,
      (run) => checkRunThing(thing.repository, run),
    );
  },
  matchingPullRequests: ({ repository, suite }, args: CheckSuiteMatchingPullRequestsArgs, context) => {
    requirePermission(context, repository, ["pull_requests"]);
    const issues = [...repository.issues.values()].filter(({ pull }) => pull?.headSha === suite.headSha);
    return pullRequestsOf(repository, issues, args);
  },
};

export const checkRunFields: Fields<CheckRunThing> = {
  id: ({ run }) => nodeId("CR", run.id),
  databaseId: ({ run }) => run.id,
  name: ({ run }) => run.name,
  externalId: ({ run }) => run.externalId,
  status: ({ run }) => run.status.toUpperCase(),
  conclusion: ({ run }) => run.conclusion?.toUpperCase() ?? null,
  title: ({ run }) => run.output.title,
  summary: ({ run }) => run.output.summary,
  text: ({ run }) => run.output.text,
  startedAt: ({ run }) => dateTimeOrNull(run.startedAt),
  completedAt: ({ run }) => dateTimeOrNull(run.completedAt),
  detailsUrl: ({ run }) => run.detailsUrl,
  url: ({ repository, run }, _, { world }) => runUrl(world, repository, run),
  permalink: ({ repository, run }, _, { world }) => runUrl(world, repository, run),
  resourcePath: ({ repository, run }, _, { world }) => pathOf(runUrl(world, repository, run)),
  repository: ({ repository }) => ({ is: "Repository", repository }),
  checkSuite: ({ repository, run }): CheckSuiteThing => ({ is: "CheckSuite", repository, suite: run.suite }),
  annotations: ({ repository, run }, args: CheckRunAnnotationsArgs, { world }) =>
    connection(run.output.annotations, args, ({ path, level, message, title, startLine, startColumn, endLine, endColumn }) => ({
      path,
      message,
      title,
      annotationLevel: level.toUpperCase(),
      blobUrl: `${repositoryUrl(world, repository)}/blob/${run.headSha}/${path}`,
      location: { start: { line: startLine, column: startColumn }, end: { line: endLine, column: endColumn } },
    })),
};
