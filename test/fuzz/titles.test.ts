// Titles, names and reasons of strangers go through everything that shows a release: what people read fits where GitHub
// puts it, is well formed, and holds nothing that acts.
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { explainText } from "../../src/cli/explain-text.ts";
import { emptyRecord } from "../../src/decide/checklist/ticks.ts";
import { emptyPlan } from "../../src/decide/empty-plan.ts";
import { deskBody } from "../../src/decide/prose/desk.ts";
import { releaseCheck } from "../../src/decide/prose/release-check.ts";
import { statusComment, statusReply } from "../../src/decide/prose/status-comment.ts";
import type { ComponentPlan, GateState } from "../../src/model/plan.ts";
import { gateReport, lineReport } from "../fixtures/line-report.ts";
import { slowestOf } from "../fixtures/slowest.ts";
import { NOON, shaOf } from "../fixtures/subject.ts";

/** Of GitHub, in characters: a comment and an issue, the text of a check run, the title that a check run is shown with. */
const BODY_MAX = 65_536;
const CHECK_TEXT_MAX = 65_535;
const CHECK_TITLE_MAX = 255;

const time = slowestOf("explanations");

const unit = fc.constantFrom(
  ...Array.from("ab |`\\@#<>*_[]()!&;:-~$%\"'/"),
  "\n",
  "\r",
  "\t",
  "\u0000",
  "\u0007",
  "\u001B[31m",
  "\u202E",
  "\u2066",
  "\u200B",
  "\u2028",
  "𝕏",
  "🔥",
  "\uD83D",
  "é",
  "@everyone ",
  "<script>",
  "</details>",
  "<!--",
  "-->",
  "![x](https://e.example/x.png)",
  "- [x] steps: login",
  "&#64;kim",
  "```",
);
/** As long as a title may be. */
const title = fc.oneof(fc.string({ unit, maxLength: 256 }), fc.string({ unit: "binary", maxLength: 256 }));
/** Gates name a few of many, and shorten each: this is more than they ever make of titles. */
const words = fc.oneof({ weight: 5, arbitrary: title }, { weight: 1, arbitrary: fc.array(title, { maxLength: 4 }).map((parts) => parts.join(" ")) });
const state = fc.constantFrom<GateState>("open", "closed", "waiting", "unknown");
const gate = fc.record({ state, because: words, next: words, owner: title, details: fc.array(words, { maxLength: 6 }), item: title, link: title, path: title });
const count = fc.constantFrom(1, 1, 1, 3, 10);

/** What would move, ring or turn text around at a terminal; line breaks are the layout's own. */
const CONTROL = /(?!\n)[\p{Cc}\p{Bidi_Control}]/u;

const CAVERN: ComponentPlan = {
  ...emptyPlan({ name: "cavern", path: "charts/cavern" }, null),
  decision: "undetermined",
  version: "0.9.0",
  tag: "cavern-0.9.0",
  previous: { tag: "cavern-0.8.0", version: "0.8.0", sha: shaOf("0") },
};

test("any title in any place", () => {
  fc.assert(
    fc.property(fc.array(gate, { minLength: 1, maxLength: 4 }), count, words, (parts, times, said) => {
      const gates = parts.flatMap(({ item, link, path, ...change }, index) =>
        Array.from({ length: times }, (_, copy) =>
          gateReport(`gate-${String(index)}-${String(copy)}`, {
            ...change,
            items: [{ gate: "steps", text: item, done: { by: "kim", role: "sre", at: NOON, link } }],
            problems: [{ severity: "error", message: link, path, line: 1, column: 1, hint: item }],
          }),
        ),
      );
      const report = lineReport(gates, { title: said, risks: [said] });
      const plan = { ...CAVERN, because: said, reasons: [{ sha: shaOf("c"), subject: said, effect: "unknown", because: said, pullRequest: 3 }] } as const;
      const freeze = { by: "kim", at: NOON, url: "https://github.com/acme/app/issues/1", reason: said, until: null };
      const comment = time(() => statusComment(report, emptyRecord("cavern")));
      const reply = time(() => statusReply([report]));
      const desk = time(() =>
        deskBody({ repository: "acme/app", lines: [report], rollouts: [], plans: [plan], freeze, problems: [], oddities: [], reminders: [] }),
      );
      const check = time(() => releaseCheck(report, [plan], null));
      const terminal = time(() => explainText([report], { hasColor: false, width: 80 }));
      for (const text of [comment, reply, desk]) expect(text.length).toBeLessThanOrEqual(BODY_MAX);
      expect(check.text.length).toBeLessThanOrEqual(CHECK_TEXT_MAX);
      expect(check.title.length).toBeLessThanOrEqual(CHECK_TITLE_MAX);
      for (const text of [comment, reply, desk, check.title, check.summary, check.text]) {
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toMatch(CONTROL);
      }
      expect(terminal).not.toMatch(CONTROL);
      expect(check.title).not.toContain("\n");
    }),
  );
});
