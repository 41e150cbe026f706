import { describe, expect, test } from "@jest/globals";
import { gateNamed, subjectWith } from "../../../test/fixtures/subject.ts";
import type { FileState } from "../../model/snapshot.ts";
import type { Component } from "../components.ts";
import { forbid } from "./forbid.ts";

const component = (path: string): Component => ({ name: path, path, dependents: "leave", isPresent: true });
const options = { pattern: String.raw`:latest\b`, paths: ["**/values*.yaml"] };
const gate = gateNamed({ gate: "pinned", kind: "forbid", options });

const withFiles = (files: Readonly<Record<string, string | FileState>>, components = [component(".")], allComponents = components) =>
  subjectWith({
    tree: new Set(Object.keys(files)),
    file: (path) => {
      const state = files[path];
      return typeof state === "string" ? { is: "text", text: state } : state;
    },
    components,
    allComponents,
  });
const ask = (...scene: Parameters<typeof withFiles>) => forbid.evaluate(options, withFiles(...scene), gate);

describe("what is found", () => {
  test("nothing", () => {
    expect(ask({ "values.yaml": "image: nginx:1.27\n", "README.md": "nginx:latest" })).toMatchObject({
      state: "open",
      because: "nothing forbidden in 1 file",
      problems: [],
    });
  });
  test("one place, with line and column", () => {
    expect(ask({ "a/values.yaml": "a: 1\r\nimage: nginx:latest\r\n" })).toMatchObject({
      state: "closed",
      because: "1 line holds what is forbidden: `a/values.yaml:2:13`",
      next: "correct it, or the pattern in `gates.pinned`",
      problems: [
        {
          severity: "error",
          path: "a/values.yaml",
          line: 2,
          column: 13,
          message: String.raw`expected no match of ${"`"}:latest\b${"`"}, found "image: nginx:latest"`,
          hint: "the gate `pinned` forbids it",
        },
      ],
    });
  });
  test("the first of each line, and how many", () => {
    const found = ask({ "values.yaml": "[x:latest, y:latest]\nz:latest\nz:later" });
    expect(found.because).toBe("2 lines hold what is forbidden: `values.yaml:1:3` and 1 more");
    expect(found.problems.map(({ line, column }) => [line, column])).toEqual([
      [1, 3],
      [2, 2],
    ]);
  });
  test("of many, 200 places are annotated and 20 told, and both say so", () => {
    const found = ask({ "values.yaml": "x:latest\n".repeat(512) });
    expect(found.problems).toHaveLength(200);
    expect(found.details).toHaveLength(21);
    expect(found.details.at(-1)).toBe("and 492 more, of which the first 200 places are annotated");
  });
  test("a long line shows the surroundings of the match", () => {
    const [problem] = ask({ "values.yaml": `${"a".repeat(50_000)} image: nginx:latest` }).problems;
    expect(problem).toMatchObject({ column: 50_014, message: expect.stringContaining("nginx:latest") });
    expect(problem?.message.length).toBeLessThan(200);
  });
});

describe("which files count", () => {
  const cavern = component("charts/cavern");
  const reg = component("charts/reg");
  const bad = "x:latest";
  test.each([
    ["its own", [cavern], [cavern, reg], "charts/cavern/values.yaml", "closed"],
    ["another component's do not", [cavern], [cavern, reg], "charts/reg/values.yaml", "open"],
    ["those of none do", [cavern], [cavern, reg], "environments/values.yaml", "closed"],
    ["a folder with a longer name is none of its own", [cavern], [cavern, reg], "charts/reg-extra/values.yaml", "closed"],
    ["inside of both the deeper one counts", [component("charts")], [component("charts"), reg], "charts/reg/values.yaml", "open"],
    ["the root holds what no other does", [reg], [component("."), reg], "values.yaml", "open"],
  ])("%s", (_name, released, all, path, state) => {
    expect(ask({ [path]: bad }, released, all).state).toBe(state);
  });
  test("globs that match nothing anywhere are unknown: nothing was looked at", () => {
    expect(ask({ "README.md": bad })).toMatchObject({
      state: "unknown",
      because: "no file matches `**/values*.yaml`: nothing was looked at",
      next: "correct `paths` in `gates.pinned`",
    });
  });
  test("it asks for files that count and are not read yet", () => {
    const subject = withFiles(
      { "charts/cavern/values.yaml": "", "charts/reg/values.yaml": bad, "values-prod.yaml": bad, "README.md": bad },
      [cavern],
      [cavern, reg],
    );
    expect(forbid.wants(options, { ...subject, file: (path) => (path === "values-prod.yaml" ? undefined : subject.file(path)) }, gate)).toEqual({
      files: ["values-prod.yaml"],
    });
    expect(forbid.wants(options, subject, gate)).toEqual({ files: [] });
  });
});

describe("files that can't be searched", () => {
  test("one that is too large leaves it unknown", () => {
    expect(ask({ "values.yaml": { is: "too-large", bytes: 9e6 }, "a/values.yaml": "x: 1" })).toMatchObject({
      state: "unknown",
      because: "`values.yaml` is too large to be read",
      next: "split it, or leave it out of `paths` in `gates.pinned`",
    });
  });
  test("but not when something was found elsewhere", () => {
    expect(ask({ "values.yaml": { is: "too-large", bytes: 9e6 }, "a/values.yaml": "x:latest" }).state).toBe("closed");
  });
  test("links and binary files hold no lines, and are named", () => {
    expect(ask({ "values.yaml": { is: "symlink" }, "a/values.yaml": { is: "binary" }, "b/values.yaml": "" })).toMatchObject({
      state: "open",
      because: "nothing forbidden in 1 file",
      details: ["`a/values.yaml` was not looked into: it is not a text", "`values.yaml` was not looked into: it is a symbolic link"],
    });
  });
});
