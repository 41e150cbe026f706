import { describe, expect, test } from "@jest/globals";
import { RELEASE_BODY_MAX } from "../changelog/index.ts";
import type { Reason } from "../../model/plan.ts";
import { releaseNotes } from "./release-notes.ts";

const SHA = "4f2c1e9aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const REASONS: readonly Reason[] = [
  { sha: SHA, subject: "feat: mount volumes (#402)", effect: "minor", because: "new feature", pullRequest: 402 },
  { sha: SHA, subject: "docs: say how (#405)", effect: "none", because: "documentation", pullRequest: 405 },
  { sha: SHA.replace("4", "5"), subject: "chore: thank @torvalds", effect: "none", because: "chore", pullRequest: null },
];
const CONTEXT = { repositoryUrl: "https://github.com/o/r", sections: ["Highlights", "Known issues"], human: new Map<string, string>(), template: null };
const OF = { name: "cavern", version: "0.9.0", date: "2026-11-21" };

test("notes say what people wrote, what changed, what else is in it, and where to see everything", () => {
  const release = { ...OF, reasons: REASONS, changelog: "## 0.9.0\n\n### Added\n- mount volumes (#402)", tag: "cavern-0.9.0", previousTag: "cavern-0.8.0" };
  const human = new Map([
    ["Highlights", "Volumes at last, thanks to @kim."],
    ["Known issues", "Slow on Tuesdays."],
  ]);
  expect(releaseNotes(release, { ...CONTEXT, human })).toMatchInlineSnapshot(`
"### Highlights
Volumes at last, thanks to @kim.

### Added
- mount volumes (#402)

### Known issues
Slow on Tuesdays.

<details><summary>Also in this release, not listed above: 1 pull request and 1 commit</summary>

- docs: say how (#405): documentation
- chore: thank @&#8203;torvalds (5f2c1e9): chore

</details>

**All changes**: https://github.com/o/r/compare/cavern-0.8.0...cavern-0.9.0
"
`);
});

test("a section that nobody wrote is left out, and nothing is said to be left out when all is listed", () => {
  const release = { ...OF, reasons: REASONS.slice(0, 1), changelog: "## 0.9.0\n\n- mount volumes (#402)", tag: "v0.9.0", previousTag: null };
  expect(releaseNotes(release, CONTEXT)).toBe("- mount volumes (#402)\n\n**All changes**: https://github.com/o/r/commits/v0.9.0\n");
});

describe("a team's own text that the notes start from [W-35]", () => {
  const release = { ...OF, reasons: [], changelog: "## 0.9.0\n\n- mount volumes (#402)", tag: "cavern-0.9.0", previousTag: "cavern-0.8.0" };
  const NOTES = "- mount volumes (#402)";
  const ALL = "https://github.com/o/r/compare/cavern-0.8.0...cavern-0.9.0";
  const rows: readonly [string, string, string][] = [
    ["says where the notes stand", "# News\n\n{notes}\n\nThanks!", `# News\n\n${NOTES}\n\n**All changes**: ${ALL}\n\nThanks!\n`],
    ["does not say it", "# News\n", `# News\n\n${NOTES}\n\n**All changes**: ${ALL}\n`],
    [
      "fills what it knows and leaves the rest",
      "{component} {version} {tag} {previous_tag} {date} {other} {{ x }}",
      `cavern 0.9.0 cavern-0.9.0 cavern-0.8.0 2026-11-21 {other} {{ x }}\n\n${NOTES}\n\n**All changes**: ${ALL}\n`,
    ],
    ["links all changes itself", "{notes}\n\n[diff]({compare})", `${NOTES}\n\n[diff](${ALL})\n`],
    [
      "was made as a template of issues",
      "---\r\nname: Release\r\nlabels: release\r\n---\r\n\r\nHello\r\n\r\n{notes}",
      `Hello\n\n${NOTES}\n\n**All changes**: ${ALL}\n`,
    ],
    ["begins with a rule", "---\n{notes}", `---\n${NOTES}\n\n**All changes**: ${ALL}\n`],
    ["is empty", "", `${NOTES}\n\n**All changes**: ${ALL}\n`],
  ];
  test.each(rows)("%s", (_name, template, expected) => {
    expect(releaseNotes(release, { ...CONTEXT, template })).toBe(expected);
  });

  test("what is filled in is not read again", () => {
    const written = { ...release, changelog: "## 0.9.0\n\n- say {tag} and {notes}" };
    expect(releaseNotes(written, { ...CONTEXT, template: "{notes}" })).toContain("- say {tag} and {notes}\n");
  });

  test("of a first release nothing came before it", () => {
    expect(releaseNotes({ ...release, previousTag: null }, { ...CONTEXT, template: "from {previous_tag}|" })).toMatch(/^from \|\n/);
  });

  test("with it the notes still leave room for what the app adds later", () => {
    const long = releaseNotes(release, { ...CONTEXT, template: "- a line that says something\n".repeat(6000) });
    expect(long.length).toBeLessThanOrEqual(RELEASE_BODY_MAX - 5000);
    expect(long).toContain("left out here for GitHub's limit on length");
  });
});
