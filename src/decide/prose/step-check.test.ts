import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Marked } from "marked";
import { CI, VALUES } from "../../../test/fixtures/line-report.ts";
import { attempt, DOCS_FAILED, HELM, stepReport } from "../../../test/fixtures/rollout-report.ts";
import type { StepState } from "../../model/rollout.ts";
import { stepCheck } from "./step-check.ts";

const RELEASE = { component: "cavern", version: "0.9.0", tag: "cavern-0.9.0" };

test("a step that failed says where, in which attempt, and what to do", () => {
  expect(stepCheck(DOCS_FAILED, RELEASE)).toMatchInlineSnapshot(`
{
  "conclusion": "failure",
  "summary": "\`docs.yml\` failed in \`deploy\` at \`Publish\`, attempt 2

**Next:** mend it, then say \`/release retry docs\`, or \`/release skip docs <reason>\`

| attempt | |
|---|---|
| [attempt 1](https://github.com/acme/app/actions/runs/72/attempts/1) | began 2026-11-21 12:00 UTC, ran out of time after 3 min |
| [attempt 2](https://github.com/acme/app/actions/runs/72/attempts/2) | began 2026-11-21 12:05 UTC, failed after 1 min |

- deploy: failure https://github.com/acme/app/actions/runs/72/job/5

<sub>A step of cavern 0.9.0, tagged \`cavern-0.9.0\`.</sub>",
  "text": "",
  "title": "docs failed: docs.yml failed in deploy at Publish, attempt 2",
}
`);
});

test("an environment that needs people shows its gates", () => {
  const report = stepReport("staging", { kind: "environment", state: "needs-people", because: "1 of 2 gates keeps it back", gates: [CI, VALUES] });
  expect(stepCheck(report, RELEASE).summary).toMatchInlineSnapshot(`
"1 of 2 gates keeps it back

| | gate | why | next |
|---|---|---|---|
| ✗&nbsp;closed | values | 1 of 2 confirmed | tick the rest in the checklist, or say \`/release evidence helm <link>\`<br><sub>for owners of charts/cavern (@&#8203;lee)</sub> |
| ✓&nbsp;open | ci | 4 checks green on aaaaaaa |  |

<sub>A step of cavern 0.9.0, tagged \`cavern-0.9.0\`.</sub>"
`);
});

test.each<[StepState, string | null, string]>([
  ["done", "success", "docs is done: so"],
  ["failed", "failure", "docs failed: so"],
  ["halted", "action_required", "docs is halted: so"],
  ["needs-people", "action_required", "docs needs people: so"],
  ["skipped", "neutral", "docs was skipped: so"],
  ["superseded", "neutral", "docs was superseded: so"],
  ["running", null, "docs is running: so"],
  ["waiting", null, "docs waits: so"],
  ["ready", null, "docs is starting: so"],
  ["unknown", null, "docs is unclear: so"],
])("%s concludes as %s", (state, conclusion, title) => {
  expect(stepCheck(stepReport("docs", { state, because: "so" }), RELEASE)).toMatchObject({ conclusion, title });
});

describe("the attempt", () => {
  const second = { ...HELM, attempts: [attempt(1, { conclusion: "cancelled" }), attempt(2)] };
  test("stands behind a reason that does not say it, however long that is", () => {
    expect(stepCheck(second, RELEASE).title).toBe("helm-publish is done: helm-publish.yml ran for 3 min 12 s · attempt 2");
    const { title } = stepCheck({ ...second, because: "so ".repeat(300) }, RELEASE);
    expect(title).toMatch(/ so?… · attempt 2$/);
    expect(title.length).toBeLessThanOrEqual(255);
  });

  test("of a second run is told apart from that of the first", () => {
    expect(stepCheck({ ...HELM, attempts: [attempt(1), attempt(1, { run: 99 })] }, RELEASE).title).toMatch(/ · run 2, attempt 1$/);
  });
});

test("the first line of the summary is the reason alone: a finished step is told by it ever after", () => {
  expect(stepCheck(HELM, RELEASE).summary.split("\n")[0]).toBe(HELM.because);
});

test("it fits, mentions nobody, and its title is one line", () => {
  const evil = fc.oneof(fc.string({ unit: "binary", maxLength: 400 }), fc.constantFrom("@octo <img src=x> `", "\n# x\n", "|@octo|", "x".repeat(2000)));
  fc.assert(
    fc.property(evil, evil, (name, words) => {
      const report = stepReport(name, {
        because: words,
        next: words,
        details: Array.from({ length: 200 }, () => words),
        gates: [{ ...VALUES, because: words }],
        attempts: [attempt(1, { url: words, conclusion: words })],
      });
      const { title, summary, text } = stepCheck(report, { ...RELEASE, tag: name });
      expect(title.length).toBeLessThanOrEqual(255);
      expect(title).not.toMatch(/[\n\r\p{Bidi_Control}]/u);
      expect(summary.length).toBeLessThanOrEqual(65_535);
      const html = new Marked({ gfm: true, async: false }).parse(summary) as string;
      expect(html.replaceAll(/<code>[^<]*<\/code>/g, "")).not.toMatch(/<img|(?<![A-Za-z0-9])@octo|<h1/);
      expect(text).toBe("");
    }),
  );
});
