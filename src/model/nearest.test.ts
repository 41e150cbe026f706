import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { editDistance, nearest } from "./nearest.ts";

test.each([
  ["componets", ["schema", "components", "versioning"], "components"],
  ["verison", ["component", "version"], "version"],
  ["Gates", ["gates", "policies"], "gates"],
  ["smok", ["smoke", "spoke"], "smoke"],
  ["z", ["a", "b"], null],
  ["quickly", ["branch", "tag"], null],
  ["anything", [], null],
  ["", ["a"], null],
])("%j of %j means %j", (word, candidates, meant) => {
  expect(nearest(word, candidates)).toBe(meant);
});

test.each([
  ["kitten", "sitting", 3],
  ["ab", "ba", 1],
  ["", "abc", 3],
  ["flaw", "lawn", 2],
])("from %j to %j it takes %d", (from, to, distance) => {
  expect(editDistance(from, to)).toBe(distance);
  expect(editDistance(to, from)).toBe(distance);
});

test("a distance is nought for the same word, and never more than the longer word", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), (from, to) => {
      const distance = editDistance(from, to);
      expect(distance === 0).toBe(from === to);
      expect(distance).toBeLessThanOrEqual(Math.max(from.length, to.length));
    }),
  );
});
