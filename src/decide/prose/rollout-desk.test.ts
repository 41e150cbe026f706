import { expect, test } from "@jest/globals";
import { Marked } from "marked";
import { VALUES, WINDOW } from "../../../test/fixtures/line-report.ts";
import { DOCS_FAILED, HELM, rolloutReport, stepReport, TAG } from "../../../test/fixtures/rollout-report.ts";
import { HOUR_MS, MINUTE_MS, NOON } from "../../../test/fixtures/subject.ts";
import { underWay, whereVersionsRun } from "./rollout-desk.ts";

const environment = (name: string, endedAt: number | null): ReturnType<typeof stepReport> =>
  stepReport(name, { kind: "environment", state: endedAt === null ? "running" : "done", endedAt });

test("one row a release: how it stands, what is next, who can do it", () => {
  expect(
    underWay([
      rolloutReport([TAG, HELM, DOCS_FAILED], { state: "paused" }),
      rolloutReport([TAG, stepReport("staging", { kind: "environment", state: "needs-people", gates: [VALUES] })], {
        title: "ui 2.0.0",
        state: "waiting",
        pullRequest: 13,
      }),
      rolloutReport([stepReport("staging", { kind: "environment", gates: [WINDOW] })], { title: "api 1.0.0", state: "waiting", pullRequest: null }),
      rolloutReport([TAG, HELM, stepReport("docs", { state: "running" })], { title: "web 3.1.0" }),
      rolloutReport([TAG], { title: "old 1.0.0", state: "superseded", because: "1.0.1 came first" }),
    ]),
  ).toMatchInlineSnapshot(`
"### Under way

| | release | how it stands | next |
|---|---|---|---|
| ✗&nbsp;paused | cavern 0.9.0 #12 | docs failed | mend it, then say \`/release retry docs\`, or \`/release skip docs <reason>\` |
| ✗&nbsp;needs&nbsp;people | ui 2.0.0 #13 | staging for owners of charts/cavern (@&#8203;lee) | tick the rest in the checklist, or say \`/release evidence helm <link>\` |
| ⏳&nbsp;waits | api 1.0.0 | staging until Tue 14:00 UTC |  |
| ⏳&nbsp;rolling&nbsp;out | web 3.1.0 #12 | 2 of 3 steps done |  |
| superseded | old 1.0.0 #12 | 1.0.1 came first |  |"
`);
});

test("of each environment and component the newest release that got there; what was withdrawn does not count", () => {
  expect(
    whereVersionsRun([
      rolloutReport([environment("staging", NOON), environment("production", null)]),
      rolloutReport([environment("staging", NOON - HOUR_MS), environment("production", NOON - HOUR_MS)], { title: "cavern 0.8.0", state: "superseded" }),
      rolloutReport([environment("staging", NOON + HOUR_MS)], { title: "cavern 1.0.0", state: "withdrawn" }),
      rolloutReport([environment("staging", NOON)], { title: "ui 2.0.0", component: "ui" }),
    ]),
  ).toMatchInlineSnapshot(`
"### Environments

| environment | runs | done |
|---|---|---|
| staging | cavern 0.9.0 | 2026-11-21 12:00 UTC |
| production | cavern 0.8.0 | 2026-11-21 11:00 UTC |
| staging | ui 2.0.0 | 2026-11-21 12:00 UTC |"
`);
});

test("nothing under way is nothing said", () => {
  expect(underWay([])).toBe("");
  expect(whereVersionsRun([rolloutReport([TAG, HELM])])).toBe("");
});

const waiting = (opensAt: number): ReturnType<typeof stepReport>[] => [
  TAG,
  stepReport("docs", { state: "running", opensAt }),
  stepReport("staging", { kind: "environment", gates: [WINDOW], opensAt }),
];

test("it is not written again because time passes, or the next look comes later", () => {
  const report = rolloutReport(waiting(NOON), { state: "waiting" });
  expect(underWay([{ ...report, evaluatedAt: NOON + 5 * HOUR_MS, steps: waiting(NOON + MINUTE_MS) }])).toBe(underWay([report]));
});

test("names and reasons of strangers mention nobody and break no table; of very many releases the rest is counted", () => {
  const evil = "x | `y @octo\n<img src=x> @acme/all";
  const reports = Array.from({ length: 60 }, () =>
    rolloutReport([environment(evil, NOON), stepReport(evil, { state: "failed", next: evil })], { title: evil, state: "paused", because: evil }),
  );
  const html = new Marked({ gfm: true, async: false }).parse(`${underWay(reports)}\n\n${whereVersionsRun(reports)}`) as string;
  expect(html.replaceAll(/<code>[^<]*<\/code>/g, "")).not.toMatch(/<img|@octo|@acme/);
  for (const line of underWay(reports)
    .split("\n")
    .filter((one) => one.startsWith("| ✗")))
    expect(line.replaceAll(String.raw`\|`, "").split("|")).toHaveLength(6);
  expect(underWay(reports)).toMatch(/\n\nand 10 more$/);
});
