// The lists of a repository.
import type {
  RepositoryDeploymentsArgs,
  RepositoryIssuesArgs,
  RepositoryLabelsArgs,
  RepositoryMergeQueueArgs,
  RepositoryMilestonesArgs,
  RepositoryPullRequestsArgs,
  RepositoryRefsArgs,
  RepositoryReleasesArgs,
} from "@octokit/graphql-schema";
import { mayWrite, requirePermission } from "../access.ts";
import { connection, ordered } from "../connection.ts";
import type { Fields } from "../context.ts";
import { issuesOf, pullRequestsOf } from "../issue-lists.ts";
import { commitAt } from "../revision.ts";
import { mergeQueueThing } from "./merge-queue.ts";
import { labelThing, milestoneThing, refThing, type RefThing, type RepositoryThing } from "../things.ts";

const byCommitDate = async (refs: readonly RefThing[]): Promise<readonly { ref: RefThing; at: number }[]> =>
  Promise.all(refs.map(async (ref) => ({ ref, at: (await commitAt(ref.repository, ref.sha))?.committer.at ?? 0 })));

const sortedRefs = async (refs: readonly RefThing[], { orderBy, direction }: RepositoryRefsArgs): Promise<readonly RefThing[]> => {
  const alphabetical = ordered(refs, { field: "ALPHABETICAL", direction: orderBy?.direction ?? direction ?? "ASC" }, { ALPHABETICAL: ({ name }) => name });
  if (orderBy?.field !== "TAG_COMMIT_DATE") return alphabetical;
  return ordered(await byCommitDate(alphabetical), orderBy, { TAG_COMMIT_DATE: ({ at }) => at }).map(({ ref }) => ref);
};

/** Either is enough for what issues and pull requests are sorted by. */
export const DISCUSSION = ["issues", "pull_requests"];

export const repositoryLists: Fields<RepositoryThing> = {
  refs: async ({ repository }, args: RepositoryRefsArgs, context) => {
    requirePermission(context, repository, ["contents"]);
    const prefix = args.refPrefix.endsWith("/") ? args.refPrefix : `${args.refPrefix}/`;
    const names = [...repository.git.refs().keys()].filter((name) => name.startsWith(prefix) && name.slice(prefix.length).includes(args.query ?? ""));
    const refs = names.flatMap((name) => refThing(repository, name, prefix) ?? []);
    return connection(await sortedRefs(refs, args), args, (ref) => ref);
  },
  issues: ({ repository }, args: RepositoryIssuesArgs, context) => {
    requirePermission(context, repository, ["issues"]);
    return issuesOf(repository, [...repository.issues.values()], args);
  },
  pullRequests: ({ repository }, args: RepositoryPullRequestsArgs, context) => {
    requirePermission(context, repository, ["pull_requests"]);
    return pullRequestsOf(repository, [...repository.issues.values()], args);
  },
  labels: ({ repository }, args: RepositoryLabelsArgs, context) => {
    requirePermission(context, repository, DISCUSSION);
    const wanted = (args.query ?? "").toLowerCase();
    const labels = [...repository.labels.values()].filter(({ name }) => name.toLowerCase().includes(wanted));
    const sorted = ordered(labels, args.orderBy ?? { field: "CREATED_AT", direction: "ASC" }, {
      CREATED_AT: ({ id }) => id,
      NAME: ({ name }) => name.toLowerCase(),
    });
    return connection(sorted, args, (label) => labelThing(repository, label));
  },
  milestones: ({ repository }, args: RepositoryMilestonesArgs, context) => {
    requirePermission(context, repository, DISCUSSION);
    const wanted = (args.query ?? "").toLowerCase();
    const milestones = [...repository.milestones.values()].filter(
      ({ title, state }) => title.toLowerCase().includes(wanted) && (args.states?.some((name) => name.toLowerCase() === state) ?? true),
    );
    const sorted = ordered(milestones, args.orderBy ?? { field: "NUMBER", direction: "ASC" }, {
      CREATED_AT: ({ createdAt }) => createdAt,
      UPDATED_AT: ({ updatedAt }) => updatedAt,
      DUE_DATE: ({ dueOn }) => dueOn ?? Infinity,
      NUMBER: ({ number }) => number,
    });
    return connection(sorted, args, (milestone) => milestoneThing(repository, milestone));
  },
  mergeQueue: ({ repository }, { branch }: RepositoryMergeQueueArgs) => mergeQueueThing(repository, branch ?? repository.defaultBranch),
  deployments: ({ repository }, args: RepositoryDeploymentsArgs, context) => {
    requirePermission(context, repository, ["deployments"]);
    const deployments = [...repository.deployments.values()].filter(({ environment }) => args.environments?.includes(environment) ?? true);
    const sorted = ordered(deployments, args.orderBy ?? { field: "CREATED_AT", direction: "ASC" }, { CREATED_AT: ({ id }) => id });
    return connection(sorted, args, (deployment) => ({ is: "Deployment", repository, deployment }));
  },
  releases: ({ repository }, args: RepositoryReleasesArgs, context) => {
    requirePermission(context, repository, ["contents"]);
    const releases = [...repository.releases.values()].filter(({ isDraft }) => !isDraft || mayWrite(context.actor, repository));
    const newestFirst = ordered(releases, { field: "ID", direction: "DESC" }, { ID: ({ id }) => id });
    const sorted = ordered(newestFirst, args.orderBy ?? { field: "CREATED_AT", direction: "DESC" }, {
      CREATED_AT: ({ createdAt }) => createdAt,
      NAME: ({ tag }) => tag,
    });
    return connection(sorted, args, (release) => ({ is: "Release", repository, release }));
  },
};
