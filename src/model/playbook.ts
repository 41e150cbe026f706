// The playbook as the decision sees it: defaults filled in, durations in milliseconds, null for what is absent.
// Keys and meaning: docs/reference/playbook.md. Values vary between teams; there are no special cases.
import type { Bump, Scheme, VersionText } from "./version.ts";

/** Text with `{name}` placeholders from the allow-list of the key it stands in. */
export type Template = string;
/** A picomatch glob over paths from the repository's root, dot files included. */
export type Glob = string;
/** A regular expression in RE2 syntax, compiled by a linear-time engine only. */
export type LinearRegex = string;

export type Playbook = {
  /** Where it was read; null when it was detected because the repository has none. */
  readonly path: string | null;
  /** `owner/repository` to inherit from, one level; null for none. */
  readonly extends: string | null;
  readonly roles: Readonly<Record<string, readonly string[]>>;
  readonly components: Components;
  readonly versioning: Versioning;
  readonly changelog: Changelog;
  readonly release: Release;
  readonly gates: Readonly<Record<string, Gate>>;
  readonly policies: Readonly<Partial<Record<PolicyName, Policy>>>;
  readonly artifacts: readonly Artifact[];
  readonly environments: readonly Environment[];
  readonly downstream: readonly Downstream[];
  readonly communications: readonly Communication[];
  /** Keys that parse and validate but that this build does not act on, as dotted paths in file order. */
  readonly notActedOn: readonly string[];
};

export type Components = {
  readonly named: readonly ComponentRule[];
  /** Finds components by their manifest, so that a new chart needs no edit of the playbook; null for none. */
  readonly discover: { readonly glob: Glob; readonly name: DiscoveredName; readonly dependents: Dependents } | null;
};
export type ComponentRule = { readonly name: string; readonly path: string; readonly owners: readonly string[]; readonly dependents: Dependents };
/** `directory`: the folder's own name; otherwise the value at that path of the found YAML file. */
export type DiscoveredName = "directory" | { readonly yaml: string };
/** `cascade`: charts that require this one by `file://` follow its version. */
export type Dependents = "cascade" | "leave";

export type Versioning = {
  readonly scheme: Scheme;
  /** Format of a CalVer version; used when `scheme` is `calver`. */
  readonly calver: Template;
  readonly source: "conventional-commits" | "pull-requests" | "changelog";
  readonly noSignal: "ask" | "patch" | "nothing";
  /** The least bump when a path of the range matches. */
  readonly minimum: Readonly<Partial<Record<Bump, readonly Glob[]>>>;
  /** First version of a component without any tag; null: the version file's, else 0.1.0. */
  readonly initial: VersionText | null;
  /** What a breaking change and a feature do below 1.0.0. */
  readonly before1: { readonly breaking: Bump; readonly feature: Bump };
  /** Labels of pull requests that carry a signal, case-insensitive. */
  readonly labels: Readonly<Record<Bump | "nothing", readonly string[]>>;
  readonly files: readonly VersionFile[];
};

/** One place that holds the version. `value` is written; `at` says where. */
export type VersionFile = { readonly file: Template; readonly value: Template; readonly at: Place };
export type Place =
  | { readonly by: "yaml" | "json" | "toml"; readonly path: string }
  /** Exactly one group; the group's text is the value. Every match in the file is written. */
  | { readonly by: "regex"; readonly pattern: LinearRegex }
  /** Every line that carries this word in a comment has its one version replaced. */
  | { readonly by: "marker"; readonly word: string };

export type Changelog = {
  /** Null: this team keeps none; the section still appears in the plan and the notes. */
  readonly file: Template | null;
  readonly style: "keep-a-changelog" | "conventional";
  /** Heading of a version's section; null: the style's own. */
  readonly heading: Template | null;
  /** Change type to section title, in order of appearance. */
  readonly sections: Readonly<Record<string, string>>;
  /** A change that touches these alone is a configuration change (type `config`). */
  readonly configPaths: readonly Glob[];
  /** Link target of a version; null: GitHub's compare page. */
  readonly link: Template | null;
  /** A section that contains this text is unfinished and refused; null for none. */
  readonly reject: string | null;
};

export type Release = {
  readonly branch: { readonly name: Template; readonly for: readonly Bump[] } | null;
  readonly pullRequest: {
    readonly branch: Template;
    readonly title: Template;
    readonly labels: readonly string[];
    /** One pull request a component, or one for all. */
    readonly per: "component" | "repository";
    readonly merge: "merge" | "squash" | "rebase" | null;
    readonly signoff: boolean;
    /** Subject of the release commit. */
    readonly commit: Template;
  };
  readonly candidate: { readonly tag: Template; readonly for: readonly Bump[]; readonly promote: "same-commit" | null } | null;
  readonly tag: {
    readonly name: Template;
    readonly annotated: boolean;
    readonly signed: "required" | "preferred" | "no";
    readonly message: Template | null;
    /** Tags that belong to nobody on purpose. */
    readonly ignore: readonly Glob[];
  };
  readonly notes: {
    readonly template: string | null;
    /** Sections for people. */
    readonly sections: readonly string[];
    /** Those of them that must be written. */
    readonly require: readonly string[];
    readonly digests: boolean;
  };
  /** A release of the whole repository beside its components' own. */
  readonly train: { readonly name: Template; readonly tag: Template; readonly annotated: boolean; readonly includes: "*" | readonly string[] } | null;
};

/** One of the kinds of gate, with what all gates share. `options` are validated by kind. */
export type Gate = {
  readonly kind: GateKind;
  readonly options: unknown;
  readonly whenPaths: readonly Glob[];
  readonly soakMs: number | null;
  readonly window: string | null;
  readonly by: string | null;
};
export type GateKind = "check" | "approval" | "evidence" | "no_open_issues" | "pull_request_labels" | "paths_together" | "forbid" | "require_yaml" | "freeze";

export type PolicyName = "default" | "patch" | "minor" | "major" | "hotfix" | "rollback" | "security";
export type Policy = { readonly automatic: boolean; readonly gates: readonly string[]; readonly labels: readonly string[] };

/** Parsed and validated; their behaviour arrives with the steps after the tag. */
export type Artifact = { readonly on: "release" | "candidate"; readonly workflow: string; readonly trigger: string };
export type Environment = { readonly name: string; readonly after: string | null };
export type Downstream = { readonly repository: string; readonly title: Template | null };
export type Communication = { readonly on: string; readonly to: readonly string[] };
