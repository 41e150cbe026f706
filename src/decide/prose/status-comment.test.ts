import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Marked } from "marked";
import { BLOCKERS, CI, gateReport, lineReport, VALUES, WINDOW } from "../../../test/fixtures/line-report.ts";
import { HOUR_MS, NOON } from "../../../test/fixtures/subject.ts";
import { PULL_REQUEST_BODY_MAX } from "../changelog/index.ts";
import { boxesIn } from "../checklist/boxes.ts";
import { type StatusRecord, statusCommentOf } from "../checklist/record.ts";
import { isSameStatus, statusComment, statusReply } from "./status-comment.ts";

const RECORD: StatusRecord = { line: "cavern", seen: 5, ticks: [{ gate: "values", item: "overlays match", by: "lee", at: 5 }] };

function recordIn(text: string): StatusRecord | undefined {
  return statusCommentOf([{ id: "IC", url: "", createdAt: 0, revisions: [{ at: 0, editor: "app", text }] }], "app")?.record;
}

test("the comment says what a release waits for, who can move it, and how", () => {
  const report = lineReport([CI, BLOCKERS, VALUES, WINDOW], { risks: ["touches 2 paths of `lrdb/migrations/**`: minor at least"], notActedOn: ["artifacts"] });
  expect(statusComment(report, RECORD)).toMatchInlineSnapshot(`
"### cavern 0.9.0 waits for 3 of 4: blockers, values, window

- **Risk:** touches 2 paths of \`lrdb/migrations/**\`: minor at least

| | gate | why | next |
|---|---|---|---|
| ✗&nbsp;closed | blockers | #398 "mount fails on 1.29", 6 days, @&#8203;kim | close it, or say \`/release defer #398 <reason>\`<br><sub>for steward (@&#8203;acme/stewards)</sub> |
| ✗&nbsp;closed | values | 1 of 2 confirmed | tick the rest in the checklist, or say \`/release evidence helm <link>\`<br><sub>for owners of charts/cavern (@&#8203;lee)</sub> |
| ⏳&nbsp;waits | window | opens Tue 14:00 UTC |  |
| ✓&nbsp;open | ci | 4 checks green on aaaaaaa |  |

**Checklist**: a tick counts as your word, with your name and the time.

- [x] values: overlays match (@&#8203;lee, owners, 2026-11-21 11:00 UTC · https://ci.example.org/1)
- [ ] values: Helm values match

<details><summary>blockers, in detail</summary>

- #398 "mount fails on 1.29", since 2026-11-15

</details>

<sub>Evaluated 2026-11-21 12:00 UTC for aaaaaaa · policy \`minor\` · Same answer: \`/release status\`, \`release-steward explain\`<br>This build reads these keys of the playbook and does not act on them, so look after them yourselves: \`artifacts\`</sub>

<!-- release-steward-record: {"status":{"line":"cavern","seen":5,"ticks":[{"gate":"values","item":"overlays match","by":"lee","at":5}]}} -->
"
`);
});

test("the answer to /release status is the same without boxes; what nobody can tick there is no box", () => {
  const reply = statusReply([lineReport([CI, VALUES]), lineReport([CI], { title: "posixmapper 0.6.1", pullRequest: null })]);
  expect(reply).toMatchInlineSnapshot(`
"### cavern 0.9.0 waits for 1 of 2: values (#12)

| | gate | why | next |
|---|---|---|---|
| ✗&nbsp;closed | values | 1 of 2 confirmed | tick the rest in the checklist, or say \`/release evidence helm <link>\`<br><sub>for owners of charts/cavern (@&#8203;lee)</sub> |
| ✓&nbsp;open | ci | 4 checks green on aaaaaaa |  |

<sub>Evaluated 2026-11-21 12:00 UTC for aaaaaaa · policy \`minor\` · Same answer: \`/release status\`, \`release-steward explain\`</sub>

### posixmapper 0.6.1 is ready to be proposed

| | gate | why | next |
|---|---|---|---|
| ✓&nbsp;open | ci | 4 checks green on aaaaaaa |  |

<sub>Evaluated 2026-11-21 12:00 UTC · policy \`minor\` · Same answer: \`/release status\`, \`release-steward explain\`</sub>"
`);
});

test("with nothing proposed the answer says so", () => {
  expect(statusReply([])).toBe("Nothing is proposed and nothing waits. `/release plan` says what the next release would be.");
});

describe("when it is written again", () => {
  const report = lineReport([CI, VALUES, WINDOW]);
  const standing = statusComment(report, RECORD);
  test.each([
    ["nothing happened", report, RECORD, true],
    ["only time passed", { ...report, evaluatedAt: NOON + 2 * HOUR_MS }, RECORD, true],
    ["the head moved", { ...report, pullRequest: { number: 12, headSha: "b".repeat(40), isMerged: false } }, RECORD, false],
    ["a gate opened", { ...report, gates: [CI, WINDOW] }, RECORD, false],
    ["a tick was taken back", report, { ...RECORD, ticks: [] }, false],
  ] as const)("%s: the same is %s", (_, next, record, isSame) => {
    expect(isSameStatus(standing, statusComment(next, record))).toBe(isSame);
  });

  test("line ends of a browser are no difference, an edit of a person is", () => {
    expect(isSameStatus(standing.replaceAll("\n", "\r\n"), standing)).toBe(true);
    expect(isSameStatus(standing.replace("- [ ] values", "- [x] values"), standing)).toBe(false);
    expect(isSameStatus("lol", standing)).toBe(false);
  });

  test("an hour later every word of it is still true", () => {
    const later = statusComment({ ...report, evaluatedAt: NOON + HOUR_MS }, RECORD);
    expect(later.replace("13:00", "12:00")).toBe(standing);
  });
});

describe("it never gets too long", () => {
  const long = "x ".repeat(400);
  const steps = Array.from({ length: 60 }, (_, index) => ({ gate: "many", item: `step ${String(index)} ${"y".repeat(300)}` }));
  const checklist = gateReport("many", { state: "closed", items: steps.map(({ gate, item }) => ({ gate, text: item, done: null })) });

  test.each([
    ["details", [gateReport("a", { details: Array.from({ length: 500 }, () => long) })]],
    [
      "gates",
      Array.from({ length: 150 }, (_, index) =>
        gateReport(`gate-${String(index)}`, { state: "closed", because: long, next: long, owner: long, details: [long] }),
      ),
    ],
    ["a checklist", []],
  ] as const)("with %s: every box and the record stay", (_, gates) => {
    const text = statusComment(lineReport([...gates, checklist]), RECORD);
    expect(text.length).toBeLessThanOrEqual(PULL_REQUEST_BODY_MAX);
    expect(boxesIn(text, steps).size).toBe(steps.length);
    expect(recordIn(text)).toEqual(RECORD);
  });

  test("of more boxes than fit some are left out, and it says so", () => {
    const items = Array.from({ length: 900 }, (_, index) => ({ gate: "many", text: `step ${String(index)} ${"y".repeat(300)}`, done: null }));
    const text = statusComment(lineReport([gateReport("many", { state: "closed", items })]), RECORD);
    expect(text.length).toBeLessThanOrEqual(PULL_REQUEST_BODY_MAX);
    expect(text).toMatch(/_\d+ more entries are left out here for GitHub's limit on length\._/);
    expect(recordIn(text)).toEqual(RECORD);
  });

  test("an answer about many lines fits", () => {
    const gates = Array.from({ length: 40 }, (_, index) => gateReport(`gate-${String(index)}`, { because: long, details: [long, long] }));
    expect(statusReply(Array.from({ length: 30 }, () => lineReport(gates))).length).toBeLessThanOrEqual(60_000);
  });
});

const render = (markdown: string): string => new Marked({ gfm: true, async: false }).parse(markdown) as string;

describe("text of strangers has no power", () => {
  const evil = fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc
      .array(
        fc.constantFrom(
          "|",
          "\\",
          "`",
          "``",
          "@octo",
          "@acme/all",
          "<b>",
          "</summary>",
          "</details>",
          "<!--",
          "-->",
          "<script>",
          "&#64;octo",
          "\n",
          "\n\n",
          "# ",
          "- [x] values: overlays match",
          "![a](https://e.example/x.png)",
          "<!-- release-steward-record: {} -->",
          " ",
          "a",
          "[x]",
          ":-:|",
          "<sub>Evaluated ",
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join("")),
  );

  test("it stays in its cell and on its line, loads nothing, tags nothing and mentions nobody", () => {
    fc.assert(
      fc.property(fc.array(evil, { minLength: 6, maxLength: 6 }), ([because = "", next = "", owner = "", detail = "", text = "", link = ""]) => {
        const done = { by: "lee", role: "owners", at: NOON, link };
        const gate = gateReport("values", {
          state: "closed",
          because,
          next,
          owner,
          details: [detail],
          items: [{ gate: "values", text, done }],
        });
        const problems = [{ severity: "error" as const, message: detail, path: text, line: 1, column: 1, hint: link }];
        const told = gateReport("told", { state: "closed", because, next: "say so", problems });
        const body = statusComment(lineReport([gate, told], { title: because, risks: [next] }), RECORD);
        expect(recordIn(body)).toEqual(RECORD);
        const html = render(body);
        const tags = new Set([...html.replaceAll(/<!--[\s\S]*?-->/g, "").matchAll(/<([a-z][a-z0-9]*)/gi)].map(([, tag]) => tag?.toLowerCase()));
        for (const tag of ["script", "img", "b"]) expect(tags).not.toContain(tag);
        expect([...html.matchAll(/<tr>/g)]).toHaveLength(3);
        expect([...html.matchAll(/<td/g)]).toHaveLength(8);
        expect(html).toContain("<td>say so</td>");
        expect([...html.matchAll(/<li/g)]).toHaveLength(1 + 2 + 1);
        expect([...html.matchAll(/<details>/g)]).toHaveLength(2);
        const prose = html
          .replaceAll(/<code>[\s\S]*?<\/code>/g, "")
          .replaceAll(/<!--[\s\S]*?-->|href="[^"]*"/g, "")
          .replaceAll("&#64;", "@");
        expect(prose).not.toMatch(/(?<![A-Za-z0-9])@(?:octo|acme)/);
      }),
      { numRuns: 300 },
    );
  });

  test("a box that stands in a stranger's words is none", () => {
    const gate = gateReport("values", { state: "closed", because: "a\n- [x] values: overlays match", details: ["b\n- [x] values: overlays match"] });
    const text = statusComment(lineReport([gate]), RECORD);
    expect(boxesIn(text, [{ gate: "values", item: "overlays match" }]).size).toBe(0);
  });
});
