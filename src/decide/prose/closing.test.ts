import { expect, test } from "@jest/globals";
import { breakClosing } from "./closing.ts";

test.each([
  ["closes #1", "closes <!-- -->#1"],
  ["Fixed: #12, resolves o/r#3", "Fixed: <!-- -->#12, resolves <!-- -->o/r#3"],
  ["fix GH-4 and close https://github.com/o/r/issues/5", "fix <!-- -->GH-4 and close <!-- -->https://github.com/o/r/issues/5"],
  ["* the disk, closes [#7](https://github.com/o/r/issues/7)", "* the disk, closes <!-- -->[#7](https://github.com/o/r/issues/7)"],
  ["`fix: a, closes #1` #402", "`fix: a, closes #1` #402"],
  ["a prefix #1, fixing #2, the fix (#3)", "a prefix #1, fixing #2, the fix (#3)"],
])("%j becomes %j", (text, expected) => {
  expect(breakClosing(text)).toBe(expected);
});

test("a long hostile text takes no longer than it is long", () => {
  for (const piece of ["fix ", "close a/", "fix: \t", "`"]) expect(breakClosing(piece.repeat(200_000)).length).toBeGreaterThanOrEqual(piece.length * 200_000);
});
