import { describe, expect, test } from "@jest/globals";
import { type Claim, fileName, readClaim, spellClaim } from "./claim.ts";

const SEMVER = { scheme: "semver", calver: "{yyyy}.{n}" } as const;

function claim(value: string, template: string): Claim {
  return { by: "version-file", path: "charts/api/Chart.yaml", line: 3, column: 10, value, template };
}

describe("what a file says", () => {
  test.each([
    ["1.2.0", "{version}", "1.2.0", true, true],
    ["v0.5.0", "v{version}", "0.5.0", true, true],
    ["1.6.0-rc.5", "{version}", "1.6.0-rc.5", false, true],
    ["1.2.0-SNAPSHOT", "{version}", "1.2.0-SNAPSHOT", false, true],
    ["v1.2.0", "{version}", "1.2.0", true, false],
    ["1.2.0", "v{version}", "1.2.0", true, false],
    [" 1.2.0", "{version}", "1.2.0", true, false],
    ["api-1.2.0", "{component}-{version}", "1.2.0", true, true],
  ])("%j in the form %s is %s", (value, template, version, isFinal, isSpeltRight) => {
    expect(readClaim(claim(value, template), "api", SEMVER)).toEqual({ version, isFinal, isSpeltRight });
  });

  test.each([
    ["latest", "{version}"],
    ["", "{version}"],
    ["1.2", "{version}"],
    ["web-1.2.0", "{component}-{version}"],
  ])("%j in the form %s is no version", (value, template) => {
    expect(readClaim(claim(value, template), "api", SEMVER)).toBeNull();
  });
});

test.each([
  ["v{version}", "v2.0.0"],
  ["{component}:{version}", "api:2.0.0"],
  ["{version} ({date})", null],
  ["{tag}", null],
])("the form %s spells 2.0.0 %s", (template, expected) => {
  expect(spellClaim(claim("1.0.0", template), "api", "2.0.0")).toBe(expected);
});

test("a file is named without its folder", () => {
  expect([fileName("charts/api/Chart.yaml"), fileName("Makefile")]).toEqual(["Chart.yaml", "Makefile"]);
});
