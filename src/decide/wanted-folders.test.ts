import { expect, test } from "@jest/globals";
import picomatch from "picomatch";
import { DEFAULTS } from "../model/defaults.ts";
import type { Gate, GateQuestion } from "../model/playbook.ts";
import type { Component } from "./components.ts";
import { wantedFolders } from "./wanted-folders.ts";

const at = (...paths: string[]): Component[] => paths.map((path) => ({ name: path, path, dependents: "leave", isPresent: true }));
const rules = (minimum: readonly string[], configPaths: readonly string[] = []) => ({
  ...DEFAULTS,
  versioning: { ...DEFAULTS.versioning, minimum: { minor: minimum } },
  changelog: { ...DEFAULTS.changelog, configPaths },
});
const withGate = (gate: GateQuestion & Pick<Gate, "whenPaths">) => ({ ...DEFAULTS, gates: { asked: { ...gate, soakMs: null, windows: [], by: null } } });

test.each([
  ["one root component needs no tree at all", rules([]), at("."), []],
  [
    "charts are told apart in their folder and in those above it",
    rules([]),
    at("helm/applications/a", "helm/applications/b"),
    [". ", "helm ", "helm/applications "],
  ],
  ["a root component beside others", rules([]), at(".", "charts/a"), [". ", "charts "]],
  ["a whole folder of migrations stands as one entry of the folder above", rules(["lrdb/migrations/**"]), at("."), [". ", "lrdb "]],
  ["a finer pattern needs every file below its base", rules(["services/**/migrations/*.sql"]), at("."), [". ", "services deep"]],
  ["a pattern from the root needs everything", rules(["**/*.proto"]), at("."), [". deep"]],
  ["a single file is an entry of its folder", rules(["api/openapi.yaml"]), at("."), [". ", "api "]],
  ["paths of configuration", rules([], ["configs/**"]), at("."), [". "]],
  [
    "a gate that is asked for some paths",
    withGate({ kind: "evidence", options: { items: ["backup"], each: "release" }, whenPaths: ["lrdb/migrations/**", "sql/*.sql"] }),
    at("."),
    [". ", "lrdb ", "sql deep"],
  ],
  [
    "paths that change together",
    withGate({ kind: "paths_together", options: { paths: ["api/proto/**", "api/generated/*.go"] }, whenPaths: [] }),
    at("."),
    [". ", "api ", "api/generated deep"],
  ],
  [
    "files that are searched are looked for in the tree, not in what changed",
    withGate({ kind: "forbid", options: { pattern: "latest", paths: ["charts/**/values.yaml"] }, whenPaths: [] }),
    at("."),
    [],
  ],
])("%s", (_name, playbook, components, expected) => {
  expect(wantedFolders(playbook, components).map(({ path, isDeep }) => `${path} ${isDeep ? "deep" : ""}`)).toEqual(expected);
});

test("a folder that stands for all it holds is matched by the pattern that asked for it", () => {
  for (const glob of ["lrdb/migrations/**", "configs/**"]) expect(picomatch(glob, { dot: true })(glob.replace("**", ""))).toBe(true);
});
