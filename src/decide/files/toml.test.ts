import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { getStaticTOMLValue, parseTOML } from "toml-eslint-parser";
import type { Result } from "../../model/problem.ts";
import { locate, update } from "./toml.ts";

/** `«…»` marks the raw text of the value. */
const before = (marked: string) => marked.replaceAll(/[«»]/g, "");
const after = (marked: string, raw: string) => marked.replaceAll(/«[^»]*»/g, () => raw);
const at = (path: string) => ({ by: "toml", path }) as const;
const attempt = (text: string, path: string, value: string) => update(text, at(path), value, "Cargo.toml");
const problemsOf = (result: Result<string>) => (result.ok ? [] : result.problems);
const written = (text: string, path: string, value: string) => {
  const result = attempt(text, path, value);
  return result.ok ? result.value : `refused: ${result.problems.map(({ message }) => message).join(", ")}`;
};
const refused = (text: string, path: string, value: string) => problemsOf(attempt(text, path, value));

const CARGO = `# A made-up crate.
[package]
name = "harbour"
version = «"1.0.0"»   # moved by the release
edition = "2024"

[dependencies]
boats = { version = "1.0.0", features = ["sail"] }
"dotted.name".version = '2.0'

[[bin]]
name = "dock"
`;

const PYPROJECT = `[build-system]
requires = [
    "hatchling>=1.0",  # é😀
]

[project]
name = 'harbour'
version = «'1.0.0'»
classifiers = []
[tool.other]
version = "9"
`;

const read = (text: string) => getStaticTOMLValue(parseTOML(text));

/** Written and found again, or one problem. */
const settles = (text: string, value: string): boolean => {
  const result = update(text, at("version"), value, "f");
  if (!result.ok) return result.problems.length === 1;
  const located = locate(result.value, at("version"), "f");
  return located.ok && located.value.length === 1 && located.value[0]?.value === value;
};

describe("the value at a path of a TOML file", () => {
  test.each([
    ["of a crate", CARGO, "package.version", "1.1.0", '"1.1.0"'],
    ["of a Python project", PYPROJECT, "project.version", "1.1.0", "'1.1.0'"],
    ["in an inline table", 'd = { a = { version = «"1"», x = 1 } }\n', "d.a.version", "1.1.0", '"1.1.0"'],
    ["under a dotted key", 'a.b.version = «"1"»\na.b.c = 2\n', "a.b.version", "1.1.0", '"1.1.0"'],
    ["under a quoted key", '"a.b".\'c d\' = «"1"»\n', '"a.b"."c d"', "1.1.0", '"1.1.0"'],
    ["under dotted keys in a table and an inline table", 't.x = 1\n[a.b]\nc.d = { e.f = «"1"» }\n', "a.b.c.d.e.f", "1.1.0", '"1.1.0"'],
    ["in an array of tables, by index", '[[p]]\nv = "1"\n[[p]]\nv = «"2"»\n[p.sub]\nv = "3"\n', "p[1].v", "1.1.0", '"1.1.0"'],
    ["in an array of tables, by key", '[[p]]\nname = "a"\n[[p]]\nname = "b"\nv = «"2"»\n', "p[name=b].v", "1.1.0", '"1.1.0"'],
    ["in a table of an array of tables", '[[p]]\n[p.sub]\nv = "1"\n[[p]]\n[p.sub]\nv = «"3"»\n', "p[1].sub.v", "1.1.0", '"1.1.0"'],
    ["in an array", 'a = ["x", «"1"»,] # c\n', "a[1]", "1.1.0", '"1.1.0"'],
    ["in a table that is opened in two places", '[a.b]\nx = 1\n[c]\n[a]\nv = «"1"»\n', "a.v", "1.1.0", '"1.1.0"'],
    ["with CRLF", '[a]\r\nv = «"1"» # c\r\nw = 1\r\n', "a.v", "1.1.0", '"1.1.0"'],
    ["without a final newline", 'v=«"1"»', "v", "1.1.0", '"1.1.0"'],
    ["behind characters of two units", '"😀" = "😀"\nv = «"1"»\n', "v", "1.1.0", '"1.1.0"'],
    ["in '…' that can't hold it", "v = «'1'»\n", "v", "it's", '"it\'s"'],
    ['in "…" with characters to escape', 'v = «"1"»\n', "v", 'a"\\', String.raw`"a\"\\"`],
    ["that is a number", "v = «1.10» # c\n", "v", "1.11", '"1.11"'],
    ["that is a date", "v = «2026-01-02»\n", "v", "2026.2", '"2026.2"'],
    ["under a key that objects have already", '[__proto__]\nconstructor = «"1"»\n', "__proto__.constructor", "1.1.0", '"1.1.0"'],
  ])("%s, is all that changes", (_, marked, path, value, raw) => {
    const edited = written(before(marked), path, value);
    expect(edited).toBe(after(marked, raw));
    expect(written(edited, path, value)).toBe(edited);
    expect(locate(edited, at(path), "Cargo.toml")).toMatchObject({ ok: true, value: [{ value, start: marked.indexOf("«") }] });
  });

  test.each([
    ["is missing", '[package]\nname = "x"\n', "package.version", '`package` has no key "version"', 2 - 1, 2, "it has `name`"],
    ["has no table", "[a]\n", "package.version", 'the top level has no key "package"', 1, 1, "it has `a`"],
    ["is inherited", "[package]\nversion.workspace = true\n", "package.version", "expected one value at `package.version`, found a mapping", 2, 1, null],
    ["stands twice", 'v = "1"\nv = "2"\n', "v", "not valid TOML: Defining a key multiple times is invalid", 2, 1, null],
    ["is in a table that stands twice", "[a]\n[a]\n", "a.v", "not valid TOML: Defining a key multiple times is invalid", 2, 2, null],
    ["spans lines", 'v = """1\n"""\n', "v", "expected a value on one line at `v`, found a multi-line string", 1, 5, "write the value in one pair of quotes"],
    ["is an array", "v = [1]\n", "v", "expected one value at `v`, found a list", 1, 5, null],
    ["lies beyond an array", "[[p]]\n", "p[1].v", "`p` has 1 item, so there is no `[1]`", 1, 3, "indexes count from 0"],
    ["is in no TOML", "version: 1\n", "version", expect.stringContaining("not valid TOML: "), 1, expect.any(Number), null],
    ["is in an empty file", "", "v", 'the top level has no key "v"', 1, 1, null],
  ])("that %s, is a problem with its place", (_, text, path, message, line, column, hint) => {
    expect(refused(text, path, "1.1.0")).toEqual([{ severity: "error", message, path: "Cargo.toml", line, column, hint }]);
  });

  test("that TOML can't write, is a problem", () => {
    expect(refused('v = "1"\n', "v", "\uD800")).toEqual([
      expect.objectContaining({ message: String.raw`TOML has no way to write "\ud800"`, line: 1, column: 5 }),
    ]);
  });

  test("is located as it is written", () => {
    expect(locate(String.raw`v = "\u0031.0"`, at("v"), "f")).toEqual({ ok: true, value: [{ value: "1.0", start: 4, end: 14, line: 1, column: 5 }] });
    expect(locate("v = 1.10", at("v"), "f")).toMatchObject({ value: [{ value: "1.10" }] });
  });

  test("is a problem, not a crash, in a file that is nested without end", () => {
    for (const text of ["[", "{a="])
      expect(refused(`v = ${text.repeat(50_000)}`, "v", "1.0.0")).toEqual([expect.objectContaining({ severity: "error", path: "Cargo.toml" })]);
  });

  test("of any TOML text is the only one that changes", () => {
    const keys = fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 5 }).map((key) => JSON.stringify(key).replaceAll("\u007F", String.raw`\u007F`));
    const values = fc.constantFrom("1", "1.5", "true", '"x"', "'x'", "2026-01-02", "[1, [2]]", "{ a = 1, b.c = 2 }", "# none\n", '"""a\nb"""');
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(keys, values), { selector: ([key]) => key, maxLength: 5 }),
        fc.string({ unit: "grapheme", minLength: 1 }),
        fc.constantFrom("\n", "\r\n"),
        (rest, value, newline) => {
          const lines = rest.filter(([, one]) => !one.startsWith("#")).map(([key, one]) => `${key} = ${one} # c`);
          const text = [...lines, "[release]", "version = '1.0' # é", "[[after]]", ...lines].join("\n").replaceAll("\n", newline);
          const edited = written(text, "release.version", value);
          fc.pre(!/\p{Cc}/u.test(value));
          expect(written(edited, "release.version", value)).toBe(edited);
          expect(read(edited)).toEqual({ ...read(text), release: { version: value } });
          expect(edited.replace(/^version = [^\n]*? # é/mu, "")).toBe(text.replace(/^version = [^\n]*? # é/mu, ""));
        },
      ),
    );
  });

  test("of any text is a text or a problem", () => {
    const pieces = fc.constantFrom(
      "[",
      "]",
      "[[",
      "]]",
      "version",
      " = ",
      ".",
      "\n",
      "\r\n",
      '"',
      "'",
      '"""',
      "#",
      "{",
      "}",
      ",",
      "1",
      "2026-01-02",
      "😀",
      "\\u12",
    );
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
