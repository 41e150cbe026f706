import { expect, test } from "@jest/globals";
import { CI, gateReport } from "../../../test/fixtures/line-report.ts";
import { attempt, HELM, rolloutReport, stepReport } from "../../../test/fixtures/rollout-report.ts";
import { MINUTE_MS, NOON } from "../../../test/fixtures/subject.ts";
import { besideName, linked, stepTable } from "./rollout-table.ts";

test.each([
  ["https://github.com/acme/app/actions/runs/1?a=b#c", true],
  ["http://localhost:8000/x", true],
  [null, false],
  ["javascript:alert(1)", false],
  ["https://x.example/) [y](https://evil.example", false],
  ["https://x.example/)", false],
  ["https://x.example/|", false],
  ["https://x.example/\n", false],
  ['https://x.example/"onclick', false],
  ["https://x.example/`", false],
  [`https://x.example/${"a".repeat(3000)}`, false],
])("%j is a link: %s", (url, isLink) => {
  expect(linked("`docs`", url)).toBe(isLink ? `[\`docs\`](${url ?? ""})` : "`docs`");
});

test.each([
  ["what its reason says already is not said twice", HELM, ""],
  ["time and attempt that it does not say", { ...HELM, because: "published", attempts: [attempt(1), attempt(2)] }, "attempt 2, 3 min 12 s"],
  ["the first attempt is of no interest", { ...HELM, because: "published" }, "3 min 12 s"],
  ["nor is what took no minute", stepReport("tag", { state: "done", startedAt: NOON, endedAt: NOON + 59_000 }), ""],
  ["what still runs has taken no time yet", stepReport("docs", { state: "running", startedAt: NOON - MINUTE_MS }), ""],
])("beside the name: %s", (_, step, words) => {
  expect(besideName(step)).toBe(words);
});

test("what a gate below it asks for is not said twice", () => {
  const closed = gateReport("staging/values", { state: "closed", next: "tick it" });
  const row = (next: string): string | undefined =>
    stepTable(rolloutReport([stepReport("staging", { state: "needs-people", because: "so", next, gates: [CI, closed] })]), 5000).split("\n")[2];
  expect(row("tick it")).toBe("| ✗&nbsp;needs&nbsp;people | `staging` | so |  |");
  expect(row("approve it")).toBe("| ✗&nbsp;needs&nbsp;people | `staging` | so | approve it |");
});

test("rows that do not fit are counted", () => {
  const steps = Array.from({ length: 30 }, (_, index) => stepReport(`step-${String(index)}`));
  const table = stepTable(rolloutReport(steps), 600);
  expect(table.length).toBeLessThanOrEqual(600);
  expect(table).toMatch(/\n\n_\d+ rows left out here for GitHub's limit on length: `release-steward explain` shows every one\._$/);
  expect(stepTable(rolloutReport([]), 600)).toBe("No step of the playbook follows this release.");
});
