import { describe, expect, test } from "@jest/globals";
import { gateNamed, HOUR_MS, hostedWith, NOON, shaOf, subjectWith } from "../../../test/fixtures/subject.ts";
import type { CommitCheck, Hosted } from "../../model/snapshot.ts";
import { check } from "./check.ts";
import type { Subject } from "./subject.ts";

const ACTIONS = { slug: "github-actions", id: 15368 };
const EVIL = { slug: "evil", id: 666 };
const OWN = { slug: "release-steward", id: 1 };

const run = (name: string, state: CommitCheck["state"] = "passed", change: Partial<CommitCheck> = {}): CommitCheck => ({
  name,
  app: ACTIONS,
  suite: 1,
  state,
  says: { passed: "success", failed: "failure", running: "in_progress" }[state],
  url: `https://ci.example/${name}`,
  startedAt: NOON - HOUR_MS,
  ...change,
});

const on = (checks: readonly CommitCheck[], sha = shaOf("a")): Hosted["commitChecks"] => new Map([[sha, { ok: true, value: checks }]]);

type Asked = { readonly names?: readonly string[]; readonly app?: string | null; readonly hosted?: Partial<Hosted>; readonly subject?: Partial<Subject> };

function ask(checks: readonly CommitCheck[], { names = ["test"], app = null, hosted = {}, subject = {} }: Asked = {}) {
  const options = { names, app };
  return check.evaluate(
    options,
    subjectWith({ hosted: hostedWith({ commitChecks: on(checks), ...hosted }), ...subject }),
    gateNamed({ gate: "ci", kind: "check", options }),
  );
}

describe("named checks", () => {
  test.each([
    ["one that passed", [run("test")], ["test"], "open", "1 check green on aaaaaaa", null],
    ["a whole matrix", [run("test (1)"), run("test (2)"), run("lint")], ["test (*)"], "open", "2 checks green on aaaaaaa", null],
    ["one that answers to two names counts once", [run("test")], ["test", "te*"], "open", "1 check green on aaaaaaa", null],
    ["skipped counts as branch protection counts it", [run("test", "passed", { says: "skipped" })], ["test"], "open", "1 check green on aaaaaaa", null],
    ["a commit status", [run("test", "passed", { app: null })], ["test"], "open", "1 check green on aaaaaaa", null],
    ["one that failed", [run("test", "failed")], ["test"], "closed", "`test` failed on aaaaaaa", "fix or re-run it: https://ci.example/test"],
    [
      "several that failed",
      [run("a", "failed"), run("b", "failed", { url: null }), run("c", "failed")],
      ["*"],
      "closed",
      "`a`, `b` and `c` failed on aaaaaaa",
      "fix or re-run them: https://ci.example/a https://ci.example/c",
    ],
    [
      "a failure is told before anything that still runs",
      [run("a", "running"), run("b", "failed")],
      ["*"],
      "closed",
      "`b` failed on aaaaaaa",
      "fix or re-run it: https://ci.example/b",
    ],
    ["one that runs", [run("test", "running")], ["test"], "waiting", "`test` is still running on aaaaaaa", null],
    [
      "one that is absent is never green",
      [run("lint"), run("build")],
      ["lint", "e2e"],
      "unknown",
      "`e2e` has not reported on aaaaaaa",
      "wait for it, or correct its name in `gates.ci`: the checks there are `build` and `lint`",
    ],
    [
      "one that was probably renamed",
      [run("Integration Tests (1.25)"), run("build")],
      ["integration-tests"],
      "unknown",
      "`integration-tests` has not reported on aaaaaaa",
      "wait for it, or correct its name in `gates.ci` (is it `Integration Tests (1.25)` now?): the checks there are `Integration Tests (1.25)` and `build`",
    ],
    [
      "absent while others still run",
      [run("lint", "running")],
      ["test"],
      "unknown",
      "`test` has not reported on aaaaaaa",
      "wait for it, or correct its name in `gates.ci`: the checks there are `lint`",
    ],
    [
      "nothing has reported at all",
      [],
      ["test", "lint"],
      "unknown",
      "`test` and `lint` have not reported on aaaaaaa",
      "wait for it, or correct its name in `gates.ci`: no check has reported there yet",
    ],
    ["a prefix is not the name", [run("tests")], ["test"], "unknown", "`test` has not reported on aaaaaaa", expect.stringContaining("is it `tests` now?")],
    [
      "this app's own check does not count",
      [run("Release Steward", "passed", { app: OWN })],
      ["Release Steward"],
      "unknown",
      "`Release Steward` has not reported on aaaaaaa",
      "take it out of `gates.ci`: it is this app's own check and would wait for itself",
    ],
    [
      "this app's own failing check does not close `*`",
      [run("Release Steward", "failed", { app: OWN }), run("test")],
      ["*"],
      "open",
      "1 check green on aaaaaaa",
      null,
    ],
  ] as const)("%s", (_name, checks, names, state, because, next) => {
    expect(ask(checks, { names })).toMatchObject({ state, because, next, opensAt: null });
  });

  test("each check is listed with its state and its address", () => {
    expect(ask([run("a", "failed", { says: "timed_out" }), run("b", "running", { says: "queued", url: null })], { names: ["*", "c"] }).details).toEqual([
      "`a` failed (timed_out) on aaaaaaa: https://ci.example/a",
      "`b` is running (queued) on aaaaaaa",
      "`c` has not reported",
    ]);
  });

  test("a name cannot break out of its code", () => {
    expect(ask([run("a`b\n# c", "failed")], { names: ["*"] }).because).toBe("`a'b # c` failed on aaaaaaa");
  });
});

test("a green run in one workflow does not hide a red one of that name in another", () => {
  const { state, because } = ask([run("test", "failed", { suite: 1, startedAt: NOON - HOUR_MS }), run("test", "passed", { suite: 2, startedAt: NOON })]);
  expect([state, because]).toEqual(["closed", expect.stringContaining("test")]);
});

describe("the newest run counts", () => {
  const early = { startedAt: NOON - HOUR_MS };
  const late = { startedAt: NOON };
  test.each([
    ["a green re-run", [run("test", "failed", early), run("test", "passed", late)], "open"],
    ["in whichever order they are listed", [run("test", "passed", late), run("test", "failed", early)], "open"],
    ["a red re-run", [run("test", "passed", early), run("test", "failed", late)], "closed"],
    ["a re-run that has not begun", [run("test", "passed", late), run("test", "running", { startedAt: null })], "waiting"],
    ["of two that began together the less green one", [run("test", "passed", late), run("test", "failed", late)], "closed"],
    ["the same whichever comes first", [run("test", "failed", late), run("test", "passed", late)], "closed"],
    ["each app has its own", [run("test", "failed", early), run("test", "passed", { ...late, app: EVIL })], "closed"],
  ] as const)("%s", (_name, checks, state) => {
    expect(ask(checks).state).toBe(state);
  });
});

describe("the app that has to have made it", () => {
  const app = "github-actions";
  test("another app's check of that name is said and does not count", () => {
    expect(ask([run("test", "passed", { app: EVIL })], { app })).toMatchObject({
      state: "unknown",
      because: "`test` was reported by another app (`evil`), not by `github-actions`",
      next: "wait for it, or correct `app` in `gates.ci`",
    });
  });
  test("a commit status, which any writer can set, does not count either", () => {
    expect(ask([run("test", "passed", { app: null })], { app }).because).toBe("`test` was reported by a commit status, not by `github-actions`");
  });
  test("beside the right one it changes nothing, and is listed", () => {
    const found = ask([run("test"), run("test", "failed", { app: EVIL })], { app });
    expect(found.state).toBe("open");
    expect(found.details).toContain("`test` was reported by another app (`evil`), not by `github-actions`: it does not count");
  });
});

describe("several commits stand for the release", () => {
  const checkedCommits = [shaOf("a"), shaOf("b")];
  const both = (first: readonly CommitCheck[], second: readonly CommitCheck[]) =>
    ask([], { names: ["test", "lint"], subject: { checkedCommits }, hosted: { commitChecks: new Map([...on(first), ...on(second, shaOf("b"))]) } });

  test("the first that has a check of a name decides for that name", () => {
    expect(both([run("test", "failed")], [run("test"), run("lint")])).toMatchObject({ state: "closed", because: "`test` failed on aaaaaaa" });
    expect(both([run("test")], [run("test", "failed"), run("lint")])).toMatchObject({ state: "open", because: "2 checks green on aaaaaaa and bbbbbbb" });
  });
  test("what none of them has is absent", () => {
    expect(both([run("test")], [])).toMatchObject({ state: "unknown", because: "`lint` has not reported on aaaaaaa or bbbbbbb" });
  });
  test("one that can't be read leaves everything unknown", () => {
    const commitChecks: Hosted["commitChecks"] = new Map([
      [shaOf("a"), { ok: true, value: [run("test")] }],
      [shaOf("b"), { ok: false, because: "403", permission: "checks: read" }],
    ]);
    expect(ask([], { subject: { checkedCommits }, hosted: { commitChecks } })).toMatchObject({
      state: "unknown",
      because: "the checks of bbbbbbb could not be read: 403",
      next: "give the app the permission `checks: read`",
    });
  });
});

const required = (value: readonly { readonly name: string; readonly appId: number | null }[], checks: readonly CommitCheck[]) =>
  ask(checks, { names: ["required"], hosted: { commitChecks: on(checks), requiredChecks: { ok: true, value } } });

describe("`required`", () => {
  test("takes over what the branch requires", () => {
    expect(
      required(
        [
          { name: "test", appId: null },
          { name: "lint", appId: null },
        ],
        [run("test"), run("lint"), run("other", "failed")],
      ),
    ).toMatchObject({ state: "open", because: "2 checks green on aaaaaaa" });
  });
  test("a star in such a name is only a star", () => {
    expect(required([{ name: "test (*)", appId: null }], [run("test (1)")]).state).toBe("unknown");
  });
  test("the app that is required has to have made it", () => {
    expect(required([{ name: "test", appId: 15368 }], [run("test", "passed", { app: EVIL })])).toMatchObject({
      state: "unknown",
      because: "`test` was reported by another app (`evil`), not by the app 15368 that is required",
    });
    expect(required([{ name: "test", appId: 15368 }], [run("test")]).state).toBe("open");
  });
  test("a branch that requires nothing leaves it unknown", () => {
    expect(required([], [run("test")])).toMatchObject({
      state: "unknown",
      because: "`main` requires no check",
      next: "require checks in a ruleset or in the protection of `main`, or name them in `gates.ci`",
    });
  });
  test("this app's own required check would wait for itself, and is left out", () => {
    expect(
      required(
        [
          { name: "Release Steward", appId: 1 },
          { name: "test", appId: null },
        ],
        [run("test")],
      ).state,
    ).toBe("open");
    expect(required([{ name: "Release Steward", appId: 1 }], [run("test")])).toMatchObject({
      state: "unknown",
      because: "`main` requires no check but this app's own",
    });
  });
  test("when it can't be read the remedy is named", () => {
    expect(
      ask([run("test")], {
        names: ["required"],
        hosted: { requiredChecks: { ok: false, because: "403", permission: "administration: read" }, commitChecks: on([run("test")]) },
      }),
    ).toMatchObject({
      state: "unknown",
      because: "the checks that `main` requires could not be read: 403",
      next: "give the app the permission `administration: read`",
    });
  });
});

describe("before there is anything to look at", () => {
  test("without a pull request it waits", () => {
    expect(ask([], { subject: { pullRequest: null, checkedCommits: [] } })).toMatchObject({ state: "waiting", opensAt: null });
  });
  test("a local repository does not know", () => {
    expect(ask([], { subject: { hosted: null } }).state).toBe("unknown");
  });
  test("it asks for the commits that are missing, and for what is required only when it is named", () => {
    const options = { names: ["required"], app: null };
    const gate = gateNamed({ gate: "ci", kind: "check", options });
    const subject = subjectWith({ checkedCommits: [shaOf("a"), shaOf("b")], hosted: hostedWith({ commitChecks: on([]) }) });
    expect(check.wants(options, subject, gate)).toEqual({ files: [], commitChecks: [shaOf("b")], requiredChecks: true });
    expect(check.wants({ ...options, names: ["test"] }, subject, gate)).toMatchObject({ requiredChecks: false });
    expect(check.wants(options, subjectWith({ hosted: null }), gate)).toEqual({ files: [] });
  });
});
