import { describe, expect, test } from "@jest/globals";
import { Temporal } from "temporal-polyfill";
import { gateNamed, subjectWith } from "../../../test/fixtures/subject.ts";
import type { FreezePeriod, PolicyName } from "../../model/playbook.ts";
import { bareChange } from "../changes/bare-change.ts";
import { freeze } from "./freeze.ts";
import type { Subject } from "./subject.ts";

const at = (text: string): number => Temporal.Instant.from(`${text}Z`).epochMilliseconds;
const period = (from: string, until: string, change: Partial<FreezePeriod> = {}): FreezePeriod => ({
  from: at(from),
  until: at(until),
  zone: "UTC",
  reason: null,
  except: { policies: [], labels: [] },
  ...change,
});
const HOLIDAYS = period("2026-12-20T00:00", "2027-01-04T00:00", { reason: "nobody is on call" });

function ask(now: string, periods: readonly FreezePeriod[], change: Partial<Subject> = {}) {
  const options = { periods };
  return freeze.evaluate(options, subjectWith({ takenAt: at(now), ...change }), gateNamed({ gate: "holidays", kind: "freeze", options }));
}

describe("a period", () => {
  test.each([
    ["2026-12-19T23:59", "open"],
    ["2026-12-20T00:00", "waiting"],
    ["2027-01-03T23:59", "waiting"],
    ["2027-01-04T00:00", "open"],
  ])("%s: %s", (now, state) => {
    expect(ask(now, [HOLIDAYS]).state).toBe(state);
  });
  test("says until when, why and how long, and thaws by itself", () => {
    expect(ask("2026-12-22T00:00", [HOLIDAYS])).toMatchObject({
      state: "waiting",
      because: "frozen until 2027-01-04 00:00 UTC (nobody is on call), thaws in 13 days",
      next: null,
      opensAt: HOLIDAYS.until,
    });
  });
  test("is announced before it begins", () => {
    expect(ask("2026-12-18T00:00", [HOLIDAYS])).toMatchObject({
      state: "open",
      because: "no freeze now",
      details: ["freezes in 2 days, until 2027-01-04 00:00 UTC (nobody is on call)"],
    });
    expect(ask("2027-02-01T00:00", [HOLIDAYS]).details).toEqual([]);
  });
  test("is told in the zone in which people think of it", () => {
    const berlin = period("2026-12-19T23:00", "2027-01-03T23:00", { zone: "Europe/Berlin" });
    expect(ask("2027-01-03T20:00", [berlin]).because).toBe("frozen until 2027-01-04 00:00 Europe/Berlin, thaws in under a day");
  });
  test("those that adjoin or overlap are one", () => {
    const more = [
      period("2027-01-10T00:00", "2027-01-12T00:00"),
      period("2027-01-04T00:00", "2027-01-08T00:00"),
      period("2027-01-07T00:00", "2027-01-09T00:00"),
    ];
    expect(ask("2026-12-22T00:00", [HOLIDAYS, ...more]).opensAt).toBe(at("2027-01-09T00:00"));
  });
});

const under = (name: PolicyName | null): Partial<Subject> => ({ policy: { name, rules: { automatic: false, gates: [], labels: [] } } });
const carrying = (...labels: readonly (readonly string[] | null)[]): Partial<Subject> => ({
  changes: labels.map((some, index) => ({
    ...bareChange("", ""),
    pullRequest: some === null ? null : { number: index, title: "", labels: some, author: null },
  })),
});

describe("exceptions", () => {
  const now = "2026-12-22T00:00";
  const except = (policies: readonly PolicyName[], labels: readonly string[]) => ({ ...HOLIDAYS, except: { policies, labels } });
  test.each([
    ["its policy", except(["hotfix"], []), under("hotfix"), "open"],
    ["another policy", except(["hotfix"], []), under("patch"), "waiting"],
    ["no policy", except(["hotfix"], []), under(null), "waiting"],
    ["every pull request carries the label", except([], ["security"]), carrying(["Security"], ["x", "security"]), "open"],
    ["one does not", except([], ["security"]), carrying(["security"], ["x"]), "waiting"],
    ["something came without a pull request", except([], ["security"]), carrying(["security"], null), "waiting"],
    ["there is nothing at all", except([], ["security"]), carrying(), "waiting"],
    ["a label that is not excepted", HOLIDAYS, carrying(["security"]), "waiting"],
  ] as const)("%s", (_name, one, change, state) => {
    expect(ask(now, [one], change).state).toBe(state);
  });
  test("say why they let it through", () => {
    expect(ask(now, [except(["hotfix"], [])], under("hotfix")).because).toBe(
      "frozen until 2027-01-04 00:00 UTC (nobody is on call), but not for this: the policy `hotfix` is excepted",
    );
    expect(ask(now, [except([], ["security", "urgent"])], carrying(["urgent"])).because).toMatch(/every pull request in it carries `security` or `urgent`$/);
  });
  test("of one period do not count for another", () => {
    expect(ask(now, [except(["hotfix"], []), period("2026-12-21T00:00", "2026-12-23T00:00")], under("hotfix"))).toMatchObject({
      state: "waiting",
      opensAt: at("2026-12-23T00:00"),
    });
  });
});
