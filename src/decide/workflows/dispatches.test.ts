import { expect, test } from "@jest/globals";
import { artifactWith } from "../../../test/fixtures/artifact.ts";
import { DEFAULTS } from "../../model/defaults.ts";
import type { Artifact } from "../../model/playbook.ts";
import type { Problem } from "../../model/problem.ts";
import { dispatchProblems } from "./dispatches.ts";
import { readWorkflow } from "./read-workflow.ts";

function problemsOf(start: Artifact["start"], workflows: Readonly<Record<string, string>>): readonly Problem[] {
  const artifact = artifactWith({ workflow: "docs.yml", start });
  const read = Object.entries(workflows).map(([file, text]) => ({ file, path: `.github/workflows/${file}`, ...readWorkflow(text, file) }));
  return dispatchProblems({ ...DEFAULTS, path: ".github/release-steward.yml", artifacts: [artifact, artifact] }, read);
}

const INPUTS = `on:
  workflow_dispatch:
    inputs:
      reason: {required: true}
      dry_run: {type: boolean, default: false, required: true}
      level: {type: choice, options: [low, high]}
      count: {type: number}
      where: {type: environment}
`;

const dispatch = (inputs: Readonly<Record<string, string>>): readonly string[] =>
  problemsOf({ trigger: "workflow_dispatch", ref: null, inputs }, { "docs.yml": INPUTS }).map(({ line, message }) => `${String(line)} ${message}`);

test.each<readonly [string, Readonly<Record<string, string>>, readonly string[]]>([
  ["all that is needed", { reason: "release {tag}" }, []],
  ["everything, as it should be", { reason: "x", dry_run: "true", level: "high", count: "-1.5", where: "prod" }, []],
  ["what only a release knows is not judged", { reason: "x", level: "{version}", count: "{version}", dry_run: "{tag}" }, []],
  ["a required one is missing", {}, ["4 `docs.yml` requires the input `reason`, which `artifacts` does not pass"]],
  ["one that it does not take", { reason: "x", tag: "{tag}" }, ["2 `artifacts` passes the input `tag` to `docs.yml`, which does not take it"]],
  ["a word for a boolean", { reason: "x", dry_run: "yes" }, ["5 the input `dry_run` of `docs.yml` takes `true` or `false`, and `artifacts` passes `yes`"]],
  ["no choice of its list", { reason: "x", level: "mid" }, ["6 the input `level` of `docs.yml` takes `low` or `high`, and `artifacts` passes `mid`"]],
  ["a word for a number", { reason: "x", count: "two" }, ["7 the input `count` of `docs.yml` takes a number, and `artifacts` passes `two`"]],
  ["a name that every object has", { reason: "x", constructor: "y" }, ["2 `artifacts` passes the input `constructor` to `docs.yml`, which does not take it"]],
])("inputs: %s", (_, inputs, problems) => {
  expect(dispatch(inputs)).toEqual(problems);
});

test("an input by a name that every object has is missing like any other", () => {
  const texts = { "docs.yml": "on: {workflow_dispatch: {inputs: {constructor: {required: true}}}}\n" };
  expect(problemsOf({ trigger: "workflow_dispatch", ref: null, inputs: {} }, texts).map(({ message }) => message)).toEqual([
    "`docs.yml` requires the input `constructor`, which `artifacts` does not pass",
  ]);
});

test("a workflow without workflow_dispatch can't be dispatched", () => {
  expect(problemsOf({ trigger: "workflow_dispatch", ref: null, inputs: {} }, { "docs.yml": "on: push\n" })).toMatchObject([
    { severity: "warning", path: ".github/workflows/docs.yml", message: "`artifacts` dispatches `docs.yml`, which has no `workflow_dispatch`" },
  ]);
});

test("a workflow that does not exist is said once, where the playbook names it", () => {
  expect(problemsOf({ trigger: "tag" }, {})).toMatchObject([
    { severity: "warning", path: ".github/release-steward.yml", message: "`artifacts` names `.github/workflows/docs.yml`, which does not exist" },
  ]);
});

test.each([
  ["it listens to it", { "docs.yml": "on: {repository_dispatch: {types: [built]}}\n" }, []],
  ["it listens to every event", { "docs.yml": "on: repository_dispatch\n" }, []],
  [
    "nobody listens",
    { "docs.yml": "on: {repository_dispatch: {types: [build]}}\n" },
    ["`artifacts` sends the event `built` for `docs.yml`, which does not listen to it, and no other workflow does"],
  ],
  [
    "another one listens",
    { "docs.yml": "on: push\n", "site.yml": "on: {repository_dispatch: {types: built}}\n" },
    ["`artifacts` sends the event `built` for `docs.yml`, which does not listen to it, but `site.yml` does"],
  ],
  ["what it listens to can't be told, which is said elsewhere", { "docs.yml": "on: [\n" }, []],
])("an event: %s", (_, workflows, problems) => {
  expect(problemsOf({ trigger: "repository_dispatch", event: "built", inputs: {} }, workflows).map(({ message }) => message)).toEqual(problems);
});
