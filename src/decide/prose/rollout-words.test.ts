import { expect, test } from "@jest/globals";
import { BLOCKERS, CI, CI_UNKNOWN, gateReport, VALUES, WINDOW } from "../../../test/fixtures/line-report.ts";
import { attempt, DOCS_FAILED, HELM, PUBLICATION, rolloutReport, stepReport, TAG } from "../../../test/fixtures/rollout-report.ts";
import { HOUR_MS, NOON } from "../../../test/fixtures/subject.ts";
import type { RolloutReport } from "../../model/rollout.ts";
import { attemptWords, needsPeople, rolloutHeadline, rolloutNext, rolloutSign } from "./rollout-words.ts";

const staging = (change: Parameters<typeof stepReport>[1] = {}): ReturnType<typeof stepReport> =>
  stepReport("staging", { kind: "environment", state: "needs-people", ...change });

test.each<[string, Partial<RolloutReport>, string, boolean]>([
  ["⏳ rolling out", { steps: [TAG, HELM, stepReport("docs", { state: "running" })] }, "is rolling out: 2 of 3 steps done", false],
  ["⏳ rolling out", { steps: [TAG] }, "is rolling out: 1 of 1 step done", false],
  ["⏳ rolling out", { steps: [TAG, stepReport("docs", { state: "skipped" }), stepReport("helm")] }, "is rolling out: 1 of 2 steps done", false],
  ["⏳ rolling out", { steps: [TAG, staging()] }, "is rolling out: 1 of 2 steps done, staging needs people", true],
  ["⏳ waits", { state: "waiting", steps: [TAG, staging({ state: "waiting", gates: [CI, WINDOW] })] }, "waits at staging until Tue 14:00 UTC", false],
  ["✗ needs people", { state: "waiting", steps: [TAG, staging({ gates: [CI, WINDOW, VALUES] })] }, "waits at staging for values, window", true],
  ["✗ needs people", { state: "waiting", steps: [TAG, staging()] }, "waits at staging for people", true],
  [
    "✗ needs people",
    { state: "waiting", steps: [staging(), stepReport("eu", { state: "needs-people" }), stepReport("us")] },
    "waits at staging and eu for people",
    true,
  ],
  ["⏳ waits", { state: "waiting", steps: [staging({ state: "waiting" }), stepReport("production", { after: ["staging"] })] }, "waits at staging", false],
  ["⏳ waits", { state: "waiting", steps: [staging({ state: "unknown", gates: [CI_UNKNOWN] })] }, "waits at staging for milestone", false],
  [
    "✗ needs people",
    { state: "waiting", steps: [staging({ gates: [CI, { ...VALUES, gate: "staging/values" }] })] },
    "waits at staging for owners of charts/cavern (@lee)",
    true,
  ],
  [
    "✗ needs people",
    {
      state: "waiting",
      steps: [
        staging({
          gates: [
            { ...BLOCKERS, gate: "staging/a" },
            { ...VALUES, gate: "staging/b" },
          ],
        }),
      ],
    },
    "waits at staging for a, b",
    true,
  ],
  [
    "⏳ waits",
    { state: "waiting", steps: [staging({ state: "waiting", opensAt: NOON + HOUR_MS, gates: [CI] })] },
    "waits at staging until Sat 13:00 UTC",
    false,
  ],
  ["⏳ waits", { state: "waiting", steps: [stepReport("docs", { opensAt: NOON + HOUR_MS })] }, "waits at docs", false],
  ["⏳ waits", { state: "waiting", steps: [] }, "waits", false],
  ["✗ paused", { state: "paused", steps: [DOCS_FAILED] }, "is paused: docs failed", true],
  ["✗ paused", { state: "paused", steps: [DOCS_FAILED, stepReport("helm", { state: "halted" })] }, "is paused: docs failed, helm is halted", true],
  [
    "✗ paused",
    { state: "paused", steps: ["a", "b", "c", "d"].map((name) => stepReport(name, { state: "halted" })) },
    "is paused: a, b, c and 1 more are halted",
    true,
  ],
  ["✗ paused", { state: "paused", steps: [] }, "is paused", true],
  ["✗ frozen", { state: "frozen" }, "is frozen: its tag was moved", true],
  ["✓ verified", { state: "verified" }, "is verified", false],
  [" superseded", { state: "superseded", steps: [staging()] }, "was superseded", false],
  [" withdrawn", { state: "withdrawn", steps: [DOCS_FAILED] }, "was withdrawn", false],
])("%s: %j", (sign, change, words, isForPeople) => {
  const report = rolloutReport([], change);
  const { mark, word } = rolloutSign(report);
  expect(`${mark} ${word}`).toBe(sign);
  expect(rolloutHeadline(report)).toBe(`cavern 0.9.0 ${words}`);
  expect(needsPeople(report)).toBe(isForPeople);
});

test.each([
  ["what failed comes before what needs people", [staging({ next: "confirm" }), DOCS_FAILED], { what: DOCS_FAILED.next, who: null }],
  [
    "the gate says it where the step does not",
    [staging({ gates: [CI, BLOCKERS, VALUES] })],
    { what: BLOCKERS.next, who: "steward (@acme/stewards); owners of charts/cavern (@lee)" },
  ],
  [
    "a step whose turn has not come asks nobody",
    [stepReport("docs"), staging({ after: ["docs"], next: "confirm", gates: [VALUES] })],
    { what: null, who: null },
  ],
  ["whoever answers for another step is not meant", [DOCS_FAILED, staging({ gates: [VALUES] })], { what: DOCS_FAILED.next, who: null }],
  ["nobody", [TAG, PUBLICATION], { what: null, who: null }],
])("next: %s", (_, steps, next) => {
  expect(rolloutNext(rolloutReport(steps))).toEqual(next);
});

test.each([
  [{ conclusion: "success" }, "began 2026-11-21 12:00 UTC, succeeded after 3 min"],
  [{ conclusion: "cancelled" }, "began 2026-11-21 12:00 UTC, was cancelled after 3 min"],
  [{ conclusion: "timed_out" }, "began 2026-11-21 12:00 UTC, ran out of time after 3 min"],
  [{ conclusion: "startup_failure", endedAt: NOON }, "began 2026-11-21 12:00 UTC, ended (startup failure) after under a second"],
  [{ conclusion: null }, "began 2026-11-21 12:00 UTC, ended (not known how) after 3 min"],
  [{ conclusion: null, endedAt: null }, "began 2026-11-21 12:00 UTC, runs"],
])("an attempt with %j", (change, words) => {
  expect(attemptWords(attempt(1, change))).toBe(words);
});

test("an overridden gate is open: it keeps nothing back", () => {
  const overridden = gateReport("values", { overridden: { by: ["a", "b"], reason: "r", was: "closed" } });
  expect(rolloutHeadline(rolloutReport([staging({ state: "waiting", gates: [overridden, WINDOW] })], { state: "waiting" }))).toBe(
    "cavern 0.9.0 waits at staging until Tue 14:00 UTC",
  );
});
