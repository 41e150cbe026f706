// What the stand-in remembers beside git: plain records, changed only by the operations in this folder, each of which
// raises the webhooks that GitHub would. REST and GraphQL are two ways to reach the same operations.
import type { GitRepository, Sha } from "../git/types.ts";
import type { Ruleset } from "./rules/types.ts";

export type Milliseconds = number;
export type User = {
  readonly id: number;
  readonly login: string;
  readonly type: "User" | "Bot" | "Organization";
  readonly name: string;
  readonly email: string;
  /** Of an organization; null for people and bots. */
  readonly organization: Organization | null;
};
/** Who belongs to it. Owners administer all its repositories, members have at least the base role in each of them. */
type Organization = { readonly owners: User[]; readonly members: User[]; baseRole: Permission };
export type Permission = "admin" | "maintain" | "write" | "triage" | "read" | "none";
export type Access = "read" | "write";
export type App = {
  readonly id: number;
  readonly slug: string;
  readonly clientId: string;
  readonly owner: User;
  /** `slug[bot]`. */
  readonly bot: User;
  /** PEM of the public key that its JWTs are checked with. */
  readonly publicKey: string;
  readonly permissions: Readonly<Record<string, Access>>;
  readonly events: readonly string[];
  readonly webhook: { readonly url: string; readonly secret: string } | null;
  readonly createdAt: Milliseconds;
};
export type Installation = {
  readonly id: number;
  readonly app: App;
  readonly account: User;
  permissions: Readonly<Record<string, Access>>;
  /** Ids of the account's repositories that it is for; null is all of them. */
  only: readonly number[] | null;
  suspendedAt: Milliseconds | null;
  readonly createdAt: Milliseconds;
};

/** People of an organization who are asked, and answer, together. Members of a child team are members of its parents. */
export type Team = {
  readonly id: number;
  readonly organization: User;
  readonly slug: string;
  readonly name: string;
  readonly members: User[];
  readonly parent: Team | null;
  readonly children: Team[];
  readonly createdAt: Milliseconds;
};

/** Who asks. An installation acts as the app's bot and only where its account owns the repository, and it is for that one. */
export type Actor =
  | { readonly is: "user"; readonly user: User }
  | { readonly is: "installation"; readonly user: User; readonly installation: Installation }
  | { readonly is: "app"; readonly user: User; readonly app: App };

export type Label = { readonly id: number; name: string; color: string; description: string | null };
export type Milestone = {
  readonly id: number;
  readonly number: number;
  title: string;
  description: string | null;
  state: "open" | "closed";
  readonly creator: User;
  readonly createdAt: Milliseconds;
  updatedAt: Milliseconds;
  closedAt: Milliseconds | null;
  dueOn: Milliseconds | null;
};
/** Oldest first; the first is the text it was created with. */
export type Edit = { readonly editor: User; readonly at: Milliseconds; readonly body: string };
export const REACTIONS = ["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"] as const;
export type Reaction = { readonly id: number; readonly user: User; readonly content: (typeof REACTIONS)[number]; readonly createdAt: Milliseconds };
export type Comment = {
  readonly id: number;
  readonly issue: Issue;
  readonly author: User;
  body: string;
  readonly createdAt: Milliseconds;
  updatedAt: Milliseconds;
  readonly edits: Edit[];
  readonly reactions: Reaction[];
};
export type Verdict = "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED";
export type Review = {
  readonly id: number;
  readonly author: User;
  /** A review that was dismissed says nothing else any more. */
  state: Verdict | "DISMISSED";
  readonly body: string;
  readonly sha: Sha;
  readonly submittedAt: Milliseconds;
};
export type StateChange = { readonly is: "closed" | "reopened"; readonly actor: User; readonly at: Milliseconds };
export type LabelChange = { readonly is: "labeled" | "unlabeled"; readonly label: Label; readonly actor: User; readonly at: Milliseconds };
export type Issue = {
  readonly id: number;
  readonly number: number;
  readonly author: User;
  title: string;
  body: string | null;
  state: "open" | "closed";
  readonly labels: Label[];
  readonly assignees: User[];
  milestone: Milestone | null;
  readonly createdAt: Milliseconds;
  updatedAt: Milliseconds;
  closedAt: Milliseconds | null;
  readonly edits: Edit[];
  readonly reactions: Reaction[];
  readonly changes: StateChange[];
  /** Oldest first. */
  readonly labelChanges: LabelChange[];
  /** Null for an issue that is no pull request. */
  readonly pull: Pull | null;
};
export type Pull = {
  /** Short branch names. */
  readonly head: string;
  base: string;
  /** Where the head branch stands while open, where it stood when it was closed. */
  headSha: Sha;
  baseSha: Sha;
  /** Who put the head where it is. */
  lastPusher: User;
  isDraft: boolean;
  merged: { readonly at: Milliseconds; readonly by: User; readonly sha: Sha } | null;
  readonly reviews: Review[];
  /** Who was asked for a review and has not given one since. */
  readonly requestedUsers: User[];
  readonly requestedTeams: Team[];
};
/** As GitHub names what took a pull request out of a queue. */
export type DequeueReason = "MANUAL" | "MERGE_CONFLICT" | "CI_FAILURE" | "CI_TIMEOUT" | "QUEUE_CLEARED";
/** A pull request in the queue of its base branch. */
export type QueueEntry = {
  readonly id: number;
  readonly issue: Issue;
  readonly enqueuer: User;
  readonly at: Milliseconds;
  /** What is checked of it, once it is its turn. */
  group: MergeGroup | null;
};
/** The base with the pull request merged into it, on a branch of its own until its checks have passed. */
export type MergeGroup = {
  readonly issue: Issue;
  /** Short branch names. */
  readonly base: string;
  readonly headBranch: string;
  readonly baseSha: Sha;
  readonly headSha: Sha;
  readonly createdAt: Milliseconds;
};
export type Annotation = {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly startColumn: number | null;
  readonly endColumn: number | null;
  readonly level: "notice" | "warning" | "failure";
  readonly message: string;
  readonly title: string | null;
};
export type CheckRun = {
  readonly id: number;
  readonly suite: CheckSuite;
  readonly headSha: Sha;
  name: string;
  externalId: string;
  detailsUrl: string | null;
  status: "queued" | "in_progress" | "completed";
  conclusion: string | null;
  startedAt: Milliseconds | null;
  completedAt: Milliseconds | null;
  output: { title: string | null; summary: string | null; text: string | null; annotations: Annotation[] };
  actions: readonly { readonly label: string; readonly description: string; readonly identifier: string }[];
};
/** One per app and commit; each run of a workflow has one of its own. */
export type CheckSuite = {
  readonly id: number;
  readonly app: App;
  readonly headSha: Sha;
  readonly isOfWorkflow: boolean;
  readonly createdAt: Milliseconds;
};
/** What GitHub knows of a workflow besides the file at each commit. */
export type Workflow = {
  readonly id: number;
  /** `.github/workflows/…`. */
  readonly path: string;
  /** As the file says that was read last; its path where it says none. */
  name: string;
  /** Disabled by somebody, until somebody enables it: nothing starts it. */
  isDisabled: boolean;
  readonly createdAt: Milliseconds;
  updatedAt: Milliseconds;
};
export type RunConclusion = "success" | "failure" | "neutral" | "cancelled" | "skipped" | "timed_out" | "action_required" | "startup_failure";
export type WorkflowEvent = "push" | "pull_request" | "release" | "workflow_dispatch" | "repository_dispatch" | "workflow_run" | "schedule" | "merge_group";
/** A job that began: its check run says how it stands. */
export type Job = {
  readonly name: string;
  readonly labels: readonly string[];
  /** Names of its steps, in the order of the file. */
  readonly steps: readonly string[];
  /** Where it deploys to; null where it deploys nothing. */
  readonly environment: string | null;
  readonly attempt: number;
  readonly check: CheckRun;
  /** Position of the step at which it ended without success; null while it has not, and where it was none of its steps. */
  endedAtStep: number | null;
};
export type JobDefinition = Pick<Job, "name" | "labels" | "steps" | "environment">;
/** How an attempt stood when the next one was asked for. */
type PastAttempt = Pick<WorkflowRun, "attempt" | "status" | "conclusion" | "triggeringActor" | "startedAt" | "updatedAt">;
/** Files that a run leaves behind, as one zip. */
export type RunArtifact = {
  readonly id: number;
  readonly run: WorkflowRun;
  readonly name: string;
  readonly archive: Uint8Array;
  readonly createdAt: Milliseconds;
  readonly expiresAt: Milliseconds;
};
export type WorkflowRun = {
  readonly id: number;
  /** Counts the runs of its workflow. */
  readonly number: number;
  readonly workflow: Workflow;
  readonly name: string;
  readonly title: string;
  readonly event: WorkflowEvent;
  readonly headSha: Sha;
  /** Short name of the branch or tag. */
  readonly headBranch: string;
  readonly suite: CheckSuite;
  /** Inputs of a dispatch with their defaults, or its client payload; empty for other events. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly actor: User;
  /** Who asked for the newest attempt. */
  triggeringActor: User;
  attempt: number;
  /** Waiting: for somebody who must approve a deployment. Pending: for another run of its group. */
  status: "queued" | "pending" | "waiting" | "in_progress" | "completed";
  conclusion: RunConclusion | null;
  readonly createdAt: Milliseconds;
  /** When the newest attempt was asked for. */
  startedAt: Milliseconds;
  updatedAt: Milliseconds;
  /** Of all attempts, oldest first. */
  readonly jobs: Job[];
  readonly concurrency: { readonly group: string; readonly cancelsRunning: boolean } | null;
  /** How many runs led to this one, each by its end: GitHub stops at three. */
  readonly depth: number;
  /** All jobs of the file as it stood, and those of them that begin when the newest attempt does. */
  readonly definitions: readonly JobDefinition[];
  pending: readonly JobDefinition[];
  /** Approvals and rejections of the environments that it waited for, oldest first. */
  readonly reviews: DeploymentReview[];
  /** Attempts before the newest, oldest first. */
  readonly past: PastAttempt[];
};
export type Status = {
  readonly id: number;
  readonly sha: Sha;
  readonly context: string;
  readonly state: "error" | "failure" | "pending" | "success";
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly creator: User;
  readonly at: Milliseconds;
};
export const DEPLOYMENT_STATES = ["error", "failure", "inactive", "in_progress", "queued", "pending", "success"] as const;
export type DeploymentStatus = {
  readonly id: number;
  /** Waiting: for somebody's approval; only runs say so. */
  readonly state: (typeof DEPLOYMENT_STATES)[number] | "waiting";
  readonly description: string;
  readonly environment: string;
  readonly environmentUrl: string;
  readonly logUrl: string;
  readonly creator: User;
  readonly at: Milliseconds;
};
export type Deployment = {
  readonly id: number;
  readonly ref: string;
  readonly sha: Sha;
  readonly task: string;
  readonly payload: unknown;
  readonly environment: string;
  readonly description: string | null;
  readonly isTransient: boolean;
  readonly isProduction: boolean;
  readonly creator: User;
  /** Null for what no run deploys. */
  readonly run: WorkflowRun | null;
  /** Oldest first. */
  readonly statuses: DeploymentStatus[];
  readonly createdAt: Milliseconds;
  updatedAt: Milliseconds;
};
export type Environment = {
  readonly id: number;
  readonly name: string;
  /** One of them is enough; of nobody none is asked. */
  reviewers: readonly (User | Team)[];
  preventsSelfReview: boolean;
  waitMinutes: number;
  /** Which branches and tags may deploy: all, protected branches, or those that fit one of these patterns. */
  branches: "all" | "protected" | readonly { readonly id: number; readonly pattern: string; readonly type: "branch" | "tag" }[];
  readonly createdAt: Milliseconds;
  updatedAt: Milliseconds;
};
/** What somebody said of environments that a run waits for. */
export type DeploymentReview = {
  readonly state: "approved" | "rejected";
  readonly environments: readonly Environment[];
  readonly user: User;
  readonly comment: string;
  readonly attempt: number;
};
/** A file of a release. */
export type ReleaseAsset = {
  readonly id: number;
  name: string;
  label: string | null;
  readonly content: Uint8Array;
  readonly contentType: string;
  readonly sizeBytes: number;
  /** `sha256:` and 64 hex digits. */
  readonly digest: string;
  readonly uploader: User;
  readonly createdAt: Milliseconds;
};
/** What somebody vouched for a digest of something built. */
export type Attestation = {
  readonly id: number;
  /** `sha256:` and 64 hex digits. */
  readonly digest: string;
  readonly predicateType: string;
  readonly by: User;
  readonly at: Milliseconds;
};
/** A public key by which GitHub knows somebody's signatures: an armoured OpenPGP key, or an SSH key as `ssh-keygen` writes it. */
export type SigningKey = { readonly user: User; readonly text: string };
export type Release = {
  readonly id: number;
  readonly author: User;
  tag: string;
  target: string;
  name: string | null;
  body: string | null;
  isDraft: boolean;
  isPrerelease: boolean;
  /** What GitHub shows as the latest one of the repository: at most one. */
  isLatest: boolean;
  readonly assets: ReleaseAsset[];
  readonly createdAt: Milliseconds;
  publishedAt: Milliseconds | null;
};
export type Repository = {
  readonly id: number;
  owner: User;
  name: string;
  readonly git: GitRepository;
  defaultBranch: string;
  isPrivate: boolean;
  isArchived: boolean;
  /** New names by old ones, of branches that were renamed. */
  readonly renamedBranches: Map<string, string>;
  readonly createdAt: Milliseconds;
  pushedAt: Milliseconds;
  readonly settings: { allowMerge: boolean; allowSquash: boolean; allowRebase: boolean; deleteBranchOnMerge: boolean };
  /** By login. Teams, the organization and its being public may give somebody more. */
  readonly collaborators: Map<string, Permission>;
  /** What a team gives its members, and those of its child teams. */
  readonly teamRoles: Map<Team, Permission>;
  /** By number: issues and pull requests share their numbers. */
  readonly issues: Map<number, Issue>;
  readonly comments: Map<number, Comment>;
  /** By lower-case name. */
  readonly labels: Map<string, Label>;
  readonly milestones: Map<number, Milestone>;
  readonly checkSuites: Map<number, CheckSuite>;
  readonly checkRuns: Map<number, CheckRun>;
  readonly statuses: Status[];
  readonly actions: {
    /** By path. */
    readonly workflows: Map<string, Workflow>;
    /** By id, oldest first. */
    readonly runs: Map<number, WorkflowRun>;
    readonly artifacts: Map<number, RunArtifact>;
    /** Up to when schedules were looked at. */
    scheduledUntil: Milliseconds;
    /** Whether runs begin and succeed by themselves, at once. Otherwise they wait until somebody moves them. */
    runsSucceed: boolean;
  };
  readonly rulesets: Ruleset[];
  /** Of all branches, in their order. */
  readonly queue: QueueEntry[];
  /** By id, oldest first. */
  readonly deployments: Map<number, Deployment>;
  /** By lower-case name. */
  readonly environments: Map<string, Environment>;
  readonly releases: Map<number, Release>;
  readonly attestations: Attestation[];
};
export type Delivery = {
  readonly id: number;
  readonly guid: string;
  readonly app: App;
  readonly event: string;
  readonly action: string | null;
  readonly repository: Repository | null;
  readonly installation: Installation | null;
  /** Exactly the bytes that are signed. */
  readonly body: string;
  readonly at: Milliseconds;
  readonly isRedelivery: boolean;
  /** HTTP status of the receiver; 0 when it could not be reached; null before it answered. */
  status: number | null;
  tookMs: number | null;
};
/** One request that a client sent, for the page and for counting. */
export type Request = {
  readonly id: number;
  readonly at: Milliseconds;
  readonly actor: string;
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** What a GraphQL document asks for: its operation name or its first field; null for REST. */
  readonly graphql: string | null;
  readonly isWrite: boolean;
  status: number;
  tookMs: number;
};
export type Token = { readonly text: string; readonly actor: Actor; readonly expiresAt: Milliseconds | null };

/** What the manifest flow hands over: the app with its secrets. */
export type ManifestConversion = { readonly app: App; readonly privateKey: string; readonly clientSecret: string };

/** An answer that is no success, as REST gives it; GraphQL maps it to its own error types. */
export class ApiError extends Error {
  readonly status: number;
  readonly errors: readonly Readonly<Record<string, string>>[];
  constructor(status: number, message: string, errors: readonly Readonly<Record<string, string>>[] = []) {
    super(message);
    this.status = status;
    this.errors = errors;
  }
}

export type World = {
  /** Where the stand-in answers, without a final slash. Pages, REST and GraphQL live under it: REST at `/api/v3`, GraphQL at `/api/graphql`, git at `/owner/name.git`. */
  readonly url: string;
  /** Whether who asks too much is refused, or only told how much it was. */
  readonly limits: "counted" | "enforced";
  /** The only clock. Tests move it. */
  readonly now: () => Milliseconds;
  readonly users: Map<string, User>;
  readonly apps: Map<number, App>;
  readonly installations: Map<number, Installation>;
  /** By lower-case `organization/slug`. */
  readonly teams: Map<string, Team>;
  /** By lower-case `owner/name`. */
  readonly repositories: Map<string, Repository>;
  /** By lower-case `owner/name` as they were called once. */
  readonly moved: Map<string, Repository>;
  readonly tokens: Map<string, Token>;
  readonly signingKeys: SigningKey[];
  readonly deliveries: Delivery[];
  readonly requests: Request[];
  /** Requests for which there is no route, as `METHOD path`: what a client needs and the stand-in lacks. */
  readonly unknownRoutes: string[];
  /** Likewise, as `Type.field`, of GraphQL: repeated ones too. */
  readonly unknownFields: string[];
  /** By code: what `POST /app-manifests/{code}/conversions` answers, once. */
  readonly manifestCodes: Map<string, ManifestConversion>;
  readonly nextId: () => number;
  /** Called before every write: a manual clock moves on by one second, so that all things have an order. */
  readonly tick: () => void;
};
