// What should be: said once, printed and performed alike.
import type { Said } from "./agreement.ts";
import type { Problem } from "./problem.ts";
import type { PolicyName } from "./playbook.ts";
import type { OwnPullRequest, Sha, Tag } from "./snapshot.ts";
import type { EpochMs } from "./time.ts";
import type { Bump, Oddity, VersionText } from "./version.ts";

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
export type StartedWorkflow = { readonly workflow: string; readonly by: "tag" | "publication" | "hand" };

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

/**
 * Whether a gate lets a release through. `waiting`: nobody has to do anything, time or a running check will tell.
 * `unknown`: it could not be read; closed like any other, and never reported as a verdict.
 */
export type GateState = "open" | "closed" | "waiting" | "unknown";

/** Text for people on one line: plain, with code in backticks, `@login`, `#12`, and bare addresses; every renderer makes it safe for its own medium. */
export type Words = string;

export type Verdict = {
  readonly state: GateState;
  readonly because: Words;
  /** What would open it, said to whoever can; null when it is open or nobody has to do anything. */
  readonly next: Words | null;
  /** When it opens by itself or is worth another look; null when only an event can change it. */
  readonly opensAt: EpochMs | null;
};

/** One thing that a person confirms by a tick or by `/release evidence`. */
export type ChecklistItem = {
  readonly gate: string;
  /** As the playbook says it. */
  readonly text: string;
  /** Null while nobody has. `role`: in which they did; `link`: what they gave, a tick gives nothing. */
  readonly done: { readonly by: string; readonly role: string; readonly at: EpochMs; readonly link: Words | null } | null;
};

/** One gate's answer for one line, as everybody is shown it. */
export type GateReport = Verdict & {
  /** Its name in the playbook; `hold` and `frozen` for what people said by a command. */
  readonly gate: string;
  readonly kind: string;
  /** Who answers for it: `steward (@acme/stewards)`; null for nobody in particular. */
  readonly owner: Words | null;
  /** For whoever wants to know more: each review and whether it counts, each blocker, each place. */
  readonly details: readonly Words[];
  readonly items: readonly ChecklistItem[];
  /** Places in files that keep it closed. */
  readonly problems: readonly Problem[];
  /** Two people took it upon themselves; its own state was this. Null without. */
  readonly overridden: { readonly by: readonly string[]; readonly reason: string; readonly was: GateState } | null;
};

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
  | RequestReviews;

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
  /** Which parts differ from what stands there. */
  readonly writes: { readonly commit: boolean; readonly text: boolean; readonly labels: readonly string[]; readonly check: boolean };
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
  readonly title: string;
  /** The notes; null: as its draft has them. */
  readonly body: string | null;
  readonly isPrerelease: boolean;
  readonly isLatest: boolean;
  readonly check: CheckText;
  readonly found: {
    readonly tagSha: Sha | null;
    /** This app's drafts for the tag, oldest first: more than one only after a race. */
    readonly drafts: readonly number[];
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
  /** When to look again without an event; null: only when something changes. */
  readonly wakeAt: EpochMs | null;
};
