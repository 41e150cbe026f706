// One thing that a commit or pull request says it does. A squash commit can say several.
import type { Bump } from "./version.ts";
import type { PullRequest, Sha } from "./snapshot.ts";

export type Change = {
  /** The commit it stands in. */
  readonly sha: Sha;
  /** Lower case: `feat`, `fix`, `config`; null when the text carries no readable type. */
  readonly type: string | null;
  readonly scope: string | null;
  /** What it does, in one line, without type, scope and pull request number. */
  readonly description: string;
  /** The line of the commit, bullet or title that it was read from, for people. */
  readonly subject: string;
  readonly isBreaking: boolean;
  /** Texts of the BREAKING CHANGE footers; empty when `!` alone says it. */
  readonly breakingNotes: readonly string[];
  readonly pullRequest: PullRequest | null;
  readonly authorName: string;
  readonly authorLogin: string | null;
  /** Paths that the change touches: those of its commit, or of all commits of its merged pull request. */
  readonly paths: readonly string[];
  /** Text of a `Release-As` footer, as written; null without one. */
  readonly releaseAs: string | null;
  /** The commit that reverts it, or, for a revert, the commit that it takes back; null when it counts. */
  readonly cancelledBy: Sha | null;
  /** What it does to the version: `unknown` when it carries no signal, `none` when it says that it needs no release. */
  readonly effect: Bump | "none" | "unknown" | "cancelled";
  /** Why it has that effect, in a few words. */
  readonly because: string;
};
