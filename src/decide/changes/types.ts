// What each type of a conventional commit does to the version. The table is the rule: a type that is not in it carries
// no signal, because guessing is how a breaking change becomes a patch.
import type { Bump } from "../../model/version.ts";

export type Meaning = { readonly effect: Bump | "none" | "unknown"; readonly because: string };

const means = (effect: Meaning["effect"], because: string, ...types: readonly string[]): [string, Meaning][] =>
  types.map((type) => [type, { effect, because }]);

/**
 * By type in lower case. `feat` and `fix` are the specification's own (https://www.conventionalcommits.org/en/v1.0.0/),
 * `perf` and `revert` are patches in semantic-release and shown by release-please, `deps` is release-please's; those
 * that both tools hide need no release. A deprecation is minor by rule 7 of https://semver.org.
 */
export const MEANINGS: ReadonlyMap<string, Meaning> = new Map([
  ...means("major", "breaking change", "breaking"),
  ...means("minor", "new feature", "feat", "feature"),
  ...means("minor", "deprecation", "deprecate", "deprecated"),
  ...means("patch", "bug fix", "fix", "bugfix", "hotfix", "bug"),
  ...means("patch", "performance", "perf", "performance"),
  ...means("patch", "security fix", "security", "sec"),
  ...means("patch", "dependency update", "deps"),
  ...means("patch", "takes back an earlier change", "revert"),
  ...means("unknown", "removes something and does not say whether that breaks", "remove", "removed"),
  ...means("none", "documentation", "docs", "doc", "documentation"),
  ...means("none", "housekeeping", "chore"),
  ...means("none", "code style", "style"),
  ...means("none", "restructuring", "refactor"),
  ...means("none", "tests", "test", "tests"),
  ...means("none", "build", "build"),
  ...means("none", "continuous integration", "ci"),
]);

/**
 * Emoji that stand for a type when nothing else does, as several projects of Kubernetes agreed to use them. A closed
 * set: any other emoji is decoration.
 */
export const EMOJI_TYPES: ReadonlyMap<string, string> = new Map([
  ["✨", "feat"],
  [":sparkles:", "feat"],
  ["🐛", "fix"],
  [":bug:", "fix"],
  ["🌱", "chore"],
  [":seedling:", "chore"],
  ["📖", "docs"],
  [":book:", "docs"],
  ["⚠", "breaking"],
  [":warning:", "breaking"],
]);
