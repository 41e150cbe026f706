import { describe, expect, test } from "@jest/globals";
import { BLOCKERS, CI, CI_UNKNOWN, gateReport, lineReport, VALUES, WINDOW } from "../../../test/fixtures/line-report.ts";
import { HOUR_MS, NOON, pullRequestWith, shaOf } from "../../../test/fixtures/subject.ts";
import type { ComponentPlan, LineReport } from "../../model/plan.ts";
import { emptyPlan } from "../empty-plan.ts";
import { releaseCheck } from "./release-check.ts";

const PLAN: ComponentPlan = {
  ...emptyPlan({ name: "cavern", path: "charts/cavern" }, null),
  decision: "release",
  version: "0.9.0",
  tag: "cavern-0.9.0",
  previous: { tag: "cavern-0.8.0", version: "0.8.0", sha: shaOf("0") },
};
const HELD = pullRequestWith({ commits: [{ sha: shaOf("f"), parents: [shaOf("a")], isOwn: false, people: ["jo"] }] });
const MERGED = { number: 12, headSha: shaOf("a"), isMerged: true };

describe("its title and whether it passes", () => {
  test.each<[string, LineReport, string | null, string]>([
    ["every gate is open", lineReport([CI]), "success", "ready to merge"],
    ["there is no gate", lineReport([]), "success", "ready to merge"],
    ["people have to act", lineReport([CI, WINDOW, BLOCKERS, VALUES]), "action_required", "waits for blockers, values, window"],
    ["only time has to pass", lineReport([CI, WINDOW]), null, "waits until Tue 14:00 UTC"],
    ["a check runs", lineReport([{ ...CI, state: "waiting" }]), null, "waits for ci"],
    ["something can't be read", lineReport([CI, CI_UNKNOWN, WINDOW]), null, "the milestone could not be read (403): give the app the permission issues: read"],
    ["something can't be read and people have to act", lineReport([CI_UNKNOWN, BLOCKERS]), "action_required", "waits for blockers, milestone"],
    ["it is merged and waits", lineReport([BLOCKERS], { pullRequest: MERGED }), "action_required", "waits for blockers"],
    ["it is merged and open", lineReport([CI], { pullRequest: MERGED }), "success", "merged and agreed"],
  ])("%s", (_, report, conclusion, title) => {
    expect(releaseCheck(report, [PLAN], null)).toMatchObject({ conclusion, title });
  });

  test("somebody else's commits on the branch are neither a success nor an excuse", () => {
    expect(releaseCheck(lineReport([CI]), [PLAN], HELD)).toMatchObject({
      conclusion: "neutral",
      title: "ready to merge as it is: somebody else's commits are on this branch",
    });
    expect(releaseCheck(lineReport([BLOCKERS]), [PLAN], HELD)).toMatchObject({ conclusion: "action_required", title: "waits for blockers" });
    expect(releaseCheck(lineReport([BLOCKERS]), [PLAN], HELD).summary).toContain("`fffffff` was not made by Release Steward");
  });

  test("a title is one line of plain text", () => {
    const report = lineReport([gateReport("a", { state: "unknown", because: `no\n# such <b>\u202Etext\u0007 \`x\` ${"y".repeat(300)}`, next: "mend it" })]);
    const { title } = releaseCheck(report, [PLAN], null);
    expect(title).toMatch(/^no # such <b>text x y+…$/);
    expect(title).toHaveLength(200);
  });
});

test("it says what merging does, when it was evaluated and for which commit, and the table of the status comment", () => {
  const { summary, text } = releaseCheck(lineReport([CI, BLOCKERS], { notActedOn: ["artifacts"], risks: ["touches `a`"] }), [PLAN], null);
  expect(`${summary}\n\n---\n\n${text}`).toMatchInlineSnapshot(`
"Merging this pull request releases **cavern 0.9.0**. Merged now, the release would still wait for the gates below.

Evaluated 2026-11-21 12:00 UTC for aaaaaaa.

---

- **Risk:** touches \`a\`

| | gate | why | next |
|---|---|---|---|
| ✗&nbsp;closed | blockers | #398 "mount fails on 1.29", 6 days, @&#8203;kim | close it, or say \`/release defer #398 <reason>\`<br><sub>for steward (@&#8203;acme/stewards)</sub> |
| ✓&nbsp;open | ci | 4 checks green on aaaaaaa |  |

<details><summary>blockers, in detail</summary>

- #398 "mount fails on 1.29", since 2026-11-15

</details>

| component | from | to | tag |
|---|---|---|---|
| \`cavern\` | \`0.8.0\` | \`0.9.0\` | \`cavern-0.9.0\` |

This build reads these keys of the playbook and does not act on them, so look after them yourselves: \`artifacts\`."
`);
});

test.each<[string, LineReport, string]>([
  ["open", lineReport([CI]), "Merging this pull request releases **cavern 0.9.0**. The tag and the release follow by themselves."],
  ["automatic", lineReport([CI], { policy: { name: "patch", isAutomatic: true } }), "Release Steward merges this by itself, and it releases **cavern 0.9.0**."],
  ["merged", lineReport([BLOCKERS], { pullRequest: MERGED }), "This is merged. **cavern 0.9.0** is released as soon as every gate below is open."],
])("what follows when it is %s", (_, report, expected) => {
  expect(releaseCheck(report, [], null).summary).toContain(expected);
});

const key = (one: LineReport): string => JSON.stringify(releaseCheck(one, [PLAN], null).fingerprinted);

describe("what of it is news", () => {
  const report = lineReport([CI, BLOCKERS]);
  test.each<[string, LineReport, boolean]>([
    ["a later look alone is none", { ...report, evaluatedAt: NOON + HOUR_MS }, true],
    ["another head is", { ...report, pullRequest: { number: 12, headSha: shaOf("b"), isMerged: false } }, false],
    ["another reason is", { ...report, gates: [CI, { ...BLOCKERS, because: "#399" }] }, false],
  ])("%s", (_, next, isSame) => {
    expect(key(next) === key(report)).toBe(isSame);
  });

  test("each look is stamped with its own time all the same", () => {
    expect(releaseCheck({ ...report, evaluatedAt: NOON + HOUR_MS }, [PLAN], null).summary).toMatch(/\n\nEvaluated 2026-11-21 13:00 UTC for aaaaaaa\.$/);
  });
});

test("with very many gates there is room left for what the app remembers", () => {
  const words = "x ".repeat(300);
  const gates = Array.from({ length: 120 }, (_, index) =>
    gateReport(`gate-${String(index)}`, { state: "closed", because: words, next: words, details: [words] }),
  );
  const { text } = releaseCheck(lineReport(gates), [PLAN], null);
  expect(text.length).toBeLessThanOrEqual(50_000);
  expect(text).toContain("| gate-119 |");
});
