import { describe, expect, test } from "@jest/globals";
import { hasAmbiguousNeighbours, isCalVer, isPath, isRefName } from "./templates.ts";

describe("what git takes for a branch or tag", () => {
  test.each(["v1.2.3", "api-1.2.3", "release/api-1.2.3", "v1.2.3-rc.1", "a@b", "ü", "x".repeat(200)])("%s is one", (name) => {
    expect(isRefName(name)).toBe(true);
  });

  test.each([
    "",
    "a b",
    "a..b",
    "a~1",
    "a^",
    "a:b",
    "a?",
    "a*",
    "a[b",
    "a\\b",
    "a@{b",
    "@",
    "-a",
    ".a",
    "/a",
    "a/",
    "a.",
    "a//b",
    "a/.b",
    "a./b",
    "a.lock",
    "a.lock/b",
    "a\tb",
    "x".repeat(201),
  ])("%j is none", (name) => {
    expect(isRefName(name)).toBe(false);
  });
});

describe("paths", () => {
  test.each(["a", "a/b.md", ".github/a.yml", "a b", "...", "ü/ä"])("%s is one", (path) => {
    expect(isPath(path)).toBe(true);
  });

  test.each(["", ".", "..", "/a", "a/", "a//b", "./a", "a/../b", "a\\b", "a\nb"])("%j is none", (path) => {
    expect(isPath(path)).toBe(false);
  });
});

describe("calendar versions", () => {
  test.each([
    ["2026.2", "{yyyy}.{n}", true],
    ["2026.0", "{yyyy}.{n}", true],
    ["2026.02", "{yyyy}.{n}", false],
    ["26.07.3", "{yy}.{0m}.{n}", true],
    ["26.7.3", "{yy}.{0m}.{n}", false],
    ["26.7.31", "{yy}.{mm}.{dd}", true],
    ["train-2026+1", "train-{yyyy}+{n}", true],
    ["train-2026-1", "train-{yyyy}+{n}", false],
    ["2026.2.1", "{yyyy}.{n}", false],
  ])("%s in the format %s: %s", (version, format, isOne) => {
    expect(isCalVer(version, format)).toBe(isOne);
  });

  test.each([
    ["{yyyy}{0m}{0d}", false],
    ["{yyyy}{0m}.{n}", false],
    ["{yyyy}{0m}{n}", false],
    ["{mm}{dd}", true],
    ["{yyyy}.{n}{0d}", true],
  ])("%s can be read in several ways: %s", (format, isAmbiguous) => {
    expect(hasAmbiguousNeighbours(format)).toBe(isAmbiguous);
  });
});
