// What resolvers hand to each other: a record of the world or an object of git, with the repository it is in. `is` is
// its type in GitHub's schema.
import type { CommitObject, Sha, TagObject, TreeEntry } from "../git/types.ts";
import type {
  App,
  CheckRun,
  CheckSuite,
  Comment,
  Deployment,
  DeploymentStatus,
  Issue,
  Label,
  Milestone,
  Pull,
  QueueEntry,
  Reaction,
  Release,
  ReleaseAsset,
  Repository,
  Review,
  Status,
  Team,
  User,
} from "../world/types.ts";

type In = { readonly repository: Repository };
/** A bot is a "User" where GitHub's schema has no room for another actor. */
export type AccountThing = { readonly is: "User" | "Bot" | "Organization"; readonly user: User };
export type AppThing = { readonly is: "App"; readonly app: App };
export type TeamThing = { readonly is: "Team"; readonly team: Team };
export type RepositoryThing = In & { readonly is: "Repository" };
/** `prefix` and `name` make the full name. */
export type RefThing = In & { readonly is: "Ref"; readonly prefix: string; readonly name: string; readonly sha: Sha };
export type CommitThing = In & { readonly is: "Commit"; readonly commit: CommitObject };
export type TreeThing = In & { readonly is: "Tree"; readonly sha: Sha; /** Where it hangs; empty for a root. */ readonly path: string };
export type BlobThing = In & { readonly is: "Blob"; readonly sha: Sha };
export type TagThing = In & { readonly is: "Tag"; readonly tag: TagObject };
export type GitThing = CommitThing | TreeThing | BlobThing | TagThing;
export type TreeEntryThing = In & { readonly is: "TreeEntry"; readonly entry: TreeEntry; readonly path: string };
export type ComparisonThing = In & { readonly is: "Comparison"; readonly base: Sha; readonly head: Sha };
export type PullRequestThing = In & { readonly is: "PullRequest"; readonly issue: Issue; readonly pull: Pull };
export type IssueThing = In & { readonly is: "Issue"; readonly issue: Issue };
export type CommentThing = In & { readonly is: "IssueComment"; readonly comment: Comment };
export type ReviewThing = In & { readonly is: "PullRequestReview"; readonly issue: Issue; readonly pull: Pull; readonly review: Review };
export type ReactionThing = In & { readonly is: "Reaction"; readonly subject: Issue | Comment; readonly reaction: Reaction };
export type LabelThing = In & { readonly is: "Label"; readonly label: Label };
export type MilestoneThing = In & { readonly is: "Milestone"; readonly milestone: Milestone };
export type ReleaseThing = In & { readonly is: "Release"; readonly release: Release };
export type ReleaseAssetThing = In & { readonly is: "ReleaseAsset"; readonly release: Release; readonly asset: ReleaseAsset };
export type CheckSuiteThing = In & { readonly is: "CheckSuite"; readonly suite: CheckSuite };
export type CheckRunThing = In & { readonly is: "CheckRun"; readonly run: CheckRun };
export type DeploymentThing = In & { readonly is: "Deployment"; readonly deployment: Deployment };
export type DeploymentStatusThing = In & { readonly is: "DeploymentStatus"; readonly deployment: Deployment; readonly status: DeploymentStatus };
/** Of one branch, by its short name. */
export type MergeQueueThing = In & { readonly is: "MergeQueue"; readonly base: string };
export type QueueEntryThing = In & { readonly is: "MergeQueueEntry"; readonly entry: QueueEntry };
export type StatusContextThing = In & { readonly is: "StatusContext"; readonly status: Status };
/** What GitHub's `node` finds by its id. */
export type Thing =
  | AccountThing
  | AppThing
  | TeamThing
  | RepositoryThing
  | RefThing
  | GitThing
  | PullRequestThing
  | IssueThing
  | CommentThing
  | ReviewThing
  | LabelThing
  | MilestoneThing
  | ReleaseThing
  | ReleaseAssetThing
  | CheckSuiteThing
  | CheckRunThing
  | DeploymentThing
  | DeploymentStatusThing;

export const accountThing = (user: User): AccountThing => ({ is: user.type, user });
/** For fields that GitHub types as `User` whoever did it. */
export const userThing = (user: User): AccountThing => ({ is: "User", user });
export const issueThing = (repository: Repository, issue: Issue): IssueThing | PullRequestThing =>
  issue.pull === null ? { is: "Issue", repository, issue } : { is: "PullRequest", repository, issue, pull: issue.pull };
export const commentThing = (repository: Repository, comment: Comment): CommentThing => ({ is: "IssueComment", repository, comment });
export const labelThing = (repository: Repository, label: Label): LabelThing => ({ is: "Label", repository, label });
export const milestoneThing = (repository: Repository, milestone: Milestone | null): MilestoneThing | null =>
  milestone === null ? null : { is: "Milestone", repository, milestone };
export const teamThing = (team: Team): TeamThing => ({ is: "Team", team });
export const checkRunThing = (repository: Repository, run: CheckRun): CheckRunThing => ({ is: "CheckRun", repository, run });

const PREFIX = /^refs\/(?:heads|tags|pull\/\d+|[^/]+)\//;

/** The ref of that full name as it stands now; null when there is none. GitHub names refs of a listing relative to the listed prefix. */
export const refThing = (repository: Repository, fullName: string, listedPrefix: string | null = null): RefThing | null => {
  const sha = repository.git.refs().get(fullName);
  if (sha === undefined) return null;
  const prefix = listedPrefix ?? PREFIX.exec(fullName)?.[0] ?? "refs/";
  return { is: "Ref", repository, prefix, name: fullName.slice(prefix.length), sha };
};

/** @throws when there is no such commit: a caller that is unsure asks `gitThing`. */
export const commitThing = async (repository: Repository, sha: Sha): Promise<CommitThing> => {
  const commit = await repository.git.commit(sha);
  if (commit === null) throw new Error(`${sha} is no commit of ${repository.owner.login}/${repository.name}`);
  return { is: "Commit", repository, commit };
};

/** The object of that SHA; `path` is where it was found. */
export const gitThing = async (repository: Repository, sha: Sha, path = ""): Promise<GitThing | null> => {
  const type = await repository.git.typeOf(sha);
  if (type === "commit") return commitThing(repository, sha);
  if (type === "tree") return { is: "Tree", repository, sha, path };
  if (type === "blob") return { is: "Blob", repository, sha };
  const tag = type === "tag" ? await repository.git.tag(sha) : null;
  return tag === null ? null : { is: "Tag", repository, tag };
};
