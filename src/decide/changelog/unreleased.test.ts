import { describe, expect, test } from "@jest/globals";
import { readUnreleased } from "./unreleased.ts";

describe("what stands under Unreleased", () => {
  test("is read with categories, lines and nested text", () => {
    const text = [
      "# Log",
      "",
      "## [Unreleased]",
      "- loose",
      "### Added",
      "- one",
      "goes on",
      "  - nested",
      "",
      "* two `## x`",
      "### Fixed",
      "Plain words",
      "go on.",
      "",
      "<!-- - no -->",
      "",
      "## 1.0.0",
      "- old",
      "",
    ].join("\r\n");
    const { items, ...rest } = readUnreleased(text, "CHANGELOG.md");
    expect(rest).toEqual({ path: "CHANGELOG.md", present: true, line: 3 });
    expect(items.map(({ category, text: words, line }) => [category, words, line])).toEqual([
      [null, "loose", 4],
      ["Added", "one goes on - nested", 6],
      ["Added", "two `## x`", 10],
      ["Fixed", "Plain words go on.", 12],
    ]);
  });

  test.each([
    ["no section", "# Log\n\n## 1.0.0\n- a\n", false],
    ["an empty one", "## Unreleased\n\n## 1.0.0\n- a\n", true],
    ["one inside code", "```\n## [Unreleased]\n- a\n```\n", false],
    ["one with a comment only", "## Unreleased\n### Added\n<!--\n- a\n-->\n", true],
    ["one with code only", "## Unreleased\n### Added\n```\n- a\n```\n", true],
    ["words above the categories", "## Unreleased\nNot out yet.\n", true],
  ])("has no items with %s", (_, text, present) => {
    const unreleased = readUnreleased(text, "CHANGELOG.md");
    expect([unreleased.present, unreleased.items]).toEqual([present, []]);
  });

  test.each([
    ["- drop the flag (breaking change)", true],
    ["- drop the flag [Breaking]", true],
    ["- **Breaking** drop the flag", true],
    ["- **BREAKING:** drop the flag", true],
    ["- BREAKING drop the flag", true],
    ["- Breaking change: drop the flag", true],
    ["- a\n  - BREAKING CHANGE: nested", true],
    ["- fix breaking of lines", false],
    ["- a (non-breaking change)", false],
    ["- NON-BREAKING change", false],
    ["- Breaking news page", false],
  ])("%j breaks: %s", (item, isBreaking) => {
    expect(readUnreleased(`## Unreleased\n### Changed\n${item}\n`, "x").items[0]?.isBreaking).toBe(isBreaking);
  });

  test("breaks when its category says so", () => {
    expect(readUnreleased("## Unreleased\n### ⚠ BREAKING CHANGES\n- a\n", "x").items[0]?.isBreaking).toBe(true);
  });
});
