// Lists of issues and pull requests with GitHub's filters, for repositories, milestones, labels and refs.
import type { RepositoryIssuesArgs, RepositoryPullRequestsArgs } from "@octokit/graphql-schema";
import type { Issue, Repository } from "../world/types.ts";
import { connection, ordered, type Connection, type Order } from "./connection.ts";
import { issueThing, type IssueThing, type PullRequestThing } from "./things.ts";

type Filter = (issue: Issue) => boolean;
type Page = Promise<Connection<IssueThing | PullRequestThing>>;

export const pullRequestState = ({ state, pull }: Issue): "OPEN" | "CLOSED" | "MERGED" => {
  if (state === "open") return "OPEN";
  return pull?.merged === null ? "CLOSED" : "MERGED";
};

const hasLabel =
  (names: readonly string[] | null | undefined): Filter =>
  ({ labels }) =>
    !names || labels.some(({ name }) => names.some((wanted) => wanted.toLowerCase() === name.toLowerCase()));

/** A bot is named with its suffix or without. */
const isBy =
  (login: string | null | undefined): Filter =>
  ({ author }) =>
    !login || [author.login, author.login.replace(/\[bot\]$/, "")].some((name) => name.toLowerCase() === login.toLowerCase());

/** Left out: any. Null: none. A star: some. A number: that one, by its `key`. */
const isInMilestone =
  (wanted: string | null | undefined, key: "id" | "number"): Filter =>
  ({ milestone }) => {
    if (wanted === undefined) return true;
    if (wanted === null) return milestone === null;
    return wanted === "*" ? milestone !== null : milestone !== null && String(milestone[key]) === wanted;
  };

const isSince =
  (since: string | null | undefined): Filter =>
  ({ updatedAt }) =>
    !since || updatedAt >= Date.parse(since);

const sorted = (repository: Repository, issues: readonly Issue[], order: Order | null | undefined): readonly Issue[] => {
  const byNumber = issues.toSorted((one, other) => (order?.direction === "DESC" ? other.number - one.number : one.number - other.number));
  return ordered(byNumber, order ?? { field: "CREATED_AT", direction: "ASC" }, {
    CREATED_AT: ({ createdAt }) => createdAt,
    UPDATED_AT: ({ updatedAt }) => updatedAt,
    COMMENTS: (issue) => [...repository.comments.values()].filter((comment) => comment.issue === issue).length,
  });
};

const isAll =
  (filters: readonly Filter[]): Filter =>
  (issue) =>
    filters.every((filter) => filter(issue));

export const issuesOf = (repository: Repository, issues: readonly Issue[], args: RepositoryIssuesArgs): Page => {
  const filterBy = args.filterBy ?? {};
  const states = args.states ?? filterBy.states ?? null;
  const unknown = (["assignee", "mentioned"] as const).find((name) => filterBy[name] !== undefined);
  if (unknown !== undefined || filterBy.viewerSubscribed) throw new Error(`the stand-in does not know IssueFilters.${unknown ?? "viewerSubscribed"}`);
  const wanted = isAll([
    ({ pull }) => pull === null,
    ({ state }) => states === null || states.some((name) => name.toLowerCase() === state),
    hasLabel(args.labels),
    hasLabel(filterBy.labels),
    isBy(filterBy.createdBy),
    isInMilestone(filterBy.milestoneNumber, "number"),
    isInMilestone(filterBy.milestone, "id"),
    isSince(filterBy.since),
  ]);
  return connection(sorted(repository, issues.filter(wanted), args.orderBy), args, (issue) => issueThing(repository, issue));
};

export const pullRequestsOf = (repository: Repository, issues: readonly Issue[], args: RepositoryPullRequestsArgs): Page => {
  const wanted = isAll([
    (issue) => issue.pull !== null && (args.states?.includes(pullRequestState(issue)) ?? true),
    ({ pull }) => !args.headRefName || pull?.head === args.headRefName,
    ({ pull }) => !args.baseRefName || pull?.base === args.baseRefName,
    hasLabel(args.labels),
  ]);
  return connection(sorted(repository, issues.filter(wanted), args.orderBy), args, (issue) => issueThing(repository, issue));
};
