import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { shorten } from "./limits.ts";

const LINK = "https://github.com/o/r/blob/main/CHANGELOG.md";
const entries = (count: number): string => Array.from({ length: count }, (_, index) => `- entry ${String(index + 1)} 🚀 with some words\n`).join("");

describe("shortening a body", () => {
  test("leaves alone what fits", () => {
    expect(shorten("- a\n", 4, LINK)).toBe("- a\n");
  });

  test("cuts at a whole entry and says how many are missing and where", () => {
    expect(shorten(`### Added\n\n${entries(10)}`, 230, LINK)).toBe(
      `### Added\n\n- entry 1 🚀 with some words\n- entry 2 🚀 with some words\n\n_8 more entries are left out here for GitHub's limit on length: [read the whole text](${LINK})._\n`,
    );
  });

  test("counts one entry as one and works without a link", () => {
    expect(shorten(`- a\n- ${"b".repeat(300)}\n`, 100, null)).toBe("- a\n\n_1 more entry is left out here for GitHub's limit on length._\n");
  });

  test("leaves no heading without its entries", () => {
    expect(shorten(`- a\n\n### Fixed\n\n- ${"b".repeat(300)}\n`, 120, null)).not.toContain("Fixed");
  });

  test("closes the details it cuts in", () => {
    const shortened = shorten(`<details><summary>All</summary>\n\n${entries(50)}\n</details>\n\nend\n`, 400, LINK);
    expect(shortened).toMatch(/entry \d+ 🚀 with some words\n\n<\/details>\n\n_\d+ more entries are left out/);
  });

  test.each([
    ["code", `- a\n- b\n\n  \`\`\`\n${"  - x\n".repeat(100)}  \`\`\`\n- c\n`],
    ["a table", `- a\n- b\n\n| h |\n|---|\n${"| x |\n".repeat(100)}\n- c\n`],
    ["a nested list", `- a\n- b\n- c\n${"  - x\n".repeat(100)}`],
  ])("does not cut inside %s", (_, text) => {
    const shortened = shorten(text, 300, null);
    expect(shortened).toMatch(/^- a/);
    expect(shortened).not.toMatch(/x/);
  });

  test("says at least that everything is left out", () => {
    expect(shorten("a".repeat(500), 80, LINK)).toBe("_The rest is left out here for GitHub's limit on length._");
  });

  test("never exceeds the limit, never splits a character", () => {
    const piece = fc.constantFrom(
      "- item 🚀\n",
      "### Title\n",
      "\n",
      "```\n",
      "<details>\n",
      "</details>\n",
      "| a |\n",
      "words ",
      "🚀",
      "  nested\n",
      "<!--\n",
      "-->\n",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 120 }), fc.nat({ max: 600 }), fc.constantFrom(null, LINK), (pieces, limit, link) => {
        const text = pieces.join("");
        const shortened = shorten(text, limit, link);
        expect(shortened.length).toBeLessThanOrEqual(limit);
        expect(shortened.isWellFormed()).toBe(true);
        expect(shortened === text).toBe(text.length <= limit);
      }),
      { numRuns: 1000 },
    );
  });
});
