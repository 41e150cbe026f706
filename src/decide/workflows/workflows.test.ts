import { describe, expect, test } from "@jest/globals";
import type { FileState } from "../../model/snapshot.ts";
import { readWorkflow } from "./read-workflow.ts";
import { readWorkflows, workflowPaths } from "./workflows.ts";

const PATH = ".github/workflows/build.yml";

/** `line:column message` of each, without what they all begin with. */
function problemsOf(text: string): readonly string[] {
  const { on, problems } = readWorkflow(text, PATH);
  expect(on === null).toBe(problems.length > 0);
  expect(new Set(problems.map(({ severity, path }) => `${severity} ${path ?? ""}`))).toEqual(new Set([`warning ${PATH}`]));
  return problems.map(({ message, line, column }) => `${String(line)}:${String(column)} ${message.replace("what starts this workflow can't be told: ", "")}`);
}

describe("a workflow that GitHub or nobody can read is unknown, with its place", () => {
  test.each([
    ["no YAML", "on: [push\n", "2:1 not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]"],
    ["nothing", "", "the file is empty"],
    ["no trigger", "jobs: {}\n", "1:1 a workflow has no `on`"],
    ["a list", "- on\n", "1:1 expected a workflow to be a mapping, found a list"],
    ["two documents", "on: push\n---\non: push\n", "3:1 expected one document, found another"],
    ["a key twice", "on:\n  push:\n  push:\n", "3:3 the key `push` stands twice"],
    ["both filters", "on:\n  push:\n    tags: [a]\n    tags-ignore: [b]\n", "4:5 GitHub takes either `tags` or `tags-ignore`, found both"],
    ["a pattern of no meaning", "on:\n  push:\n    tags: ['v[']\n", "3:12 nobody can tell which tags `v[` matches"],
    ["mappings for words", "on:\n  push:\n    tags: [{a: b}]\n", "3:12 expected `tags` to hold words, found a mapping"],
    ["an alias of nothing", "on: *gone\n", "alias"],
    [
      "too many inputs",
      `on:\n  workflow_dispatch:\n    inputs: {${Array.from({ length: 26 }, (_, index) => `i${String(index)}: `).join(", ")}}\n`,
      "3:5 GitHub takes at most 25 inputs, found 26",
    ],
  ])("%s", (_, text, problem) => {
    const [first = "", ...others] = problemsOf(text);
    expect(first).toContain(problem);
    expect(others).toEqual([]);
  });

  test("nested without end", () => {
    expect(problemsOf(`on: ${"[".repeat(20_000)}`)[0]).toContain("nested too deeply");
  });

  test("aliases upon aliases cost no more than their text", () => {
    const levels = Array.from({ length: 40 }, (_, level) => `a${String(level)}: &a${String(level)} [*a${String(level - 1)}, *a${String(level - 1)}]`).slice(1);
    expect(problemsOf(`a0: &a0 [x]\n${levels.join("\n")}\non: *a39\n`)).toEqual([
      "40:12 expected `on` to hold words, found a list",
      "40:18 expected `on` to hold words, found a list",
    ]);
  });
});

const texts = (files: Readonly<Record<string, FileState | string>>) => ({
  paths: new Set(Object.keys(files)),
  files: new Map(Object.entries(files).map(([path, state]): [string, FileState] => [path, typeof state === "string" ? { is: "text", text: state } : state])),
});

describe("which files are workflows", () => {
  test("those in the folder itself, by name", () => {
    const tree = new Set([
      ".github/workflows/b.yaml",
      ".github/workflows/a.yml",
      ".github/workflows/old/c.yml",
      ".github/workflows/README.md",
      "workflows/d.yml",
    ]);
    expect(workflowPaths(tree)).toEqual([".github/workflows/a.yml", ".github/workflows/b.yaml"]);
  });

  test("one that is no readable text is unknown, and said", () => {
    const { workflows, problems } = readWorkflows(
      texts({
        ".github/workflows/binary.yml": { is: "binary" },
        ".github/workflows/large.yml": `on: push\n${"# ".repeat(140_000)}`,
        ".github/workflows/link.yml": { is: "symlink" },
        ".github/workflows/right.yml": "on: push\n",
      }),
    );
    expect(workflows.map(({ file, on }) => [file, on !== null])).toEqual([
      ["binary.yml", false],
      ["large.yml", false],
      ["link.yml", false],
      ["right.yml", true],
    ]);
    expect(problems.map(({ path, message }) => `${path ?? ""} ${message}`)).toEqual([
      ".github/workflows/binary.yml what starts this workflow can't be told: the file is not a text",
      ".github/workflows/large.yml what starts this workflow can't be told: the file is too large to be read",
      ".github/workflows/link.yml what starts this workflow can't be told: the file is a symbolic link",
    ]);
  });

  test("of more than a hundred the rest is said to be unknown", () => {
    const names = Array.from({ length: 102 }, (_, index) => `.github/workflows/w${String(index).padStart(3, "0")}.yml`);
    expect(workflowPaths(new Set(names))).toHaveLength(100);
    const { workflows, problems } = readWorkflows(texts(Object.fromEntries(names.map((name) => [name, "on: push\n"]))));
    expect(workflows.filter(({ on }) => on === null).map(({ file }) => file)).toEqual(["w100.yml", "w101.yml"]);
    expect(problems.map(({ message }) => message)).toEqual([
      "102 workflows in `.github/workflows/`: the first 100 by name are looked at, what starts the others can't be told",
    ]);
  });
});
