import { describe, expect, it } from "@jest/globals";
import type { Commit } from "../../model/snapshot.ts";
import { inTopologicalOrder } from "./topological.ts";

function commit(sha: string, ...parents: string[]): Commit {
  return { sha, parents, committedAt: 0, authorName: "", authorLogin: null, message: "", paths: [], pullRequest: null };
}

describe("topological order", () => {
  it.each([
    ["a line, whatever the order it came in", [commit("c", "b"), commit("a"), commit("b", "a")], "c b a"],
    [
      "a merge, then what it brought, then what was there",
      [commit("a"), commit("b", "a"), commit("x", "a"), commit("y", "x"), commit("m", "b", "y")],
      "m y x b a",
    ],
    ["no parent before all of its children", [commit("a"), commit("x", "a"), commit("b", "a"), commit("m", "b", "x"), commit("n", "m", "b")], "n m x b a"],
  ])("lists %s", (_, commits, expected) => {
    const head = expected.split(" ")[0]!;
    expect(
      inTopologicalOrder(head, commits)
        .map(({ sha }) => sha)
        .join(" "),
    ).toBe(expected);
  });
});
