import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import type { Result } from "../../model/problem.ts";
import { locate, update } from "./json.ts";

/** `«…»` marks the raw text of the value. */
const before = (marked: string) => marked.replaceAll(/[«»]/g, "");
const after = (marked: string, raw: string) => marked.replaceAll(/«[^»]*»/g, () => raw);
const at = (path: string) => ({ by: "json", path }) as const;
const attempt = (text: string, path: string, value: string) => update(text, at(path), value, "package.json");
const problemsOf = (result: Result<string>) => (result.ok ? [] : result.problems);
const written = (text: string, path: string, value: string) => {
  const result = attempt(text, path, value);
  return result.ok ? result.value : `refused: ${result.problems.map(({ message }) => message).join(", ")}`;
};
const refused = (text: string, path: string, value: string) => problemsOf(attempt(text, path, value));

const PACKAGE = `{
  "name": "harbour",
  "version": «"1.0.0"»,
  "private": true,
  "scripts": { "build":"tsc" ,  "version" : "echo" },
\t"dependencies": {
    "boats": "^1.0.0"
  }
}
`;

/** Written and found again, or one problem. */
const settles = (text: string, value: string): boolean => {
  const result = update(text, at("version"), value, "f");
  if (!result.ok) return result.problems.length === 1;
  const located = locate(result.value, at("version"), "f");
  return located.ok && located.value.length === 1 && located.value[0]?.value === value;
};

describe("the value at a path of a JSON file", () => {
  test.each([
    ["of a package", PACKAGE, "version", "1.1.0", '"1.1.0"'],
    ["deep inside", '{"packages":{"":{"version":«"1.0.0"»}}}', 'packages."".version', "1.1.0", '"1.1.0"'],
    ["in an array, by index", '{"a":[1,«"x"»]}', "a[1]", "1.1.0", '"1.1.0"'],
    ["in an array, by key", '{"plugins":[{"name":"a","version":"1"},{"name":"b","version":«"1"»}]}', "plugins[name=b].version", "1.1.0", '"1.1.0"'],
    ["with CRLF", '{\r\n  "version": «"1.0.0"»\r\n}\r\n', "version", "1.1.0", '"1.1.0"'],
    ["without a final newline", '{"version":«"1.0.0"»}', "version", "1.1.0", '"1.1.0"'],
    ["between comments", '// "version": 1\n{ /* é😀 */ "version": «"1.0.0"», // x\n}\n', "version", "1.1.0", '"1.1.0"'],
    ["in front of a last comma", '{"a":[1,],"version":«"1.0.0"»,}', "version", "1.1.0", '"1.1.0"'],
    ["behind characters of two units", '{"😀":"😀","version":«"1.0.0"»}', "version", "1.1.0", '"1.1.0"'],
    ["under a key with escapes", String.raw`{"ver\u0073ion":«"1.0.0"»}`, "version", "1.1.0", '"1.1.0"'],
    ["that is a number", '{"version": «1.10»}', "version", "1.11", '"1.11"'],
    ["that is null", '{"version": «null»}', "version", "1.1.0", '"1.1.0"'],
    ["with characters to escape", '{"version": «"1"»}', "version", 'a"\\', String.raw`"a\"\\"`],
    ["beside a key that stands twice", '{"a":1,"a":2,"version":«"1"»}', "version", "1.1.0", '"1.1.0"'],
  ])("%s, is all that changes", (_, marked, path, value, raw) => {
    const edited = written(before(marked), path, value);
    expect(edited).toBe(after(marked, raw));
    expect(written(edited, path, value)).toBe(edited);
    expect(locate(edited, at(path), "package.json")).toMatchObject({ ok: true, value: [{ value, start: marked.indexOf("«") }] });
  });

  test.each([
    ["is missing", '{\n  "versions": 1\n}', "version", 'the top level has no key "version"', 1, 1, "it has `versions`"],
    [
      "is missing among many",
      '{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"j":1}',
      "x",
      'the top level has no key "x"',
      1,
      1,
      "it has `a`, `b`, `c`, `d`, `e`, `f`, `g`, `h` and 2 more",
    ],
    ["is not in an empty object", "{}", "x", 'the top level has no key "x"', 1, 1, null],
    ["stands twice", '{"version":"1",\n "version":"2"}', "version", 'the key "version" stands twice: first in line 1, and here', 2, 2, "remove one of the two"],
    ["is an object", '{"version":{}}', "version", "expected one value at `version`, found a mapping", 1, 12, null],
    ["lies below a value", '{"a":"b"}', "a.b", 'expected a mapping at `a` to follow `a.b`, found the value "b"', 1, 6, null],
    ["is in an empty file", "", "version", "not valid JSON: ValueExpected", 1, 1, null],
    ["is in a file that breaks off", '{"version":"1"', "version", "not valid JSON: CloseBraceExpected", 1, 15, null],
    ["is in two values", '{"version":"1"}{}', "version", "not valid JSON: EndOfFileExpected", 1, 16, null],
    ["is in no JSON", "version: 1\n", "version", "not valid JSON: InvalidSymbol", 1, 1, null],
  ])("that %s, is a problem with its place", (_, text, path, message, line, column, hint) => {
    expect(refused(text, path, "1.1.0")).toEqual([{ severity: "error", message, path: "package.json", line, column, hint }]);
  });

  test("is located as it is written", () => {
    const text = String.raw`{"a": 1.10, "b": "\u0031.0", "c": false}`;
    expect(locate(text, at("a"), "f")).toEqual({ ok: true, value: [{ value: "1.10", start: 6, end: 10, line: 1, column: 7 }] });
    expect(locate(text, at("b"), "f")).toMatchObject({ value: [{ value: "1.0", start: 17, end: 27 }] });
    expect(locate(text, at("c"), "f")).toMatchObject({ value: [{ value: "false" }] });
  });

  test("written with escapes, stays as it is when it says so already", () => {
    const text = String.raw`{"version": "\u0031.0"}`;
    expect(written(text, "version", "1.0")).toBe(text);
  });

  test("is a problem, not a crash, in a file that is nested without end", () => {
    for (const text of ["[", '{"a":'])
      expect(refused(text.repeat(50_000), "a", "1.0.0")).toEqual([expect.objectContaining({ severity: "error", message: expect.stringContaining("JSON") })]);
  });

  test("of any JSON text is the only one that changes", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.jsonValue({ maxDepth: 0 }),
        fc.string({ unit: "grapheme", minLength: 1 }),
        fc.constantFrom(0, 2, "\t"),
        (rest, old, value, indent) => {
          const data = { ...rest, release: [{ version: old }] };
          const text = JSON.stringify(data, null, indent);
          const edited = written(text, "release[0].version", value);
          expect(edited).toBe(JSON.stringify({ ...rest, release: [{ version: value }] }, null, indent));
          expect(written(edited, "release[0].version", value)).toBe(edited);
        },
      ),
    );
  });

  test("of any text is a text or a problem", () => {
    const pieces = fc.constantFrom("{", "}", "[", "]", '"version"', ":", ",", " ", "\n", "//", "/*", "*/", '"', "1", "null", "\\u12", "😀", "\uFEFF");
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.array(pieces, { maxLength: 20 }).map((some) => some.join("")),
        ),
        fc.string({ unit: "binary" }),
        (text, value) => {
          expect(settles(text, value)).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
