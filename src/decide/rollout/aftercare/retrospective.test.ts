// The issue in which a team looks back: when it is opened, and what it says of what happened.
import { describe, expect, test } from "@jest/globals";
import { gateReport } from "../../../../test/fixtures/line-report.ts";
import { HOUR_MS, MINUTE_MS, NOON, shaOf } from "../../../../test/fixtures/subject.ts";
import type { Attempt, RolloutReport, StepReport } from "../../../model/rollout.ts";
import { pausedMs, pausesOf } from "./pauses.ts";
import { retrospectiveCare } from "./retrospective.ts";

const at = (minutes: number): number => NOON + minutes * MINUTE_MS;

function attempt(number: number, from: number, until: number | null, conclusion: string | null): Attempt {
  return {
    run: 70 + number,
    attempt: number,
    startedAt: at(from),
    endedAt: until === null ? null : at(until),
    conclusion,
    url: `https://github.com/acme/app/actions/runs/${70 + number}`,
  };
}

function step(name: string, change: Partial<StepReport> = {}): StepReport {
  return {
    step: name,
    kind: "workflow",
    state: "done",
    because: "done",
    next: null,
    opensAt: null,
    after: [],
    url: null,
    attempts: [],
    startedAt: null,
    endedAt: null,
    gates: [],
    details: [],
    ...change,
  };
}

function report(change: Partial<RolloutReport> = {}): RolloutReport {
  return {
    line: "cavern",
    component: "cavern",
    version: "0.9.0",
    tag: "cavern-0.9.0",
    sha: shaOf("a"),
    title: "cavern 0.9.0",
    pullRequest: 12,
    evaluatedAt: at(200),
    state: "verified",
    because: "every step is done",
    startedAt: at(0),
    endedAt: at(190),
    steps: [],
    artifacts: [],
    moving: [],
    notices: [],
    ...change,
  };
}

const SMOKE = gateReport("smoke", {
  kind: "evidence",
  items: [
    { gate: "smoke", text: "login", done: { by: "kim", role: "operations", at: at(150), link: "https://ci.example.com/1" } },
    { gate: "smoke", text: "storage", done: null },
  ],
  overridden: { by: ["ann", "lee"], reason: "storage is down | for <b>all</b>", was: "closed" },
});

const TROUBLED = report({
  steps: [
    step("tag", { kind: "tag", startedAt: at(0), endedAt: at(1) }),
    step("helm-publish", { startedAt: at(1), endedAt: at(60), attempts: [attempt(1, 1, 4, "failure"), attempt(2, 50, 60, "success")] }),
    step("docs", {
      state: "skipped",
      because: "skipped by @ann and @lee: the site is moving",
      startedAt: at(1),
      endedAt: at(90),
      attempts: [attempt(3, 1, 30, "timed_out")],
    }),
    step("production", { kind: "environment", startedAt: at(90), endedAt: at(190), gates: [SMOKE] }),
  ],
});

function care(
  one: RolloutReport,
  retrospectives: Parameters<typeof retrospectiveCare>[2]["retrospectives"] = { ok: true, value: new Map() },
  retrospective = true,
) {
  return retrospectiveCare(one, { path: ".github/release-steward.yml", release: { retrospective } }, { retrospectives });
}

function body(one: RolloutReport): string {
  const [action] = care(one).actions;
  if (action?.kind !== "open-retrospective") throw new Error("no retrospective");
  return action.body;
}

describe("a retrospective is opened once, when a release is finished", () => {
  test.each<[string, Parameters<typeof care>, Partial<ReturnType<typeof care>>]>([
    ["it is on its way", [report({ state: "paused" })], { actions: [], says: null, isDone: false }],
    ["a newer release came first", [report({ state: "superseded" })], { actions: [], isDone: true }],
    ["the team wants none", [report(), null, false], { actions: [], isDone: true }],
    ["nothing is known of them", [report(), null], { wants: { files: [], retrospectives: true }, actions: [], isDone: false }],
    ["they could not be read", [report(), { ok: false, because: "403", permission: "issues: read" }], { actions: [], isDone: false }],
    [
      "it is there",
      [report(), { ok: true, value: new Map([["cavern-0.9.0", { number: 8, url: "" }]]) }],
      { actions: [], says: "the retrospective is #8", isDone: true },
    ],
  ])("not while %s", (_title, given, expected) => {
    expect(care(...given)).toMatchObject(expected);
  });

  test.each(["verified", "withdrawn"] as const)("%s", (state) => {
    expect(care(report({ state }))).toMatchObject({
      actions: [{ kind: "open-retrospective", tag: "cavern-0.9.0", title: "Retrospective: cavern 0.9.0" }],
      isDone: false,
    });
  });
});

test("says what happened, and asks what people alone can answer [C-32, C-37, L-49, M-27, M-28, H-54, W-62, L-33]", () => {
  expect(body(TROUBLED)).toMatchInlineSnapshot(`
"**cavern 0.9.0** is verified: every step is done. It took 3 h 10 min, 1 h 26 min of it at a standstill. It was reviewed in #12.

### Timeline

| step | | began | ended | took |
|---|---|---|---|---|
| merged | | 2026-11-21 12:00 UTC | | |
| \`tag\` | done | 2026-11-21 12:00 UTC | 2026-11-21 12:01 UTC | 1 min |
| \`helm-publish\` | done | 2026-11-21 12:01 UTC | 2026-11-21 13:00 UTC | 59 min |
| \`docs\` | skipped | 2026-11-21 12:01 UTC | 2026-11-21 13:30 UTC | 1 h 29 min |
| \`production\` | done | 2026-11-21 13:30 UTC | 2026-11-21 15:10 UTC | 1 h 40 min |
| verified | | | 2026-11-21 15:10 UTC | 3 h 10 min |

### Attempts

- \`helm-publish\`, [attempt 1](https://github.com/acme/app/actions/runs/71), 2026-11-21 12:01 UTC: failure after 3 min
- \`helm-publish\`, [attempt 2](https://github.com/acme/app/actions/runs/72), 2026-11-21 12:50 UTC: success after 10 min
- \`docs\`, [attempt 1](https://github.com/acme/app/actions/runs/73), 2026-11-21 12:01 UTC: timed out after 29 min

### Pauses

- \`helm-publish\`: 46 min, from 2026-11-21 12:04 UTC to 2026-11-21 12:50 UTC, ended by another attempt
- \`docs\`: 1 h, from 2026-11-21 12:30 UTC to 2026-11-21 13:30 UTC, ended by a skip

### Who confirmed, overrode or skipped

- \`docs\` skipped by @&#8203;ann and @&#8203;lee: the site is moving
- @&#8203;kim confirmed "login", 2026-11-21 14:30 UTC: https://ci.example.com/1
- @&#8203;ann and @&#8203;lee overrode \`smoke\` of \`production\`, which was closed: storage is down | for &lt;b>all&lt;/b>

### Questions

- [ ] What would keep \`helm-publish\` from failing again?
- [ ] What would keep \`docs\` from failing again?
- [ ] \`docs\` was skipped: is it still needed, and what was not looked at therefore?
- [ ] Does \`.github/release-steward.yml\` still say how you release?
- [ ] Do the documentation and the runbooks still say what is true?
- [ ] Did alerts and objectives (SLO) tell what they should, and nothing else? Tune them if not.
- [ ] What was learned, and who does what about it?

This issue is yours now: nothing of it is written again. Close it when the questions are answered.

<!-- release-steward-retrospective: cavern-0.9.0 -->"
`);
});

test("ends with the line by which it is found again, however long it is", () => {
  const many = report({
    steps: Array.from({ length: 500 }, (_, index) =>
      step(`s${index}`, { state: "skipped", because: "x".repeat(600), attempts: [attempt(1, 0, 1, "failure"), attempt(2, 2, 3, "failure")] }),
    ),
  });
  expect(body(many).length).toBeLessThanOrEqual(65_536);
  expect(body(many).endsWith("\n\n<!-- release-steward-retrospective: cavern-0.9.0 -->")).toBe(true);
});

describe("pauses", () => {
  test("last from a failed attempt to the next, to a skip, or to the end; what overlaps counts once", () => {
    const withdrawn = report({ state: "withdrawn", steps: [...TROUBLED.steps, step("e2e", { state: "failed", attempts: [attempt(4, 100, 130, "failure")] })] });
    const pauses = pausesOf(withdrawn).map((one) => [one.step, (one.from - NOON) / MINUTE_MS, (one.until - NOON) / MINUTE_MS, one.endedBy]);
    expect(pauses).toEqual([
      ["helm-publish", 4, 50, "another attempt"],
      ["docs", 30, 90, "a skip"],
      ["e2e", 130, 190, "the release's end"],
    ]);
    expect(pausedMs(pausesOf(withdrawn))).toBe(2 * HOUR_MS + 26 * MINUTE_MS);
  });

  test.each<[string, readonly Attempt[]]>([
    ["went well", [attempt(1, 0, 5, "success")]],
    ["is still running", [attempt(1, 0, null, null)]],
    ["overlaps with the one before", [attempt(1, 0, 5, "failure"), attempt(2, 4, 9, "success")]],
  ])("there is none where an attempt %s", (_title, attempts) => {
    expect(pausesOf(report({ steps: [step("a", { attempts })] }))).toEqual([]);
  });
});
