import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { fits } from "./name-pattern.ts";

test.each([
  ["test", "test", true],
  ["test", "tests", false],
  ["test", "Test", false],
  ["test (*)", "test (1.25)", true],
  ["test (*)", "test ()", true],
  ["test (*)", "test (1.25) again", false],
  ["*", "", true],
  ["a*a", "a", false],
  ["a*b*c", "a-b-c", true],
  ["a*b*c", "a-c-b", false],
  ["a*bc*c", "abc", false],
  ["*.*", "1.2", true],
  ["**x", "yx", true],
  ["", "", true],
  ["", "a", false],
  ["test (.*)", "test (1)", false],
])("%j and %j: %s", (pattern, name, expected) => {
  expect(fits(pattern, name)).toBe(expected);
});

test("it means what a regular expression with `.*` would mean", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 8 });
  const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 5 });
  fc.assert(
    fc.property(pattern, text, (some, name) => expect(fits(some, name)).toBe(new RegExp(`^${some.replaceAll("*", ".*")}$`).test(name))),
    { numRuns: 2000 },
  );
});
