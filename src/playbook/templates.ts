// Which `{placeholder}` may stand in which key, and which must: one table, read by the schema and the reference page.

export type TemplateRule = {
  /** What the text is, after "expected". */
  readonly what: string;
  readonly placeholders: readonly string[];
  /** Each stands in it exactly once. */
  readonly required: readonly string[];
  /** What the filled text has to be. */
  readonly shape: "line" | "path" | "ref";
};

const CALVER = ["yyyy", "yy", "mm", "0m", "dd", "0d", "ww", "n"];
const RELEASE = ["component", "path", "version", "tag", "previous_version", "previous_tag", "candidate_tag", "sha", "date"];
const LINE = ["component", "version", "major", "minor", "patch"];

export const TEMPLATES = {
  calver: { what: "a CalVer format such as `{yyyy}.{n}`", placeholders: CALVER, required: [], shape: "ref" },
  versionFile: { what: "a path such as `{path}/Chart.yaml`", placeholders: ["component", "path"], required: [], shape: "path" },
  versionValue: { what: "a value such as `v{version}`", placeholders: ["version"], required: ["version"], shape: "line" },
  changelogFile: { what: "a path such as `{path}/CHANGELOG.md`", placeholders: ["component", "path"], required: [], shape: "path" },
  changelogHeading: {
    what: "a heading such as `## [{version}] - {date}`",
    placeholders: ["component", "version", "tag", "date"],
    required: ["version"],
    shape: "line",
  },
  changelogLink: {
    what: "a link such as `https://example.com/{tag}`",
    placeholders: ["component", "version", "tag", "previous_tag", "date"],
    required: [],
    shape: "line",
  },
  pullRequestBranch: { what: "a branch such as `release/{component}`", placeholders: ["component", "version"], required: [], shape: "ref" },
  pullRequestText: { what: "a line such as `Release {component} {version}`", placeholders: ["component", "version"], required: [], shape: "line" },
  tagName: { what: "a tag such as `v{version}`", placeholders: ["component", "version"], required: ["version"], shape: "ref" },
  movingTag: { what: "a tag such as `v{major}`", placeholders: ["component", "major", "minor"], required: [], shape: "ref" },
  tagMessage: { what: "a line such as `Release {version}`", placeholders: ["component", "version", "tag"], required: [], shape: "line" },
  candidateTag: { what: "a tag such as `v{version}-rc.{n}`", placeholders: ["component", "version", "n"], required: ["version", "n"], shape: "ref" },
  lineBranch: { what: "a branch such as `release/v{version}`", placeholders: LINE, required: [], shape: "ref" },
  hotfixBranch: { what: "a branch such as `hotfix/{issue}`", placeholders: [...LINE, "issue"], required: [], shape: "ref" },
  issueScope: { what: "a label such as `component:{component}`", placeholders: ["component", "branch"], required: [], shape: "line" },
  release: { what: "a text such as `{tag}`", placeholders: RELEASE, required: [], shape: "line" },
  releasePath: { what: "a path such as `environments/prod/{component}.yaml`", placeholders: RELEASE, required: [], shape: "path" },
  deployment: { what: "a text such as `{tag}`", placeholders: [...RELEASE, "environment"], required: [], shape: "line" },
  downstreamTitle: { what: "a line such as `Update to {version}`", placeholders: [...RELEASE, "bumped"], required: [], shape: "line" },
} as const satisfies Readonly<Record<string, TemplateRule>>;

const PLACEHOLDER = /\{([^{}]*)\}/g;

/** Names between braces, in order, known or not. */
export function placeholdersOf(template: string): readonly string[] {
  return [...template.matchAll(PLACEHOLDER)].map((match) => match[1] ?? "");
}

/** The template with every placeholder replaced by a text that is harmless in a path, a ref and a line. */
export function filled(template: string): string {
  return template.replaceAll(PLACEHOLDER, "1");
}

/** What git accepts as a branch or tag (git-check-ref-format), for names of at most 200 characters. */
export function isRefName(name: string): boolean {
  const hasForbidden = /[\s~^:?*[\\\p{Cc}]|\.\.|@\{|\/\/|\/\.|\.\/|\.lock(?:\/|$)/u.test(name);
  return name.length > 0 && name.length <= 200 && !hasForbidden && !/^[-./@]$|^[-./]|[./]$/.test(name);
}

/** Relative, with `/`, without `.`, `..` or empty parts. */
export function isPath(path: string): boolean {
  return path.length <= 1000 && !/[\\\p{Cc}]/u.test(path) && path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

/**
 * Whether a version is written in that format. Not whether its date exists.
 * A format with `hasAmbiguousNeighbours` is refused elsewhere.
 */
export function isCalVer(version: string, format: string): boolean {
  const pattern = format
    .split(PLACEHOLDER)
    .map((part, index) => (index % 2 === 0 ? part.replaceAll(/[^A-Za-z0-9]/g, String.raw`\$&`) : (DIGITS[part] ?? String.raw`\d+`)))
    .join("");
  return new RegExp(`^${pattern}$`).test(version);
}

const DIGITS: Readonly<Record<string, string>> = {
  yyyy: String.raw`[1-9]\d{3}`,
  yy: String.raw`\d\d`,
  mm: String.raw`[1-9]\d?`,
  "0m": String.raw`\d\d`,
  dd: String.raw`[1-9]\d?`,
  "0d": String.raw`\d\d`,
  ww: String.raw`[1-9]\d?`,
  n: String.raw`(?:0|[1-9]\d{0,14})`,
};

/** `{mm}{dd}` reads 111 in two ways: a placeholder without a fixed number of digits needs a separator after it. */
export function hasAmbiguousNeighbours(format: string): boolean {
  return /\{(?:mm|dd|ww|n)\}\{/.test(format);
}
