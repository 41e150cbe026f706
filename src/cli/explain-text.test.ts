import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "@jest/globals";
import { BLOCKERS, CI, CI_UNKNOWN, gateReport, lineReport, VALUES, WINDOW } from "../../test/fixtures/line-report.ts";
import { explainText } from "./explain-text.ts";

const REPORT = lineReport([CI, BLOCKERS, WINDOW, VALUES, CI_UNKNOWN], {
  risks: ["touches 2 paths of `lrdb/migrations/**`: minor at least, backup evidence wanted"],
  notActedOn: ["artifacts", "environments"],
});

test("80 columns: every gate with its reason, what to do below it, and who can", () => {
  expect(explainText([REPORT], { hasColor: false, width: 80 })).toMatchInlineSnapshot(`
"cavern 0.9.0 waits for 4 of 5: blockers, values, milestone, window (#12)
  risk          touches 2 paths of \`lrdb/migrations/**\`: minor at least, backup
                evidence wanted

  ✗ closed      blockers   #398 "mount fails on 1.29", 6 days, @kim
                         → close it, or say \`/release defer #398 <reason>\`
                           for steward (@acme/stewards)
                         · #398 "mount fails on 1.29", since 2026-11-15
  ✗ closed      values     1 of 2 confirmed
                         → tick the rest in the checklist, or say
                           \`/release evidence helm <link>\`
                           for owners of charts/cavern (@lee)
  ? unknown     milestone  the milestone could not be read (403)
                         → give the app the permission \`issues: read\`
  ⏳ waits      window     opens Tue 14:00 UTC
  ✓ open        ci         4 checks green on aaaaaaa

  [x] values: overlays match
      @lee, owners, 2026-11-21 11:00 UTC · https://ci.example.org/1
  [ ] values: Helm values match

  This build reads these keys of the playbook and does not act on them, so look
  after them yourselves: \`artifacts\`, \`environments\`
  evaluated 2026-11-21 12:00 UTC for aaaaaaa · policy minor
"
`);
});

test("several lines stand below each other, a wide terminal is used up to a width that one can read", () => {
  const wide = explainText([REPORT, lineReport([CI], { title: "ui 2.0.0", pullRequest: null })], { hasColor: false, width: 300 });
  expect(wide).toContain("\n\nui 2.0.0 is ready to be proposed\n\n  ✓ open        ci    4 checks green on aaaaaaa\n");
  expect(Math.max(...wide.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(110);
});

test.each([20, 40, 60, 80, 110])("at %d columns nothing is lost and no line is longer, as far as words allow", (width) => {
  const text = explainText([REPORT], { hasColor: false, width });
  const squeezed = text.replaceAll(/\s+/g, " ");
  for (const words of [BLOCKERS.because, BLOCKERS.owner, VALUES.next, CI_UNKNOWN.next, "[ ] values: Helm values match", "@lee, owners, 2026-11-21 11:00 UTC"])
    expect(squeezed).toContain(words);
  for (const line of text.split("\n")) expect(line.trim().includes(" ") ? line.length : 0).toBeLessThanOrEqual(Math.max(width, 47));
});

test("colour changes nothing but colour", () => {
  const coloured = explainText([REPORT], { hasColor: true, width: 80 });
  expect(coloured).toContain("\u001B[31m✗ closed");
  expect(stripVTControlCharacters(coloured)).toBe(explainText([REPORT], { hasColor: false, width: 80 }));
});

test("nothing proposed is said", () => {
  expect(explainText([], { hasColor: false, width: 80 })).toBe(
    "Nothing is proposed and nothing waits. `release-steward plan` says what the next release would be.\n",
  );
});

test("details are counted when there are many", () => {
  const gate = gateReport("owners", { details: Array.from({ length: 30 }, (_, index) => `review ${String(index + 1)}`) });
  expect(explainText([lineReport([gate])], { hasColor: false, width: 80 })).toMatch(/· review 12\n +· and 18 more\n/);
});

describe("text of strangers", () => {
  test("moves no cursor and starts no line", () => {
    const evil = "a\u001B[2J\rb\nc\u202Ed";
    const text = explainText(
      [
        lineReport(
          [gateReport("x", { because: evil, next: evil, owner: evil, state: "closed", details: [evil], items: [{ gate: "x", text: evil, done: null }] })],
          { risks: [evil], title: evil },
        ),
      ],
      { hasColor: false, width: 80 },
    );
    expect(text).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}/u);
    expect(text).toContain(String.raw`a\u{1b}[2J\u{d}b c\u{202e}d`);
  });

  test("wide characters take the columns that they take", () => {
    const text = explainText([lineReport([gateReport("x", { because: "磁".repeat(10).split("").join(" ") })])], { hasColor: false, width: 40 });
    expect(text).toContain(`${"磁 ".repeat(7).trim()}\n`);
  });
});
