import { expect, test } from "@jest/globals";
import picomatch from "picomatch";
import { DEFAULTS } from "../model/defaults.ts";
import type { Component } from "./components.ts";
import { wantedFolders } from "./wanted-folders.ts";

const at = (...paths: string[]): Component[] => paths.map((path) => ({ name: path, path, dependents: "leave", isPresent: true }));
const rules = (minimum: readonly string[], configPaths: readonly string[] = []) => ({
  ...DEFAULTS,
  versioning: { ...DEFAULTS.versioning, minimum: { minor: minimum } },
  changelog: { ...DEFAULTS.changelog, configPaths },
});

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
])("%s", (_name, playbook, components, expected) => {
  expect(wantedFolders(playbook, components).map(({ path, isDeep }) => `${path} ${isDeep ? "deep" : ""}`)).toEqual(expected);
});

test("a folder that stands for all it holds is matched by the pattern that asked for it", () => {
  for (const glob of ["lrdb/migrations/**", "configs/**"]) expect(picomatch(glob, { dot: true })(glob.replace("**", ""))).toBe(true);
});
