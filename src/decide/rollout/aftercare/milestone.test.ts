// What becomes of a release's milestone, look by look.
import { describe, expect, test } from "@jest/globals";
import { DEFAULTS } from "../../../model/defaults.ts";
import type { Action } from "../../../model/plan.ts";
import type { Release } from "../../../model/playbook.ts";
import type { Milestone, OpenIssue } from "../../../model/snapshot.ts";
import { milestoneCare } from "./milestone.ts";

const issue = (number: number): OpenIssue => ({ number, title: `issue ${number}`, url: "", labels: [], milestone: null, assignees: [], createdAt: 0 });
const milestone = (number: number, title: string, ...issues: number[]): Milestone => ({ number, title, dueOn: null, issues: issues.map(issue) });
const component = (name: string) => ({ name, path: name, dependents: "leave", isPresent: true }) as const;

const CLOSE: Release["milestone"] = { close: true, openNext: null };
const AND_OPEN: Release["milestone"] = { close: true, openNext: "minor" };

type Given = { readonly rules?: Release["milestone"]; readonly version?: string; readonly name?: string; readonly scheme?: "semver" | "calver" };

function care(open: readonly Milestone[] | null, { rules = CLOSE, version = "1.2.0", name = "app", scheme = "semver" }: Given = {}) {
  const playbook = { release: { ...DEFAULTS.release, milestone: rules }, versioning: { ...DEFAULTS.versioning, scheme } };
  const repository = { playbook, components: [component("app"), component("cavern"), component("reg")] };
  return milestoneCare({ component: component(name), record: { version, tag: `v${version}` } }, repository, {
    milestones: open === null ? null : { ok: true, value: open },
  });
}

/** Each action in a few words. */
const words = (actions: readonly Action[]): readonly string[] =>
  actions.map((action) => {
    if (action.kind === "open-milestone") return `open ${action.title}`;
    if (action.kind === "close-milestone")
      return `close ${action.milestone.title}${action.move === null ? "" : `, #${action.move.issues.join(" #")} to ${action.move.to}`}`;
    if (action.kind === "defer-issue") return `move #${action.issue} to ${action.milestone.title}`;
    return action.kind;
  });

describe("a milestone is closed after its release [M-25]", () => {
  test.each<[string, readonly Milestone[], Given, readonly string[], string | null]>([
    ["named by its tag", [milestone(1, "v1.2.0")], {}, ["close v1.2.0"], "the milestone `v1.2.0` is closed"],
    ["named by its version", [milestone(1, "1.2.0")], {}, ["close 1.2.0"], "the milestone `1.2.0` is closed"],
    ["named by its line", [milestone(1, "v1.2")], {}, ["close v1.2"], "the milestone `v1.2` is closed"],
    [
      "of its component",
      [milestone(1, "reg 0.9.0"), milestone(2, "cavern 0.9.0")],
      { name: "cavern", version: "0.9.0" },
      ["close cavern 0.9.0"],
      "the milestone `cavern 0.9.0` is closed",
    ],
    [
      "what is open in it moves to the next",
      [milestone(1, "v1.2.0", 7, 9), milestone(3, "v2.0.0"), milestone(2, "v1.3.0")],
      {},
      ["close v1.2.0, #7 #9 to 2"],
      "2 open issues of `v1.2.0` move to `v1.3.0`: #7 and #9; then it is closed",
    ],
    [
      "never to another component's",
      [milestone(1, "cavern 0.9.0", 7), milestone(2, "reg 0.9.1"), milestone(3, "cavern 0.10.0")],
      { name: "cavern", version: "0.9.0" },
      ["close cavern 0.9.0, #7 to 3"],
      "1 open issue of `cavern 0.9.0` moves to `cavern 0.10.0`: #7; then it is closed",
    ],
    [
      "what has nowhere to go is listed and stays",
      [milestone(1, "v1.2.0", 7)],
      {},
      ["close v1.2.0"],
      "the milestone `v1.2.0` is closed; #7 stays in it, since no later milestone is open",
    ],
  ])("%s", (_title, open, given, actions, says) => {
    const found = care(open, given);
    expect([words(found.actions), found.says, found.isDone]).toEqual([actions, says, false]);
  });

  test.each<[string, readonly Milestone[], Given, string | null]>([
    ["there is none for it, or it is closed already", [milestone(1, "v1.3.0")], {}, "no open milestone is for 1.2.0"],
    ["two are for it", [milestone(1, "v1.2.0"), milestone(2, "1.2.0")], {}, "`v1.2.0` and `1.2.0` are open for 1.2.0: close the right one by hand"],
    ["it is for a line that goes on", [milestone(1, "1.2.x")], {}, "no open milestone is for 1.2.0"],
    ["it is another component's", [milestone(1, "reg 1.2.0")], {}, "no open milestone is for 1.2.0"],
    ["a candidate is out", [milestone(1, "v1.2.0")], { version: "1.2.0-rc.1" }, null],
    ["the playbook says nothing about it", [milestone(1, "v1.2.0")], { rules: null }, null],
  ])("nothing is done where %s", (_title, open, given, says) => {
    const found = care(open, given);
    expect([found.actions, found.says, found.isDone]).toEqual([[], says, true]);
  });

  test("more issues than one look may move: the next look goes on", () => {
    const many = Array.from({ length: 25 }, (_, index) => index + 1);
    const first = care([milestone(1, "v1.2.0", ...many), milestone(2, "v1.3.0")]);
    expect(words(first.actions)).toEqual(many.slice(0, 20).map((number) => `move #${number} to v1.3.0`));
    const second = care([milestone(1, "v1.2.0", ...many.slice(20)), milestone(2, "v1.3.0")]);
    expect(words(second.actions)).toEqual(["close v1.2.0, #21 #22 #23 #24 #25 to 2"]);
  });

  test("asks for the milestones first, and decides nothing on what could not be read", () => {
    expect(care(null)).toMatchObject({ wants: { milestones: true }, actions: [], isDone: false });
    const playbook = { ...DEFAULTS, release: { ...DEFAULTS.release, milestone: CLOSE } };
    const unread = { milestones: { ok: false, because: "403", permission: "issues: read" } } as const;
    expect(
      milestoneCare({ component: component("app"), record: { version: "1.2.0", tag: "v1.2.0" } }, { playbook, components: [component("app")] }, unread),
    ).toMatchObject({
      actions: [],
      says: "the milestones could not be read: 403: give the app the permission `issues: read`",
      isDone: false,
    });
  });
});

describe("the next milestone is opened first [W-55]", () => {
  test.each<[string, string, string, Release["milestone"], string]>([
    ["in the same spelling", "v1.2.0", "1.2.0", AND_OPEN, "v1.3.0"],
    ["with its component", "cavern 0.9.0", "0.9.0", AND_OPEN, "cavern 0.10.0"],
    ["as a line", "Release 1.2", "1.2.0", AND_OPEN, "Release 1.3"],
    ["of a patch, which has the same line", "v1.2", "1.2.0", { close: true, openNext: "patch" }, "v1.2.1"],
    ["without what was said about the last one", "1.2.0 (winter)", "1.2.0", AND_OPEN, "1.3.0"],
    ["with its brackets", "app (1.2.0)", "1.2.0", AND_OPEN, "app (1.3.0)"],
    ["of a major release", "v1.2.0", "1.2.0", { close: true, openNext: "major" }, "v2.0.0"],
  ])("%s: %s", (_title, title, version, rules, expected) => {
    const name = title.startsWith("cavern") ? "cavern" : "app";
    expect(words(care([milestone(1, title, 7)], { rules, version, name }).actions)).toEqual([`open ${expected}`]);
  });

  test.each<[string, readonly Milestone[], Given, readonly string[], boolean]>([
    [
      "once it is there, what is open moves to it",
      [milestone(1, "v1.2.0", 7), milestone(2, "v1.2.1"), milestone(3, "v1.3.0")],
      {},
      ["close v1.2.0, #7 to 3"],
      false,
    ],
    ["spelt in another way it is the same", [milestone(1, "v1.2.0", 7), milestone(3, "1.3")], {}, ["close v1.2.0, #7 to 3"], false],
    [
      "a team that closes by hand keeps the old one",
      [milestone(1, "v1.2.0", 7), milestone(3, "v1.3.0")],
      { rules: { close: false, openNext: "minor" } },
      [],
      true,
    ],
    [
      "a calendar has no next size",
      [milestone(1, "2026.2", 7), milestone(2, "2026.3")],
      { version: "2026.2", scheme: "calver" },
      ["close 2026.2, #7 to 2"],
      false,
    ],
  ])("%s", (_title, open, given, actions, isDone) => {
    const found = care(open, { rules: AND_OPEN, ...given });
    expect([words(found.actions), found.isDone]).toEqual([actions, isDone]);
  });
});
