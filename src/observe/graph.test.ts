import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Commit } from "../model/snapshot.ts";
import { commitsBetween, graphOf, reachOf } from "./graph.ts";

function commit(sha: string, parents: readonly string[]): Commit {
  return { sha, parents, committedAt: 0, authorName: "", authorLogin: null, message: sha, paths: [], pullRequest: null };
}

/** Any graph: each commit names some later ones of the list as its parents. */
const graphs = fc.array(fc.array(fc.nat(5), { maxLength: 3 }), { minLength: 1, maxLength: 25 }).map((steps) =>
  steps.map((ahead, index) => {
    const parents = new Set(ahead.map((step) => index + 1 + step).filter((parent) => parent < steps.length));
    return commit(String(index), [...parents].map(String));
  }),
);

function historyOf(commits: readonly Commit[], sha: string): Set<string> {
  const found = new Set<string>();
  const open = [sha];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...(commits[Number(next)]?.parents ?? []));
  }
  return found;
}

describe("the graph of commits", () => {
  test("commits between two are those of the one's history that the other's lacks, children first", () => {
    fc.assert(
      fc.property(graphs, fc.nat(), fc.nat(), (commits, one, other) => {
        const [head, since] = [String(one % commits.length), String(other % commits.length)];
        const lacking = historyOf(commits, since);
        const expected = [...historyOf(commits, head)].filter((sha) => !lacking.has(sha));
        const found = commitsBetween(graphOf(commits), head, since);
        expect(found.map(({ sha }) => sha).toSorted()).toEqual(expected.toSorted());
        const place = new Map(found.map(({ sha }, index) => [sha, index]));
        for (const [index, { parents }] of found.entries()) for (const parent of parents) expect(place.get(parent) ?? Infinity).toBeGreaterThan(index);
      }),
    );
  });

  test("reach answers in any order of questions, and again", () => {
    fc.assert(
      fc.property(graphs, fc.nat(), fc.array(fc.nat()), (commits, one, questions) => {
        const head = String(one % commits.length);
        const history = historyOf(commits, head);
        const reach = reachOf(graphOf(commits), head);
        for (const question of [...questions, ...questions]) {
          const sha = String(question % commits.length);
          expect(reach(sha)).toBe(history.has(sha));
        }
      }),
    );
  });

  test("a tag outside the graph takes nothing away", () => {
    const commits = [commit("b", ["a"]), commit("a", ["elsewhere"])];
    expect(commitsBetween(graphOf(commits), "b", "elsewhere").map(({ sha }) => sha)).toEqual(["b", "a"]);
  });
});
