import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import semver from "semver";
import { comparePrecedence, compareVersions, newestFirst, newestOf } from "./order.ts";

const word = fc.constantFrom("0", "1", "01", "9", "10", "99999999999999999999", ".", "-", "+", "_", "rc", "RC", "beta", "v", "x", "", "é", "\n");
const anyText = fc.oneof(
  fc.string(),
  fc.array(word, { maxLength: 9 }).map((words) => words.join("")),
);
const number = fc.nat({ max: 30 });
const final = fc.tuple(number, number, number).map((numbers) => numbers.join("."));

describe("the order of versions", () => {
  test.each([
    ["SemVer finals", ["2.0.0", "1.10.0", "1.9.10", "1.9.9", "1.9.0", "0.10.0", "0.9.9", "0.0.1", "0.0.0"]],
    ["candidates below their final, by number", ["1.2.0", "1.2.0-rc10", "1.2.0-rc9", "1.2.0-rc1", "1.1.9"]],
    ["candidates in any spelling", ["1.2.0-RC4", "1.2.0-rc-3", "1.2.0-rc.2", "1.2.0-rc1"]],
    ["prereleases as in SemVer", ["1.0.0", "1.0.0-rc.1", "1.0.0-beta.11", "1.0.0-beta.2", "1.0.0-beta", "1.0.0-alpha.beta", "1.0.0-alpha.1", "1.0.0-alpha"]],
    ["CalVer by component", ["2026.10", "2026.9", "2026.1", "2025.12"]],
    ["CalVer with padding", ["2026.02.01", "2026.01.31", "2025.12.31"]],
    ["numbers beyond the safe integers", ["1.0.99999999999999999999", "1.0.99999999999999999998", "1.0.9007199254740993", "1.0.9007199254740992"]],
    ["texts without a number below all versions", ["0.0.0", "nightly", "latest"]],
  ])("%s", (_, expected) => {
    expect(newestFirst(expected.toReversed(), (text) => text)).toEqual(expected);
    expect(newestFirst(expected.toSorted(), (text) => text)).toEqual(expected);
  });

  test.each([
    ["1.0.0-rc1", "1.0.0-rc.1"],
    ["1.0.0-rc1", "1.0.0-rc-1"],
    ["1.0.0-rc1", "1.0.0-RC1"],
    ["2026.01", "2026.1"],
    ["1.0.0", "1.0.0+build.5"],
  ])("%s and %s have the same place, and still a fixed order", (left, right) => {
    expect(comparePrecedence(left, right)).toBe(0);
    expect(compareVersions(left, right)).not.toBe(0);
    expect(Math.sign(compareVersions(left, right))).toBe(-Math.sign(compareVersions(right, left)));
  });

  test("agrees with SemVer on all final versions", () => {
    fc.assert(
      fc.property(final, final, (left, right) => {
        expect(Math.sign(compareVersions(left, right))).toBe(semver.compare(left, right));
      }),
    );
  });

  test("agrees with SemVer on numbered prereleases", () => {
    const prerelease = fc.tuple(final, fc.constantFrom("alpha", "beta", "rc"), number).map(([base, name, n]) => `${base}-${name}.${n}`);
    fc.assert(
      fc.property(fc.oneof(final, prerelease), fc.oneof(final, prerelease), (left, right) => {
        expect(Math.sign(compareVersions(left, right))).toBe(semver.compare(left, right));
      }),
    );
  });

  test("is total: equal only to itself, antisymmetric and transitive for any text", () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (a, b, c) => {
        expect(compareVersions(a, a)).toBe(0);
        expect(compareVersions(a, b) === 0).toBe(a === b);
        expect(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a))).toBe(0);
        expect(compareVersions(a, b) < 0 && compareVersions(b, c) < 0 && compareVersions(a, c) >= 0).toBe(false);
        expect(comparePrecedence(a, b) === 0 && comparePrecedence(b, c) === 0 && comparePrecedence(a, c) !== 0).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  test("does not depend on the order of its input", () => {
    fc.assert(
      fc.property(fc.array(anyText), (texts) => {
        const sorted = newestFirst(texts, (text) => text);
        expect(newestFirst(texts.toReversed(), (text) => text)).toEqual(sorted);
        expect(newestOf(texts, (text) => text)).toBe(sorted[0]);
      }),
    );
  });
});
