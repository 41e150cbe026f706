import { expect, test } from "@jest/globals";
import { DEFAULTS } from "../../model/defaults.ts";
import type { ComponentPlan, Reason } from "../../model/plan.ts";
import type { Playbook } from "../../model/playbook.ts";
import { PULL_REQUEST_BODY_MAX } from "../changelog/index.ts";
import { releasePullRequestBody } from "./release-pull-request.ts";

const SHA = "4f2c1e9aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

function reason(subject: string, pullRequest: number | null, effect: Reason["effect"] = "minor"): Reason {
  return { sha: SHA, subject, effect, because: "new feature", pullRequest };
}

function cavern(change: Partial<ComponentPlan> = {}): ComponentPlan {
  return {
    name: "cavern",
    path: "charts/cavern",
    previous: { tag: "cavern-0.8.0", version: "0.8.0", sha: SHA },
    decision: "release",
    bump: "minor",
    version: "0.9.0",
    tag: "cavern-0.9.0",
    asked: null,
    because: "2 changes since cavern-0.8.0",
    reasons: [reason("feat: mount volumes read-only (#402)", 402), { ...reason("docs: say how (#405)", 405, "none"), because: "documentation" }],
    unparsed: [],
    files: [{ path: "charts/cavern/Chart.yaml", before: "version: 0.8.0\n", after: "version: 0.9.0\n" }],
    changelog: "## [0.9.0] - 2026-11-21\n\n### Added\n- mount volumes read-only (#402)",
    notes: "",
    candidates: [],
    nextCandidate: null,
    starts: { workflows: [], warnings: [] },
    problems: [],
    ...change,
  };
}

const PLAYBOOK: Playbook = {
  ...DEFAULTS,
  path: ".github/release-steward.yml",
  release: { ...DEFAULTS.release, notes: { ...DEFAULTS.release.notes, sections: ["Highlights", "Known issues"], require: ["Highlights"] } },
};

function bodyOf(components: readonly ComponentPlan[], playbook = PLAYBOOK): string {
  return releasePullRequestBody(components, { playbook, head: SHA, repositoryUrl: "https://github.com/o/r", human: new Map() });
}

test("a pull request says what it releases, why, what changes, what is left out, and what merging does", () => {
  expect(bodyOf([cavern()])).toMatchInlineSnapshot(`
"**cavern 0.8.0 → 0.9.0** (minor) · 1 of 2 pull requests listed · 1 file changes

| why minor | counts as |
|---|---|
| \`feat: mount volumes read-only\` #402 | minor: new feature |

**Merging this pull request** tags \`cavern-0.9.0\` at the merged commit and publishes the release with the notes below.

### Highlights
_Yours, and the playbook wants it: edit this description and replace this line. What you write is kept and goes into the release notes._
<!-- end of Highlights -->

### Changes

#### Added
- mount volumes read-only (#402)

<details><summary>Also in this release, not listed above: 1 pull request</summary>

- docs: say how (#405): documentation

</details>

### Known issues
_Yours, if you like: edit this description and replace this line. What you write is kept and goes into the release notes._
<!-- end of Known issues -->

<sub>Kept by Release Steward for 4f2c1e9 · commands: \`/release help\` · playbook: \`.github/release-steward.yml\`</sub>
"
`);
});

test("what merging starts stands right below what it does, before the sections of people", () => {
  const starts: ComponentPlan["starts"] = { workflows: [{ workflow: "release.yml", by: "tag" }], warnings: [] };
  expect(bodyOf([cavern({ starts })])).toContain("with the notes below.\n\nIt starts `release.yml` (by its tag).\n\n### Highlights\n");
});

test("several components in one pull request each get their own line, table and folded changes", () => {
  const body = bodyOf([cavern(), cavern({ name: "reg", tag: "reg-0.9.0" })]);
  expect(body).toContain("**cavern 0.8.0 → 0.9.0** (minor)");
  expect(body).toContain("**reg 0.8.0 → 0.9.0** (minor)");
  expect(body).toContain("<details><summary>reg 0.9.0</summary>");
  expect(body).toContain("tags `cavern-0.9.0`, `reg-0.9.0` at the merged commit and publishes the releases");
});

test("commits that came without a pull request are counted as commits, and none are said not to be listed when all are", () => {
  const pushed = { ...reason("docs: say how", null, "none"), because: "documentation" };
  const body = bodyOf([cavern({ reasons: [reason("feat: mount volumes", null), pushed], changelog: `## 0.9.0\n\n### Added\n- mount volumes (${SHA})` })]);
  expect(body).toContain("**cavern 0.8.0 → 0.9.0** (minor) · 1 file changes\n");
  expect(bodyOf([cavern({ reasons: [pushed], changelog: "## 0.9.0" })])).toContain(
    "### Changes\n\nNone that the changelog lists.\n\n<details><summary>Also in this release, not listed above: 1 commit</summary>\n\n- docs: say how (4f2c1e9): documentation\n",
  );
  expect(bodyOf([cavern({ reasons: [reason("feat: mount volumes read-only (#402)", 402)] })])).not.toContain("not listed");
});

test("what decides comes in rows, what does not is counted", () => {
  const features = [1, 2, 3, 4, 5, 6, 7].map((number) => reason(`feat: part ${number}`, number));
  const fixes = [8, 9, 10].map((number) => ({ ...reason(`fix: part ${number}`, number, "patch"), because: "bug fix" }));
  const table = bodyOf([cavern({ reasons: [...fixes, ...features, { ...reason("speed", 11, "unknown"), because: "no type" }] })])
    .split("\n")
    .filter((line) => line.startsWith("| "));
  expect(table).toEqual([
    "| why minor | counts as |",
    "| `feat: part 1` #1 | minor: new feature |",
    "| `feat: part 2` #2 | minor: new feature |",
    "| `feat: part 3` #3 | minor: new feature |",
    "| `feat: part 4` #4 | minor: new feature |",
    "| `feat: part 5` #5 and 2 more | minor |",
    "| `fix: part 8` #8 and 2 more | patch |",
    "| `speed` #11 | unknown: no type |",
  ]);
});

test.each([
  ["a mention", "feat: thank @torvalds", "`feat: thank @torvalds`"],
  ["a pipe", "feat: a | b", "`feat: a \\| b`"],
  ["a backtick", "feat: run `x`", "`` feat: run `x` ``"],
  ["HTML", "feat: </details><img src=x>", "`feat: </details><img src=x>`"],
])("%s in a subject stays text in the table", (_, subject, cell) => {
  expect(bodyOf([cavern({ reasons: [reason(subject, 7)] })])).toContain(`| ${cell} #7 |`);
});

test("a stranger who is mentioned in the changelog is not notified", () => {
  expect(bodyOf([cavern({ changelog: "## 0.9.0\n\n- thanks @torvalds" })])).not.toContain("@torvalds");
});

test("what is too long for GitHub is shortened with a word about it", () => {
  const entries = Array.from({ length: 3000 }, (_, index) => `- change number ${index} of a very long list of changes`).join("\n");
  const body = bodyOf([cavern({ changelog: `## 0.9.0\n\n### Added\n${entries}` })]);
  expect(body.length).toBeLessThanOrEqual(PULL_REQUEST_BODY_MAX);
  expect(body).toMatch(/\d+ more entries are left out here.*https:\/\/github\.com\/o\/r/);
});
