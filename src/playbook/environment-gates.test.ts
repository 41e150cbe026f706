import { expect, test } from "@jest/globals";
import type { Playbook } from "../model/playbook.ts";
import { readPlaybook } from "./read.ts";

const GATES = "gates: {ci: {check: build}, backup: {evidence: dump taken, by: owners}, smoke: {evidence: [login, search], soak: 1h}, spare: {check: lint}}";
const ENVIRONMENTS = [
  "environments:",
  "  - {name: staging, deploy: {workflow: deploy.yml}, verify: [smoke]}",
  "  - {name: production, deploy: {manual: owners}, gates: [backup, ci], verify: [smoke]}",
];

function read(...lines: readonly string[]): Playbook {
  const result = readPlaybook(["schema: 1", "components: {server: {path: .}}", GATES, ...lines].join("\n"), "p.yml");
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value.playbook;
}

const OF_ENVIRONMENTS = ["staging/smoke", "production/backup", "production/ci", "production/deployed", "production/smoke"];

test.each([
  ["without policies, what no environment asks is left", [], ["spare"]],
  ["what a policy asks stays, whoever asks it beside that", ["policies: {default: {gates: [ci]}, rollback: {gates: [smoke]}}"], ["ci", "smoke", "spare"]],
])("%s, and each environment has gates of its own in the order in which it asks them", (_, policies, own) => {
  expect(Object.keys(read(...ENVIRONMENTS, ...policies).gates)).toEqual([...own, ...OF_ENVIRONMENTS]);
});

test("each asks the same question, and what people say of one says nothing of another", () => {
  const { gates, environments } = read(...ENVIRONMENTS);
  expect(gates["staging/smoke"]).toEqual(gates["production/smoke"]);
  expect(gates["staging/smoke"]).toMatchObject({ kind: "evidence", options: { items: ["login", "search"] }, soakMs: 3_600_000 });
  expect(environments.map(({ gates: before, deployed, verify }) => ({ before, deployed, verify }))).toEqual([
    { before: [], deployed: null, verify: ["staging/smoke"] },
    { before: ["production/backup", "production/ci"], deployed: "production/deployed", verify: ["production/smoke"] },
  ]);
});

test("that people deployed is theirs to say, once a release", () => {
  expect(read(...ENVIRONMENTS).gates["production/deployed"]).toEqual({
    kind: "evidence",
    options: { items: ["deployed to production"], each: "release" },
    whenPaths: [],
    soakMs: null,
    windows: [],
    by: "owners",
  });
});

test("that a draft was sent is a person's word for each of those who are told; what a workflow sends needs none", () => {
  const { gates, communications } = read(
    "policies: {default: {gates: [ci, backup, smoke, spare]}}",
    "communications: [{on: release, to: [mail, chat, mail], draft: true, by: owners}, {on: release, to: status page, workflow: status.yml}]",
  );
  expect(communications.map(({ name }) => name)).toEqual(["announce/release: mail, chat, mail", "announce/release: status page"]);
  expect(Object.entries(gates).slice(4)).toEqual([
    [
      "announce/release: mail, chat, mail",
      { kind: "evidence", options: { items: ["mail", "chat"], each: "release" }, whenPaths: [], soakMs: null, windows: [], by: "owners" },
    ],
  ]);
});

test("without environments the gates stay what they are", () => {
  expect(Object.keys(read().gates)).toEqual(["ci", "backup", "smoke", "spare"]);
});
