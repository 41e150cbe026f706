import { describe, expect, test } from "@jest/globals";
import { HOUR_MS, MINUTE_MS, NOON, gateNamed, peopleWith, subjectWith } from "../../../test/fixtures/subject.ts";
import type { Evidence, Facts, Tick } from "../../model/agreement.ts";
import { NOTHING_SAID } from "../../model/agreement.ts";
import type { OptionsOf } from "./define.ts";
import { evidence } from "./evidence.ts";
import type { Subject } from "./subject.ts";

const PEOPLE = peopleWith({ steward: ["lee", "sam"], write: ["lee", "sam", "jo"] });
const tick = (item: string, by: string, at = NOON - 5 * MINUTE_MS, gate = "smoke"): Tick => ({ gate, item, by, at });
const said = (step: string, by: string, link: string, at = NOON - MINUTE_MS): Evidence => ({
  step,
  by,
  link,
  at,
  url: "https://github.com/acme/app/pull/7#issuecomment-2",
});

type Asked = { readonly items?: readonly string[]; readonly each?: "release" | "push"; readonly by?: string | null };

function judge(
  { items = ["login", "storage access", "dashboards"], each = "release", by = "steward" }: Asked,
  facts: Partial<Facts>,
  change: Partial<Subject> = {},
) {
  const options: OptionsOf<"evidence"> = { items, each };
  const subject = subjectWith({ people: PEOPLE, facts: { ...NOTHING_SAID, ...facts }, ...change });
  return evidence.evaluate(options, subject, gateNamed({ gate: "smoke", kind: "evidence", options, by }));
}

const ONE: Asked = { items: ["Overlays match"] };

describe("a gate with several items", () => {
  test("nobody said anything: every item is to be done, and how", () => {
    expect(judge({}, {})).toMatchObject({
      state: "closed",
      because: "0 of 3 confirmed",
      next: "tick each in the checklist, or say `/release evidence login <link>`",
      items: [
        { text: "login", done: null },
        { text: "storage access", done: null },
        { text: "dashboards", done: null },
      ],
    });
  });

  test("some are done: the rest is asked for", () => {
    const found = judge({}, { ticks: [tick("login", "lee")], evidence: [said("dashboards", "sam", "https://grafana/d/1")] });
    expect(found).toMatchObject({
      state: "closed",
      because: "2 of 3 confirmed",
      next: "tick the rest in the checklist, or say `/release evidence storage <link>`",
      details: ["@sam gave https://grafana/d/1 for `dashboards`, 2026-11-21 11:59 UTC", "@lee ticked `login`, 2026-11-21 11:55 UTC"],
    });
    expect(found.items.map(({ done }) => done)).toEqual([
      { by: "lee", role: "steward", at: NOON - 5 * MINUTE_MS, link: null },
      null,
      { by: "sam", role: "steward", at: NOON - MINUTE_MS, link: "https://grafana/d/1" },
    ]);
  });

  test("all are done: it is open", () => {
    const ticks = ["login", "storage access", "dashboards"].map((item) => tick(item, "lee"));
    expect(judge({}, { ticks })).toMatchObject({ state: "open", because: "3 of 3 confirmed", next: null });
  });

  test("the name of the gate alone means none of them, and the details say so", () => {
    expect(judge({}, { evidence: [said("smoke", "lee", "all fine")] })).toMatchObject({
      because: "0 of 3 confirmed",
      details: ["@lee's evidence for `smoke` does not count: it may be `login`, `storage access` or `dashboards`"],
    });
  });

  test("what is said of another gate's step is not this one's", () => {
    const playbook = subjectWith().playbook;
    const gates = { docs: gateNamed({ gate: "docs", kind: "evidence", options: { items: ["log book"], each: "release" } }) };
    const found = judge(
      { items: ["login"] },
      { ticks: [tick("login", "lee", NOON, "docs")], evidence: [said("log book", "lee", "x"), said("lo", "lee", "x")] },
      { playbook: { ...playbook, gates } },
    );
    expect(found).toMatchObject({
      state: "closed",
      because: "nobody has confirmed",
      details: ["@lee's evidence for `lo` does not count: it may be `log book` or `login`"],
    });
  });
});

describe("a gate with one item", () => {
  test.each([
    ["nobody", {}, "closed", "nobody has confirmed", "tick it in the checklist, or say `/release evidence smoke <link>`"],
    ["a tick", { ticks: [tick("Overlays match", "lee")] }, "open", "@lee confirmed", null],
    ["its name", { evidence: [said("smoke", "lee", "looked at the diff")] }, "open", "@lee confirmed: looked at the diff", null],
    ["its text begun", { evidence: [said("OVERLAYS", "lee", "https://ci/1")] }, "open", "@lee confirmed: https://ci/1", null],
    [
      "a tick by somebody else",
      { ticks: [tick("Overlays match", "jo")] },
      "closed",
      "@jo's tick of `smoke` does not count: it needs steward (@lee, @sam)",
      "tick it in the checklist, or say `/release evidence smoke <link>`",
    ],
    [
      "an app",
      { ticks: [tick("Overlays match", "renovate[bot]")] },
      "closed",
      "@renovate[bot]'s tick of `smoke` does not count: it needs a person",
      "tick it in the checklist, or say `/release evidence smoke <link>`",
    ],
    [
      "an item that is not asked any more",
      { ticks: [tick("Overlays", "lee")] },
      "closed",
      "nobody has confirmed",
      "tick it in the checklist, or say `/release evidence smoke <link>`",
    ],
  ] as const)("%s", (_, facts, state, because, next) => {
    expect(judge(ONE, facts)).toMatchObject({ state, because, next });
  });

  test("the newest that counts is shown, whoever came after it without the role", () => {
    const ticks = [tick("Overlays match", "jo", NOON)];
    const found = judge(ONE, { ticks, evidence: [said("smoke", "lee", "old", NOON - HOUR_MS), said("smoke", "sam", "new", NOON - MINUTE_MS)] });
    expect(found).toMatchObject({ state: "open", because: "@sam confirmed: new" });
  });

  test("whoever asked for the release may confirm: it is no approval", () => {
    const requesters = [{ by: "lee", at: NOON, url: "", command: "bump minor" }];
    expect(judge(ONE, { requesters, ticks: [tick("Overlays match", "lee")] }).state).toBe("open");
  });

  test("without a role anybody who may write confirms", () => {
    expect(judge({ ...ONE, by: null }, { ticks: [tick("Overlays match", "jo")] })).toMatchObject({
      state: "open",
      items: [{ done: { by: "jo", role: "write access" } }],
    });
    expect(judge({ ...ONE, by: null }, { ticks: [tick("Overlays match", "eve")] }).state).toBe("closed");
  });
});

describe("each: push", () => {
  const since = NOON - 10 * MINUTE_MS;
  test.each([
    ["after the push", since + 1, since, "open", "@lee confirmed"],
    ["with the push", since, since, "open", "@lee confirmed"],
    ["before the push", since - 1, since, "closed", "@lee's tick of `smoke` fell with the push of 2026-11-21 11:50 UTC"],
    ["and nobody knows when the push was", NOON, null, "closed", "@lee's tick of `smoke` does not count: when the branch was pushed to last is not known"],
  ] as const)("a tick %s", (_, at, headSince, state, because) => {
    expect(judge({ ...ONE, each: "push" }, { ticks: [tick("Overlays match", "lee", at)] }, { headSince })).toMatchObject({ state, because });
  });

  test("one for the release outlives the push", () => {
    expect(judge(ONE, { ticks: [tick("Overlays match", "lee", since - 1)] }, { headSince: since }).state).toBe("open");
  });
});

describe("what is not known opens nothing", () => {
  const unknown = { is: "unknown", because: "the team @acme/stewards could not be read", next: "give the app the permission `members: read`" } as const;
  const people = { ...PEOPLE, standing: () => unknown };

  test("who ticked is in a team that can't be read", () => {
    expect(judge(ONE, { ticks: [tick("Overlays match", "lee")] }, { people })).toMatchObject({
      state: "unknown",
      because: "the team @acme/stewards could not be read",
      next: "give the app the permission `members: read`",
      items: [{ done: null }],
      details: ["@lee's tick of `smoke` is not counted yet: the team @acme/stewards could not be read"],
    });
  });

  test("while others are not done at all, those are asked for first", () => {
    expect(judge({}, { ticks: [tick("login", "lee")] }, { people })).toMatchObject({ state: "closed", because: "0 of 3 confirmed" });
  });

  test.each([
    [true, "closed"],
    [false, "unknown"],
  ])("a role without anybody (a team that is empty: %s) names its remedy", (isEmpty, state) => {
    const faults = [{ because: "the team @acme/stewards has nobody in it", next: "add somebody to it", isEmpty }];
    const found = judge(ONE, {}, { people: { ...PEOPLE, members: () => ({ logins: [], levels: [], faults }) } });
    expect(found).toMatchObject({ state, because: "nobody has confirmed; the team @acme/stewards has nobody in it", next: "add somebody to it" });
  });

  test("in a local repository nobody can tell", () => {
    expect(judge(ONE, {}, { hosted: null })).toMatchObject({ state: "unknown", items: [{ text: "Overlays match", done: null }] });
  });
});

test("it asks who people are that confirmed something, each once, and not who an app is", () => {
  const asked: unknown[] = [];
  const people = { ...PEOPLE, wants: (...words: Parameters<typeof PEOPLE.wants>) => (asked.push(words), { files: [], teams: [], logins: [] }) };
  const options: OptionsOf<"evidence"> = { items: ["a", "b"], each: "release" };
  const ticks = [tick("a", "lee"), tick("b", "lee"), tick("b", "renovate[bot]"), tick("gone", "kim")];
  evidence.wants(options, subjectWith({ people, facts: { ...NOTHING_SAID, ticks } }), gateNamed({ gate: "smoke", kind: "evidence", options, by: "steward" }));
  expect(asked).toEqual([["steward", ["lee"]]]);
});
