import { describe, expect, test } from "@jest/globals";
import { gateNamed, HOUR_MS, hostedWith, NOON, subjectWith } from "../../../test/fixtures/subject.ts";
import { NOTHING_SAID } from "../../model/agreement.ts";
import type { Hosted, Milestone, OpenIssue } from "../../model/snapshot.ts";
import type { OptionsOf } from "./define.ts";
import { noOpenIssues } from "./no-open-issues.ts";
import { hasToken, milestonesMeant } from "./release-milestones.ts";
import type { Subject } from "./subject.ts";

const DAY_MS = 24 * HOUR_MS;
const MOUNT: OpenIssue = {
  number: 398,
  title: "mount fails on 1.29",
  url: "https://github.com/acme/app/issues/398",
  labels: [{ name: "Release-Blocker", since: NOON - 2 * DAY_MS }],
  milestone: null,
  assignees: ["kim"],
  createdAt: NOON - 6 * DAY_MS,
};
const issue = (number: number, change: Partial<OpenIssue> = {}): OpenIssue => ({
  ...MOUNT,
  number,
  title: `issue ${String(number)}`,
  assignees: [],
  ...change,
});
const milestone = (title: string, issues: readonly OpenIssue[] = []): Milestone => ({ number: 1, title, dueOn: null, issues });

type Options = OptionsOf<"no_open_issues">;
const BLOCKERS: Options = { labels: ["release-blocker"], milestone: null, scope: [] };

const labelled = (issues: readonly OpenIssue[], label = "release-blocker"): Partial<Hosted> => ({
  labelled: new Map([[label, { ok: true, value: { exists: true, issues } }]]),
});
const milestones = (...value: readonly Milestone[]): Partial<Hosted> => ({ milestones: { ok: true, value } });

function ask(options: Partial<Options>, hosted: Partial<Hosted>, change: Partial<Subject> = {}) {
  const all = { ...BLOCKERS, ...options };
  return noOpenIssues.evaluate(
    all,
    subjectWith({ hosted: hostedWith(hosted), ...change }),
    gateNamed({ gate: "blockers", kind: "no_open_issues", options: all }),
  );
}

describe("issues with a label", () => {
  test("none", () => {
    expect(ask({}, labelled([]))).toMatchObject({ state: "open", because: "no open issue carries `release-blocker`", details: [] });
  });
  test("one, with its age, its label's age and whose it is", () => {
    expect(ask({}, labelled([MOUNT]))).toMatchObject({
      state: "closed",
      because: '#398 "mount fails on 1.29", 6 days, @kim',
      next: "close it, take the label off, or say `/release defer #398 <reason>`",
      details: ['#398 "mount fails on 1.29", open 6 days, Release-Blocker since 2 days, @kim'],
    });
  });
  test("several, the oldest first, the first two by name, and how long they have waited", () => {
    const found = ask(
      {},
      labelled([issue(3, { createdAt: NOON - HOUR_MS }), issue(1, { createdAt: NOON - 40 * DAY_MS }), issue(2, { createdAt: NOON - 9 * DAY_MS })]),
    );
    expect(found).toMatchObject({
      state: "closed",
      because: '#1 "issue 1", 40 days, nobody\'s; #2 "issue 2", 9 days, nobody\'s; and 1 more',
      next: "close each, take its label off, or say `/release defer #1 <reason>`",
    });
    expect(found.details[0]).toBe("3 issues: 1 open longer than 30 days, 1 open longer than 7 days, 1 open 7 days or less");
  });
  test("one under two labels is one", () => {
    const hosted = { labelled: new Map([...(labelled([MOUNT]).labelled ?? []), ...(labelled([MOUNT], "production-impact").labelled ?? [])]) };
    expect(ask({ labels: ["release-blocker", "production-impact"] }, hosted).because).toBe('#398 "mount fails on 1.29", 6 days, @kim');
  });
  test("a label that was deleted can hold nothing, so it does not open anything", () => {
    expect(ask({}, { labelled: new Map([["release-blocker", { ok: true, value: { exists: false, issues: [] } }]]) })).toMatchObject({
      state: "unknown",
      because: "the label `release-blocker` does not exist here any more: nothing can carry it",
      next: "create it, or correct `gates.blockers`",
    });
  });
  test("what can't be read names the permission", () => {
    expect(ask({}, { labelled: new Map([["release-blocker", { ok: false, because: "403", permission: "issues: read" }]]) })).toMatchObject({
      state: "unknown",
      because: "the issues with `release-blocker` could not be read: 403",
      next: "give the app the permission `issues: read`",
    });
  });
  test("without labels every open issue holds", () => {
    expect(ask({ labels: [] }, labelled([], "*")).because).toBe("no issue is open");
    expect(ask({ labels: [] }, labelled([MOUNT], "*"))).toMatchObject({ state: "closed", next: "close it, or say `/release defer #398 <reason>`" });
  });
  test("a long title is cut", () => {
    expect(ask({}, labelled([issue(9, { title: "x".repeat(65_000) })])).because.length).toBeLessThan(100);
  });
  test("a local repository does not know", () => {
    expect(ask({}, {}, { hosted: null }).state).toBe("unknown");
  });
});

describe("issues in a milestone", () => {
  const current = { labels: [], milestone: "current" };
  test("`current` is the one that names the version", () => {
    expect(ask(current, milestones(milestone("v1.3.0", [MOUNT]), milestone("v1.4.0", [issue(1)])))).toMatchObject({
      state: "closed",
      because: '#398 "mount fails on 1.29", 6 days, @kim',
      next: "close it, move it to another milestone, or say `/release defer #398 <reason>`",
    });
    expect(ask(current, milestones(milestone("v1.3.0"), milestone("v1.4.0", [issue(1)])))).toMatchObject({
      state: "open",
      because: "no open issue is in milestone `v1.3.0`",
    });
  });
  test("without such a milestone it is unknown, and the open ones are named", () => {
    expect(ask(current, milestones(milestone("v1.4.0"), milestone("Backlog")))).toMatchObject({
      state: "unknown",
      because: "no open milestone names 1.3.0",
      next: "open one whose title names `1.3.0`, or correct `gates.blockers`: open are `v1.4.0` and `Backlog`",
    });
  });
  test("a named one that is not open", () => {
    expect(ask({ labels: [], milestone: "GA" }, milestones())).toMatchObject({
      state: "unknown",
      because: "there is no open milestone `GA`",
      next: "open it, or correct `gates.blockers`: none is open",
    });
  });
  test("label and milestone have to meet", () => {
    const inIt = issue(1, { milestone: "v1.3.0" });
    const hosted = { ...labelled([inIt, issue(2), issue(3, { milestone: "v1.4.0" })]), ...milestones(milestone("v1.3.0", [inIt, issue(4, { labels: [] })])) };
    expect(ask({ milestone: "current" }, hosted).because).toBe('#1 "issue 1", 6 days, nobody\'s');
    expect(ask({ milestone: "current" }, { ...hosted, ...labelled([]) }).because).toBe("no open issue carries `release-blocker` in milestone `v1.3.0`");
  });
  test("what can't be read", () => {
    expect(ask(current, { milestones: { ok: false, because: "403", permission: "issues: read" } })).toMatchObject({
      state: "unknown",
      because: "milestones could not be read: 403",
    });
  });
});

describe("which milestone is the current one", () => {
  const cavern = { name: "cavern", path: "charts/cavern", dependents: "leave", isPresent: true } as const;
  const mapper = { ...cavern, name: "posix-mapper", path: "charts/posix-mapper" };
  test.each([
    ["with a v", ["v0.9.0", "v0.9.1"], ["v0.9.0"]],
    ["its minor line", ["0.9", "0.8"], ["0.9"]],
    ["a minor line with an x", ["Release 0.9.x"], ["Release 0.9.x"]],
    ["the full version before the minor line", ["0.9", "Release 0.9.0"], ["Release 0.9.0"]],
    ["the one with the component's name before one without", ["0.9.0", "cavern 0.9.0"], ["cavern 0.9.0"]],
    ["another component's is none", ["posix-mapper 0.9.0", "posix-mapper-0.9.0"], []],
    ["nor is a part of a longer number", ["10.9.0", "0.9.01", "0.9.0-rc1", "0.9.0.1"], []],
  ])("%s", (_name, titles, expected) => {
    const subject = { releases: [{ component: "cavern", version: "0.9.0", tag: "" }], components: [cavern], allComponents: [cavern, mapper] };
    const found = milestonesMeant(
      "current",
      titles.map((title) => milestone(title)),
      subject,
    );
    expect(found.map(({ title }) => title)).toEqual(expected);
  });
  test("a name that is part of another is not that name", () => {
    expect([hasToken("posix-mapper 1", "mapper"), hasToken("posix-mapper 1", "posix"), hasToken("posix-mapper-1.0", "posix-mapper")]).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe("scope", () => {
  const app = { name: "app", path: "app", dependents: "leave", isPresent: true } as const;
  const reg = { ...app, name: "reg", path: "reg" };
  const scope = ["component:{component}", "branch:{branch}"];
  const held = (...labels: readonly string[]) =>
    ask({ scope }, labelled([issue(1, { labels: ["release-blocker", ...labels].map((name) => ({ name, since: null })) })]), {
      components: [app],
      allComponents: [app, reg],
    });
  test.each([
    ["no scope", [], "closed"],
    ["ours", ["component:app"], "closed"],
    ["another component", ["Component:REG"], "open"],
    ["another and ours", ["component:reg", "component:app"], "closed"],
    ["a misspelt component opens nothing", ["component:rge"], "closed"],
    ["our branch", ["branch:main"], "closed"],
    ["another branch", ["branch:release-1.x"], "open"],
  ])("%s", (_name, labels, state) => {
    expect(held(...labels).state).toBe(state);
  });
  test("what does not hold us is still listed", () => {
    expect(held("component:reg").details).toEqual(['#1 "issue 1" carries `component:reg` and does not hold this release']);
  });
});

describe("deferred", () => {
  const deferred = [{ by: "kim", at: NOON, url: "", issue: 398, reason: "known, documented" }];
  test("it does not hold this release, and says who said so", () => {
    expect(ask({}, labelled([MOUNT]), { facts: { ...NOTHING_SAID, deferred } })).toMatchObject({
      state: "open",
      details: ['#398 "mount fails on 1.29" was deferred by @kim: known, documented'],
    });
  });
  test("others still do", () => {
    expect(ask({}, labelled([MOUNT, issue(1)]), { facts: { ...NOTHING_SAID, deferred } }).because).toBe('#1 "issue 1", 6 days, nobody\'s');
  });
});

const wants = (options: Partial<Options>, hosted: Partial<Hosted> = {}) => {
  const all = { ...BLOCKERS, ...options };
  return noOpenIssues.wants(all, subjectWith({ hosted: hostedWith(hosted) }), gateNamed({ gate: "blockers", kind: "no_open_issues", options: all }));
};

describe("what it asks for", () => {
  test.each([
    [{ labels: ["Bug", "bug", "Other"] }, {}, { files: [], labelled: ["bug", "other"], milestones: false }],
    [{ labels: [] }, {}, { files: [], labelled: ["*"], milestones: false }],
    [{ labels: [], milestone: "GA" }, {}, { files: [], labelled: [], milestones: true }],
    [
      { labels: ["release-blocker"], milestone: "GA" },
      { ...labelled([]), ...milestones() },
      { files: [], labelled: [], milestones: false },
    ],
  ] as const)("%j", (options, hosted, expected) => {
    expect(wants(options, hosted)).toEqual(expected);
  });
});
