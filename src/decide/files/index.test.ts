import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import type { Place } from "../../model/playbook.ts";
import { locateValue, updateValue } from "./index.ts";

const WORD = "x-release-steward-version";
const KINDS: readonly [string, Place, string][] = [
  ["yaml", { by: "yaml", path: "version" }, "# é😀\nversion: «1.0.0» # x\n"],
  ["json", { by: "json", path: "version" }, '{ "é😀": 1,\n  "version": "«1.0.0»" }\n'],
  ["toml", { by: "toml", path: "version" }, '# é😀\nversion = "«1.0.0»" # x\n'],
  ["regex", { by: "regex", pattern: "^version = (.*)$" }, "version = «1.0.0»\né😀\n"],
  ["marker", { by: "marker", word: WORD }, `é😀\nversion = v«1.0.0» # ${WORD}\n`],
];
const VARIANTS: readonly [string, (text: string) => string][] = [
  ["as it is", (text) => text],
  ["with CRLF", (text) => text.replaceAll("\n", "\r\n")],
  ["without a final newline", (text) => text.trimEnd()],
  ["behind a byte order mark", (text) => `\uFEFF${text}`],
  ["behind a byte order mark, with CRLF", (text) => `\uFEFF${text.replaceAll("\n", "\r\n")}`],
];

describe.each(KINDS)("a place by %s", (_, place, fixture) => {
  test.each(VARIANTS)("in a file %s is written with every other byte kept, and found again", (_variant, vary) => {
    const marked = vary(fixture);
    const text = marked.replaceAll(/[«»]/g, "");
    const edited = updateValue(text, place, "1.1.0", "f");
    expect(edited).toEqual({ ok: true, value: marked.replace("«1.0.0»", "1.1.0") });
    const spots = locateValue(text, place, "f");
    expect(spots).toMatchObject({ ok: true, value: [{ value: "1.0.0" }] });
    const [spot] = spots.ok ? spots.value : [];
    expect(text.slice(spot!.start, spot!.end).replaceAll('"', "")).toBe("1.0.0");
    const line = text.replace("\uFEFF", "").split("\n")[spot!.line - 1]!;
    expect(line.slice(spot!.column - 1)).toMatch(/^"?1\.0\.0/);
  });

  test.each(["", "a\nb", "a\rb", "\0", "\u007F", "\u0085", "\u2028", "\uD800", "\uFEFF1", "1".repeat(501)])("refuses to write %j", (value) => {
    expect(updateValue(fixture.replaceAll(/[«»]/g, ""), place, value, "f")).toEqual({
      ok: false,
      problems: [expect.objectContaining({ path: "f", message: `expected a version to write, found ${JSON.stringify(value.slice(0, 500))}` })],
    });
  });

  test("refuses a file that is too large for a version file", () => {
    const problem = {
      severity: "error",
      message: "expected a version file of at most 1 MB, found 1048577 characters",
      path: "f",
      line: null,
      column: null,
      hint: null,
    };
    expect(updateValue(" ".repeat(1_048_577), place, "1.0.0", "f")).toEqual({ ok: false, problems: [problem] });
    expect(locateValue(" ".repeat(1_048_577), place, "f")).toEqual({ ok: false, problems: [problem] });
  });

  test("gives a text or problems for any text and any value", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), fc.string({ unit: "binary" }), fc.nat(), (noise, value, at) => {
        const text = fixture.replaceAll(/[«»]/g, "");
        const cut = at % text.length;
        const result = updateValue(text.slice(0, cut) + noise + text.slice(cut), place, value, "f");
        expect(result.ok ? updateValue(result.value, place, value, "f") : result.problems.every(({ path }) => path === "f")).toEqual(result.ok ? result : true);
      }),
      { numRuns: 500 },
    );
  });
});
