import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { loadAll, YAML11_SCHEMA } from "js-yaml";
import { parseAllDocuments, stringify } from "yaml";
import type { Result } from "../../model/problem.ts";
import { locate, update } from "./yaml.ts";

/** `«…»` marks the raw text of the value. */
const before = (marked: string) => marked.replaceAll(/[«»]/g, "");
const after = (marked: string, raw: string) => marked.replaceAll(/«[^»]*»/g, () => raw);
const at = (path: string) => ({ by: "yaml", path }) as const;
const attempt = (text: string, path: string, value: string) => update(text, at(path), value, "Chart.yaml");
const problemsOf = (result: Result<string>) => (result.ok ? [] : result.problems);
const written = (text: string, path: string, value: string) => {
  const result = attempt(text, path, value);
  return result.ok ? result.value : `refused: ${result.problems.map(({ message }) => message).join(", ")}`;
};
const refused = (text: string, path: string, value: string) => problemsOf(attempt(text, path, value));

/** Both libraries, each as a reader of YAML 1.2 and of 1.1. */
const READERS: readonly [string, (text: string) => unknown][] = [
  ["yaml 1.2", (text) => parseAllDocuments(text, { merge: true }).map((document): unknown => document.toJS())],
  ["yaml 1.1", (text) => parseAllDocuments(text, { version: "1.1" }).map((document): unknown => document.toJS())],
  ["js-yaml 1.2", (text) => loadAll(text)],
  ["js-yaml 1.1", (text) => loadAll(text, { schema: YAML11_SCHEMA })],
];

const CHART = `# The chart of a made-up service.
apiVersion: v2
name: harbour   # keep in step with the folder
description: >-
  Serves boats, and
  what floats.
type: application
version: «0.4.1»   # moved by the release
appVersion: "v0.4.1"
maintainers:
  - {name: Ann, email: ann@example.org}
dependencies:
- name: utils
  version: ^1.0.0
  repository: file://../utils
`;

const VALUES = `---
global: &global
  registry: registry.example.org
wva:
    enabled: yes
    image:
        repository: 'registry.example.org/x'
        tag: «v0.4.1»
        pullPolicy: IfNotPresent
    args: ["--a", '--b', {c: 1.10}]
other:
  <<: *global
  port: 0x1F
  since: 2024-01-01
`;

/** Written and found again, or one problem. */
const settles = (text: string, value: string): boolean => {
  const result = update(text, at("version"), value, "f");
  if (!result.ok) return result.problems.length === 1;
  const located = locate(result.value, at("version"), "f");
  return located.ok && located.value.length === 1 && located.value[0]?.value === value;
};

describe("the value at a path of a YAML file", () => {
  test.each([
    ["of a chart, between comments", CHART, "version", "0.5.0", "0.5.0"],
    ["of values, deep inside", VALUES, "wva.image.tag", "v0.5.0", "v0.5.0"],
    ["in double quotes", 'version: «"1.0.0"» # x\n', "version", "1.1.0", '"1.1.0"'],
    ["in single quotes", "version: «'1.0.0'» # x\n", "version", "1.1.0", "'1.1.0'"],
    ["in double quotes, with characters to escape", 'version: «"1.0.0"»\n', "version", 'a"b\\c', String.raw`"a\"b\\c"`],
    ["in single quotes, with a quote to double", "version: «'1.0.0'»\n", "version", "it's", "'it''s'"],
    ["without quotes, with characters that need some", "version: «1.0.0»\n", "version", "a: b #c", '"a: b #c"'],
    ["written with an escape", String.raw`version: «"1\x2e0"» # x`, "version", "1.1", '"1.1"'],
    ["with CRLF", "a: 1\r\nversion: «1.0.0»\r\nb: 2\r\n", "version", "1.1.0", "1.1.0"],
    ["with CRLF and a comment", "version: «1.0.0»  # c\r\nb: |\r\n  x\r\n", "version", "1.1.0", "1.1.0"],
    ["without a final newline", "a: 1\nversion: «1.0.0»", "version", "1.1.0", "1.1.0"],
    ["behind a byte order mark", "\uFEFFversion: «1.0.0»\n", "version", "1.1.0", "1.1.0"],
    ["behind characters of two units", "é: 😀 # 🚢\nversion: «1.0.0» # 🚢\n", "version", "1.1.0", "1.1.0"],
    ["in flow style", "image: {repository: x, tag: «1.0.0», pull: y}\n", "image.tag", "1.1.0", "1.1.0"],
    ["in JSON's style", '{"image":{"tag":«"1.0.0"»,"x":[1]}}', "image.tag", "1.1.0", '"1.1.0"'],
    ["in a flow list", "tags: [ a, «1.0.0» , b ]\n", "tags[1]", "1.1.0", "1.1.0"],
    ["in a list, by index", "d:\n- name: a\n  version: 1.0.0\n-   name: b\n    version: «1.0.0»\n", "d[1].version", "1.1.0", "1.1.0"],
    ["in a list, by key", "d:\n- {name: a, version: 1.0.0}\n- name: b\n  version: «'1.0.0'»\n", "d[name=b].version", "1.1.0", "'1.1.0'"],
    ["in a list, by a key that an alias gives", "x: &n b\nd:\n- name: *n\n  version: «1.0.0»\n", "d[name=b].version", "1.1.0", "1.1.0"],
    ["under a key with dots", "labels:\n  app/v.1: «1.0.0»\n", 'labels."app/v.1"', "1.1.0", "1.1.0"],
    ["under a key in quotes", "'version' : «1.0.0»\n", "version", "1.1.0", "1.1.0"],
    ["under a key that YAML 1.1 takes for a boolean", "on:\n  version: «1.0.0»\n", "on.version", "1.1.0", "1.1.0"],
    ["under a number", "1.10: «1.0.0»\n", '"1.10"', "1.1.0", "1.1.0"],
    ["with an anchor that nothing repeats", "version: &v «1.0.0» # c\n", "version", "1.1.0", "1.1.0"],
    ["with a tag", "version: !!str «1.0»\n", "version", "1.1", '"1.1"'],
    ["beside anchors and aliases of others", "a: &x 1.0.0\nb: *x\nversion: «1.0.0»\nc: [*x, *x]\n", "version", "1.1.0", "1.1.0"],
    ["in the only one of several documents that has it", "a: 1\n---\n# second\nversion: «1.0.0»\n...\n---\n- x\n", "version", "1.1.0", "1.1.0"],
    ["behind directives", "%YAML 1.2\n---\nversion: «1.0.0»\n", "version", "1.1.0", "1.1.0"],
    ["with tabs and spaces behind it", "version:\t«1.0.0» \t \nb: 1\t\n", "version", "1.1.0", "1.1.0"],
    ["below its key", "version:\n    «1.0.0»\nb: 1\n", "version", "1.1.0", "1.1.0"],
    ["with an explicit key", "? version\n: «1.0.0»\n", "version", "1.1.0", "1.1.0"],
    ["that is a number, made a number's look-alike", "appVersion: «1.16» # app\n", "appVersion", "1.17", '"1.17"'],
    ["that is a number, made a version", "appVersion: «1.16»\n", "appVersion", "1.17.0", "1.17.0"],
    ["that is null", "version: «~»\n", "version", "1.1.0", "1.1.0"],
    ["that is empty", "version:«» # c\nb: 1\n", "version", "1.1.0", " 1.1.0"],
    ["that is empty, in front of spaces and a comment", "version:«»     # c\nb: 1\n", "version", "1.1.0", " 1.1.0"],
    ["that is empty, at the end of the file", "version:«»", "version", "1.17", ' "1.17"'],
    ["that is empty, with CRLF", "version:«»\r\nb: 1\r\n", "version", "1.1.0", " 1.1.0"],
    ["that is empty behind an anchor", "version: &v«» # c\nb: 1\n", "version", "1.1.0", " 1.1.0"],
    ["that is empty, in flow style", "{version:«» , b: 1}", "version", "1.1.0", " 1.1.0"],
    ["that is empty, in a list", "-«»\n- b\n", "[0]", "1.1.0", " 1.1.0"],
    ["in empty quotes", 'version: «""»\n', "version", "1.1.0", '"1.1.0"'],
  ])("%s, is all that changes, and every reader reads the rest as before", (_, marked, path, value, raw) => {
    const text = before(marked);
    const edited = written(text, path, value);
    expect(edited).toBe(after(marked, raw));
    expect(written(edited, path, value)).toBe(edited);
    const located = locate(edited, at(path), "Chart.yaml");
    expect(located).toMatchObject({ ok: true, value: [{ value, start: marked.indexOf("«") + (raw.startsWith(" ") ? 1 : 0) }] });
    for (const [, read] of READERS) expect(JSON.stringify(read(edited))).toBe(JSON.stringify(read(after(marked, ` ${JSON.stringify(value)}`))));
  });

  test.each([
    "1.17",
    "2026.2",
    "1e3",
    "1.5e-3",
    "12e03",
    "0x1F",
    "0o17",
    "0b11",
    "017",
    "1_0",
    "1_000.5",
    "12:30",
    "1:20:30.5",
    "2026-01-02",
    "2026-1-2",
    "3",
    "1.",
    "y",
    "No",
    "ON",
    "true",
    "Null",
    "~",
    ".5",
    ".inf",
    "NaN",
    "-1",
    "+1",
    "=",
    "<<",
    "1,000",
    "@x",
    "*x",
    "&x",
    "!x",
    "- x",
    "a:",
    "a #b",
    " a",
    "{}",
    "[]",
    "|",
    "%a",
    "?",
    "",
  ])("%j would not be read as text by everyone, so it gets quotes", (value) => {
    const expected = `version: ${JSON.stringify(value)} # c\n`;
    expect(written("version: 1.0.0 # c\n", "version", value)).toBe(expected);
    for (const [, read] of READERS) expect(read(expected)).toEqual([{ version: value }]);
  });

  test.each([
    "1.17.0",
    "v1.17",
    "1.0.0-rc.1",
    "1.0.0+build.5",
    "latest",
    "1.2.3-0",
    "sha256:12ab",
    "registry.example.org:5000/a/b:v1@x",
    "a_b",
    "2026.1.2",
    "1.2.3e5",
    "nope",
  ])("%j is text to everyone, so it gets none", (value) => {
    const expected = `version: ${value} # c\n`;
    expect(written("version: 9.9.9 # c\n", "version", value)).toBe(expected);
    for (const [, read] of READERS) expect(read(expected)).toEqual([{ version: value }]);
  });

  test.each([
    ["is missing", "name: a\nversions: 1\nVersion: 1\n", "version", 'the top level has no key "version"', 1, 1, "did you mean `Version`?"],
    ["is missing, deep inside", "image:\n  tags: 1\n  name: x\n", "image.tag", '`image` has no key "tag"', 2, 3, "it has `tags`, `name`"],
    [
      "comes by a merge",
      "a: &a\n  tag: 1\nb:\n  <<: *a\n",
      "b.tag",
      '`b` has no key "tag"',
      4,
      3,
      "a key that `<<` brings in has to be named where it is defined",
    ],
    [
      "stands twice",
      "version: 1.0.0\na: 1\nversion: 1.0.1\n",
      "version",
      'the key "version" stands twice: first in line 1, and here',
      3,
      1,
      "remove one of the two",
    ],
    [
      "lies in a key that stands twice",
      "a: {v: 1}\nb: {}\na: {}\n",
      "a.v",
      'the key "a" stands twice: first in line 1, and here',
      3,
      1,
      "remove one of the two",
    ],
    [
      "is an alias",
      "a: &x 1.0.0\nversion: *x\n",
      "version",
      "`version` is the alias `*x`: a change would have to be made at `&x`",
      2,
      10,
      "name the path of the anchor, or write the value out",
    ],
    [
      "lies behind an alias",
      "a: &x {tag: 1}\nimage: *x\n",
      "image.tag",
      "`image` is the alias `*x`: what stands behind it belongs to `&x`",
      2,
      8,
      "name the path of the anchor itself",
    ],
    [
      "is repeated by an alias",
      "version: &v 1.0.0\nb: *v\n",
      "version",
      "`*v` repeats `version` here, so that a change there changes this as well",
      2,
      4,
      "write one of the two out",
    ],
    [
      "lies in what an alias repeats",
      "a: &a\n  tag: 1.0.0\nb:\n  <<: *a\n",
      "a.tag",
      "`*a` repeats `a.tag` here, so that a change there changes this as well",
      4,
      7,
      "write one of the two out",
    ],
    ["is a mapping", "version:\n  major: 1\n", "version", "expected one value at `version`, found a mapping", 2, 3, null],
    ["is a list", "version: [1, 0]\n", "version", "expected one value at `version`, found a list", 1, 10, null],
    ["lies below a value", "image: x\n", "image.tag", 'expected a mapping at `image` to follow `image.tag`, found the value "x"', 1, 8, null],
    ["lies in no list", "image: {}\n", "image[0]", "expected a list at `image` to follow `image[0]`, found a mapping", 1, 8, null],
    ["lies beyond a list", "d: [a]\n", "d[1]", "`d` has 1 item, so there is no `[1]`", 1, 4, "indexes count from 0"],
    ["is selected by nothing", "d: [{name: a}]\n", "d[name=b].v", '`d` has no item whose "name" is "b"', 1, 4, null],
    [
      "is selected twice",
      "d:\n- {name: a}\n- {name: a}\n",
      "d[name=a].v",
      'several items of `d` are asked for ("name" is "a"): one in line 2, another here',
      3,
      3,
      "select by another key, or by index",
    ],
    [
      "is a block scalar",
      "version: |\n  1.0.0\n",
      "version",
      "expected a value on one line at `version`, found a block scalar",
      1,
      10,
      "write the value after the key",
    ],
    [
      "is a folded scalar",
      "version: >-\n  1.0.0\n",
      "version",
      "expected a value on one line at `version`, found a block scalar",
      1,
      10,
      "write the value after the key",
    ],
    [
      "spans lines",
      'version: "1.0\n  .0"\n',
      "version",
      "expected a value on one line at `version`, found one that spans several",
      1,
      10,
      "write the value on one line",
    ],
    ["has no colon", "{version, b: 1}", "version", "`version` has no place for a value", 1, 9, "write a `:` and a value after the key"],
    [
      "stands in two documents",
      "version: 1.0.0\n---\nversion: 1.0.0\n",
      "version",
      "`version` stands in 2 documents of this file",
      3,
      10,
      "keep the version in one document, or use a marker comment",
    ],
    ["stands in none of two documents", "a: 1\n---\nb: 1\n", "version", "none of the 2 documents of this file has `version`", null, null, null],
    [
      "stands twice in one document and once in another",
      "version: 1\n---\nversion: 1\nversion: 2\n",
      "version",
      'the key "version" stands twice: first in line 3, and here',
      4,
      1,
      "remove one of the two",
    ],
    ["is in an empty file", "", "version", "the file is empty", 1, 1, null],
    ["is in a file of comments", "# nothing\n", "version", "the file is empty", 1, 1, null],
    [
      "is in no YAML",
      "a: 1\nb: [1\n",
      "version",
      "not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
      3,
      1,
      null,
    ],
    [
      "is in a template",
      "{{- if .Values.x }}\nversion: 1\n{{- end }}\n",
      "version",
      expect.stringContaining("not valid YAML"),
      expect.any(Number),
      expect.any(Number),
      null,
    ],
    [
      "is in an unfinished merge",
      "a: 1\n<<<<<<< HEAD\nversion: 1\n=======\nversion: 2\n>>>>>>> x\n",
      "version",
      "not valid YAML: an unfinished merge stands here",
      2,
      1,
      "resolve it and remove the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`",
    ],
    ["can't be a text for its tag", "version: !!int 1\n", "version", "`version` is tagged as `!!int`, so that no text can stand here", 1, 16, "remove the tag"],
  ])("that %s, is a problem with its place", (_, text, path, message, line, column, hint) => {
    expect(refused(text, path, "1.1.0")).toEqual([{ severity: "error", message, path: "Chart.yaml", line, column, hint }]);
  });

  test("that an alias repeats, can still be read, and written when it says so already", () => {
    const text = "version: &v 1.0.0\nb: *v\n";
    expect(locate(text, at("version"), "Chart.yaml")).toEqual({ ok: true, value: [{ value: "1.0.0", start: 12, end: 17, line: 1, column: 13 }] });
    expect(written(text, "version", "1.0.0")).toBe(text);
  });

  test.each([
    ["appVersion: 1.10\n", "1.10", 12, 16],
    ["appVersion: '1.10'\n", "1.10", 12, 18],
    [String.raw`appVersion: "\u0076\x31"`, "v1", 12, 24],
    ["appVersion: 2026-01-02\n", "2026-01-02", 12, 22],
    ["appVersion: 0x1F # hex\n", "0x1F", 12, 16],
    ["appVersion:  # none\n", "", 11, 11],
  ])("in %j is located as it is written", (text, value, start, end) => {
    expect(locate(text, at("appVersion"), "Chart.yaml")).toEqual({ ok: true, value: [{ value, start, end, line: 1, column: start + 1 }] });
  });

  test("is a problem, not a crash, in a file that is nested without end", () => {
    for (const text of ["[", "- ", "{a: ", "? "])
      expect(refused(text.repeat(20_000), "version", "1.0.0")).toEqual([expect.objectContaining({ severity: "error", path: "Chart.yaml" })]);
  });
});

const KEYS = fc.constantFrom("version", "appVersion", "tag", "name", "a.b", "é", "x y", "on", "1.10");
const SCALARS = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.constantFrom("1.2.3", "v1", "#", "😀", "a: b"),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof({ depthSize: "small" }, SCALARS, fc.array(tie("tree"), { maxLength: 3 }), fc.dictionary(KEYS, tie("tree"), { maxKeys: 4 })),
}));
const STYLES = fc.record({
  defaultStringType: fc.constantFrom("PLAIN" as const, "QUOTE_DOUBLE" as const, "QUOTE_SINGLE" as const),
  indent: fc.integer({ min: 1, max: 4 }),
  collectionStyle: fc.constantFrom("any" as const, "block" as const, "flow" as const),
  lineWidth: fc.constant(0),
});
const VERSIONS = fc.oneof(
  fc.constantFrom("1.2.3", "v2.0.0-rc.1", "2026.2", "1e3", "true", "12:30"),
  fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 20 }),
);

/** Everything but the release, keys in order. */
const otherwise = (documents: unknown) => JSON.stringify(documents, (key, value: unknown) => (key === "release" ? null : value));

describe("any YAML text", () => {
  test("that a library wrote, keeps every byte outside the spot and every other value for every reader", () => {
    fc.assert(
      fc.property(fc.dictionary(KEYS, tree, { maxKeys: 4 }), SCALARS, STYLES, VERSIONS, fc.boolean(), (rest, old, style, value, isCrlf) => {
        const text = stringify({ ...rest, release: { version: old } }, style).replaceAll("\n", isCrlf ? "\r\n" : "\n");
        const spots = locate(text, at("release.version"), "f");
        fc.pre(spots.ok);
        const [spot] = spots.value;
        const edited = written(text, "release.version", value);
        expect(edited.startsWith(text.slice(0, spot!.start))).toBe(true);
        expect(edited.endsWith(text.slice(spot!.end))).toBe(true);
        expect(written(edited, "release.version", value)).toBe(edited);
        for (const [, read] of READERS) expect(read(edited)).toMatchObject([{ release: { version: value } }]);
        for (const [, read] of READERS) expect(otherwise(read(edited))).toEqual(otherwise(read(text)));
      }),
      { numRuns: 300 },
    );
  });

  test("gives a text or a problem", () => {
    const pieces = fc.constantFrom(
      "version",
      ":",
      " ",
      "\n",
      "\r\n",
      "- ",
      "[",
      "]",
      "{",
      "}",
      "&a",
      "*a",
      '"',
      "'",
      "|",
      ">",
      "#",
      "---\n",
      "!!str ",
      "? ",
      "\t",
      "%",
      "1.0",
      "😀",
      "\uFEFF",
      "<<",
      "\0",
      "\\",
      ",",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.array(pieces, { maxLength: 30 }).map((some) => some.join("")),
        ),
        fc.string({ unit: "binary" }),
        (text, value) => {
          expect(settles(text, value)).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
