import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { finalVersion, readVersion } from "./version-text.ts";

const SEMVER = { scheme: "semver", calver: "{yyyy}.{n}" } as const;
const CALVER = { scheme: "calver", calver: "{yyyy}.{n}" } as const;

describe("a text where a SemVer version belongs", () => {
  test.each(["0.0.0", "1.2.3", "10.20.30", "2024.1.1", "1.2.9007199254740991"])("%s is final", (text) => {
    expect(readVersion(text, SEMVER)).toEqual({ is: "final", version: text });
    expect(finalVersion(text, SEMVER)).toBe(text);
  });

  test.each([
    ["1.2.3-rc1", 1],
    ["1.2.3-rc.1", 1],
    ["1.2.3-rc-1", 1],
    ["1.2.3-RC1", 1],
    ["1.2.3-Rc.12", 12],
    ["1.2.3-rc01", 1],
    ["1.2.3-rc.01", 1],
    ["1.2.3-rc0", 0],
    ["1.2.3-rc", 0],
    ["1.2.3-rc20240131", 20_240_131],
  ])("%s is candidate %d of 1.2.3", (text, number) => {
    expect(readVersion(text, SEMVER)).toEqual({ is: "candidate", version: "1.2.3", number });
    expect(finalVersion(text, SEMVER)).toBeNull();
  });

  test.each([
    ["1.2.3-alpha.1", "alpha.1"],
    ["1.2.3-beta", "beta"],
    ["1.2.3-next.5", "next.5"],
    ["1.2.3-dev", "dev"],
    ["1.2.3-20240101-nightly", "20240101-nightly"],
    ["1.2.3-cafe123-nightly", "cafe123-nightly"],
    ["1.2.3-newquery-rc3", "newquery-rc3"],
    ["1.2.3-rc1-fix", "rc1-fix"],
    ["1.2.3-rc.1.2", "rc.1.2"],
    ["1.2.3-mlg1", "mlg1"],
    ["1.2.3-4", "4"],
    ["1.2.3-rc1+5", "rc1+5"],
    ["1.2.3+build.5", "+build.5"],
    [`1.2.3-rc${"9".repeat(16)}`, `rc${"9".repeat(16)}`],
  ])("%s is neither final nor a candidate", (text, suffix) => {
    expect(readVersion(text, SEMVER)).toEqual({ is: "prerelease", version: "1.2.3", suffix });
  });

  test.each([
    "",
    " ",
    "1",
    "1.2",
    "1.2.3.4",
    "v1.2.3",
    "=1.2.3",
    " 1.2.3",
    "1.2.3 ",
    "1.2.3\n",
    "01.2.3",
    "1.02.3",
    "1.2.03",
    "1.2.3-",
    "1.2.3+",
    "1.2.3-01",
    "1.2.3-rc..1",
    "1.2.3-ü",
    "1.2.3rc1",
    "1.2.3.rc1",
    "1.2.9007199254740992",
    "1.2.x",
    "latest",
    `1.2.3-${"a".repeat(300)}`,
  ])("%j is no version", (text) => {
    expect(readVersion(text, SEMVER)).toBeNull();
  });

  test("another word can mark candidates", () => {
    expect(readVersion("1.2.3-beta.4", SEMVER, ["rc", "beta"])).toEqual({ is: "candidate", version: "1.2.3", number: 4 });
  });
});

describe("a text where a calendar version belongs", () => {
  test.each([
    ["2026.1", { is: "final", version: "2026.1" }],
    ["2026.1-rc.2", { is: "candidate", version: "2026.1", number: 2 }],
    ["2026.1-dev", { is: "prerelease", version: "2026.1", suffix: "dev" }],
    ["2026.01", null],
    ["2026.1.1", null],
    ["1.2.3", null],
  ])("%s", (text, expected) => {
    expect(readVersion(text, CALVER)).toEqual(expected);
  });
});

test("what is read is what the text starts with, for any text", () => {
  const near = fc.array(fc.constantFrom("1", "0", ".", "-", "+", "rc", "2026", "v", "é", " "), { maxLength: 12 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(fc.oneof(fc.string(), near), fc.constantFrom(SEMVER, CALVER), (text, numbering) => {
      expect(text.startsWith(readVersion(text, numbering)?.version ?? "")).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
