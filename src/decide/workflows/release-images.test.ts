import { describe, expect, test } from "@jest/globals";
import type { Commit, FileState, Snapshot } from "../../model/snapshot.ts";
import type { Component } from "../components.ts";
import { changedAndNotListed, contextFolders, foldersTogether, imageListPath, readReleaseImages } from "./release-images.ts";

const TREE = [
  "release-images.json",
  "configs/kueuer/Dockerfile",
  "configs/kueuer/main.py",
  "tools/probe/Dockerfile.arm64",
  "helm/cavern/Chart.yaml",
  ".devcontainer/Dockerfile",
];
const component = (path: string): Component => ({ name: path, path, dependents: "leave", isPresent: true });

function snapshotOf(list: string | FileState, tree: readonly string[] = TREE, changed: readonly string[] = []): Snapshot {
  const commit: Commit = { sha: "1", parents: [], committedAt: 0, authorName: "", authorLogin: null, message: "", paths: changed, pullRequest: null };
  const range = { since: null, commits: [commit] };
  return {
    takenAt: 0,
    repository: { name: null, url: null },
    head: { sha: "1", branch: "main", onDefaultBranch: true },
    tags: [],
    paths: new Set(tree),
    files: new Map([["release-images.json", typeof list === "string" ? { is: "text", text: list } : list]]),
    ranges: new Map([".", "helm/cavern", "helm/reg", "helm/reg/sub"].map((key) => [key, range])),
    hosted: null,
  };
}

const problemsOf = (list: string | FileState, tree = TREE): readonly string[] =>
  (readReleaseImages(snapshotOf(list, tree))?.problems ?? []).map(({ line, column, message }) => `${String(line)}:${String(column)} ${message}`);

describe("the list", () => {
  test.each<readonly [string, string | FileState, readonly string[]]>([
    ["as CANFAR has it", '{"images": [{"id": "kueuer", "context": "configs/kueuer", "dockerfile": "Dockerfile"}]}', []],
    ["a bare list, with dots and a final slash", '[{"context": "./configs/kueuer/"}, {"context": "."}]', []],
    ["a context that is fetched", '[{"context": "https://example.org/repository.git"}]', []],
    ["a context that does not exist", '{"images": [\n  {"context": "configs/kueue"}\n]}', ["2:15 the build context `configs/kueue` does not exist"]],
    ["a file is no folder", '[{"context": "configs/kueuer/main.py"}]', ["1:14 the build context `configs/kueuer/main.py` does not exist"]],
    [
      "a way out",
      '[{"context": "../other"}, {"context": "/etc"}]',
      ["1:14 the build context `../other` does not exist", "1:39 the build context `/etc` does not exist"],
    ],
    ["no context", '[{"image": "kueuer"}, 7]', ["1:2 an image names no build `context`", "1:23 an image names no build `context`"]],
    ["no list", '{"image": []}', ["1:1 which images a release rebuilds can't be told: expected a list, or a list at `images`"]],
    ["no JSON", '{"images": [', ["1:13 which images a release rebuilds can't be told: not valid JSON: CloseBracketExpected"]],
    ["nothing", "", ["1:1 which images a release rebuilds can't be told: not valid JSON: ValueExpected"]],
    ["no text", { is: "symlink" }, ["null:null which images a release rebuilds can't be told: the list of images is a symbolic link"]],
  ])("%s", (_, list, problems) => {
    expect(problemsOf(list)).toEqual(problems);
  });

  test("stands at the root or in .github", () => {
    expect(imageListPath(new Set([".github/release-images.json"]))).toBe(".github/release-images.json");
    expect(imageListPath(new Set(["docs/release-images.json"]))).toBeNull();
    expect(readReleaseImages({ paths: new Set(), files: new Map() })).toBeNull();
  });
});

/** What is said of a release of the component at `path` in which these paths have changed. */
function named(list: string, changed: readonly string[], path = ".", tree = TREE): readonly string[] {
  const snapshot = snapshotOf(list, tree, changed);
  const read = readReleaseImages(snapshot);
  if (read === null) throw new Error("no list");
  return changedAndNotListed(
    component(path),
    [component("."), component("helm/cavern"), component("helm/reg"), component("helm/reg/sub")],
    read.images,
    snapshot,
  ).map(({ message }) => message);
}

describe("a context that has changed and is not listed", () => {
  const PROBE = "`tools/probe` has changed, and no image of `release-images.json` is built from it";
  const KUEUER = '[{"context": "configs/kueuer"}]';

  test.each<readonly [string, string, readonly string[], readonly string[]]>([
    ["is named", KUEUER, ["tools/probe/main.go"], [PROBE]],
    ["also when something deep in it changed", KUEUER, ["tools/probe/src/a/b.go"], [PROBE]],
    ["also where only its folder is known", KUEUER, ["tools/probe/"], [PROBE]],
    ["once", KUEUER, ["tools/probe/a.go", "tools/probe/b.go"], [PROBE]],
    ["is not, when it is listed", '[{"context": "tools/probe"}]', ["tools/probe/main.go"], []],
    [
      "is not, when its Dockerfile is built from another folder",
      '[{"context": ".", "dockerfile": "tools/probe/Dockerfile.arm64"}]',
      ["tools/probe/main.go"],
      [],
    ],
    ["is not, when nothing in it changed", KUEUER, ["README.md", "configs/kueuer/main.py"], []],
    ["is not, when a tool builds it", KUEUER, [".devcontainer/Dockerfile"], []],
    ["can't be told without a list", "{", ["tools/probe/main.go"], []],
  ])("%s", (_, list, changed, messages) => {
    expect(named(list, changed)).toEqual(messages);
  });

  test("belongs to the component that holds it; one that none holds, to each", () => {
    const tree = [...TREE, "helm/reg/image/Dockerfile"];
    expect(named(KUEUER, ["helm/reg/image/Dockerfile"], "helm/reg", tree)).toEqual([
      "`helm/reg/image` has changed, and no image of `release-images.json` is built from it",
    ]);
    expect(named(KUEUER, ["helm/reg/image/Dockerfile"], "helm/cavern", tree)).toEqual([]);
    expect(named(KUEUER, ["tools/probe/main.go"], "helm/cavern", tree)).toEqual([PROBE]);
  });

  test("belongs to a component inside another's folder, and not to the outer one", () => {
    const tree = [...TREE, "helm/reg/sub/Dockerfile"];
    expect(named(KUEUER, ["helm/reg/sub/main.go"], "helm/reg/sub", tree)).toEqual([
      "`helm/reg/sub` has changed, and no image of `release-images.json` is built from it",
    ]);
    expect(named(KUEUER, ["helm/reg/sub/main.go"], "helm/reg", tree)).toEqual([]);
  });

  test("at the root is its Dockerfile", () => {
    expect(named(KUEUER, ["main.go"], ".", [...TREE, "Dockerfile"])).toEqual([
      "`Dockerfile` has changed, and no image of `release-images.json` is built from it",
    ]);
  });

  test("is looked for among at most a hundred, and more are said", () => {
    const many = [...TREE, ...Array.from({ length: 100 }, (_, index) => `images/i${String(index)}/Dockerfile`)];
    expect(named(KUEUER, ["tools/probe/main.go"], ".", many)).toEqual([]);
    expect(contextFolders(new Set(many))).toEqual([]);
    expect(problemsOf(KUEUER, many)).toEqual(["1:1 the repository has more than 100 build contexts: changed ones that are not listed here are not looked for"]);
  });
});

test("a host is asked to tell apart the folders around contexts, and none without a list", () => {
  const folders = contextFolders(new Set(TREE));
  expect(folders.map(({ path }) => path)).toEqual([".", "configs", "tools"]);
  expect(contextFolders(new Set(TREE.slice(1)))).toEqual([]);
  expect(
    foldersTogether(
      [
        { path: "configs", isDeep: true },
        { path: "helm", isDeep: false },
      ],
      folders,
    ),
  ).toEqual([
    { path: ".", isDeep: false },
    { path: "configs", isDeep: true },
    { path: "helm", isDeep: false },
    { path: "tools", isDeep: false },
  ]);
});
