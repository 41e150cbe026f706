import { describe, expect, test } from "@jest/globals";
import { filterPattern, isTaken } from "./filter-pattern.ts";

function taken(patterns: readonly string[], name: string): boolean {
  return isTaken(
    name,
    patterns.map((text) => {
      const pattern = filterPattern(text);
      if (pattern === null) throw new Error(`no pattern: ${text}`);
      return pattern;
    }),
  );
}

describe("GitHub's own examples", () => {
  test.each([
    ["feature/*", ["feature/my-branch", "feature/your-branch"], ["feature/a/b", "feature"]],
    ["feature/**", ["feature/beta-a/my-branch", "feature/your-branch", "feature/mona/the/octocat"], ["features/a"]],
    ["releases/mona-the-octocat", ["releases/mona-the-octocat"], ["releases/mona"]],
    ["*", ["main", "releases"], ["all/the/branches"]],
    ["**", ["all/the/branches", "every/tag", "v1"], []],
    ["*feature", ["mona-feature", "feature", "ver-10-feature"], ["a/feature"]],
    ["v2*", ["v2", "v2.0", "v2.9"], ["v1.2", "av2"]],
    ["v[12].[0-9]+.[0-9]+", ["v1.10.1", "v2.0.0"], ["v3.0.0", "v1.10.1-rc1", "v1x10x1"]],
    ["*.jsx?", ["page.js", "page.jsx"], ["page.jsxx"]],
    ["**.js", ["index.js", "js/index.js", "src/js/app.js"], ["index.jsx"]],
    ["docs/**/*.md", ["docs/README.md", "docs/mona/hello-world.md", "docs/a/markdown/file.md"], ["docs.md"]],
    ["**/docs/**", ["docs/hello.md", "dir/docs/my-file.txt", "space/docs/plan/space.doc"], ["mydocs/a"]],
    ["**/README.md", ["README.md", "js/README.md"], ["MYREADME.md"]],
    ["**/*src/**", ["a/src/app.js", "my-src/code/js/app.js"], ["src.js"]],
    ["[CB]at", ["Cat", "Bat"], ["cat", "Rat"]],
    ["[1-2]00", ["100", "200"], ["300"]],
  ])("%s", (pattern, some, others) => {
    expect(some.filter((name) => !taken([pattern], name))).toEqual([]);
    expect(others.filter((name) => taken([pattern], name))).toEqual([]);
  });
});

test.each([
  ["what comes later decides", ["releases/**", "!releases/**-alpha"], "releases/10-alpha", false],
  ["and may take it back", ["releases/**", "!releases/**-alpha", "releases/10-alpha"], "releases/10-alpha", true],
  ["what a negative one does not match stays", ["releases/**", "!releases/**-alpha"], "releases/10", true],
  ["a negative one alone takes nothing", ["!v*-rc*"], "v1.0.0", false],
  ["a dot is a dot", ["v1.0"], "v1x0", false],
  ["an escaped star is a star", [String.raw`v\*`], "v1", false],
  ["a name is matched as it is written", ["V*"], "v1", false],
  ["two signs in a row are no other sign", ["v*?1"], "v2.1", true],
  ["a plus behind a star", ["v*+"], "v2.1", true],
  ["signs of other languages are letters", ["v(1|2)"], "v1", false],
  ["a rocket is one character", ["🚀+1"], "🚀🚀1", true],
])("%s", (_, patterns, name, is) => {
  expect(taken(patterns, name)).toBe(is);
});

test.each(["", "!", "?", "+a", "v[", "v[]", "v[^1]", "[z-a]", "v\\", "v".repeat(301)])("nobody can tell what %j matches", (text) => {
  expect(filterPattern(text)).toBeNull();
});

test("a pattern made to be slow is matched at once", () => {
  expect(taken(["*a".repeat(100)], "a".repeat(5000) + "b")).toBe(false);
  expect(taken(["a?".repeat(100) + "a+".repeat(50)], "a".repeat(120))).toBe(true);
});
