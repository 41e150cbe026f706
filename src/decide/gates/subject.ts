// What a gate may look at: one release of one line at one moment, in the words of gates. Made once for all gates.
import type { Facts } from "../../model/agreement.ts";
import type { Change } from "../../model/change.ts";
import type { Playbook, Policy, PolicyName } from "../../model/playbook.ts";
import type { Commit, FileState, Hosted, OwnPullRequest, Sha } from "../../model/snapshot.ts";
import type { Words } from "../../model/report.ts";
import type { EpochMs } from "../../model/time.ts";
import type { Bump } from "../../model/version.ts";
import type { Component } from "../components.ts";
import type { People } from "../people/types.ts";

export type Subject = {
  /** A component's name, or `*` for all of the repository. */
  readonly line: string;
  readonly takenAt: EpochMs;
  readonly playbook: Playbook;
  /** Components that this release holds, and every component of the repository. */
  readonly components: readonly Component[];
  readonly allComponents: readonly Component[];
  readonly releases: readonly { readonly component: string; readonly version: string; readonly tag: string }[];
  /** The largest of its components; null for a first release or CalVer. */
  readonly bump: Bump | null;
  readonly policy: { readonly name: PolicyName | null; readonly rules: Policy };
  /** Everything that the release carries, newest first; each pull request may stand in several. */
  readonly changes: readonly Change[];
  /** Commits since the last release that belong to its components, newest first. */
  readonly commits: readonly Commit[];
  /** What they touch, each path once, sorted. A path that ends with `/` stands for something below that folder. */
  readonly paths: readonly string[];
  /** Every path of the tree as it would be released. */
  readonly tree: ReadonlySet<string>;
  /** A file as it would be released: the release's own edits applied. Undefined: it was not asked for yet. */
  readonly file: (path: string) => FileState | undefined;
  /** Its pull request, open or merged; null while there is none. */
  readonly pullRequest: OwnPullRequest | null;
  /** Short name of the branch that it is released from. */
  readonly base: string;
  /**
   * Fingerprint of what is released, apart from the files that the release writes itself: an approval is bound to it.
   * `at`: what stood for that head of the pull request at that time, by this app's own record there, and the head of the
   * base it was found at; null when nothing was recorded there or it has changed since.
   */
  readonly content: { readonly now: string; readonly at: (sha: Sha, time: EpochMs) => { readonly content: string; readonly baseSha: Sha } | null };
  /** Since when the head of the pull request is what it is, by this app's own record; null when it has none yet. */
  readonly headSince: EpochMs | null;
  /** Since when each gate has been open without a break, by this app's own record. */
  readonly openSince: Readonly<Record<string, EpochMs>>;
  /** Commits that stand for this release in the eyes of checks: the first that has a check of a name decides. Empty while there is no pull request. */
  readonly checkedCommits: readonly Sha[];
  readonly facts: Facts;
  /** What is wrong with tags of its components, and with signing them: nothing is released while it is so. */
  readonly tagFaults: readonly { readonly gate: string; readonly because: Words; readonly next: Words }[];
  readonly people: People;
  /** Null in a local repository: whatever only GitHub knows is unknown. */
  readonly hosted: Hosted | null;
};
