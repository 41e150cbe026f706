// What a version is made of, and what a change does to it.

export type Bump = "major" | "minor" | "patch";

/** The text of a version without any tag decoration: `1.4.0`, `2026.2`. */
export type VersionText = string;

export type Scheme = "semver" | "calver";

/** What one tag of the repository turned out to be, for one playbook. */
export type TagKind =
  /** A final version of a component. */
  | { readonly is: "release"; readonly component: string; readonly version: VersionText }
  /** A candidate: `number` orders it naturally (`rc10` after `rc9`), whatever its spelling. */
  | { readonly is: "candidate"; readonly component: string; readonly version: VersionText; readonly number: number }
  /** A nightly, alpha, beta, feature build: a version with a suffix that is not a candidate's. */
  | { readonly is: "prerelease"; readonly component: string; readonly version: VersionText; readonly suffix: string }
  /** A release of the whole repository under its own counter. */
  | { readonly is: "train"; readonly version: VersionText }
  /** Moved on purpose from release to release: `v1`, `v1.4`, `latest`. */
  | { readonly is: "floating"; readonly component: string | null; readonly because: string }
  /** Named by `release.tag.ignore`. */
  | { readonly is: "ignored"; readonly because: string }
  /** Looks like a version tag of a component, but is not spelt like one. */
  | { readonly is: "mistagged"; readonly component: string | null; readonly because: string }
  /** Nothing in the playbook claims it. */
  | { readonly is: "unclaimed"; readonly because: string };

/** A tag that is never taken as a release, and why: candidates and nightlies as well as mistakes. */
export type Oddity = { readonly tag: string; readonly sha: string; readonly kind: Exclude<TagKind["is"], "release" | "train">; readonly because: string };
