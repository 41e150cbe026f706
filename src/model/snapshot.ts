// Everything a decision may look at, read at one moment and frozen. Who read it (GitHub's API or a local
// repository) does not show. A snapshot is complete: an observer that could not read a part throws instead.
import type { EpochMs } from "./time.ts";

/** A full object name in lower-case hex: 40 digits (SHA-1) or 64 (SHA-256). */
export type Sha = string;

/** A tag, peeled: `sha` is the commit it leads to. Tags that lead to no commit are left out by the observer. */
export type Tag = { readonly name: string; readonly sha: Sha };

export type PullRequest = {
  readonly number: number;
  readonly title: string;
  readonly labels: readonly string[];
  /** Login of its author; null when unknown (a local repository does not say). */
  readonly author: string | null;
};

export type Commit = {
  readonly sha: Sha;
  /** First parent first; empty for a root. */
  readonly parents: readonly Sha[];
  readonly committedAt: EpochMs;
  readonly authorName: string;
  /** Login of the author on GitHub; null when unknown. */
  readonly authorLogin: string | null;
  /** The whole message, subject first, as stored. */
  readonly message: string;
  /** Every path that differs from the first parent, old and new names of a rename both; always empty for a merge. */
  readonly paths: readonly string[];
  /** The pull request that brought it, when the observer knows; null in a local repository. */
  readonly pullRequest: PullRequest | null;
};

/** What stands at a path at the head. Only `text` can be edited; everything else says why not. */
export type FileState =
  | { readonly is: "text"; readonly text: string }
  | { readonly is: "missing" }
  | { readonly is: "too-large"; readonly bytes: number }
  | { readonly is: "binary" }
  | { readonly is: "symlink" }
  | { readonly is: "submodule" };

/** The commits of the head that `since` does not have, newest first in topological order; the whole history when `since` is null. */
export type Range = { readonly since: Tag | null; readonly commits: readonly Commit[] };

export type Snapshot = {
  readonly takenAt: EpochMs;
  readonly repository: {
    /** `owner/name`; null when a local repository has no remote that says so. */
    readonly name: string | null;
    /** `https://github.com/owner/name`, without a final slash; null when there is none to link to. */
    readonly url: string | null;
  };
  readonly head: {
    readonly sha: Sha;
    /** Short branch name; null when the head is not a branch. */
    readonly branch: string | null;
    /** The default branch and its history form the main line; any other branch is a maintenance line. */
    readonly onDefaultBranch: boolean;
  };
  /** All tags, in no particular order. */
  readonly tags: readonly Tag[];
  /** Every path in the tree at the head, files, links and submodules alike. */
  readonly paths: ReadonlySet<string>;
  /** Contents at the head, by path: exactly those that were asked for. */
  readonly files: ReadonlyMap<string, FileState>;
  /** Unreleased commits by line key: exactly those that were asked for. */
  readonly ranges: ReadonlyMap<string, Range>;
};

/**
 * What a decision still has to know. An observer answers mechanically, so that the choice of tags and files
 * stays in pure code: for each line, `since` is the first of `newestFirst` that the head can reach.
 */
export type Wanted = {
  readonly files: readonly string[];
  readonly ranges: readonly { readonly key: string; readonly newestFirst: readonly Tag[] }[];
};
