// Every way in which the stand-in's state changes, one signature each; REST, GraphQL, git pushes and the page call
// these and nothing else. Each checks what GitHub checks, throws ApiError where GitHub refuses, and raises the webhooks.
import type { RefChange, RefUpdate, Sha } from "../git/types.ts";
import type { RequiredCheck, Ruleset } from "./rules/types.ts";
import type {
  Actor,
  Annotation,
  Attestation,
  CheckRun,
  CheckSuite,
  Comment,
  Deployment,
  DeploymentStatus,
  Environment,
  Issue,
  Label,
  Milestone,
  Permission,
  QueueEntry,
  Reaction,
  Release,
  ReleaseAsset,
  Repository,
  Review,
  RunArtifact,
  RunConclusion,
  Status,
  Team,
  User,
  Verdict,
  Workflow,
  WorkflowRun,
} from "./types.ts";

export type CheckRunFields = Partial<
  Pick<CheckRun, "name" | "externalId" | "detailsUrl" | "status" | "conclusion" | "startedAt" | "completedAt" | "actions">
> & {
  readonly output?: {
    readonly title: string | null;
    readonly summary: string | null;
    readonly text: string | null;
    readonly annotations: readonly Annotation[];
  };
};
export type ReleaseFields = Partial<Pick<Release, "tag" | "target" | "name" | "body" | "isDraft" | "isPrerelease">> & {
  readonly makeLatest?: "true" | "false" | "legacy";
};

export type Reviewers = { readonly users: readonly User[]; readonly teams: readonly Team[] };

export type Operations = {
  /** What is said of it changes; a new name leaves the old one leading to it. `isArchived: false` comes before all else, `true` after it. */
  readonly editRepository: (
    actor: Actor,
    repository: Repository,
    change: Partial<Repository["settings"]> & { readonly name?: string; readonly defaultBranch?: string; readonly isArchived?: boolean },
  ) => Promise<void>;
  readonly transferRepository: (actor: Actor, repository: Repository, to: { readonly owner: User; readonly name?: string }) => Promise<void>;
  readonly deleteRepository: (actor: Actor, repository: Repository) => Promise<void>;
  /** Short names. */
  readonly renameBranch: (actor: Actor, repository: Repository, from: string, to: string) => Promise<void>;
  /** Compare-and-swap of several refs; closes, updates and synchronizes the pull requests that depend on them. `force` allows what is no fast-forward. */
  readonly updateRefs: (actor: Actor, repository: Repository, updates: readonly (RefUpdate & { readonly force: boolean })[]) => Promise<void>;
  /** After `git push`: the refs have changed already; raises what a push raises. */
  readonly pushed: (actor: Actor, repository: Repository, changes: readonly RefChange[]) => Promise<void>;
  /** A commit made through the API; signed by the stand-in when an app makes it without an author of its own. */
  readonly createCommit: (
    actor: Actor,
    repository: Repository,
    commit: {
      readonly tree: Sha;
      readonly parents: readonly Sha[];
      readonly message: string;
      readonly author: { name: string; email: string; at: number | null } | null;
    },
  ) => Promise<Sha>;
  readonly openPullRequest: (
    actor: Actor,
    repository: Repository,
    pull: { readonly title: string; readonly body: string | null; readonly head: string; readonly base: string; readonly isDraft: boolean },
  ) => Promise<Issue>;
  /** Also for issues. `state` closes and reopens. */
  readonly editIssue: (
    actor: Actor,
    repository: Repository,
    issue: Issue,
    change: {
      readonly title?: string;
      readonly body?: string;
      readonly state?: "open" | "closed";
      readonly base?: string;
      readonly milestone?: Milestone | null;
    },
  ) => Promise<void>;
  readonly mergePullRequest: (
    actor: Actor,
    repository: Repository,
    issue: Issue,
    how: { readonly method: "merge" | "squash" | "rebase"; readonly sha: Sha | null; readonly title: string | null; readonly message: string | null },
  ) => Promise<Sha>;
  /** Into the queue of its base branch: it is merged when its checks have passed on the two together. `expectedHead` null: whichever. */
  readonly enqueue: (actor: Actor, repository: Repository, issue: Issue, expectedHead: Sha | null) => Promise<QueueEntry>;
  readonly dequeue: (actor: Actor, repository: Repository, issue: Issue) => Promise<QueueEntry>;
  /** Ready for review, or back to a draft. */
  readonly setDraft: (actor: Actor, repository: Repository, issue: Issue, isDraft: boolean) => Promise<void>;
  readonly review: (actor: Actor, repository: Repository, issue: Issue, review: { readonly state: Verdict; readonly body: string }) => Promise<Review>;
  /** An approval or a refusal is taken back by somebody who may write. */
  readonly dismissReview: (actor: Actor, repository: Repository, issue: Issue, review: Review) => Promise<void>;
  /** Only collaborators, and teams of the repository's organization, can be asked; never the author. A review by them clears it. */
  readonly requestReviews: (actor: Actor, repository: Repository, issue: Issue, reviewers: Reviewers) => Promise<void>;
  readonly removeReviewRequests: (actor: Actor, repository: Repository, issue: Issue, reviewers: Reviewers) => Promise<void>;
  readonly openIssue: (
    actor: Actor,
    repository: Repository,
    issue: { readonly title: string; readonly body: string | null; readonly labels: readonly string[]; readonly milestone: Milestone | null },
  ) => Promise<Issue>;
  readonly comment: (actor: Actor, repository: Repository, issue: Issue, body: string) => Promise<Comment>;
  readonly editComment: (actor: Actor, repository: Repository, comment: Comment, body: string) => Promise<void>;
  readonly deleteComment: (actor: Actor, repository: Repository, comment: Comment) => Promise<void>;
  readonly react: (actor: Actor, repository: Repository, subject: Issue | Comment, content: Reaction["content"]) => Promise<Reaction>;
  /** Only what one has given can be taken back. */
  readonly unreact: (actor: Actor, repository: Repository, subject: Issue | Comment, content: Reaction["content"]) => Promise<Reaction>;
  readonly createLabel: (
    actor: Actor,
    repository: Repository,
    label: { readonly name: string; readonly color: string; readonly description: string | null },
  ) => Promise<Label>;
  readonly editLabel: (
    actor: Actor,
    repository: Repository,
    label: Label,
    change: { readonly name?: string; readonly color?: string; readonly description?: string | null },
  ) => Promise<void>;
  readonly deleteLabel: (actor: Actor, repository: Repository, label: Label) => Promise<void>;
  /** Labels that do not exist are created, as REST does. */
  readonly addLabels: (actor: Actor, repository: Repository, issue: Issue, names: readonly string[]) => Promise<void>;
  readonly removeLabel: (actor: Actor, repository: Repository, issue: Issue, name: string) => Promise<void>;
  /** Exactly these afterwards. */
  readonly assign: (actor: Actor, repository: Repository, issue: Issue, assignees: readonly User[]) => Promise<void>;
  readonly createMilestone: (
    actor: Actor,
    repository: Repository,
    milestone: { readonly title: string; readonly description: string | null; readonly dueOn?: Milestone["dueOn"] },
  ) => Promise<Milestone>;
  readonly editMilestone: (
    actor: Actor,
    repository: Repository,
    milestone: Milestone,
    change: { readonly state?: "open" | "closed"; readonly title?: string; readonly dueOn?: Milestone["dueOn"] },
  ) => Promise<void>;
  /** Made by an app: GitHub lets no person make one. For what people let happen on a page or in a test there is `reportCheck`. */
  readonly createCheckRun: (actor: Actor, repository: Repository, headSha: Sha, fields: CheckRunFields & { readonly name: string }) => Promise<CheckRun>;
  readonly updateCheckRun: (actor: Actor, repository: Repository, run: CheckRun, fields: CheckRunFields) => Promise<void>;
  /**
   * What an installed app says of a commit, at the wish of somebody who may write. Null begins a run; a conclusion ends
   * the app's running one of that name or, where none is running, makes one that has ended: the newest counts.
   */
  readonly reportCheck: (
    actor: Actor,
    repository: Repository,
    sha: Sha,
    check: { readonly name: string; readonly conclusion: string | null; readonly appSlug: string },
  ) => Promise<CheckRun>;
  /** What must pass before that branch moves, from now on; nothing when `checks` is empty. Nobody passes by them. */
  readonly requireChecks: (
    actor: Actor,
    repository: Repository,
    requirement: { readonly branch: string; readonly by: Ruleset["by"]; readonly checks: readonly RequiredCheck[] },
  ) => Promise<void>;
  /** A ruleset, or the older protection of a branch: a new one where the number is null. */
  readonly keepRuleset: (
    actor: Actor,
    repository: Repository,
    ruleset: Omit<Ruleset, "id" | "createdAt" | "updatedAt"> & { readonly id: number | null },
  ) => Promise<Ruleset>;
  /** What members of a team may do in a repository; null takes it away. */
  readonly setTeamRole: (actor: Actor, repository: Repository, team: Team, role: Permission | null) => Promise<void>;
  readonly deleteRuleset: (actor: Actor, repository: Repository, ruleset: Ruleset) => Promise<void>;
  /** "Re-run" on the page of a check: only its app is told. */
  readonly rerequestCheckRun: (actor: Actor, repository: Repository, run: CheckRun) => Promise<void>;
  /** "Re-run all checks" of one app: only it is told. */
  readonly rerequestCheckSuite: (actor: Actor, repository: Repository, suite: CheckSuite) => Promise<void>;
  /** One of the buttons that the app gave its check: only its app is told. */
  readonly requestCheckAction: (actor: Actor, repository: Repository, run: CheckRun, identifier: string) => Promise<void>;
  readonly createStatus: (
    actor: Actor,
    repository: Repository,
    sha: Sha,
    status: Pick<Status, "state" | "context" | "description" | "targetUrl">,
  ) => Promise<Status>;
  /** Merged: the branch was behind, so it was brought up to date, and nothing is deployed. */
  readonly createDeployment: (
    actor: Actor,
    repository: Repository,
    deployment: Pick<Deployment, "ref" | "task" | "payload" | "environment" | "description" | "isTransient" | "isProduction"> & {
      readonly autoMerge: boolean;
      /** Null: whatever reported on the commit. */
      readonly requiredContexts: readonly string[] | null;
    },
  ) => Promise<{ readonly is: "created"; readonly deployment: Deployment } | { readonly is: "merged"; readonly into: string }>;
  readonly createDeploymentStatus: (
    actor: Actor,
    repository: Repository,
    deployment: Deployment,
    status: Omit<DeploymentStatus, "id" | "creator" | "at"> & { /** A success ends older ones. */ readonly endsOlder: boolean },
  ) => Promise<DeploymentStatus>;
  readonly deleteDeployment: (actor: Actor, repository: Repository, deployment: Deployment) => Promise<void>;
  readonly keepEnvironment: (
    actor: Actor,
    repository: Repository,
    name: string,
    fields: Partial<Pick<Environment, "reviewers" | "preventsSelfReview" | "waitMinutes" | "branches">>,
  ) => Promise<Environment>;
  readonly deleteEnvironment: (actor: Actor, repository: Repository, environment: Environment) => Promise<void>;
  /** A reviewer lets the jobs that wait for these environments begin, or ends the run. */
  readonly reviewDeployments: (
    actor: Actor,
    repository: Repository,
    run: WorkflowRun,
    review: { readonly environments: readonly Environment[]; readonly state: "approved" | "rejected"; readonly comment: string },
  ) => Promise<readonly Deployment[]>;
  /** A run of the file as it stands at that branch or tag. Inputs are text when they reach it, with the file's defaults. */
  readonly dispatchWorkflow: (
    actor: Actor,
    repository: Repository,
    workflow: Workflow,
    dispatch: { readonly ref: string; readonly inputs: Readonly<Record<string, unknown>> },
  ) => Promise<WorkflowRun>;
  /** A run of each workflow of the default branch that listens to that type. */
  readonly dispatchRepository: (
    actor: Actor,
    repository: Repository,
    dispatch: { readonly type: string; readonly payload: Readonly<Record<string, unknown>> },
  ) => Promise<readonly WorkflowRun[]>;
  /** Nothing starts a disabled one. */
  readonly setWorkflowDisabled: (actor: Actor, repository: Repository, workflow: Workflow, isDisabled: boolean) => Promise<void>;
  /** Ends it at once, as cancelled. */
  readonly cancelRun: (actor: Actor, repository: Repository, run: WorkflowRun) => Promise<void>;
  /** One more attempt; "failed" runs the jobs that did not succeed. */
  readonly rerun: (actor: Actor, repository: Repository, run: WorkflowRun, which: "all" | "failed") => Promise<void>;
  readonly deleteRun: (actor: Actor, repository: Repository, run: WorkflowRun) => Promise<void>;
  /** What a runner does. Nobody asks for it, so nobody is asked for a permission: its jobs begin, but for those whose environment is not open. */
  readonly startRun: (repository: Repository, run: WorkflowRun) => Promise<void>;
  /** What the clock brings about by now, everywhere: timers of environments run out, schedules start workflows. */
  readonly passTime: () => Promise<void>;
  /** Likewise: it waits for somebody's approval of a deployment, until `startRun`. */
  readonly holdRun: (repository: Repository, run: WorkflowRun) => Promise<void>;
  /**
   * Likewise: it ends, and begins before that if it has not begun. By names of jobs: `jobs` say how each ends, the others end
   * as the run does; `steps` name the step at which one ended that did not succeed, else it is its last.
   */
  readonly finishRun: (
    repository: Repository,
    run: WorkflowRun,
    conclusion: RunConclusion,
    how?: { readonly jobs?: Readonly<Record<string, RunConclusion>>; readonly steps?: Readonly<Record<string, string>> },
  ) => Promise<void>;
  /** What a step of it does: files as one zip, texts by their paths. */
  readonly uploadArtifact: (repository: Repository, run: WorkflowRun, name: string, files: Readonly<Record<string, string>>) => Promise<RunArtifact>;
  /** Likewise: somebody may ask GitHub from now on who built what has that `sha256:…`. Build provenance when no predicate type is given. */
  readonly attest: (repository: Repository, digest: string, predicateType?: string) => Promise<Attestation>;
  readonly createRelease: (actor: Actor, repository: Repository, fields: ReleaseFields & { readonly tag: string }) => Promise<Release>;
  readonly updateRelease: (actor: Actor, repository: Repository, release: Release, fields: ReleaseFields) => Promise<void>;
  readonly deleteRelease: (actor: Actor, repository: Repository, release: Release) => Promise<void>;
  readonly uploadReleaseAsset: (
    actor: Actor,
    repository: Repository,
    release: Release,
    asset: { readonly name: string; readonly content: string | Uint8Array; readonly contentType?: string; readonly label?: string | null },
  ) => Promise<ReleaseAsset>;
  readonly editReleaseAsset: (
    actor: Actor,
    repository: Repository,
    release: Release,
    asset: ReleaseAsset,
    change: { readonly name?: string; readonly label?: string | null },
  ) => Promise<void>;
  readonly deleteReleaseAsset: (actor: Actor, repository: Repository, release: Release, asset: ReleaseAsset) => Promise<void>;
};
