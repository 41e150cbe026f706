import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { linesOf, newlineOf } from "./lines.ts";
import { newestVersion, readStructure } from "./structure.ts";

describe("the newest version of a changelog", () => {
  test.each([
    ["## [v0.3.0] - 2025-09-01", "0.3.0"],
    ["## [0.8.0](https://example.org/compare/a...b) (2025-11-05)", "0.8.0"],
    ["## 1.2.0", "1.2.0"],
    ["# v1.0", "1.0"],
    ["## [2.1.0] (2026-04-08)", "2.1.0"],
    ["## Version 1.0.0-alpha01, released 2022-06-25", "1.0.0-alpha01"],
    ["### 0.5.0 / 2019-07-08", "0.5.0"],
    ["## cavern-0.9.0 (2025-01-01)", "0.9.0"],
    ["## @scope/tool@1.0.3", "1.0.3"],
    ["## v1.1.0-rc3", "1.1.0-rc3"],
    ["## 1.0.0-0.3.7", "1.0.0-0.3.7"],
    ["## 2024.03.12 (0.3.0)", "0.3.0"],
    ["## January 12, 2024 (0.1.3)", "0.1.3"],
    ["## 2026.2 - 2026-11-21", "2026.2"],
    ["## [0.0.5] - 2014-12-13 [YANKED]", "0.0.5"],
    ["## 1.2.0 ##", "1.2.0"],
    ["1.2.0\n-----", "1.2.0"],
    ["\uFEFF## 1.2.0", "1.2.0"],
  ])("is read from %j", (heading, version) => {
    expect(newestVersion(`${heading}\n\n- text\n`)).toEqual({ version, line: 1 });
  });

  test.each([
    ["a title that mentions one", "# CHANGELOG for Cavern (0.5.0)\n"],
    ["a chapter about one", "### 2.0 migration guide\n"],
    ["a date", "## 2024-01-12\n"],
    ["code", "```\n## 1.0.0\n```\n"],
    ["code in a list item", "- run\n  ~~~sh\n  # 1.0.0\n  ~~~\n"],
    ["code that begins on the bullet's line", "- ```yaml\n  # 1.0.0\n  ```\n"],
    ["a comment", "<!--\n## 1.0.0\n-->\n"],
    ["raw HTML", "<pre>\n## 1.0.0\n</pre>\n"],
    ["front matter", "---\ntitle: x\n## 1.0.0\n---\n"],
    ["indented code", "    ## 1.0.0\n"],
    ["a quote", "> ## 1.0.0\n"],
    ["no heading at all", "1.0.0 is out\n"],
    ["a list above a rule", "- 1.0.0\n---\n"],
  ])("is not read from %s", (_, text) => {
    expect(newestVersion(text)).toBeNull();
  });

  test.each([
    ["the top of a file in falling order", "# Log\n\n## 1.1.0\n\n## 1.0.0\n", { version: "1.1.0", line: 3 }],
    ["the end of a file in rising order", "# Log\n\n## 1.0.0\n\n## 1.0.1\n", { version: "1.0.1", line: 5 }],
    ["the top when the order is mixed", "## 1.2.0\n\n## 1.0.0\n\n## 1.0.1\n", { version: "1.2.0", line: 1 }],
    ["behind code that an unindented line ends", "- a\n  ```\nb\n\n## 1.0.0\n", { version: "1.0.0", line: 5 }],
  ])("stands at %s", (_, text, expected) => {
    expect(newestVersion(text)).toEqual(expected);
  });
});

describe("the structure of a changelog", () => {
  test.each([
    "## [Unreleased]",
    "## Unreleased",
    "# UNRELEASED",
    "## [unreleased](https://example.org)",
    "## Unreleased changes",
    "Unreleased\n---",
    "## [Unreleased] - date",
  ])("finds %j", (heading) => {
    expect(readStructure(`# Log\n\n${heading}\n\n- a\n`, null).unreleased?.heading.line).toBe(3);
  });

  test("ends the text of a section before blank lines and link definitions", () => {
    const text = "## Unreleased\n\n- a\n\n[Unreleased]: https://example.org/compare/1...HEAD\n[x]: <https://example.org/x>\n";
    const { unreleased, definitions } = readStructure(text, null);
    expect(text.slice(0, unreleased?.textEnd)).toBe("## Unreleased\n\n- a\n");
    expect(definitions.map(({ label, url, urlStart }) => [label, url, text.indexOf(url) === urlStart])).toEqual([
      ["Unreleased", "https://example.org/compare/1...HEAD", true],
      ["x", "https://example.org/x", true],
    ]);
  });

  test("reads a heading in the playbook's own words", () => {
    const { versions } = readStructure("## Out on 2026-01-02: cavern number 1.4.0!\n", "## Out on {date}: {component} number {version}!");
    expect(versions.map(({ version }) => version)).toEqual(["1.4.0"]);
  });

  test("keeps categories that stand at the level of their version", () => {
    const { versions } = readStructure("### 1.0.1\n\n### Anything\n\n* a\n\n## 1.0.0\n", null);
    expect(versions[0]?.textEnd).toBe("### 1.0.1\n\n### Anything\n\n* a\n".length);
  });
});

describe("lines", () => {
  test("any text is cut into lines that join to it again", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("\r", "\n", "`", "~", "-", " ", "<!--", "-->", "a", "#", "\uFEFF") }), (text) => {
        const lines = linesOf(text);
        expect(lines.map(({ start, next }) => text.slice(start, next)).join("")).toBe(text);
      }),
    );
  });

  test.each([
    ["a\r\nb\r\nc\n", "\r\n"],
    ["a\nb\nc\r\n", "\n"],
    ["a", "\n"],
  ])("of %j mostly end with %j", (text, newline) => {
    expect(newlineOf(text)).toBe(newline);
  });
});
