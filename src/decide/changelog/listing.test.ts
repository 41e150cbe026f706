import { describe, expect, test } from "@jest/globals";
import type { Reason } from "../../model/plan.ts";
import { listedPullRequests } from "./listing.ts";

const aReason = (pullRequest: number | null, because = "new feature", sha = "a".repeat(40)): Reason => ({
  sha,
  subject: "text",
  effect: "minor",
  because,
  pullRequest,
});

describe("listing pull requests", () => {
  test("names each that the section leaves out, with its reason", () => {
    const reasons = [
      aReason(12),
      aReason(12),
      aReason(13, "documentation"),
      aReason(123),
      aReason(null, "no type", "bbbbbbb1".padEnd(40, "0")),
      aReason(null, "chore", "c".repeat(40)),
    ];
    const listing = listedPullRequests(reasons, "- a ([#12](https://x/pull/12))\n- b (#123) (bbbbbbb1)\n");
    expect(listing.summary).toBe("2 of 3 pull requests listed");
    expect(listing.omitted).toEqual([13]);
    expect(listing.omissions.map(({ pullRequest, because }) => [pullRequest, because])).toEqual([
      [13, "documentation"],
      [null, "chore"],
    ]);
  });

  test.each([
    ["#1", true],
    ["(#1)", true],
    ["[#1](x)", true],
    ["https://github.com/o/r/pull/1", true],
    ["https://github.com/O/R/issues/1", true],
    ["#12", false],
    ["other/name#1", false],
    ["&#1;", false],
    ["https://github.com/o/other/pull/1", false],
    ["https://github.com/o/r/pull/12", false],
  ])("%j names pull request 1: %s", (text, isListed) => {
    expect(listedPullRequests([aReason(1)], text, "https://github.com/o/r").listed).toBe(isListed ? 1 : 0);
  });

  test("says so when all are there", () => {
    expect(listedPullRequests([aReason(1)], "#1").summary).toBe("1 of 1 pull request listed");
  });
});
