// Whatever stands in CODEOWNERS, it is read: everybody whom it names is a handle, and each line that is left out is told.
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { readCodeOwners } from "../../src/decide/people/codeowners.ts";
import { slowestOf } from "../fixtures/slowest.ts";

const time = slowestOf("CODEOWNERS files");

const piece = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      "*",
      "**",
      "/",
      "**/",
      "a",
      "docs",
      "?",
      "[",
      "]",
      "!",
      "\\",
      "\\ ",
      "#",
      " ",
      "\t",
      "\n",
      "\r\n",
      "@kim",
      "@acme/sre",
      "kim@e.example",
      "@",
      "(a+)+$",
      ".",
      "..",
      "\u0000",
      "𝕏",
      "\uFEFF",
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 8 }) },
);
const file = fc.tuple(fc.array(piece, { maxLength: 60 }), fc.constantFrom(1, 1, 1, 1, 200)).map(([parts, times]) => `${parts.join("")}\n`.repeat(times));
const path = fc.oneof(
  fc.constantFrom("a", "docs/a.md", "a/b/c/d/e", "docs/", ".github/CODEOWNERS", `${"a/".repeat(200)}a`, "a".repeat(1000)),
  fc.string({ unit: "binary", minLength: 1, maxLength: 40 }),
);

test("any text, any path", () => {
  fc.assert(
    fc.property(file, path, (text, touched) => {
      const read = time(() => {
        const owners = readCodeOwners(text);
        return { found: owners.ownersOf(touched), owners };
      });
      const lines = text.split("\n").length;
      for (const handle of read.found?.handles ?? []) expect(handle).toMatch(/^@[\w-]+(?:\/[\w.-]+)?$/);
      for (const { line, because } of read.owners.mistakes) {
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(lines);
        expect(because).not.toBe("");
      }
    }),
  );
});
