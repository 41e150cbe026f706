// The playbook as the decision sees it: defaults filled in, durations in milliseconds, null for what is absent.
// Keys and meaning: docs/reference/playbook.md. Values vary between teams; there are no special cases.
import type { EpochMs } from "./time.ts";
import type { Bump, Scheme, VersionText } from "./version.ts";

/** Text with `{name}` placeholders from the allow-list of the key it stands in. */
export type Template = string;
/** A path from the repository's root, with `/`, without `..`; `.` is the root. */
type Path = string;
/** A picomatch glob over paths from the repository's root, dot files included. */
type Glob = string;
/** A name in which `*` stands for any text, so that `test (*)` is every entry of a build matrix. */
type NamePattern = string;
/** A role of `roles`, or `owners`: the code owners of the paths that a release touches. */
export type Role = string;
/** `@login`, `@organisation/team`, or what one may do in the repository: `admin`, `maintain`, `write`, `triage` (that or more). */
export type Handle = string;
type Scalar = string | number | boolean | null;
/** A regular expression in RE2 syntax, compiled by a linear-time engine only. */
type LinearRegex = string;

export type Playbook = {
  /** Where it was read; null when it was detected because the repository has none. */
  readonly path: string | null;
  /** `owner/repository` to inherit from, one level; null for none. */
  readonly extends: string | null;
  readonly roles: Readonly<Record<Role, readonly Handle[]>>;
  readonly components: Components;
  readonly versioning: Versioning;
  readonly changelog: Changelog;
  readonly release: Release;
  /** Those that only environments ask are called `staging/smoke`, one for each of them. */
  readonly gates: Readonly<Record<string, Gate>>;
  /** Empty: every gate that no environment names holds for every release. */
  readonly policies: Readonly<Partial<Record<PolicyName, Policy>>>;
  readonly artifacts: readonly Artifact[];
  /** In order of promotion: `after` names an earlier one. */
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
export type ComponentRule = {
  readonly name: string;
  readonly path: Path;
  /** Empty: the code owners of the path. */
  readonly owners: readonly Handle[];
  readonly dependents: Dependents;
};
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
  /** What a type of commit does where this team differs from the usual, by type in lower case. */
  readonly types: Readonly<Record<string, Bump | "nothing">>;
  /** Labels of pull requests that carry a signal, case-insensitive. */
  readonly labels: Readonly<Record<Bump | "nothing", readonly string[]>>;
  readonly files: readonly VersionFile[];
  /** `require`: a pull request that touches a component has to say what it does to its version. */
  readonly unreleased: "require" | "optional";
  /** How long a line is looked after; null when the team says nothing about it. */
  readonly support: Support | null;
};

export type Support = {
  /** The line that gets every fix. */
  readonly full: "latest-minor" | "latest-major";
  /** How long an older line still gets security fixes, from the release that followed it; null for not at all. */
  readonly security: { readonly previousMinorMs: number | null; readonly previousMajorMs: number | null };
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
    /** Tags that always lead to the newest release that they fit: `stable`, `v{major}`. */
    readonly moving: readonly Template[];
  };
  readonly notes: {
    readonly template: Path | null;
    /** Sections for people. */
    readonly sections: readonly string[];
    /** Those of them that must be written. */
    readonly require: readonly string[];
    readonly digests: boolean;
    /** What becomes of notes that people edited on GitHub before the release is out: kept, kept with what is new behind them, or written over on purpose. */
    readonly edited: "keep" | "append" | "replace";
    /** Which release GitHub shows as the latest: the one with the highest version, or none by this app. */
    readonly latest: "highest" | "never";
  };
  /** A release of the whole repository beside its components' own. `name` and `tag` hold the placeholders of a CalVer format. */
  readonly train: { readonly name: Template; readonly tag: Template; readonly annotated: boolean; readonly includes: "*" | readonly string[] } | null;
  readonly hotfix: FixBranch | null;
  readonly backport: FixBranch | null;
  readonly milestone: { readonly close: boolean; readonly openNext: Bump | null } | null;
  /** The longest time between two releases of that size before a reminder. */
  readonly cadence: Readonly<Partial<Record<Bump, number>>>;
  /** `after-artifacts`: the release stays a draft until its artifacts are there. */
  readonly publish: "with-tag" | "after-artifacts";
  /** Say on each pull request, and each issue that it closed, in which release it is. */
  readonly mention: "pull-requests" | "pull-requests-and-issues" | "nobody";
  /** Open an issue with timings and pauses after a release. */
  readonly retrospective: boolean;
  /** Title of the issue that shows every line and takes commands; null for none. */
  readonly desk: string | null;
  /** Which role each command asks for; one that is not here takes its own default. */
  readonly commands: Readonly<Record<string, Role>>;
};

/** Work on an older line: its branch, and the labels of the pull request that it becomes. */
export type FixBranch = { readonly branch: Template; readonly labels: readonly string[]; readonly version: "next-patch" };

/** What has to be true. `kind` tells which options it has. */
export type Gate = GateQuestion & {
  /** Asked only when the range touches one of these; empty: always. */
  readonly whenPaths: readonly Glob[];
  /** How long it has to stay true before it counts; null for at once. */
  readonly soakMs: number | null;
  /** Open only within one of these; empty: at any time. */
  readonly windows: readonly Window[];
  /** Who answers for it; null: whoever may write to the repository. */
  readonly by: Role | null;
};
export type GateQuestion =
  /** Each pattern matches a check run or status on the commit, and all that match have succeeded. `required` stands for those that branch protection requires. */
  | {
      readonly kind: "check";
      readonly options: {
        readonly names: readonly NamePattern[];
        /** Slug of the app that has to have made them; null for any. */ readonly app: string | null;
      };
    }
  | { readonly kind: "approval"; readonly options: { readonly role: Role; readonly count: number } }
  /** Each item is confirmed by a person, with a link or a tick: once a release, or again after each push to its pull request. */
  | { readonly kind: "evidence"; readonly options: { readonly items: readonly string[]; readonly each: "release" | "push" } }
  /** No open issue carries one of the labels (any label when empty) and is in the milestone (any when null). */
  | {
      readonly kind: "no_open_issues";
      readonly options: {
        readonly labels: readonly string[];
        readonly milestone: string | null;
        /** Labels such as `component:{component}` or `branch:{branch}`: an issue that carries one for another component or branch does not hold this one. */
        readonly scope: readonly Template[];
      };
    }
  /** Each pull request in range carries one of these. */
  | { readonly kind: "pull_request_labels"; readonly options: { readonly oneOf: readonly NamePattern[] } }
  /** Either every glob matches a changed path, or none does. */
  | { readonly kind: "paths_together"; readonly options: { readonly paths: readonly Glob[] } }
  /** No line of these files matches. */
  | { readonly kind: "forbid"; readonly options: { readonly pattern: LinearRegex; readonly paths: readonly Glob[] } }
  /** In every document of the file in which `where` holds, the value stands at the path. */
  | {
      readonly kind: "require_yaml";
      readonly options: { readonly file: Path; readonly path: string; readonly value: Scalar; readonly where: Readonly<Record<string, Scalar>> };
    }
  | { readonly kind: "freeze"; readonly options: { readonly periods: readonly FreezePeriod[] } };

/** Nothing is released from `from` until, but not including, `until`, except under the policies named, or when every change in it carries one of the labels. */
export type FreezePeriod = {
  readonly from: EpochMs;
  readonly until: EpochMs;
  /** Name of the time zone in which people think of it, for what they read: `UTC`, `Europe/Berlin`. */
  readonly zone: string;
  readonly reason: string | null;
  readonly except: { readonly policies: readonly PolicyName[]; readonly labels: readonly string[] };
};

/** Every week on these days, between two minutes of the local day. `toMinute` is exclusive and greater than `fromMinute`. */
export type Window = {
  readonly days: readonly Weekday[];
  readonly fromMinute: number;
  readonly toMinute: number;
  /** IANA name or `UTC`. */ readonly zone: string;
};
export type Weekday = "Mon" | "Tue" | "Wed" | "Thu" | "Fri" | "Sat" | "Sun";

export type PolicyName = "default" | "patch" | "minor" | "major" | "hotfix" | "rollback" | "security";
export type Policy = {
  /** Released without a person as soon as its gates are open. */
  readonly automatic: boolean;
  readonly gates: readonly string[];
  /** Labels on a pull request that put it under this policy. */
  readonly labels: readonly string[];
};

/** A workflow that a tag leads to, and what it has to leave behind. */
export type Artifact = {
  /** What its step is called: the workflow's file name without its end, unless the playbook says another. Unique. */
  readonly name: string;
  readonly on: "release" | "candidate";
  /** File name in `.github/workflows/`. */
  readonly workflow: string;
  readonly start: WorkflowStart;
  readonly images: readonly Template[];
  readonly charts: readonly Template[];
  /** A provenance attestation has to exist for each image and chart. */
  readonly attestation: "required" | null;
  /** How images are signed; null when nobody looks at signatures. */
  readonly signature: "cosign" | null;
  /** Values that the workflow reports and that go into the release's notes. */
  readonly report: readonly string[];
  /** Names of files that it attaches to the release. */
  readonly assets: readonly Template[];
  /** Names of the steps that have to be done first, beside what its trigger says. */
  readonly after: readonly string[];
  /** A run that takes longer is shown as failed. */
  readonly timeoutMs: number;
  /** The workflow itself makes the release's tag: the app starts it, waits for the tag and publishes then. */
  readonly makesTag: boolean;
};
/** `tag` and `release`: GitHub starts it; the other two are started by the app. */
export type WorkflowStart =
  | { readonly trigger: "tag" | "release" }
  | { readonly trigger: "workflow_dispatch"; readonly ref: Template | null; readonly inputs: Inputs }
  | { readonly trigger: "repository_dispatch"; readonly event: string; readonly inputs: Inputs };
type Inputs = Readonly<Record<string, Template>>;

export type Environment = {
  readonly name: string;
  /** The environment that has to be done first; null for none. */
  readonly after: string | null;
  /** What is put there. */
  readonly of: "release" | "candidate";
  /** Null: merging the pull request that moves the pin deploys it. */
  readonly deploy: Deployment | null;
  readonly pin: Pin | null;
  /** Asked before it is deployed: names such as `staging/backup`, since each environment asks anew. */
  readonly gates: readonly string[];
  /** The gate, `staging/deployed`, by which people say that they deployed it; null where people don't. */
  readonly deployed: string | null;
  /** Asked after it was deployed, with names as in `gates`. */
  readonly verify: readonly string[];
  /** How long it runs there before it may go further; null for no time. */
  readonly soakMs: number | null;
  readonly windows: readonly Window[];
  readonly pullRequest: { readonly labels: readonly string[]; readonly draft: boolean };
  readonly rollback: Deployment | null;
};
export type Deployment =
  | { readonly by: "workflow"; readonly workflow: string; readonly ref: Template | null; readonly inputs: Inputs; readonly timeoutMs: number }
  /** People of this role do it and say so. */
  | { readonly by: "people"; readonly role: Role };
/** The place in a file that says which version an environment runs, in the one document in which `where` holds. */
type Pin = { readonly file: Template; readonly yaml: string; readonly where: Inputs; readonly value: Template };

/** A pull request in another repository. */
export type Downstream = { readonly repository: string; readonly files: readonly DownstreamFile[]; readonly title: Template };
/** A value to write, or the version there to bump. */
export type DownstreamFile = { readonly file: Path; readonly at: Place } & ({ readonly value: Template } | { readonly bump: Bump });

export type Communication = {
  /** What its step is called, `announce/production: status page`, and the gate by which people say that a draft was sent. */
  readonly name: string;
  /** `candidate`, `release`, `rollback`, or the name of an environment. */
  readonly on: string;
  /** Empty: under every policy. */
  readonly policies: readonly PolicyName[];
  /** Who is told: names for people, not addresses. */
  readonly to: readonly string[];
  /** `draft`: the app writes it and a person sends it. */
  readonly how: { readonly by: "draft" } | { readonly by: "workflow"; readonly workflow: string };
  /** Who sends it; null for whoever runs the release. */
  readonly by: Role | null;
  /** File whose text it starts from; null for the app's own words. */
  readonly template: Path | null;
};
