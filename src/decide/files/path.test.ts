import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { parsePath } from "./path.ts";
import { sourceOf } from "./spot.ts";

const parse = (expression: string) => parsePath(expression, sourceOf("", "values.yaml"));
const steps = (expression: string) => {
  const parsed = parse(expression);
  return parsed.ok
    ? parsed.value.map((step) => (step.by === "key" ? step.key : step.by === "index" ? step.index : { [step.key]: step.value }))
    : parsed.problems;
};

describe("a path", () => {
  test.each([
    ["version", ["version"]],
    ["wva.image.tag", ["wva", "image", "tag"]],
    ["dependencies[0].version", ["dependencies", 0, "version"]],
    ["[1].name", [1, "name"]],
    ["a[0][12]", ["a", 0, 12]],
    ['"a.b".c', ["a.b", "c"]],
    ["'a.b'.c", ["a.b", "c"]],
    [String.raw`"say \"hi\"\u0021"`, ['say "hi"!']],
    ['labels["app.kubernetes.io/version"]', ["labels", "app.kubernetes.io/version"]],
    ['labels."app.kubernetes.io/version"', ["labels", "app.kubernetes.io/version"]],
    ["dependencies[name=utils].version", ["dependencies", { name: "utils" }, "version"]],
    ['x["a=b"="c]d"]', ["x", { "a=b": "c]d" }]],
    ["x[name=1.2.3=4]", ["x", { name: "1.2.3=4" }]],
    ["with space.é😀", ["with space", "é😀"]],
    ["__proto__.x", ["__proto__", "x"]],
  ])("%s is read", (expression, expected) => {
    expect(steps(expression)).toEqual(expected);
  });

  test.each([
    ["", "expected a key at character 1"],
    [".a", "expected a key at character 1"],
    ["a.", "expected a key at character 3"],
    ["a..b", "expected a key at character 3"],
    ["a[", "expected a key, an index or `key=value` in brackets at character 2"],
    ["a[-1]", "expected a key, an index or `key=value` in brackets at character 2"],
    ["a[name]", "expected a key, an index or `key=value` in brackets at character 2"],
    ["a[name=]", "expected a key, an index or `key=value` in brackets at character 2"],
    ["a[=x]", "expected a key, an index or `key=value` in brackets at character 2"],
    ["a]", "expected `.` or `[` at character 2"],
    ["a.[0]", "expected a key, an index or `key=value` in brackets at character 3"],
    ['"a', "expected a key at character 1"],
    [String.raw`"\q"`, "expected a key at character 1"],
    ['"a"b', "expected `.` or `[` at character 4"],
    ["a".repeat(501), "it is longer than 500 characters"],
  ])("%s is refused, and the problem says where", (expression, because) => {
    expect(steps(expression)).toEqual([
      expect.objectContaining({
        severity: "error",
        path: "values.yaml",
        message: `${JSON.stringify(expression)} is no path: ${because}`,
        hint: expect.stringContaining("image.tag"),
      }),
    ]);
  });

  test("of keys in quotes is those keys, whatever they are", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 20 }), { minLength: 1, maxLength: 5 }), (keys) => {
        expect(steps(keys.map((key) => JSON.stringify(key)).join("."))).toEqual(keys);
      }),
    );
  });

  test("of any text is steps or a problem", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."ab.[]\"'=\\01 ".split("")) }), (expression) => {
        const parsed = parse(expression);
        expect(parsed.ok ? parsed.value.at(-1)?.upTo : parsed.problems[0]?.message).toContain(parsed.ok ? expression : "is no path");
      }),
    );
  });
});
