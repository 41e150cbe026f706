// Commits.
import type { CommitAssociatedPullRequestsArgs, CommitFileArgs, CommitHistoryArgs, CommitParentsArgs } from "@octokit/graphql-schema";
import type { FileChange } from "../../git/types.ts";
import type { World } from "../../world/types.ts";
import { requirePermission } from "../access.ts";
import { connection, ordered } from "../connection.ts";
import type { Fields } from "../context.ts";
import { repositoryUrl } from "../links.ts";
import { dateTime } from "../moments.ts";
import { pullRequestsOfCommit } from "../pulls-of-commit.ts";
import { commitThing, issueThing, type CommitThing, type TreeEntryThing } from "../things.ts";
import { commitChecks } from "./commit-checks.ts";
import type { GitActor } from "./git-actor.ts";
import { gitObjectFields } from "./git-object.ts";
import { signatureOf } from "./signature.ts";

const headlineOf = (message: string): string => message.split("\n", 1)[0] ?? "";
const commitUrl = (world: World, { repository, commit }: CommitThing): string => `${repositoryUrl(world, repository)}/commit/${commit.sha}`;

const historyOf = async ({ repository, commit }: CommitThing, args: CommitHistoryArgs): Promise<readonly string[]> => {
  const list = await repository.git.log({
    include: [commit.sha],
    ...(args.path ? { paths: [args.path] } : {}),
    ...(args.since ? { since: Date.parse(args.since) } : {}),
    ...(args.until ? { until: Date.parse(args.until) } : {}),
  });
  if (!args.author) return list;
  if (args.author.id) throw new Error("the stand-in does not know CommitAuthor.id");
  const emails = args.author.emails?.map((email) => email.toLowerCase()) ?? [];
  const commits = await Promise.all(list.map((sha) => repository.git.commit(sha)));
  return commits.flatMap((found) => (found !== null && emails.includes(found.author.email.toLowerCase()) ? [found.sha] : []));
};

const changes = ({ repository, commit }: CommitThing): Promise<readonly FileChange[]> => repository.git.diff(commit.parents[0] ?? null, commit.sha);

export const commitFields: Fields<CommitThing> = {
  ...gitObjectFields("C", ({ commit }) => commit.sha),
  ...commitChecks,
  message: ({ commit }) => commit.message.replace(/\n$/, ""),
  messageHeadline: ({ commit }) => headlineOf(commit.message),
  messageBody: ({ commit }) => commit.message.slice(headlineOf(commit.message).length).trim(),
  url: (thing, _, { world }) => commitUrl(world, thing),
  committedDate: ({ commit }) => dateTime(commit.committer.at),
  authoredDate: ({ commit }) => dateTime(commit.author.at),
  author: ({ commit }): GitActor => ({ is: "GitActor", person: commit.author }),
  committer: ({ commit }): GitActor => ({ is: "GitActor", person: commit.committer }),
  authoredByCommitter: ({ commit }) => commit.author.email === commit.committer.email && commit.author.name === commit.committer.name,
  parents: ({ repository, commit }, args: CommitParentsArgs) => connection(commit.parents, args, (sha) => commitThing(repository, sha)),
  tree: ({ repository, commit }) => ({ is: "Tree", repository, sha: commit.tree, path: "" }),
  file: async ({ repository, commit }, { path }: CommitFileArgs): Promise<TreeEntryThing | null> => {
    const entry = path === "" ? null : await repository.git.entry(commit.sha, path);
    return entry === null ? null : { is: "TreeEntry", repository, entry, path };
  },
  history: async (thing, args: CommitHistoryArgs) => connection(await historyOf(thing, args), args, (sha) => commitThing(thing.repository, sha)),
  additions: async (thing) => (await changes(thing)).reduce((sum, { additions }) => sum + additions, 0),
  deletions: async (thing) => (await changes(thing)).reduce((sum, { deletions }) => sum + deletions, 0),
  changedFiles: async (thing) => (await changes(thing)).length,
  changedFilesIfAvailable: async (thing) => (await changes(thing)).length,
  associatedPullRequests: async ({ repository, commit }, args: CommitAssociatedPullRequestsArgs, context) => {
    requirePermission(context, repository, ["pull_requests"]);
    const issues = ordered(await pullRequestsOfCommit(repository, commit.sha), args.orderBy ?? { field: "CREATED_AT", direction: "ASC" }, {
      CREATED_AT: ({ createdAt }) => createdAt,
      UPDATED_AT: ({ updatedAt }) => updatedAt,
    });
    return connection(issues, args, (issue) => issueThing(repository, issue));
  },
  signature: ({ commit }) => signatureOf(commit),
};
