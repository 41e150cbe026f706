// What apps and continuous integration say of a commit: check suites, commit statuses, and the roll-up of both.
import type { CommitCheckSuitesArgs, StatusCheckRollupContextsArgs, StatusContextArgs, StatusCombinedContextsArgs } from "@octokit/graphql-schema";
import { runsOf as latestRuns } from "../../world/checks.ts";
import { nodeId } from "../../world/node-id.ts";
import type { CheckRun, Repository, Status } from "../../world/types.ts";
import { requirePermission } from "../access.ts";
import { connection, type PageArguments } from "../connection.ts";
import type { Fields } from "../context.ts";
import { dateTime } from "../moments.ts";
import { accountThing, checkRunThing, commitThing, type CommitThing, type StatusContextThing } from "../things.ts";

type OfCommit = { readonly repository: Repository; readonly sha: string };
export type RollupThing = OfCommit & { readonly is: "StatusCheckRollup" };
export type StatusThing = OfCommit & { readonly is: "Status" };

/** The newest status of each context. */
const statusesOf = ({ repository, sha }: OfCommit): readonly Status[] => [
  ...new Map(repository.statuses.filter((status) => status.sha === sha).map((status) => [status.context, status])).values(),
];

const runsOf = ({ repository, sha }: OfCommit): readonly CheckRun[] => {
  const suites = [...repository.checkSuites.values()].filter(({ headSha }) => headSha === sha);
  return suites.flatMap((suite) => latestRuns(repository, suite));
};

const PASSED = new Set<string | null>(["success", "neutral", "skipped"]);
const stateOfRun = ({ status, conclusion }: CheckRun): string => {
  if (status !== "completed") return "PENDING";
  return PASSED.has(conclusion) ? "SUCCESS" : "FAILURE";
};
const combined = (states: readonly string[]): string => ["ERROR", "FAILURE", "PENDING"].find((state) => states.includes(state)) ?? "SUCCESS";

const statusContext = (repository: Repository, status: Status): StatusContextThing => ({ is: "StatusContext", repository, status });

const contexts = (of: OfCommit, args: PageArguments): Promise<unknown> => {
  const { repository } = of;
  const runs = runsOf(of);
  const statuses = statusesOf(of);
  const all = [...runs.map((run) => checkRunThing(repository, run)), ...statuses.map((status) => statusContext(repository, status))];
  return connection(all, args, (thing) => thing).then((page) => ({ ...page, checkRunCount: runs.length, statusContextCount: statuses.length }));
};

export const commitChecks: Fields<CommitThing> = {
  checkSuites: ({ repository, commit }, args: CommitCheckSuitesArgs, context) => {
    requirePermission(context, repository, ["checks"]);
    const { appId = null, checkName = null } = args.filterBy ?? {};
    const runs = [...repository.checkRuns.values()];
    const suites = [...repository.checkSuites.values()].filter(
      (suite) =>
        suite.headSha === commit.sha &&
        (appId === null || suite.app.id === appId) &&
        (checkName === null || runs.some((run) => run.suite.id === suite.id && run.name === checkName)),
    );
    return connection(suites, args, (suite) => ({ is: "CheckSuite", repository, suite }));
  },
  status: ({ repository, commit }, _, context): StatusThing | null => {
    requirePermission(context, repository, ["statuses"]);
    const thing: StatusThing = { is: "Status", repository, sha: commit.sha };
    return statusesOf(thing).length === 0 ? null : thing;
  },
  statusCheckRollup: ({ repository, commit }, _, context): RollupThing | null => {
    requirePermission(context, repository, ["statuses"]);
    requirePermission(context, repository, ["checks"]);
    const thing: RollupThing = { is: "StatusCheckRollup", repository, sha: commit.sha };
    return runsOf(thing).length + statusesOf(thing).length === 0 ? null : thing;
  },
};

export const rollupFields: Fields<RollupThing> = {
  id: ({ repository, sha }) => nodeId("SCR", `${repository.id}:${sha}`),
  commit: ({ repository, sha }) => commitThing(repository, sha),
  state: (thing) => combined([...runsOf(thing).map(stateOfRun), ...statusesOf(thing).map(({ state }) => state.toUpperCase())]),
  contexts: (thing, args: StatusCheckRollupContextsArgs) => contexts(thing, args),
};

export const statusFields: Fields<StatusThing> = {
  id: ({ repository, sha }) => nodeId("ST", `${repository.id}:${sha}`),
  commit: ({ repository, sha }) => commitThing(repository, sha),
  state: (thing) => combined(statusesOf(thing).map(({ state }) => state.toUpperCase())),
  contexts: (thing) => statusesOf(thing).map((status) => statusContext(thing.repository, status)),
  combinedContexts: (thing, args: StatusCombinedContextsArgs) => contexts(thing, args),
  context: (thing, { name }: StatusContextArgs) => {
    const status = statusesOf(thing).find(({ context }) => context === name);
    return status === undefined ? null : statusContext(thing.repository, status);
  },
};

export const statusContextFields: Fields<StatusContextThing> = {
  id: ({ status }) => nodeId("SC", status.id),
  context: ({ status }) => status.context,
  state: ({ status }) => status.state.toUpperCase(),
  description: ({ status }) => status.description,
  targetUrl: ({ status }) => status.targetUrl,
  creator: ({ status }) => accountThing(status.creator),
  createdAt: ({ status }) => dateTime(status.at),
  commit: ({ repository, status }) => commitThing(repository, status.sha),
};
