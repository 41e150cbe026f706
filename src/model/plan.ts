// What should be: said once, printed and performed alike.
import type { Said } from "./agreement.ts";
import type { Problem } from "./problem.ts";
import type { PolicyName } from "./playbook.ts";
import type { GateReport, Words } from "./report.ts";
import type { RolloutReport } from "./rollout.ts";
import type { OwnPullRequest, Sha, Tag } from "./snapshot.ts";
import type { EpochMs } from "./time.ts";
import type { Bump, Oddity, VersionText } from "./version.ts";

export type { ChecklistItem, GateReport, GateState, Verdict, Words } from "./report.ts";

/**
 * `release`: there is something to release and its version is known.
 * `nothing`: nothing changed that a release would carry.
 * `undetermined`: something changed and nothing says what it is; a question for people.
 * `refused`: the version that follows would be wrong, for the cause given.
 */
type Decision = "release" | "nothing" | "undetermined" | "refused";

/** One change in range and what it does to the version. Every change is in the list, counted or not. */
export type Reason = {
  readonly sha: Sha;
  readonly subject: string;
  /** `unknown`: it carries no signal. `cancelled`: a revert and what it reverts. */
  readonly effect: Bump | "none" | "unknown" | "cancelled";
  /** Why, in a few words: `new feature`, `documentation`, `reverted by 1a2b3c4`. */
  readonly because: string;
  /** Number of the pull request that brought it; null for a direct push. */
  readonly pullRequest: number | null;
};

/** One file of the release pull request: whole text before and after. `before` is null for a new file. */
export type FileEdit = { readonly path: string; readonly before: string | null; readonly after: string };

/** `hand`: the playbook's `artifacts` dispatch it, which this build leaves to people. */
export type StartedWorkflow = { readonly workflow: string; readonly by: "tag" | "publication" | "app" };

export type ComponentPlan = {
  readonly name: string;
  /** `.` for the whole repository. */
  readonly path: string;
  readonly previous: { readonly tag: string; readonly version: VersionText; readonly sha: Sha } | null;
  readonly decision: Decision;
  /** Null when nothing is released, for a first release and for CalVer. */
  readonly bump: Bump | null;
  readonly version: VersionText | null;
  readonly tag: string | null;
  /** The decision in one sentence for people. */
  readonly because: string;
  /** Who asked for this version by a command; null when the changes alone decide. */
  readonly asked: (Said & { readonly command: string }) | null;
  /** Newest first. */
  readonly reasons: readonly Reason[];
  /** Commits in range that carry no readable type, newest first. */
  readonly unparsed: readonly Sha[];
  readonly files: readonly FileEdit[];
  /** The new section of the changelog, heading included; empty when nothing is released. */
  readonly changelog: string;
  /** The text of the GitHub release; empty when nothing is released. */
  readonly notes: string;
  /** Candidates of the proposed version, newest first. */
  readonly candidates: readonly Tag[];
  /** The tag that its next candidate would get; null when this team makes none or nothing is released. */
  readonly nextCandidate: string | null;
  /** Workflows that its release starts, by file name, and whatever would go wrong with them; empty when nothing is released. */
  readonly starts: { readonly workflows: readonly StartedWorkflow[]; readonly warnings: readonly Problem[] };
  readonly problems: readonly Problem[];
};

/** How a text ends that holds something for the app itself: a comment that people do not see, and that no shortening may cut. */
export const RECORD_OPENING = "<!-- release-steward-record: ";

/** What the body of a desk holds, so that it is known as one whatever its title. */
export const DESK_MARKER = "<!-- release-steward-desk -->";

/** Opens the line by which a retrospective is known whatever its title: the tag that it is about follows, then ` -->`. */
export const RETROSPECTIVE_OPENING = "<!-- release-steward-retrospective: ";

/** Why a line is not released yet, and what would move it: computed once and shown everywhere alike. */
export type LineReport = {
  /** A component's name, or `*` for all of the repository. */
  readonly line: string;
  /** `cavern 0.9.0`, `v1.2.0`. */
  readonly title: string;
  readonly releases: readonly { readonly component: string; readonly version: VersionText; readonly tag: string }[];
  /** Its pull request; null while none is open. `isMerged`: merged, and the release waits. */
  readonly pullRequest: { readonly number: number; readonly headSha: Sha; readonly isMerged: boolean } | null;
  readonly evaluatedAt: EpochMs;
  readonly policy: { readonly name: PolicyName | null; readonly isAutomatic: boolean };
  readonly gates: readonly GateReport[];
  /** What makes this release riskier than another: `touches 2 paths of lrdb/migrations/**: minor at least`. */
  readonly risks: readonly Words[];
  /** What people said and is no longer so: a command that was edited away. */
  readonly notices: readonly Words[];
  /** Keys of the playbook that nothing enforces. */
  readonly notActedOn: readonly string[];
};

/** How the paragraph of a release's check run begins in which act says by whom its tag is signed: to be kept when that is written again. */
export const SIGNATURE_SAID = "Signature: ";

/** What the app's own check run says; `text` is GitHub Markdown of at most 65,535 characters. */
export type CheckText = {
  readonly externalId: string;
  /** Null: in progress, since nobody can tell yet. */
  readonly conclusion: "success" | "neutral" | "failure" | "action_required" | null;
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  /** Places in files, each with a message; shown where the file is. */
  readonly problems: readonly Problem[];
};

/** A desired end, safe to repeat, that carries what it expects to find. */
export type Action =
  | KeepReleasePullRequest
  | CloseReleasePullRequest
  | MergeReleasePullRequest
  | PublishRelease
  | SayOnCommit
  | SayOnContributions
  | KeepStatusComment
  | KeepDesk
  | CloseDesk
  | AnswerRequest
  | DeferIssue
  | RequestReviews
  | KeepStep
  | StartWorkflow
  | RerunWorkflow
  | KeepReleaseNotes
  | MoveTag
  | KeepCompanion
  | CloseCompanion
  | OpenMilestone
  | CloseMilestone
  | OpenRetrospective
  | TellContained;

export type KeepReleasePullRequest = {
  readonly kind: "keep-release-pull-request";
  /** Which line it releases: a component's name, or `*` for all of the repository. */
  readonly line: string;
  /** Components it releases. */
  readonly components: readonly string[];
  /** The commit it was planned for: a head that has moved on makes the action void. */
  readonly baseSha: Sha;
  readonly base: string;
  readonly branch: string;
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly commitMessage: string;
  readonly files: readonly FileEdit[];
  readonly check: CheckText;
  /** What stands there now: nothing of it is written when it has changed meanwhile. Null in a local repository. */
  readonly found: {
    readonly pullRequest: Pick<OwnPullRequest, "id" | "number" | "headSha"> | null;
    /** Node id of the check run on its head that is written over; null for a new one. */
    readonly check: string | null;
    /** Null: the branch does not exist. */
    readonly branchSha: Sha | null;
    /** The root tree of `baseSha`, and which of `files` are executable in it. */
    readonly baseTree: Sha;
    readonly executables: readonly string[];
  } | null;
  /** Which parts differ from what stands there. Only those are written: GitHub compares no text first, and somebody may be writing. */
  readonly writes: { readonly commit: boolean; readonly title: boolean; readonly body: boolean; readonly labels: readonly string[]; readonly check: boolean };
};

/** A release pull request that nothing calls for any more. Only one that this app opened. */
export type CloseReleasePullRequest = {
  readonly kind: "close-release-pull-request";
  readonly pullRequest: Pick<OwnPullRequest, "id" | "number" | "headSha">;
  readonly comment: string;
};

/** A merged release: its tag at exactly the merged commit, and its release on GitHub. Each part that exists is left alone. */
export type PublishRelease = {
  readonly kind: "publish-release";
  readonly component: string;
  readonly version: VersionText;
  readonly tag: string;
  readonly sha: Sha;
  /** Message of an annotated tag; null for a lightweight one. */
  readonly annotation: string | null;
  readonly signed: "required" | "preferred" | "no";
  /** The time that an annotated tag carries. */
  readonly taggedAt: EpochMs;
  readonly title: string;
  /** The notes; null: as its draft has them. */
  readonly body: string | null;
  readonly isPrerelease: boolean;
  readonly isLatest: boolean;
  /** How far: the draft alone where a workflow makes the tag, its tag where people see the release only with its artifacts. */
  readonly to: "draft" | "tag" | "publication";
  /** What its check run says from the beginning on, and once it has come as far as `to`. */
  readonly begin: CheckText;
  readonly check: CheckText;
  readonly found: {
    readonly tagSha: Sha | null;
    /** This app's drafts for the tag, oldest first: more than one only after a race. */
    readonly drafts: readonly number[];
    /** Text of the first of them; null without one. */
    readonly notes: string | null;
    readonly published: number | null;
    /** This app's check run on the commit that says that the release has begun; null when it has not. */
    readonly begun: number | null;
  };
};

/** Something that a maintainer has to know and that has no pull request to be said on: a check run on a commit. `standing`: the node id of the check run to write over; null for a new one. */
export type SayOnCommit = { readonly kind: "say-on-commit"; readonly sha: Sha; readonly check: CheckText; readonly standing: string | null };

/** What people's own pull requests would do to the next release, said on each before it is merged. */
export type SayOnContributions = {
  readonly kind: "say-on-contributions";
  readonly checks: readonly { readonly number: number; readonly sha: Sha; readonly check: CheckText; readonly standing: string | null }[];
};

/** The one comment of a release pull request that says what it waits for and holds the checklist. */
export type KeepStatusComment = {
  readonly kind: "keep-status-comment";
  readonly pullRequest: Pick<OwnPullRequest, "id" | "number">;
  /** Node id of the comment that stands; null when it is to be written. */
  readonly commentId: string | null;
  readonly body: string;
};

export type KeepDesk = {
  readonly kind: "keep-desk";
  /** Node id of the issue that stands; null when it is to be opened. */
  readonly issueId: string | null;
  readonly title: string;
  readonly body: string;
};

/** A second desk is of no use: what is said there would not be heard. */
export type CloseDesk = { readonly kind: "close-desk"; readonly issueId: string; readonly number: number; readonly comment: string };

/** Merges under an automatic policy: exactly the head that every gate was open for. */
export type MergeReleasePullRequest = {
  readonly kind: "merge-release-pull-request";
  readonly pullRequest: Pick<OwnPullRequest, "id" | "number" | "headSha">;
  /** Null: the first that the repository allows of merge, squash, rebase. */
  readonly method: "merge" | "squash" | "rebase" | null;
};

/**
 * The answer to a comment with commands: eyes, whatever there is to say, and the reaction that records that it was
 * accepted or refused, in one request and in this order.
 */
export type AnswerRequest = {
  readonly kind: "answer-request";
  readonly commentId: string;
  /** Node id of the issue or pull request that it stands on. */
  readonly subjectId: string;
  /** Null: only a reaction. The comment ends with a record that names what it answers. */
  readonly reply: string | null;
  /**
   * Null for what an edit added: eyes and reaction stand already, and the reply is the record. The eyes are taken back and
   * given anew, so that their time is that of the newest answer that was begun. Where the eyes are gone: the reaction that
   * stands, which GitHub keeps as it is.
   */
  readonly reaction: "accepted" | "refused" | null;
};

/** Moves a blocker to another milestone, because a person said so. */
export type DeferIssue = { readonly kind: "defer-issue"; readonly issue: number; readonly milestone: { readonly number: number; readonly title: string } };

/** Asks those for a review whose approval a gate wants. Logins and `organisation/team`. */
export type RequestReviews = { readonly kind: "request-reviews"; readonly pullRequest: number; readonly reviewers: readonly string[] };

/** What the app knows of one step of a rollout, on a check run of its own at the tagged commit, and what people are told about it, once. */
export type KeepStep = {
  readonly kind: "keep-step";
  readonly sha: Sha;
  /** What the check run is called: `cavern 0.9.0: helm-publish`. */
  readonly name: string;
  readonly check: CheckText;
  /** Page of what it is about: the run, the pull request; null for none. */
  readonly url: string | null;
  /** Node id of the check run that is written over; null for a new one. */
  readonly standing: string | null;
  /** A comment that tells people; null for none. It is written after the check run, so that it is never written twice. */
  readonly say: { readonly subjectId: string; readonly body: string } | null;
};

/**
 * Starts a workflow: the intent first, on the step's check run, then the dispatch, never repeated, then the address of the
 * run on the same check run. Between the first and the last nobody can tell whether it was started: the next look finds out.
 */
export type StartWorkflow = {
  readonly kind: "start-workflow";
  readonly sha: Sha;
  readonly name: string;
  /** What is to be started, in a few words for messages. */
  readonly step: string;
  /** The intent. */
  readonly check: CheckText;
  /** What stands where GitHub refuses it: nothing was started then. `{reason}` stands for GitHub's word. */
  readonly refused: CheckText;
  /** Node id of the step's check run; null for a new one. */
  readonly standing: string | null;
  readonly dispatch: Dispatch;
};
export type Dispatch =
  | { readonly event: "workflow_dispatch"; readonly workflow: string; readonly ref: string; readonly inputs: Readonly<Record<string, string>> }
  | { readonly event: "repository_dispatch"; readonly type: string; readonly payload: Readonly<Record<string, string>> };

/** Runs a workflow again, as a person asked: safe to repeat, since an attempt that has begun can't be begun again. */
export type RerunWorkflow = {
  readonly kind: "rerun-workflow";
  readonly step: string;
  readonly run: number;
  /** `failed`: only the jobs that failed and what depends on them. */
  readonly jobs: "failed" | "all";
};

/** The text of a release on GitHub: nothing is written when it is no longer what was read. */
export type KeepReleaseNotes = {
  readonly kind: "keep-release-notes";
  readonly release: number;
  readonly tag: string;
  readonly found: string;
  readonly body: string;
};

/** A tag that moves along with the newest release: by compare-and-swap, and only forward. */
export type MoveTag = { readonly kind: "move-tag"; readonly tag: string; /** Null: it does not exist yet. */ readonly from: Sha | null; readonly to: Sha };

/** A pull request that follows a release: in another repository, or one that moves a pin in this one. */
export type KeepCompanion = {
  readonly kind: "keep-companion";
  /** `cardinalhq/charts`, for messages. */
  readonly repository: string;
  readonly repositoryNodeId: string;
  readonly repositoryId: number;
  readonly base: string;
  readonly baseSha: Sha;
  readonly branch: string;
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly isDraft: boolean;
  readonly commitMessage: string;
  /** Whole texts, at `baseSha`. */
  readonly files: readonly FileEdit[];
  /** What stands there now: nothing of it is written when it has changed meanwhile. `baseTree`: the root tree of `baseSha`. */
  readonly found: {
    readonly branchSha: Sha | null;
    readonly pullRequest: { readonly id: string; readonly number: number } | null;
    readonly baseTree: Sha;
    readonly executables: readonly string[];
  };
  /** Which parts differ from what stands there. `draft`: whether it is one. */
  readonly writes: { readonly commit: boolean; readonly text: boolean; readonly draft: boolean; readonly labels: readonly string[] };
};

/** One that nothing calls for any more; only of this app. */
export type CloseCompanion = {
  readonly kind: "close-companion";
  readonly repository: string;
  readonly pullRequest: { readonly id: string; readonly number: number };
  readonly comment: string;
};

export type OpenMilestone = { readonly kind: "open-milestone"; readonly title: string };

/** `move`: its open issues go to that milestone first; null: there is none, and they stay where they are. */
export type CloseMilestone = {
  readonly kind: "close-milestone";
  readonly milestone: { readonly number: number; readonly title: string };
  readonly move: { readonly to: number; readonly issues: readonly number[] } | null;
};

/** The issue in which a team looks back: one a release. */
export type OpenRetrospective = { readonly kind: "open-retrospective"; readonly tag: string; readonly title: string; readonly body: string };

/** Says on pull requests and issues in which release they are, each once. */
export type TellContained = {
  readonly kind: "tell-contained";
  readonly tag: string;
  readonly body: string;
  readonly subjects: readonly { readonly id: string; readonly number: number }[];
};

export type Plan = {
  readonly head: Sha;
  readonly takenAt: EpochMs;
  readonly components: readonly ComponentPlan[];
  readonly oddities: readonly Oddity[];
  /** Problems of the repository as a whole and of its playbook. */
  readonly problems: readonly Problem[];
  /** Keys of the playbook that were understood and are not acted on yet. */
  readonly notActedOn: readonly string[];
  readonly actions: readonly Action[];
  /** Every line that is proposed or waits, in the order of the components. */
  readonly lines: readonly LineReport[];
  /** Every release that is under way, in the order of the components. */
  readonly rollouts: readonly RolloutReport[];
  /** When to look again without an event; null: only when something changes. */
  readonly wakeAt: EpochMs | null;
};
