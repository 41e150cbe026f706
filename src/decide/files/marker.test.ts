import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import type { Result } from "../../model/problem.ts";
import { locate, update } from "./marker.ts";

/** `«…»` marks the version. */
const before = (marked: string) => marked.replaceAll(/[«»]/g, "");
const after = (marked: string, raw: string) => marked.replaceAll(/«[^»]*»/g, () => raw);
const MARKER = { by: "marker", word: "x-release-steward-version" } as const;
const attempt = (text: string, value: string) => update(text, MARKER, value, "README.md");
const problemsOf = (result: Result<string>) => (result.ok ? [] : result.problems);
const written = (text: string, value: string) => {
  const result = attempt(text, value);
  return result.ok ? result.value : `refused: ${result.problems.map(({ message }) => message).join(", ")}`;
};
const refused = (text: string, value: string) => problemsOf(attempt(text, value));

const README = `# Harbour

Install version v«1.0.0» of the chart. <!-- x-release-steward-version -->
Any x-release-steward-version outside a comment means nothing, and so does 0.0.1.

<!-- x-release-steward-version-start -->
\`\`\`sh
helm install harbour ./harbour-«1.0.0»/ --version «1.0.0»
docker pull registry.example.org/harbour:v«1.0.0»
\`\`\`
<!-- x-release-steward-version-end -->

Needs Kubernetes 1.28.
`;

/** Written at each spot and nowhere else, and left alone the second time; or problems. */
const settles = (text: string, value: string): boolean => {
  const spots = locate(text, MARKER, "f");
  const result = update(text, MARKER, value, "f");
  if (!result.ok || !spots.ok) return !result.ok && result.problems.length > 0;
  const bare = value.replace(/^v(?=\d)/, "");
  const expected = spots.value.reduceRight((rest, { start, end }) => rest.slice(0, start) + bare + rest.slice(end), text);
  return result.value === expected && written(result.value, value) === expected;
};

describe("the version that a comment marks", () => {
  test.each([
    ["in a text for people", README, "1.1.0", "1.1.0"],
    ["behind #", 'version = "«1.0.0»" # x-release-steward-version\n', "1.1.0", "1.1.0"],
    ["behind # with more words", "tag: «1.0.0»  # moved: x-release-steward-version, see RELEASES.md\n", "1.1.0", "1.1.0"],
    ["behind ##", "V=«1.0.0» ## x-release-steward-version\n", "1.1.0", "1.1.0"],
    ["behind //", 'const version = "«1.0.0»"; // x-release-steward-version\n', "1.1.0", "1.1.0"],
    ["before /* */", 'version: "«1.0.0»", /* x-release-steward-version */\n', "1.1.0", "1.1.0"],
    ["after /* */", '/* x-release-steward-version 9.9.9 */ version: "«1.0.0»"\n', "1.1.0", "1.1.0"],
    ["after <!---->", "<!--x-release-steward-version--><b>«1.0.0»</b>\n", "1.1.0", "1.1.0"],
    ["behind --", "SELECT 'v«1.0.0»'; -- x-release-steward-version\n", "1.1.0", "1.1.0"],
    ["behind -- without a space", "V «1.0.0» --x-release-steward-version\n", "1.1.0", "1.1.0"],
    ["behind ;", "version=«1.0.0» ; x-release-steward-version\n", "1.1.0", "1.1.0"],
    ["behind %", String.raw`\newcommand{\version}{«1.0.0»} % x-release-steward-version` + "\n", "1.1.0", "1.1.0"],
    ["behind an option that begins with dashes", "helm install x --version «1.0.0» # x-release-steward-version\n", "1.1.0", "1.1.0"],
    ["on several lines", "a «1.0.0» # x-release-steward-version\nb 5.5.5\nc «2.0.0» # x-release-steward-version\n", "1.1.0", "1.1.0"],
    ["with CRLF", "a\r\nV=«1.0.0» # x-release-steward-version\r\nb\r\n", "1.1.0", "1.1.0"],
    ["without a final newline", "V=«1.0.0» # x-release-steward-version", "1.1.0", "1.1.0"],
    ["behind characters of two units", "😀 «1.0.0» é # 😀 x-release-steward-version\n", "1.1.0", "1.1.0"],
    ["that is a candidate", "V=«1.0.0-rc.1» # x-release-steward-version\n", "1.0.0", "1.0.0"],
    ["that becomes a candidate", "V=v«1.0.0» # x-release-steward-version\n", "v1.1.0-rc10", "1.1.0-rc10"],
    ["that goes by the calendar", "V=«2026.1» # x-release-steward-version\n", "2026.2", "2026.2"],
    ["with a v, when the value has one too", "V=v«1.0.0» # x-release-steward-version\n", "v1.1.0", "1.1.0"],
    ["without a v, when the value has one", "V=«1.0.0» # x-release-steward-version\n", "v1.1.0", "1.1.0"],
    ["at the end of a sentence", "This is «1.0.0». <!-- x-release-steward-version -->\n", "1.1.0", "1.1.0"],
    ["beside names that hold numbers", "go1.24 python3.11 «1.0.0» 17 # x-release-steward-version\n", "1.1.0", "1.1.0"],
  ])("%s, is all that changes", (_, marked, value, raw) => {
    const edited = written(before(marked), value);
    expect(edited).toBe(after(marked, raw));
    expect(written(edited, value)).toBe(edited);
    expect(locate(edited, MARKER, "README.md")).toMatchObject({ ok: true, value: marked.match(/«/g)!.map(() => ({ value: raw })) });
  });

  test.each([
    ["without any marker", "V=1.0.0\n", "no line carries `x-release-steward-version`", null, null],
    ["with a marker in no comment", "a\nV=1.0.0 x-release-steward-version\n", "`x-release-steward-version` stands in no comment of its line", 2, 9],
    ["with a marker in an address", "V=1.0.0 https://x-release-steward-version\n", "`x-release-steward-version` stands in no comment of its line", 1, 17],
    ["with a longer marker only", "V=1.0.0 # my-x-release-steward-version-2\n", "`x-release-steward-version` stands in no comment of its line", 1, 14],
    ["without a version on the line", "a\nV=1 # 1.0.0 x-release-steward-version\n", "expected a version on the marked line, found none", 2, 1],
    ["with two versions on the line", "V=1.0.0 W=2.0 # x-release-steward-version\n", "expected one version on the marked line, found 1.0.0 and 2.0", 1, 11],
    ["where a file name goes on", "get tool-1.0.0-linux.zip # x-release-steward-version\n", "can't tell where the version ends in `1.0.0-linux.zip`", 1, 10],
    ["where a range goes on", "V=1.0.x # x-release-steward-version\n", "can't tell where the version ends in `1.0.x`", 1, 3],
    ["where a build goes on", "V=1.0.0+b1 # x-release-steward-version\n", "can't tell where the version ends in `1.0.0+b1`", 1, 3],
    ["where letters go on", "V=1.0.0rc1 # x-release-steward-version\n", "can't tell where the version ends in `1.0.0rc1`", 1, 3],
    [
      "in a block without a version",
      "# x-release-steward-version-start\na\n# x-release-steward-version-end\n",
      "expected a version in the marked block, found none",
      2,
      1,
    ],
    [
      "in a block with two versions",
      "# x-release-steward-version-start\n1.0.0\n2.0.0\n# x-release-steward-version-end\n",
      "expected the same version everywhere in the marked block, found 1.0.0 and 2.0.0",
      3,
      1,
    ],
    ["in a block without an end", "a\n# x-release-steward-version-start\n1.0.0\n", "the block that `x-release-steward-version-start` opens has no end", 2, 1],
    [
      "in a block that opens twice",
      "# x-release-steward-version-start\n1.0.0\n# x-release-steward-version-start\n1.0.0\n# x-release-steward-version-end\n",
      "`x-release-steward-version-start` stands inside a block that is still open",
      3,
      1,
    ],
    ["on a line without end", `${"x".repeat(4000)} 1.0.0 # x-release-steward-version\n`, "a marked line has 4034 characters, of 4000 allowed", 1, 1],
  ])("%s, is a problem with its place", (_, text, message, line, column) => {
    expect(refused(text, "1.1.0")).toEqual([expect.objectContaining({ severity: "error", path: "README.md", message, line, column })]);
  });

  test("is judged line by line: every bad line is named, and nothing is written", () => {
    const text = "V=1.0.0 # x-release-steward-version\nW= # x-release-steward-version\nX=1.0.0 2.0.0 # x-release-steward-version\n";
    expect(refused(text, "1.1.0")).toEqual([expect.objectContaining({ line: 2 }), expect.objectContaining({ line: 3 })]);
  });

  test.each(["latest", "1", "1.0.0+b1", "1.0.0-linux", "1.0 2.0", ""])("can't become %j, which would not be found again", (value) => {
    expect(refused("\nV=1.0.0 # x-release-steward-version\n", value)).toEqual([
      expect.objectContaining({ message: `a marker takes versions such as 1.4.0, 2026.2 or 1.4.0-rc.1, not ${JSON.stringify(value)}`, line: 2, column: 3 }),
    ]);
  });

  test("needs a word for a marker", () => {
    for (const word of ["", " ", "a b", "😀"])
      expect(locate("", { by: "marker", word }, "f")).toMatchObject({
        ok: false,
        problems: [{ message: expect.stringContaining("expected a marker of letters") }],
      });
  });

  test("of any text is a text that says so, or problems", () => {
    const pieces = fc.constantFrom(
      "x-release-steward-version",
      "x-release-steward-version-start",
      "x-release-steward-version-end",
      "# ",
      "/*",
      "*/",
      "<!--",
      "-->",
      "--",
      "//",
      ";",
      "%",
      " ",
      "\n",
      "\r\n",
      "1.2.3",
      "v",
      "2026.2",
      "-rc.1",
      ".",
      "-",
      "😀",
      '"',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(pieces, { maxLength: 30 }).map((some) => some.join("")),
          fc.string({ unit: "binary" }),
        ),
        fc.oneof(fc.constantFrom("3.0.0", "v3.0.0-rc.1"), fc.string()),
        (text, value) => {
          expect(settles(text, value)).toBe(true);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
