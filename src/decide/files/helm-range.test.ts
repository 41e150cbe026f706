import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { satisfiesHelm } from "./helm-range.ts";

describe("a requirement as Helm reads it", () => {
  test.each([
    ["1.0.0", "1.0.0", true],
    ["1.0.1", "1.0.0", false],
    ["1.0.1", "=1.0.1", true],
    ["1.0.1", "v1.0.1", true],
    ["1.0.9", "~1.0.0", true],
    ["1.1.0", "~1.0.0", false],
    ["1.9.0", "^1", true],
    ["2.0.0", "^1", false],
    ["0.2.0", "^0.1.0", false],
    ["1.7.3", "1.x", true],
    ["2.0.0", "1.x.x", false],
    ["1.2.9", "1.2", true],
    ["3.0.0", "*", true],
    ["1.5.0", ">=1.0.0, <2.0.0", true],
    ["2.0.0", ">=1.0.0, <2.0.0", false],
    ["1.5.0", ">= 1.0.0 < 2.0.0", true],
    ["1.5.0", "=> 1.0.0,=<2.0.0", true],
    ["1.5.0", "1.2 - 1.5", true],
    ["3.1.0", "^1 || ^3", true],
    ["2.1.0", "^1 || ^3", false],
    ["1.5.0", "!=1.5.0", false],
    ["1.5.1", ">=1, != 1.5.0", true],
    ["1.0.0-rc.1", ">=0.1.0", false],
    ["1.0.0-rc.1", ">=0.1.0-0", true],
    ["1.2.0-rc.1", "^1.0.0-0", true],
    ["1.2.0-rc.1", "1.0.0 - 2.0.0", false],
    ["1.0.0", "", null],
    ["1.0.0", "latest", null],
    ["1.0.0", "^1 ||", null],
    ["1.0.0", "^1 || x.y", null],
    ["1.0.0", "!=", null],
    ["1.0.0", " ".repeat(257), null],
  ])("%s satisfies %j: %j", (version, range, expected) => {
    expect(satisfiesHelm(version, range)).toBe(expected);
  });

  test("is read or not, whatever it says", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(..."0123.x*^~<>=!|,- rcv".split("")) })), (range) => {
        expect([true, false, null]).toContain(satisfiesHelm("1.0.0", range));
      }),
    );
  });
});
