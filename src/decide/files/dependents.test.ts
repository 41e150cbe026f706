import { describe, expect, test } from "@jest/globals";
import { load } from "js-yaml";
import { cascade } from "./dependents.ts";

/** `«…»` marks what a release of utils 2.0.0 changes. */
const before = (marked: string) => marked.replaceAll(/[«»]/g, "");
const after = (marked: string, raw: string) => marked.replaceAll(/«[^»]*»/g, () => raw);
const PATH = "helm/apps/harbour/Chart.yaml";
const run = (text: string, version = "2.0.0", paths: readonly string[] = []) =>
  cascade(new Map([[PATH, text]]), new Map([["helm/apps/utils", version]]), new Set(paths));

const PARENT = `# The harbour.
apiVersion: v2
name: harbour
version: 1.0.0   # moved by its own release
dependencies:
  - name: redis
    repository: "https://charts.example.org"
    version: 1.0.0
  # what all charts share
  - name: utils
    version: «1.0.0»   # keep
    repository: file://../utils
`;

const dependency = (repository: string, version: string) => `dependencies:\n- name: utils\n  repository: ${repository}\n  version: ${version}\n`;

describe("a release of a chart", () => {
  test.each([
    ["a pinned version, between comments", PARENT, "2.0.0"],
    ["with CRLF and no final newline", PARENT.replaceAll("\n", "\r\n").trimEnd(), "2.0.0"],
    ["behind a byte order mark", `\uFEFF${PARENT}`, "2.0.0"],
    ["in double quotes", dependency('"file://../utils/"', '«"1.0.0"»'), '"2.0.0"'],
    ["in single quotes", dependency("'file://../utils'", "«'~1.0.0'»"), "'2.0.0'"],
    ["in flow style", "dependencies: [{name: utils, version: «^1», repository: 'file://../utils'}]\n", "2.0.0"],
    [
      "of every entry that requires it",
      "dependencies:\n- {name: utils, alias: a, version: «1.0.0», repository: file://../utils}\n- {name: utils, alias: b, version: «1.x», repository: file://./../utils//}\n",
      "2.0.0",
    ],
    ["through the root", dependency("file://../../../helm/apps/utils", "«1.0.0»"), "2.0.0"],
    ["of a repository that an alias gives", "x: &u file://../utils\ndependencies:\n- repository: *u\n  version: «1.0.0»\n", "2.0.0"],
  ])("raises the requirement of its dependents: %s", (_, marked, raw) => {
    const text = before(marked);
    const result = run(text);
    expect(result).toEqual({ edits: [{ path: PATH, after: after(marked, raw) }], problems: [] });
    expect(run(String(result.edits[0]?.after))).toEqual({ edits: [], problems: [] });
    expect(load(String(result.edits[0]?.after))).toEqual(load(after(marked, '"2.0.0"')));
  });

  test.each([
    ["that it satisfies", dependency("file://../utils", "^2.0.0")],
    ["with a range for pre-releases that it satisfies", dependency("file://../utils", '">=0.1.0-0"')],
    ["of a chart from elsewhere", dependency("https://charts.example.org/utils", "1.0.0")],
    ["of another directory", dependency("file://./charts/utils", "1.0.0")],
    ["of a directory outside the repository", dependency("file://../../../../helm/apps/utils", "1.0.0")],
    ["of an absolute directory", dependency("file:///helm/apps/utils", "1.0.0")],
    ["where there is none", "name: harbour # file:\n"],
    ["where the list is empty", "dependencies: # file:\n"],
  ])("leaves alone a requirement %s", (_, text) => {
    expect(run(text)).toEqual({ edits: [], problems: [] });
  });

  test("reaches charts inside a chart, and charts in the root", () => {
    const charts = new Map([
      ["Chart.yaml", dependency("file://./charts/x", "1.0.0")],
      ["charts/y/Chart.yaml", dependency("file://../..", "1.0.0")],
    ]);
    const { edits } = cascade(
      charts,
      new Map([
        ["charts/x", "1.1.0"],
        [".", "3.0.0"],
      ]),
      new Set(),
    );
    expect(edits).toEqual([
      { path: "Chart.yaml", after: dependency("file://./charts/x", "1.1.0") },
      { path: "charts/y/Chart.yaml", after: dependency("file://../..", "3.0.0") },
    ]);
  });

  test.each([
    ["has a range that can't be read", dependency("file://../utils", "latest"), 'can\'t read the version "latest" that is required of helm/apps/utils', 2, 3],
    ["names no version", "dependencies:\n- repository: file://../utils\n", '`dependencies[0]` has no key "version"', 2, 3],
    [
      "gives its version by an alias",
      "x: &v 1.0.0\ndependencies:\n- repository: file://../utils\n  version: *v\n",
      "`dependencies[0].version` is the alias `*v`: a change would have to be made at `&v`",
      4,
      12,
    ],
    [
      "names two repositories",
      "dependencies:\n- repository: file://../utils\n  repository: file://../x\n",
      'the key "repository" stands twice: first in line 2, and here',
      3,
      3,
    ],
    ["stands in no YAML", "a: [\n# file://\n", expect.stringContaining("not valid YAML"), 3, 1],
  ])("is a problem with its place for a dependent that %s", (_, text, message, line, column) => {
    expect(run(text)).toEqual({ edits: [], problems: [expect.objectContaining({ severity: "error", path: PATH, message, line, column })] });
  });

  test("is a problem when no chart can require its version", () => {
    expect(run(dependency("file://../utils", "1.0.0"), "2026.2")).toMatchObject({
      edits: [],
      problems: [
        { severity: "error", path: PATH, line: 2, message: "helm/apps/utils is to become 2026.2, which is no SemVer version, so no chart can require it" },
      ],
    });
  });

  test("says which lock files become stale, whether or not the requirement changes", () => {
    const lock = "helm/apps/harbour/Chart.lock";
    for (const range of ["1.0.0", "^2.0.0"]) {
      expect(run(dependency("file://../utils", range), "2.0.0", [lock, "helm/apps/utils/Chart.lock"]).problems).toEqual([
        {
          severity: "warning",
          message: "holds the old version of helm/apps/utils",
          path: lock,
          line: null,
          column: null,
          hint: "run `helm dependency update helm/apps/harbour` and commit the result",
        },
      ]);
    }
    expect(run(dependency("file://../other", "1.0.0"), "2.0.0", [lock]).problems).toEqual([]);
  });
});
