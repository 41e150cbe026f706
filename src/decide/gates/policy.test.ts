import { describe, expect, test } from "@jest/globals";
import { gateNamed } from "../../../test/fixtures/subject.ts";
import type { Change } from "../../model/change.ts";
import { DEFAULTS } from "../../model/defaults.ts";
import type { Environment, Playbook, Policy, PolicyName } from "../../model/playbook.ts";
import { bareChange } from "../changes/bare-change.ts";
import { askedGates } from "./asked.ts";
import { combinePolicies, policyOf } from "./policy.ts";

const gate = (whenPaths: readonly string[] = []) => gateNamed({ gate: "", kind: "evidence", options: { items: ["x"], each: "release" }, whenPaths });
const rules = (gates: readonly string[], change: Partial<Policy> = {}): Policy => ({ automatic: false, gates, labels: [], ...change });
const gates = { ci: gate(), led: gate(), designed: gate(), backup: gate(["db/**"]), smoke: gate() };
const playbook = (policies: Partial<Record<PolicyName, Policy>>, change: Partial<Playbook> = {}): Playbook => ({ ...DEFAULTS, gates, policies, ...change });
const carrying = (...labels: readonly (readonly string[])[]): readonly Change[] =>
  labels.map((some, index) => ({ ...bareChange("", ""), pullRequest: { number: index, title: "", labels: some, author: null } }));

const SIZES = { patch: rules(["ci"], { automatic: true }), minor: rules(["ci", "led"]), major: rules(["ci", "designed"]) };

describe("the policy of a release", () => {
  test.each([
    ["its size", SIZES, "minor", "release", "minor", ["ci", "led"], false],
    ["patches may be automatic", SIZES, "patch", "release", "patch", ["ci"], true],
    ["a size without its own", { default: rules(["ci"]), major: rules(["designed"]) }, "minor", "release", "default", ["ci"], false],
    ["a hotfix", { ...SIZES, hotfix: rules(["led"]) }, "patch", "hotfix", "hotfix", ["led"], false],
    ["a hotfix where nobody says anything about those", SIZES, "patch", "hotfix", "patch", ["ci"], true],
    ["the way back", { ...SIZES, rollback: rules(["smoke"]) }, null, "rollback", "rollback", ["smoke"], false],
    ["no size: the default", { ...SIZES, default: rules(["smoke"]) }, null, "release", "default", ["smoke"], false],
    ["no size, no default: the sternest", SIZES, null, "release", "major", ["ci", "designed"], false],
    [
      "none fits: everything that any asks",
      { patch: rules(["ci"], { automatic: true }), hotfix: rules(["led"]) },
      "minor",
      "release",
      null,
      ["ci", "led"],
      false,
    ],
  ] as const)("%s", (_name, policies, bump, kind, name, expected, automatic) => {
    const found = policyOf(playbook(policies), { bump, kind, changes: [] });
    expect([found.name, found.rules.gates, found.rules.automatic]).toEqual([name, expected, automatic]);
  });

  test("without policies every gate that no environment names", () => {
    const environment = { gates: ["backup"], deployed: "qa/deployed", verify: ["smoke"] } as unknown as Environment;
    const asked = { environments: [environment], gates: { ...gates, "qa/deployed": gate() } };
    expect(policyOf(playbook({}, asked), { bump: "patch", kind: "release", changes: [] })).toEqual({
      name: null,
      rules: { automatic: false, gates: ["ci", "led", "designed"], labels: [] },
    });
  });

  test("gates come in the order of the playbook, each once", () => {
    expect(policyOf(playbook({ default: rules(["smoke", "ci", "led", "ci"]) }), { bump: null, kind: "release", changes: [] }).rules.gates).toEqual([
      "ci",
      "led",
      "smoke",
    ]);
  });
});

describe("a policy that labels choose", () => {
  const security = { security: rules(["designed"], { labels: ["security"], automatic: true }) };
  const under = (...labels: readonly (readonly string[])[]) =>
    policyOf(playbook({ ...SIZES, ...security }), { bump: "minor", kind: "release", changes: carrying(...labels) });

  test.each([
    ["every pull request carries it", [["Security"], ["security", "bug"]], ["ci", "led", "designed"]],
    ["one does not", [["security"], ["bug"]], ["ci", "led"]],
    ["there is none", [], ["ci", "led"]],
  ])("%s", (_name, labels, expected) => {
    expect(under(...labels).rules.gates).toEqual(expected);
  });
  test("adds gates and grants nothing: neither its name nor what it may do by itself", () => {
    expect(under(["security"])).toMatchObject({ name: "minor", rules: { automatic: false } });
    const lax = { ...SIZES, security: rules([], { labels: ["security"], automatic: true }) };
    expect(policyOf(playbook(lax), { bump: "major", kind: "release", changes: carrying(["security"]) }).rules).toMatchObject({
      automatic: false,
      gates: ["ci", "designed"],
    });
  });
});

const bySize = (bump: "patch" | "minor") => policyOf(playbook(SIZES), { bump, kind: "release", changes: [] });

describe("a joint release", () => {
  test("asks the gates of each part and is automatic only if every part is", () => {
    expect(combinePolicies([bySize("minor"), bySize("patch")], { gates })).toEqual({
      name: null,
      rules: { automatic: false, gates: ["ci", "led"], labels: [] },
    });
    expect(combinePolicies([bySize("patch"), bySize("patch")], { gates })).toEqual({ name: "patch", rules: { automatic: true, gates: ["ci"], labels: [] } });
  });
});

describe("which gates are asked", () => {
  test.each([
    [["src/a.ts"], ["ci"]],
    [["db/1.sql"], ["ci", "backup"]],
    [["db/"], ["ci", "backup"]],
    [[], ["ci"]],
  ])("%j: %j", (paths, expected) => {
    expect(askedGates({ gates }, rules(["backup", "ci"]), paths).map((one) => one.gate)).toEqual(expected);
  });
});
