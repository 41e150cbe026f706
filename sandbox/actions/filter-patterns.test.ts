import { expect, it } from "@jest/globals";
import { fitsAny, passes } from "./filter-patterns.ts";

// The examples of GitHub's cheat sheet, and where they end.
it.each([
  ["feature/*", ["feature/my-branch"], ["feature/beta/a", "features/a"]],
  ["feature/**", ["feature/beta-a/my-branch", "feature/x"], ["features/a"]],
  ["**", ["main", "all/the/branches"], []],
  ["*feature", ["mona-feature", "feature"], ["mona/feature"]],
  ["v2*", ["v2", "v2.0", "v2.9"], ["v12"]],
  ["v[12].[0-9]+.[0-9]+", ["v1.10.1", "v2.0.0"], ["v3.0.0", "v1.0.0-rc.1", "v1x0x0"]],
  ["*.jsx?", ["page.js", "page.jsx"], ["page.jsxx", "lib/page.js"]],
  ["**/README.md", ["README.md", "js/README.md"], ["READMEXmd"]],
  ["docs/**/*.md", ["docs/README.md", "docs/mona/hello-world.md"], ["docs/a.txt"]],
  ["v\\*", ["v*"], ["v1"]],
  ["v[1", [], ["v1"]],
])("%s", (pattern, fitting, others) => {
  expect(fitting.filter((text) => !fitsAny([pattern], text))).toEqual([]);
  expect(others.filter((text) => fitsAny([pattern], text))).toEqual([]);
});

it("lets the last pattern that fits decide", () => {
  const patterns = ["releases/**", "!releases/**-alpha", "releases/9-alpha"];
  expect(["releases/10", "releases/beta/mona", "releases/10-alpha", "releases/9-alpha"].map((name) => fitsAny(patterns, name))).toEqual([
    true,
    true,
    false,
    true,
  ]);
});

it("keeps out what is ignored", () => {
  const filter = { only: null, except: ["mona/*", "*-alpha"] };
  expect(["main", "mona/octocat", "beta/3-alpha", "3-alpha"].map((name) => passes(filter, name))).toEqual([true, false, true, false]);
});
