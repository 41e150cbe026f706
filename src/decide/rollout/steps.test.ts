import { expect, test } from "@jest/globals";
import { readPlaybook } from "../../playbook/read.ts";
import type { PolicyName } from "../../model/playbook.ts";
import { isFollowed, stepsOfRelease } from "./steps.ts";

function playbookOf(rules: string) {
  const read = readPlaybook(`schema: 1\ncomponents: {app: {path: .}}\nroles: {operations: ["@ann"]}\n${rules}`, "p.yml");
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join("; "));
  return read.value.playbook;
}
/** `docs < publication`: what a step comes after. */
const order = (rules: string, policy: PolicyName | null = null): readonly string[] =>
  stepsOfRelease(playbookOf(rules), policy).map(({ step, after }) => (after.length === 0 ? step : `${step} < ${after.join(", ")}`));

const TAGGED = "- {workflow: images.yml, trigger: tag}";
const DOCS = "- {workflow: docs.yml, trigger: workflow_dispatch}";

test.each([
  ["nothing but the release", "", ["tag", "publication < tag"]],
  [
    "what the tag starts comes after the tag, what the app starts after the publication",
    `artifacts:\n${TAGGED}\n${DOCS}\n`,
    ["tag", "images < tag", "publication < tag", "docs < publication"],
  ],
  ["what the publication starts", "artifacts:\n- {workflow: npm.yml, trigger: release}\n", ["tag", "publication < tag", "npm < publication"]],
  [
    "what says after what it comes",
    `artifacts:\n${TAGGED}\n- {workflow: chart.yml, trigger: repository_dispatch, event: chart, after: images}\n- {workflow: site.yml, trigger: workflow_dispatch, after: [chart, images]}\n`,
    ["tag", "images < tag", "chart < images", "site < chart, images", "publication < tag"],
  ],
  [
    "a draft until its artifacts are there",
    `release: {publish: after-artifacts}\nartifacts:\n${TAGGED}\n${DOCS}\n`,
    ["tag", "images < tag", "docs < tag", "publication < images, docs"],
  ],
  [
    "other repositories and environments come after all that is built, each environment after the one it names",
    `artifacts:\n${DOCS}\ndownstream: [{repository: acme/charts, files: [{file: a.yaml, yaml: v, value: "{version}"}]}]\nenvironments:\n- {name: staging, deploy: {manual: operations}}\n- {name: production, after: staging, deploy: {manual: operations}}\n`,
    ["tag", "publication < tag", "docs < publication", "acme/charts < docs", "staging < docs", "production < staging"],
  ],
])("%s", (_, rules, expected) => {
  expect(order(rules)).toEqual(expected);
});

test("an announcement comes with its moment, for the releases that it is about", () => {
  const rules = `environments: [{name: production, deploy: {manual: operations}}]
communications:
- {on: release, to: blog, draft: true, policies: [minor]}
- {on: production, to: status page, draft: true}
`;
  const told = (policy: PolicyName | null) => order(rules, policy).filter((step) => step.startsWith("announce"));
  expect(told("minor")).toEqual(["announce/release: blog < publication", "announce/production: status page < production"]);
  expect(told("patch")).toEqual(["announce/production: status page < production"]);
  expect(told(null)).toHaveLength(2);
});

test("a workflow that makes the tag comes first, after all that its candidate goes through", () => {
  const rules = `release: {candidate: {tag: "v{version}-rc.{n}", promote: same-commit}}
artifacts:
- {workflow: build.yml, trigger: tag, on: candidate}
- {workflow: promote.yml, trigger: workflow_dispatch, makes: tag}
- {workflow: docs.yml, trigger: workflow_dispatch}
environments:
- {name: test, of: candidate, deploy: {manual: operations}}
- {name: production, after: test, deploy: {manual: operations}}
`;
  expect(order(rules)).toEqual([
    "candidate/build",
    "test < candidate/build",
    "promote < test",
    "tag < promote",
    "publication < tag",
    "docs < publication",
    "production < docs, test",
  ]);
});

test.each([
  ["", false],
  [`artifacts:\n${TAGGED}\n`, true],
  ["release: {retrospective: true}\n", true],
  ["release: {mention: pull-requests}\n", true],
  ['release: {tag: {moving: ["v{major}"]}}\n', true],
])("with %j it is followed after its publication: %s", (rules, isIt) => {
  expect(isFollowed(playbookOf(rules), null)).toBe(isIt);
});
