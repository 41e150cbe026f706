import { describe, expect, test } from "@jest/globals";
import { gateNamed } from "../../../test/fixtures/subject.ts";
import { nameOf, stepNamed, stepsOf } from "./steps.ts";

const evidence = (...items: readonly string[]) => gateNamed({ gate: "", kind: "evidence", options: { items, each: "release" } });
const GATES = {
  ci: gateNamed({ gate: "ci", kind: "check", options: { names: ["build"], app: null } }),
  values: evidence("Overlays match the intended rollout"),
  smoke: evidence("login", "login of admins", "storage access", "monitoring dashboards"),
  docs: evidence("Documentation updated", "storage layout"),
};
const STEPS = stepsOf(GATES);

test("the steps of a playbook are the items of its evidence gates, in its order", () => {
  expect(STEPS.map(({ gate, item }) => `${gate}: ${item}`)).toEqual([
    "values: Overlays match the intended rollout",
    "smoke: login",
    "smoke: login of admins",
    "smoke: storage access",
    "smoke: monitoring dashboards",
    "docs: Documentation updated",
    "docs: storage layout",
  ]);
});

describe("what is meant after /release evidence", () => {
  test.each([
    ["values", "values: Overlays match the intended rollout"],
    ["VALUES", "values: Overlays match the intended rollout"],
    ["overlays", "values: Overlays match the intended rollout"],
    ["login", "smoke: login"],
    ["Login  of", "smoke: login of admins"],
    ["monitoring", "smoke: monitoring dashboards"],
    ["smoke: storage", "smoke: storage access"],
    ["docs: storage layout", "docs: storage layout"],
  ])("%j is %j", (words, expected) => {
    const found = stepNamed(words, STEPS);
    expect(found.is === "one" ? `${found.step.gate}: ${found.step.item}` : found).toBe(expected);
  });

  test.each([
    ["smoke", ["login", "login of admins", "storage access", "monitoring dashboards"]],
    ["storage", ["storage access", "storage layout"]],
    ["log", ["login", "login of admins"]],
  ])("%j may be several, so it is none of them", (words, items) => {
    const found = stepNamed(words, STEPS);
    expect(found.is === "several" ? found.steps.map(({ item }) => item) : found.is).toEqual(items);
  });

  test.each(["", "  ", "ci", "nothing such"])("%j is no step", (words) => {
    expect(stepNamed(words, STEPS)).toEqual({ is: "none" });
  });
});

const ENVIRONMENTS = stepsOf({
  notes: evidence("Notes are read"),
  backup: evidence("dump taken"),
  "staging/smoke": evidence("login", "storage access"),
  "staging/deployed": evidence("deployed to staging"),
  "production/backup": evidence("dump of production taken"),
  "production/smoke": evidence("login", "storage access"),
  "production/deployed": evidence("deployed to production"),
  "production/watched": evidence("error rate"),
});

describe("what is meant where environments ask", () => {
  test.each([
    ["staging/deployed", "staging/deployed: deployed to staging"],
    ["deployed to prod", "production/deployed: deployed to production"],
    ["staging/login", "staging/smoke: login"],
    ["Production/Storage", "production/smoke: storage access"],
    ["staging/smoke: login", "staging/smoke: login"],
    ["watched", "production/watched: error rate"],
    ["error", "production/watched: error rate"],
    ["backup", "backup: dump taken"],
  ])("%j is %j", (words, expected) => {
    const found = stepNamed(words, ENVIRONMENTS);
    expect(found.is === "one" ? `${found.step.gate}: ${found.step.item}` : found).toBe(expected);
  });

  test.each([
    ["deployed", ["staging/deployed", "production/deployed"]],
    ["smoke: login", ["staging/smoke", "production/smoke"]],
    ["login", ["staging/smoke", "production/smoke"]],
    ["staging/smoke", ["staging/smoke", "staging/smoke"]],
  ])("%j may be several, so it is none of them", (words, gates) => {
    const found = stepNamed(words, ENVIRONMENTS);
    expect(found.is === "several" ? found.steps.map(({ gate }) => gate) : found.is).toEqual(gates);
  });

  const ANNOUNCED = stepsOf({
    "announce/release: mail": evidence("mail"),
    "announce/qa: mail, chat": evidence("mail", "chat"),
    "announce/qa: news desk": evidence("news desk"),
  });
  test.each([
    ["announce/release: mail", "mail", '"release: mail"'],
    ["announce/qa: mail, chat", "mail", '"announce/qa: mail, chat: mail"'],
    ["announce/qa: mail, chat", "chat", "chat"],
    ["announce/qa: news desk", "news desk", "news"],
  ])("an announcement %s: %s is best named %s", (gate, item, expected) => {
    expect(nameOf({ gate, item }, ANNOUNCED)).toBe(expected);
  });

  test.each([
    ["staging/deployed", "deployed to staging", "staging/deployed"],
    ["production/watched", "error rate", "watched"],
    ["production/backup", "dump of production taken", "production/backup"],
    ["production/smoke", "storage access", "production/storage"],
  ])("%s: %s is best named %s", (gate, item, expected) => {
    expect(nameOf({ gate, item }, ENVIRONMENTS)).toBe(expected);
  });
});

describe("how a step is best named", () => {
  test.each([
    ["values", "Overlays match the intended rollout", "values"],
    ["smoke", "login", "login"],
    ["smoke", "login of admins", '"login of"'],
    ["smoke", "storage access", '"storage access"'],
    ["smoke", "monitoring dashboards", "monitoring"],
  ])("%s: %s is named %s", (gate, item, expected) => {
    expect(nameOf({ gate, item }, STEPS)).toBe(expected);
  });

  test("a text that can't be written in a command safely has no name", () => {
    const steps = stepsOf({ odd: evidence("`a`", "`b`") });
    expect(nameOf({ gate: "odd", item: "`a`" }, steps)).toBeNull();
  });
});
