import { describe, expect, test } from "@jest/globals";
import { BLOCKERS, CI, CI_UNKNOWN, gateReport, lineReport, VALUES, WINDOW } from "../../../test/fixtures/line-report.ts";
import type { LineReport } from "../../model/plan.ts";
import { headlineOf, sortedGates } from "./line-report.ts";

const MERGED = { number: 12, headSha: "a", isMerged: true };
const closed = (count: number) => Array.from({ length: count }, (_, index) => gateReport(`gate-${String(index + 1)}`, { state: "closed" }));

describe("a headline says how things stand", () => {
  test.each<[string, LineReport]>([
    ["cavern 0.9.0 is ready to merge", lineReport([CI])],
    ["cavern 0.9.0 is ready to merge", lineReport([])],
    ["cavern 0.9.0 is ready and merges by itself", lineReport([CI], { policy: { name: "patch", isAutomatic: true } })],
    ["cavern 0.9.0 is merged and agreed, released as `cavern-0.9.0`", lineReport([CI], { pullRequest: MERGED })],
    ["cavern 0.9.0 is ready to be proposed", lineReport([CI], { pullRequest: null })],
    ["cavern 0.9.0 waits for 2 of 4: blockers, window", lineReport([CI, WINDOW, BLOCKERS, CI])],
    ["cavern 0.9.0 waits until Tue 14:00 UTC", lineReport([CI, WINDOW])],
    ["cavern 0.9.0 waits for 1 of 1: ci", lineReport([{ ...CI, state: "waiting" }])],
    ["cavern 0.9.0 waits for 2 of 2: milestone, window", lineReport([WINDOW, CI_UNKNOWN])],
    ["cavern 0.9.0 is merged and waits for 1 of 1: blockers", lineReport([BLOCKERS], { pullRequest: MERGED })],
    ["cavern 0.9.0 waits for 6 of 6: gate-1, gate-2, gate-3, gate-4 and 2 more", lineReport(closed(6))],
  ])("%s", (expected, report) => {
    expect(headlineOf(report)).toBe(expected);
  });
});

test("what people have to do comes first, what is open last, and else the playbook's order stays", () => {
  expect(sortedGates(lineReport([CI, WINDOW, VALUES, CI_UNKNOWN, BLOCKERS])).map(({ gate }) => gate)).toEqual([
    "values",
    "blockers",
    "milestone",
    "window",
    "ci",
  ]);
});
