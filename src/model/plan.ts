// What should be: said once, printed and performed alike.
import type { Problem } from "./problem.ts";
import type { Sha, Tag } from "./snapshot.ts";
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

/** A desired end, safe to repeat, that carries what it expects to find. */
export type Action = {
  readonly kind: "keep-release-pull-request";
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
  /** When to look again without an event; null: only when something changes. */
  readonly wakeAt: EpochMs | null;
};
