import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readCodeOwners } from "./codeowners.ts";

const isMatched = (pattern: string, path: string): boolean => readCodeOwners(`${pattern} @kim`).ownersOf(path)?.handles[0] === "@kim";

describe("what a pattern matches", () => {
  test.each<[string, string[], string[]]>([
    ["*", ["a", "a/b", "a/b/c", ".github/x"], []],
    ["**", ["a", "a/b"], []],
    ["/**", ["a", "a/b"], []],
    ["*.js", ["a.js", "a/b.js", "a/b.js/c"], ["a.jsx", "js", "ajs"]],
    ["/*.js", ["a.js"], ["a/b.js"]],
    ["docs", ["docs", "docs/a", "a/docs", "a/docs/b"], ["docs.md", "mydocs", "a/docs.md"]],
    ["/docs", ["docs", "docs/a", "docs/a/b"], ["a/docs", "docsy"]],
    ["docs/", ["docs/a", "docs/a/b", "a/docs/b"], ["docs", "a/docs"]],
    ["/docs/", ["docs/a", "docs/a/b"], ["docs", "a/docs/b"]],
    ["docs/api", ["docs/api", "docs/api/a"], ["a/docs/api", "docs/apis"]],
    ["/docs/api", ["docs/api", "docs/api/a"], ["a/docs/api"]],
    ["docs/api/", ["docs/api/a", "docs/api/a/b"], ["docs/api", "a/docs/api/b"]],
    ["docs/*", ["docs/a", "docs/a.md"], ["docs/a/b", "docs", "a/docs/b"]],
    ["docs/**", ["docs/a", "docs/a/b"], ["docs", "a/docs/b"]],
    ["docs/*.md", ["docs/a.md"], ["docs/a/b.md", "docs/a.txt"]],
    ["docs/*/api", ["docs/a/api", "docs/a/api/b"], ["docs/api", "docs/a/b/api"]],
    ["**/logs", ["logs", "logs/a", "a/logs", "a/b/logs/c"], ["a/mylogs"]],
    ["**/logs/", ["logs/a", "a/b/logs/c"], ["logs", "a/logs"]],
    ["docs/**/api", ["docs/api", "docs/a/api", "docs/a/b/api/c"], ["docs", "a/docs/api"]],
    ["docs/**/", ["docs/a", "docs/a/b"], ["docs"]],
    ["docs/**/api/a*", ["docs/api/ab", "docs/x/api/a"], ["docs/api/b", "docs/x/api"]],
    ["**/docs/**/a.md", ["docs/a.md", "x/docs/y/z/a.md"], ["docs", "a.md"]],
    ["/*", ["a"], ["a/b"]],
    ["/*/", ["a/b", "a/b/c"], ["a"]],
    ["a*", ["a", "abc", "x/ab/c"], ["ba"]],
    ["a*/", ["ab/c", "x/a/b"], ["ab", "x/ab"]],
    ["a?c", ["abc", "x/a\u{1F600}c"], ["ac", "abbc", "a/c"]],
    ["a**c", ["ac", "abbc"], ["ab/bc"]],
    ["*a*b*", ["ab", "xaxbx", "x/aabb"], ["ba", "a/b.a"]],
    ["a\\ b/c", ["a b/c"], ["a/c", "b/c"]],
    ["a\\*c", ["a*c"], ["abc"]],
    ["a\\?c", ["a?c"], ["abc"]],
    ["\\[id\\].ts", ["[id].ts"], ["i.ts"]],
    ["Docs/", ["Docs/a"], ["docs/a"]],
    ["a.c", ["a.c"], ["abc"]],
    ["a+(b)|c{2}$", ["a+(b)|c{2}$"], ["aabcc"]],
  ])("%s", (pattern, matched, others) => {
    expect(matched.filter((path) => !isMatched(pattern, path))).toEqual([]);
    expect(others.filter((path) => isMatched(pattern, path))).toEqual([]);
  });

  test("a pattern that would make a backtracking engine wait for years is answered", () => {
    const path = `${"a".repeat(4000)}/${"b/".repeat(1000)}c`;
    expect(isMatched(`${"a*".repeat(500)}b`, path)).toBe(false);
    expect(isMatched(`${"**/b/".repeat(500)}d`, path)).toBe(false);
    expect(isMatched(`${"**/b/".repeat(500)}c`, path)).toBe(true);
  });

  test("no text makes it fail, and every path gets an answer", () => {
    const piece = fc.constantFrom("*", "**", "/", "?", "a", "b", "\\", "#", "[", "!", " ", "@kim", "\n", "\uD83D", "\u{1F600}");
    const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(text, fc.array(fc.constantFrom("a", "b", "/", "\u{1F600}"), { maxLength: 20 }), (rules, path) => {
        const { ownersOf, mistakes } = readCodeOwners(rules);
        const owners = ownersOf(path.join(""));
        expect([...(owners?.handles ?? [])].every((handle) => handle.startsWith("@"))).toBe(true);
        expect(mistakes.every(({ line }) => line >= 1 && line <= rules.split("\n").length)).toBe(true);
      }),
    );
  });
});

describe("which rule decides", () => {
  const FILE = [
    "# whoever is left",
    "* @acme/everybody",
    "",
    "*.js    @jo #inline words",
    "/charts/ @kim\t@Lee  @acme/charts # the charts",
    "/charts/vendor",
    "/charts/vendor/ours @sam",
    "docs/* docs@acme.org @ann",
    "legal/ legal@acme.org",
  ].join("\r\n");

  test.each<[string, string[], string[]]>([
    ["README.md", ["@acme/everybody"], []],
    ["src/a.js", ["@jo"], []],
    ["charts/a.js", ["@kim", "@Lee", "@acme/charts"], []],
    ["charts/vendor/x", [], []],
    ["charts/vendor/ours/x", ["@sam"], []],
    ["docs/a.md", ["@ann"], ["docs@acme.org"]],
    ["docs/a/b.md", ["@acme/everybody"], []],
    ["legal/terms.md", [], ["legal@acme.org"]],
  ])("the last that matches %s", (path, handles, emails) => {
    expect(readCodeOwners(FILE).ownersOf(path)).toEqual(expect.objectContaining({ handles, emails }));
  });

  test("nobody owns what no rule matches", () => {
    expect(readCodeOwners("docs/ @kim").ownersOf("src/a")).toEqual({ handles: [], emails: [] });
  });
});

describe("a folder stands for something in it", () => {
  test.each<[string, string, string[] | null]>([
    ["one rule for all of it", "/charts/ @kim", ["@kim"]],
    ["a later rule elsewhere", "/charts/ @kim\n/docs/ @lee", ["@kim"]],
    ["a later rule below it", "/charts/ @kim\n/charts/api/values.yaml @lee", null],
    ["a later rule below it with the same owners", "/charts/ @kim @lee\n/charts/api/values.yaml @LEE @kim", ["@kim", "@lee"]],
    ["a later rule that takes some of it away", "/charts/ @kim\n/charts/api/generated", null],
    ["a later rule anywhere", "/charts/ @kim\n*.md @lee", null],
    ["an earlier rule below it", "/charts/api/values.yaml @lee\n/charts/ @kim", ["@kim"]],
    ["a later rule for files of the folder above", "/charts/ @kim\n/charts/* @lee", ["@kim"]],
    ["no rule at all", "/docs/ @kim", []],
    ["only a rule below it", "/charts/api/values.yaml @lee", null],
  ])("%s", (_, file, handles) => {
    expect(readCodeOwners(file).ownersOf("charts/api/")?.handles ?? null).toEqual(handles);
  });
});

describe("lines that GitHub leaves out are named, and an earlier rule decides", () => {
  test.each<[string, string]>([
    ["!docs/ @lee", "a pattern can't begin with `!`"],
    ["docs/[ab].md @lee", "a pattern can't hold `[` or `]`"],
    ["[Documentation] @lee", "a pattern can't hold `[` or `]`"],
    ["\\#docs/ @lee", "a pattern can't begin with `#`"],
    ["/ @lee", "a pattern has to name something"],
    ["docs/ lee", '"lee" is no owner'],
    ["docs/ @lee and @kim", '"and" is no owner'],
    ["docs/ @acme/a/b", '"@acme/a/b" is no owner'],
  ])("%s", (line, because) => {
    const { ownersOf, mistakes } = readCodeOwners(`* @kim\n${line}\n`);
    expect(mistakes).toEqual([{ line: 2, because }]);
    expect(ownersOf("docs/a.md")?.handles).toEqual(["@kim"]);
  });

  test("comments and empty lines are none of them", () => {
    expect(readCodeOwners("\uFEFF# a\n\n  \t\n  # b\n* @kim").mistakes).toEqual([]);
  });
});
