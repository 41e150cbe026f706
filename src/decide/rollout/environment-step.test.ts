import { describe, expect, test } from "@jest/globals";
import { HOUR_MS, MINUTE_MS, NOON, peopleWith, subjectWith } from "../../../test/fixtures/subject.ts";
import { NOTHING_SAID } from "../../model/agreement.ts";
import { DEFAULTS } from "../../model/defaults.ts";
import type { Environment, Gate } from "../../model/playbook.ts";
import { judgeEnvironment, type Deploying, type EnvironmentSeen } from "./environment-step.ts";
import { finding } from "./step-finding.ts";
import { newStepRecord } from "./step-record.ts";

const evidence = (item: string, soakMs: number | null = null): Gate => ({
  kind: "evidence",
  options: { items: [item], each: "release" },
  whenPaths: [],
  soakMs,
  windows: [],
  by: "sre",
});
const GATES = { "staging/backup": evidence("backup"), "staging/deployed": evidence("deployed"), "staging/quiet": evidence("quiet", 30 * MINUTE_MS) };
const STAGING: Environment = {
  name: "staging",
  after: null,
  of: "release",
  deploy: { by: "people", role: "sre" },
  pin: null,
  gates: ["staging/backup"],
  deployed: "staging/deployed",
  verify: ["staging/quiet"],
  soakMs: 2 * HOUR_MS,
  windows: [],
  pullRequest: { labels: [], draft: false },
  rollback: null,
};
const ticked = (gate: string, at: number) => ({ gate: `staging/${gate}`, item: gate, by: "ann", at });

type Asked = Partial<Omit<EnvironmentSeen, "subject">> & { readonly ticks?: readonly ReturnType<typeof ticked>[]; readonly takenAt?: number };
function judged({ ticks = [], takenAt = NOON, ...change }: Asked = {}) {
  const subject = subjectWith({ takenAt, playbook: { ...DEFAULTS, gates: GATES }, people: peopleWith({ sre: ["ann"] }), facts: { ...NOTHING_SAID, ticks } });
  return judgeEnvironment({ environment: STAGING, record: newStepRecord("v1.3.0", "staging"), stopped: null, deploying: null, ...change, subject });
}
const since = (deployedAt: number) => ({ ...newStepRecord("v1.3.0", "staging"), deployedAt });
const at = (minutes: number): number => NOON + minutes * MINUTE_MS;
const shown = ({ state, because }: ReturnType<typeof judged>) => `${state}: ${because}`;

describe("before the version is there", () => {
  test.each([
    ["nobody has confirmed anything", [], "needs-people: waits for backup"],
    ["what was asked before is confirmed", [ticked("backup", NOON)], "needs-people: sre (@ann) puts it there"],
    ["somebody says that it is there before that", [ticked("deployed", NOON)], "needs-people: waits for backup"],
  ] as const)("%s", (_, ticks, words) => {
    expect(shown(judged({ ticks }))).toBe(words);
  });

  test("outside of its window time will tell, and people come first", () => {
    const environment: Environment = { ...STAGING, windows: [{ days: ["Mon"], fromMinute: 600, toMinute: 660, zone: "UTC" }] };
    expect(shown(judged({ environment }))).toBe("needs-people: waits for backup");
    expect(judged({ environment, ticks: [ticked("backup", NOON)] })).toMatchObject({
      state: "waiting",
      because: "window opens Mon 10:00 UTC",
      opensAt: NOON + 46 * HOUR_MS,
    });
  });

  test("while people have stopped the release, it waits, whatever is confirmed", () => {
    expect(shown(judged({ stopped: "@kim holds it: wait", ticks: [ticked("backup", NOON)] }))).toBe("waiting: @kim holds it: wait");
  });

  test("what deploys it is told whether it may, and its word is shown when it may", () => {
    const asked: boolean[] = [];
    const deploying = (areOpen: boolean): Deploying => {
      asked.push(areOpen);
      return { finding: finding("running", "deploy.yml runs"), deployedAt: null };
    };
    expect([judged({ deploying }), judged({ deploying, ticks: [ticked("backup", NOON)] })].map(shown)).toEqual([
      "needs-people: waits for backup",
      "running: deploy.yml runs",
    ]);
    expect(asked).toEqual([false, true]);
  });
});

describe("once the version is there", () => {
  test("what was asked before is not asked again, and the time that it came is kept", () => {
    const deployed = judged({ ticks: [ticked("backup", NOON), ticked("deployed", at(1))], takenAt: at(2) });
    expect(deployed.record?.deployedAt).toBe(at(1));
    expect(judged({ record: since(NOON), takenAt: at(31) }).gates.map(({ gate }) => gate)).toEqual(["staging/quiet"]);
  });

  test.each([
    ["it may go on after its time and its watch", at(120), [at(31)], "done"],
    ["its time is not over", at(119), [at(31)], "waiting"],
    ["its watch is not over", at(29), [], "waiting"],
    ["its watch was confirmed before it was over", at(120), [at(29)], "needs-people"],
    ["its watch was confirmed before the version was there", at(120), [NOON - MINUTE_MS], "needs-people"],
    ["nobody confirmed its watch", at(120), [], "needs-people"],
  ] as const)("%s", (_, takenAt, quiet, state) => {
    expect(judged({ record: since(NOON), takenAt, ticks: quiet.map((one) => ticked("quiet", one)) }).state).toBe(state);
  });

  test("it says when time alone moves it on", () => {
    expect([
      judged({ record: since(NOON), takenAt: at(10) }).opensAt,
      judged({ record: since(NOON), takenAt: at(40), ticks: [ticked("quiet", at(31))] }).opensAt,
    ]).toEqual([at(30), at(120)]);
  });

  test("a hold comes too late for what runs there: it is still watched to its end", () => {
    expect(judged({ record: since(NOON), stopped: "@kim holds it: wait", takenAt: at(120), ticks: [ticked("quiet", at(31))] }).state).toBe("done");
  });
});
