import { expect, test } from "@jest/globals";
import type { Reason } from "../../model/plan.ts";
import { releaseNotes } from "./release-notes.ts";

const SHA = "4f2c1e9aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const REASONS: readonly Reason[] = [
  { sha: SHA, subject: "feat: mount volumes (#402)", effect: "minor", because: "new feature", pullRequest: 402 },
  { sha: SHA, subject: "docs: say how (#405)", effect: "none", because: "documentation", pullRequest: 405 },
  { sha: SHA.replace("4", "5"), subject: "chore: thank @torvalds", effect: "none", because: "chore", pullRequest: null },
];
const CONTEXT = { repositoryUrl: "https://github.com/o/r", sections: ["Highlights", "Known issues"], human: new Map<string, string>() };

test("notes say what people wrote, what changed, what else is in it, and where to see everything", () => {
  const release = { reasons: REASONS, changelog: "## 0.9.0\n\n### Added\n- mount volumes (#402)", tag: "cavern-0.9.0", previousTag: "cavern-0.8.0" };
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
  const release = { reasons: REASONS.slice(0, 1), changelog: "## 0.9.0\n\n- mount volumes (#402)", tag: "v0.9.0", previousTag: null };
  expect(releaseNotes(release, CONTEXT)).toBe("- mount volumes (#402)\n\n**All changes**: https://github.com/o/r/commits/v0.9.0\n");
});
