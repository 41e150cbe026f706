// What holds where a playbook says nothing: every default of the product, in one place. The reader, the detection of
// a playbook from a repository, the JSON Schema and the reference page all read them here.
import type { Changelog, Playbook } from "./playbook.ts";

/** The forms in which teams spell the same label: bare, and with the two prefixes in common use. */
const spelt = (...names: readonly string[]): readonly string[] => names.flatMap((name) => [name, `type:${name}`, `kind/${name}`]);

/** Section titles of each style, in order of appearance; several types may share a title. */
export const DEFAULT_SECTIONS: Readonly<Record<Changelog["style"], Changelog["sections"]>> = {
  conventional: { feat: "Features", fix: "Bug Fixes", security: "Security", perf: "Performance Improvements", revert: "Reverts", config: "Configuration" },
  "keep-a-changelog": {
    feat: "Added",
    perf: "Changed",
    refactor: "Changed",
    config: "Changed",
    deprecate: "Deprecated",
    remove: "Removed",
    revert: "Removed",
    fix: "Fixed",
    security: "Security",
  },
};

/** Tag of a version: bare when one component is the whole repository, with its name when tags have to tell components apart. */
export const DEFAULT_TAG = { single: "v{version}", several: "{component}-{version}" } as const;

/** Names of the one pull request that releases several components together: none of them has one component or version. */
export const DEFAULT_JOINT_PULL_REQUEST = { branch: "release/next", title: "Release", commit: "chore: release" } as const;

/** A playbook without components; add those and it is complete. */
export const DEFAULTS: Playbook = {
  path: null,
  extends: null,
  roles: {},
  components: { named: [], discover: null },
  versioning: {
    scheme: "semver",
    calver: "{yyyy}.{n}",
    source: "conventional-commits",
    noSignal: "ask",
    minimum: {},
    initial: null,
    types: {},
    before1: { breaking: "minor", feature: "minor" },
    labels: {
      major: ["semver:major", "major", ...spelt("breaking-change", "breaking")],
      minor: ["semver:minor", "minor", ...spelt("feature", "feat", "enhancement")],
      patch: ["semver:patch", "patch", ...spelt("bug", "bugfix", "fix", "security", "performance")],
      nothing: ["no-release", "skip-changelog", ...spelt("documentation", "docs", "chore", "ci", "test")],
    },
    files: [],
    unreleased: "optional",
    support: null,
  },
  changelog: { file: null, style: "conventional", heading: null, sections: DEFAULT_SECTIONS.conventional, configPaths: [], link: null, reject: null },
  release: {
    branch: null,
    pullRequest: {
      branch: "release/{component}",
      title: "Release {component} {version}",
      labels: [],
      per: "component",
      merge: null,
      signoff: false,
      commit: "chore: release {component} {version}",
    },
    candidate: null,
    tag: { name: DEFAULT_TAG.single, annotated: false, signed: "no", message: null, ignore: [], moving: [] },
    notes: { template: null, sections: [], require: [], digests: false, edited: "keep", latest: "highest" },
    train: null,
    hotfix: null,
    backport: null,
    milestone: null,
    cadence: {},
    publish: "with-tag",
    mention: "nobody",
    retrospective: false,
    desk: "Release desk",
    commands: {},
  },
  gates: {},
  policies: {},
  artifacts: [],
  environments: [],
  downstream: [],
  communications: [],
  notActedOn: [],
};
