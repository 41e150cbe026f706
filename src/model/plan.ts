// What should be: said once, printed and performed alike.
import type { Problem } from "./problem.ts";
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
  readonly problems: readonly Problem[];
};

/** How a text ends that holds something for the app itself: a comment that people do not see, and that no shortening may cut. */
export const RECORD_OPENING = "<!-- release-steward-record: ";

/** What the app's own check run says; `text` is GitHub Markdown of at most 65,535 characters. */
export type CheckText = {
  readonly externalId: string;
  readonly conclusion: "success" | "neutral" | "failure" | "action_required";
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  /** Places in files, each with a message; shown where the file is. */
  readonly problems: readonly Problem[];
};

/** A desired end, safe to repeat, that carries what it expects to find. */
export type Action = KeepReleasePullRequest | CloseReleasePullRequest | PublishRelease | SayOnCommit | AnswerRequest;

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

/** Something that a maintainer has to know and that has no pull request to be said on: a check run on a commit. */
export type SayOnCommit = { readonly kind: "say-on-commit"; readonly sha: Sha; readonly check: CheckText };

/** The app's reaction that records that a command was accepted or refused. */
export type AnswerRequest = { readonly kind: "answer-request"; readonly commentId: string; readonly answer: "accepted" | "refused" };

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
  /** When to look again without an event; null: only when something changes. */
  readonly wakeAt: EpochMs | null;
};
