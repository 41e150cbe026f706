import { describe, expect, test } from "@jest/globals";
import type { Problem } from "../model/problem.ts";
import { renderProblem } from "./problems.ts";

const problem: Problem = { severity: "error", message: "a.b: expected x, found y", path: "p.yml", line: 2, column: 4, hint: null };
const red = "\u001B[31m";

describe("a problem on a terminal", () => {
  test.each([
    ["its place, its line and a caret below", problem, "one\ntwo 2\n", "p.yml:2:4: a.b: expected x, found y\n  2 | two 2\n    |    ^"],
    ["a hint last", { ...problem, hint: "write x" }, null, "p.yml:2:4: a.b: expected x, found y\n  hint: write x"],
    ["no column, no caret", { ...problem, column: null }, "one\ntwo", "p.yml:2: a.b: expected x, found y\n  2 | two"],
    ["no line, no source", { ...problem, line: null, column: null }, "one\ntwo", "p.yml: a.b: expected x, found y"],
    ["no file, no place", { ...problem, path: null, line: null, column: null }, null, "a.b: expected x, found y"],
    ["a warning is called one", { ...problem, severity: "warning" as const }, null, "p.yml:2:4: warning: a.b: expected x, found y"],
    ["a line that the text has not", { ...problem, line: 9 }, "one", "p.yml:9:4: a.b: expected x, found y"],
    ["Windows line ends", problem, "one\r\ntwo 2\r\n", "p.yml:2:4: a.b: expected x, found y\n  2 | two 2\n    |    ^"],
    ["a byte order mark", { ...problem, line: 1 }, "\uFEFFone 1", "p.yml:1:4: a.b: expected x, found y\n  1 | one 1\n    |    ^"],
    ["tabs before the caret", problem, "one\n\t\tx: y", "p.yml:2:4: a.b: expected x, found y\n  2 | \t\tx: y\n    | \t\t ^"],
    ["a line number of two digits", { ...problem, line: 10 }, "\n".repeat(9) + "ten 10", "p.yml:10:4: a.b: expected x, found y\n  10 | ten 10\n     |    ^"],
  ])("%s", (_, given, source, text) => {
    expect(renderProblem(given, source, false)).toBe(text);
  });

  test("a long line is shown around the column", () => {
    const source = `${"a".repeat(200)}HERE${"b".repeat(200)}`;
    const [, line = "", caret = ""] = renderProblem({ ...problem, line: 1, column: 201 }, source, false).split("\n");
    expect(line).toBe(`  1 | …${"a".repeat(60)}HERE${"b".repeat(56)}…`);
    expect(line.slice(caret.indexOf("^"))).toMatch(/^HERE/);
  });

  test("colour when it is wanted, and only then", () => {
    expect(renderProblem(problem, "one\ntwo 2", true)).toContain(`${red}^`);
    expect(renderProblem(problem, "one\ntwo 2", false)).not.toContain("\u001B");
  });

  test("nothing in a file can speak to the terminal", () => {
    const evil: Problem = { ...problem, message: "a\u001B[2J", path: "p\u0007.yml", hint: "\u202Etxt" };
    expect(renderProblem(evil, "one\n\u001B]0;x\u0007: \u009B", false)).toBe(
      "p\uFFFD.yml:2:4: a\uFFFD[2J\n  2 | \uFFFD]0;x\uFFFD: \uFFFD\n    |    ^\n  hint: \uFFFDtxt",
    );
  });
});
