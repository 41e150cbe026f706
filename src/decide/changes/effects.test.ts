import { describe, expect, test } from "@jest/globals";
import { effectOf } from "./effects.ts";

const sections = { config: "Infrastructure Changes", docs: "Documentation", remove: "Removed" };
const types = { infra: "patch", style: "minor", perf: "nothing" } as const;
const effect = (type: string | null, isBreaking = false) => {
  const { effect: level, because } = effectOf({ type, isBreaking }, { sections, types });
  return `${level}: ${because}`;
};

describe("what a type does to the version", () => {
  test.each([
    ["feat", "minor: new feature"],
    ["feature", "minor: new feature"],
    ["deprecate", "minor: deprecation"],
    ["fix", "patch: bug fix"],
    ["bugfix", "patch: bug fix"],
    ["hotfix", "patch: bug fix"],
    ["performance", "patch: performance"],
    ["perf", "none: type perf, as `versioning.types` says"],
    ["infra", "patch: type infra, as `versioning.types` says"],
    ["revert", "patch: takes back an earlier change"],
    ["deps", "patch: dependency update"],
    ["security", "patch: security fix"],
    ["config", "patch: type config has a section of its own"],
    ["docs", "none: documentation"],
    ["doc", "none: documentation"],
    ["chore", "none: housekeeping"],
    ["style", "minor: type style, as `versioning.types` says"],
    ["refactor", "none: restructuring"],
    ["test", "none: tests"],
    ["tests", "none: tests"],
    ["build", "none: build"],
    ["ci", "none: continuous integration"],
    ["remove", "unknown: removes something and does not say whether that breaks"],
    ["wip", 'unknown: unknown type "wip"'],
    ["constructor", 'unknown: unknown type "constructor"'],
    [null, "unknown: no readable type"],
  ])("%p is %s", (type, expected) => {
    expect(effect(type)).toBe(expected);
  });

  test.each([["feat"], ["chore"], ["wip"], ["remove"], [null]])("a breaking %p is major", (type) => {
    expect(effect(type, true)).toBe("major: breaking change");
  });
});
