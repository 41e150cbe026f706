// A repository: what it is, and the single things it is asked for by name or number.
import type {
  RepositoryCollaboratorsArgs,
  RepositoryIssueArgs,
  RepositoryIssueOrPullRequestArgs,
  RepositoryLabelArgs,
  RepositoryMilestoneArgs,
  RepositoryObjectArgs,
  RepositoryPullRequestArgs,
  RepositoryRefArgs,
  RepositoryReleaseArgs,
} from "@octokit/graphql-schema";
import { nodeId } from "../../world/node-id.ts";
import { permissionOn, requirePermission } from "../access.ts";
import { connection } from "../connection.ts";
import type { Context, Fields } from "../context.ts";
import { Refusal } from "../errors.ts";
import { pathOf, repositoryUrl } from "../links.ts";
import { dateTime } from "../moments.ts";
import { objectOf } from "../revision.ts";
import {
  accountThing,
  issueThing,
  labelThing,
  milestoneThing,
  refThing,
  userThing,
  type IssueThing,
  type PullRequestThing,
  type RefThing,
  type RepositoryThing,
} from "../things.ts";
import { DISCUSSION, repositoryLists } from "./repository-lists.ts";

type Numbered = (thing: RepositoryThing, args: { readonly number: number }, context: Context) => IssueThing | PullRequestThing;

const numbered = (types: readonly (IssueThing | PullRequestThing)["is"][], name: string, permissions: readonly string[]): Numbered => {
  return ({ repository }, { number }, context) => {
    requirePermission(context, repository, permissions);
    const issue = repository.issues.get(number);
    const thing = issue === undefined ? null : issueThing(repository, issue);
    if (thing === null || !types.includes(thing.is)) throw new Refusal("NOT_FOUND", `Could not resolve to ${name} with the number of ${number}.`);
    return thing;
  };
};
const issueNumbered = numbered(["Issue"], "an Issue", ["issues"]);
const pullRequestNumbered = numbered(["PullRequest"], "a PullRequest", ["pull_requests"]);
const eitherNumbered = numbered(["Issue", "PullRequest"], "an issue or pull request", ["issues", "pull_requests"]);

const refNamed = ({ repository }: RepositoryThing, { qualifiedName }: RepositoryRefArgs): RefThing | null => {
  const candidates = qualifiedName.startsWith("refs/")
    ? [qualifiedName]
    : [`refs/heads/${qualifiedName}`, `refs/tags/${qualifiedName}`, `refs/${qualifiedName}`];
  return candidates.map((name) => refThing(repository, name)).find((thing) => thing !== null) ?? null;
};

export const repositoryFields: Fields<RepositoryThing> = {
  ...repositoryLists,
  id: ({ repository }) => nodeId("R", repository.id),
  databaseId: ({ repository }) => repository.id,
  name: ({ repository }) => repository.name,
  nameWithOwner: ({ repository }) => `${repository.owner.login}/${repository.name}`,
  url: ({ repository }, _, { world }) => repositoryUrl(world, repository),
  resourcePath: ({ repository }, _, { world }) => pathOf(repositoryUrl(world, repository)),
  owner: ({ repository }) => accountThing(repository.owner),
  isPrivate: ({ repository }) => repository.isPrivate,
  visibility: ({ repository }) => (repository.isPrivate ? "PRIVATE" : "PUBLIC"),
  isArchived: ({ repository }) => repository.isArchived,
  isEmpty: ({ repository }) => repository.git.refs().size === 0,
  isFork: () => false,
  isDisabled: () => false,
  description: () => null,
  homepageUrl: () => null,
  parent: () => null,
  hasIssuesEnabled: () => true,
  hasProjectsEnabled: () => false,
  hasWikiEnabled: () => false,
  hasDiscussionsEnabled: () => false,
  stargazerCount: () => 0,
  forkCount: () => 0,
  isInOrganization: ({ repository }) => repository.owner.type === "Organization",
  createdAt: ({ repository }) => dateTime(repository.createdAt),
  pushedAt: ({ repository }) => dateTime(repository.pushedAt),
  mergeCommitAllowed: ({ repository }) => repository.settings.allowMerge,
  squashMergeAllowed: ({ repository }) => repository.settings.allowSquash,
  rebaseMergeAllowed: ({ repository }) => repository.settings.allowRebase,
  deleteBranchOnMerge: ({ repository }) => repository.settings.deleteBranchOnMerge,
  viewerPermission: ({ repository }, _, { actor }) => permissionOn(actor, repository).toUpperCase(),
  viewerCanAdminister: ({ repository }, _, { actor }) => permissionOn(actor, repository) === "admin",

  defaultBranchRef: (thing, _, context) => {
    requirePermission(context, thing.repository, ["contents"]);
    return refThing(thing.repository, `refs/heads/${thing.repository.defaultBranch}`);
  },
  ref: (thing, args: RepositoryRefArgs, context) => {
    requirePermission(context, thing.repository, ["contents"]);
    return refNamed(thing, args);
  },
  object: ({ repository }, { oid, expression }: RepositoryObjectArgs, context) => {
    requirePermission(context, repository, ["contents"]);
    return objectOf(repository, oid ?? expression ?? "HEAD");
  },
  issue: (thing, args: RepositoryIssueArgs, context) => issueNumbered(thing, args, context),
  pullRequest: (thing, args: RepositoryPullRequestArgs, context) => pullRequestNumbered(thing, args, context),
  issueOrPullRequest: (thing, args: RepositoryIssueOrPullRequestArgs, context) => eitherNumbered(thing, args, context),
  label: ({ repository }, { name }: RepositoryLabelArgs, context) => {
    requirePermission(context, repository, DISCUSSION);
    const label = repository.labels.get(name.toLowerCase());
    return label === undefined ? null : labelThing(repository, label);
  },
  milestone: ({ repository }, { number }: RepositoryMilestoneArgs, context) => {
    requirePermission(context, repository, DISCUSSION);
    return milestoneThing(repository, repository.milestones.get(number) ?? null);
  },
  // Drafts have no address by tag: they are only listed.
  release: ({ repository }, { tagName }: RepositoryReleaseArgs, context) => {
    requirePermission(context, repository, ["contents"]);
    const release = [...repository.releases.values()].find(({ tag, isDraft }) => tag === tagName && !isDraft);
    return release === undefined ? null : { is: "Release", repository, release };
  },
  latestRelease: ({ repository }, _, context) => {
    requirePermission(context, repository, ["contents"]);
    const release = [...repository.releases.values()].find(({ isLatest }) => isLatest);
    return release === undefined ? null : { is: "Release", repository, release };
  },
  collaborators: async ({ repository }, args: RepositoryCollaboratorsArgs, { world }) => {
    const wanted = (args.query ?? args.login ?? "").toLowerCase();
    const everyone = new Map([...repository.collaborators, ...(repository.owner.type === "User" ? [[repository.owner.login, "admin"] as const] : [])]);
    const listed = [...everyone].filter(([login, permission]) => permission !== "none" && login.toLowerCase().includes(wanted));
    const people = listed.flatMap(([login, permission]) =>
      [...world.users.values()].filter((user) => user.login === login).map((user) => ({ user, permission })),
    );
    const page = await connection(people, args, (person) => person);
    return {
      ...page,
      nodes: page.nodes.map(({ user }) => userThing(user)),
      edges: page.edges.map(({ node, cursor }) => ({ node: userThing(node.user), cursor, permission: node.permission.toUpperCase() })),
    };
  },
};
