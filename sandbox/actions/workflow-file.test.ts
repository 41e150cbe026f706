import { expect, it } from "@jest/globals";
import { readWorkflow } from "./workflow-file.ts";

const JOBS = "jobs: { build: { runs-on: ubuntu-latest } }";

it("reads names, inputs and jobs", () => {
  const file = readWorkflow(`
name: Images
run-name: Images of \${{ inputs.tag }}
on:
  workflow_dispatch:
    inputs:
      tag: { description: Which, required: true, type: string }
      level: { type: choice, options: [low, high], default: low }
      count: { type: number, default: 3 }
      bare:
jobs:
  build: { name: Build it, runs-on: [self-hosted, large] }
  publish: { needs: build, runs-on: ubuntu-latest }
  shared: { uses: ./.github/workflows/shared.yml }
`);
  expect(file).toMatchObject({ name: "Images", runName: "Images of ${{ inputs.tag }}" });
  expect(file!.triggers.workflowDispatch!.inputs).toEqual([
    { name: "tag", isRequired: true, usual: null, type: "string", options: [] },
    { name: "level", isRequired: false, usual: "low", type: "choice", options: ["low", "high"] },
    { name: "count", isRequired: false, usual: "3", type: "number", options: [] },
    { name: "bare", isRequired: false, usual: null, type: "string", options: [] },
  ]);
  expect(file!.jobs).toEqual([
    { id: "build", name: "Build it", labels: ["self-hosted", "large"], steps: [], environment: null },
    { id: "publish", name: "publish", labels: ["ubuntu-latest"], steps: [], environment: null },
    { id: "shared", name: "shared", labels: [], steps: [], environment: null },
  ]);
});

it.each([
  ["one event", `on: push\n${JOBS}`, ["push"]],
  ["a list", `on: [push, workflow_dispatch]\n${JOBS}`, ["push", "workflowDispatch"]],
  ["a map", `on: { release: { types: published }, pull_request: }\n${JOBS}`, ["pullRequest", "release"]],
  ["a schedule and one that starts nothing here", `on: { schedule: [{ cron: "0 0 * * *" }], workflow_call: {} }\n${JOBS}`, ["schedule"]],
])("takes as triggers %s", (_, text, events) => {
  const { triggers } = readWorkflow(text)!;
  expect(Object.entries(triggers).flatMap(([event, options]) => (options === null ? [] : [event]))).toEqual(events);
});

it.each([
  ["no YAML", "on: ["],
  ["without triggers", JOBS],
  ["without jobs", "on: push"],
  ["nothing", ""],
])("is null for what is %s", (_, text) => {
  expect(readWorkflow(text)).toBeNull();
});
