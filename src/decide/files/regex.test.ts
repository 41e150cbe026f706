import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import type { Result } from "../../model/problem.ts";
import { locate, update } from "./regex.ts";

/** `«…»` marks the raw text of the value. */
const before = (marked: string) => marked.replaceAll(/[«»]/g, "");
const after = (marked: string, raw: string) => marked.replaceAll(/«[^»]*»/g, () => raw);
const by = (pattern: string) => ({ by: "regex", pattern }) as const;
const attempt = (text: string, pattern: string, value: string) => update(text, by(pattern), value, "Makefile");
const problemsOf = (result: Result<string>) => (result.ok ? [] : result.problems);
const written = (text: string, pattern: string, value: string) => {
  const result = attempt(text, pattern, value);
  return result.ok ? result.value : `refused: ${result.problems.map(({ message }) => message).join(", ")}`;
};
const refused = (text: string, pattern: string, value: string) => problemsOf(attempt(text, pattern, value));

const MAKEFILE = `# Image to build
IMAGE ?= registry.example.org/harbour
IMG_TAG ?= «v1.0.0»
\tIMG_TAG ?= v1.0.0

build: ## IMG_TAG ?= v1.0.0
\tdocker build -t $(IMAGE):$(IMG_TAG) .
`;

const README = `# Harbour
![Version: «1.0.0»](https://img.example.org/badge/Version-«1.0.0»-informational?style=flat) ![Type: application](…)
`;

const WORKFLOW = `jobs:
  build:
    steps:
      - uses: acme/setup@v4
      - uses: acme/harbour@«v1.0.0» # pinned
      - run: echo {{ x }}
`;

/** Written everywhere, found again everywhere and left alone the second time; or one problem. */
const settles = (text: string, pattern: string, value: string): boolean => {
  const result = update(text, by(pattern), value, "f");
  if (!result.ok) return result.problems.length === 1;
  const located = locate(result.value, by(pattern), "f");
  return located.ok && located.value.every((spot) => spot.value === value) && written(result.value, pattern, value) === result.value;
};

describe("what a pattern's group matches", () => {
  test.each([
    ["in a Makefile", MAKEFILE, String.raw`^IMG_TAG \?= (.*)$`, "v1.1.0"],
    ["twice on the line of a badge", README, String.raw`(?:Version: |Version-)(\d+\.\d+\.\d+)`, "1.1.0"],
    ["in a workflow that is no YAML for its braces", WORKFLOW, "acme/harbour@(v[0-9.]+)", "v1.1.0"],
    ["up to the end of a line with CRLF", "A=1\r\nV=«1.0.0»\r\nB=2\r\n", "^V=(.*)$", "1.1.0"],
    ["behind lines with CRLF and characters of two units", "😀\r\n\r\né\r\nV=«1.0.0»\r\n😀 V=«1.0.0»\r\n", "V=(.*)$", "1.1.0"],
    ["across a line end of either kind", "V:\r\n  «1.0.0»\r\nV:\n  «1.0.0»\n", String.raw`V:\n  (\S+)`, "1.1.0"],
    ["up to the end of the file", "V=«1.0.0»", "V=(.*)$", "1.1.0"],
    ["beside characters of two units", "😀«1.0.0»😀", "😀(.*)😀", "1.1.0"],
    ["where it is empty", "V=«»\r\nW=\n", "^V=(.*)$", "1.1.0"],
    ["where it is empty at the end of the file", "V=«»", "^V=(.*)$", "1.1.0"],
    ["by a named group", "V=«1.0.0»\n", "V=(?P<version>[0-9.]+)", "1.1.0"],
    ["with characters that mean something to a replacement", "V=«1.0.0»\n", "V=(.*)", "$1$&"],
    ["when it is there already", "V=«1.0.0»\n", "V=(.*)", "1.0.0"],
  ])("%s, is all that changes", (_, marked, pattern, value) => {
    const edited = written(before(marked), pattern, value);
    expect(edited).toBe(after(marked, value));
    expect(written(edited, pattern, value)).toBe(edited);
    expect(locate(edited, by(pattern), "Makefile")).toMatchObject({ ok: true, value: marked.match(/«/g)!.map(() => ({ value })) });
  });

  test.each([
    ["without a match", "A=1\n", "^V=(.*)$", "nothing matches the pattern `^V=(.*)$`", null, null],
    ["without a group", "V=1\n", "V=.*", 'expected exactly one group in the pattern "V=.*", found 0', null, null],
    ["with two groups", "V=1\n", "(V)=(.*)", 'expected exactly one group in the pattern "(V)=(.*)", found 2', null, null],
    ["that looks ahead", "V=1\n", "V=(?=1)(.*)", 'the pattern "V=(?=1)(.*)" can\'t be read: invalid or unsupported Perl syntax: `(?=`', null, null],
    ["that is no pattern", "V=1\n", "V=(", 'the pattern "V=(" can\'t be read: missing closing ): `V=(`', null, null],
    ["that is too long", "V=1\n", "(".repeat(1001), "the pattern has 1001 characters, of 1000 allowed", null, null],
    ["that matches nothing in particular", "😀\nx", "(x*)", "the pattern `(x*)` matches the empty text here", 1, 1],
    ["whose group takes no part", "A\nV=1\n", "^A$|V=(.*)", "the pattern `^A$|V=(.*)` matches here without its group", 1, 1],
    [
      "whose group spans lines",
      "a\r\nV=(\r\n1)\r\n",
      String.raw`V=\(((?s:.*))\)`,
      String.raw`the group of the pattern ${"`"}V=\(((?s:.*))\)${"`"} spans several lines here`,
      2,
      1,
    ],
    ["that matches everywhere", "1 ".repeat(101), "(1)", "the pattern `(1)` matches more than 100 times", 1, 201],
    [
      "that would not find what is written",
      "a\nV=1.0\n",
      String.raw`V=(\d+\.\d+)`,
      String.raw`with "latest" written, the pattern ${"`"}V=(\d+\.\d+)${"`"} would no longer find it here`,
      2,
      3,
    ],
  ])("%s, is a problem with its place", (_, text, pattern, message, line, column) => {
    expect(refused(text, pattern, "latest")).toEqual([expect.objectContaining({ severity: "error", path: "Makefile", message, line, column })]);
  });

  test("that would find only a part of what is written, is a problem", () => {
    expect(refused("V=1.0\n", String.raw`V=(\d+\.\d+)`, "1.2.3")).toEqual([
      expect.objectContaining({ message: expect.stringContaining("would no longer find it") }),
    ]);
  });

  test("is located with line and column in UTF-16 units", () => {
    expect(locate("a\r\n😀 V=1.0\r\n", by("V=(.*)$"), "f")).toEqual({ ok: true, value: [{ value: "1.0", start: 8, end: 11, line: 2, column: 6 }] });
  });

  test("of any pattern and any text is a text that says so, or a problem", () => {
    const patterns = fc.array(
      fc.constantFrom("(", ")", "(?:", "V", "=", ".*", "^", "$", "|", "\\d", "+", "*", "?", "[", "]", "\\n", "\\r", "(.*)", "(\\S+)", "(?s)", "{2}"),
      { maxLength: 8 },
    );
    const texts = fc.array(fc.constantFrom("V", "=", "1", ".", "\n", "\r\n", "\r", "😀", " "), { maxLength: 20 });
    fc.assert(
      fc.property(
        fc.oneof(
          patterns.map((some) => some.join("")),
          fc.string(),
        ),
        texts,
        fc.oneof(fc.constant("1.2.3"), fc.string({ unit: "binary" })),
        (pattern, pieces, value) => {
          expect(settles(pieces.join(""), pattern, value)).toBe(true);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

test("a pattern that would make a backtracking engine wait for years is answered", () => {
  const found = locate(`${"a".repeat(65_000)}!\nversion = 1.0.0\n`, by("^(?:a+)+$|^version = (.*)$"), "version.txt");
  expect(found.ok && found.value.map(({ value }) => value)).toEqual(["1.0.0"]);
});
