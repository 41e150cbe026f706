// Merged although gates are closed: nothing is tagged, it is said what the release waits for, and it is made once they open.
import { describe, expect, test } from "@jest/globals";
import type { Sha } from "../../sandbox/git/types.ts";
import { installCi, reportCheck } from "../../sandbox/scenarios/people.ts";
import type { Issue } from "../../sandbox/world/types.ts";
import { type MergeMethod, openTeam, type Team } from "../fixtures/story.ts";

const playbook = (gates: string): string => `schema: 1
roles: {steward: ["@kim", "@jo"]}
components: {app: {path: .}}
versioning:
  files: [{file: package.json, json: version}]
changelog: {file: CHANGELOG.md}
gates:
${gates}
`;

async function proposed(gates: string): Promise<{ readonly team: Team; readonly pull: Issue }> {
  const team = await openTeam({ playbook: playbook(gates), files: { "package.json": '{"name": "app", "version": "1.0.0"}\n' } });
  installCi(team.standIn, "acme");
  team.repository.collaborators.set("jo", "write");
  await team.tag("v1.0.0");
  await team.contribute("feat: mount");
  await team.settle();
  return { team, pull: team.releasePullRequest() };
}

/** What the merged pull request says it waits for, in its headline; only while nothing is tagged or published and its check agrees. */
function waitsFor(team: Team, pull: Issue): string {
  const isReleased = Object.keys(team.tags()).length > 1 || team.releases().length > 0;
  const { conclusion = null, output } = team.check(pull) ?? {};
  const isSaid = output?.summary?.includes("This is merged. **app 1.1.0** is released as soon as every gate below is open.") === true;
  if (isReleased || conclusion === "success" || !isSaid) return `not waiting: the check says "${output?.title ?? "nothing"}"`;
  return /^### app 1\.1\.0 is merged and waits for \d of \d: (.*)\n/.exec(team.status(pull))?.[1] ?? "not said in the status comment";
}

/** Where each tag since 1.0.0 stands that exactly one published release belongs to. */
function released(team: Team): Readonly<Record<string, string>> {
  const tags = Object.entries(team.tags()).filter(([name]) => name !== "v1.0.0");
  return Object.fromEntries(
    tags.map(([name, sha]) => {
      const releases = team.releases().filter(({ tag }) => tag === name);
      return [name, releases.length === 1 && releases[0]?.isDraft === false ? sha : `${String(releases.length)} releases`];
    }),
  );
}

describe("merged too early", () => {
  test.each(["squash", "merge", "rebase"] as const)(
    "%s: not tagged, said on the pull request and its check, released once the check is green",
    async (method: MergeMethod) => {
      const { team, pull } = await proposed("  ci: {check: build}");
      const merged = await team.merge(pull, method);
      await team.settle();
      expect(waitsFor(team, pull)).toContain("ci");
      expect(await team.settle()).toEqual([]);
      await reportCheck(team.standIn, team.repository, merged, "build", "failure");
      await team.settle();
      expect(waitsFor(team, pull)).toContain("ci");
      expect(team.gate(pull, "ci")).toMatch(/^✗ closed · `build` failed/);
      expect(team.check(pull)).toMatchObject({ conclusion: "action_required", output: { title: "waits for ci" } });
      await reportCheck(team.standIn, team.repository, merged, "build", "success");
      await team.settle();
      expect(released(team)).toEqual({ "v1.1.0": merged });
      expect(team.status(pull)).toMatch(/^### app 1\.1\.0 is merged and agreed, released as `v1\.1\.0`\n/);
      team.wake();
      expect(await team.settle()).toEqual([]);
    },
  );

  test("what was said of the head counts where the merged commit holds exactly the same files", async () => {
    const { team, pull } = await proposed("  ci: {check: build}");
    const merged = await team.merge(pull);
    await team.settle();
    expect(waitsFor(team, pull)).toContain("ci");
    await team.report(pull, "build");
    await team.settle();
    expect(released(team)).toEqual({ "v1.1.0": merged });
  });

  test("what was said of the head does not count where main had moved on before the merge", async () => {
    const { team, pull } = await proposed("  ci: {check: build}");
    await team.report(pull, "build");
    await team.settle();
    await team.push("docs: elsewhere");
    const merged = await team.merge(pull);
    await team.settle();
    expect(waitsFor(team, pull)).toContain("ci");
    await reportCheck(team.standIn, team.repository, merged, "build", "success");
    await team.settle();
    expect(released(team)).toEqual({ "v1.1.0": merged });
  });

  test("a review, a tick and a closed blocker count after the merge as before it [C-16, C-23]", async () => {
    const { team, pull } = await proposed(
      "  agreed: {approval: steward}\n  backup: {evidence: Database is backed up, by: steward}\n  blockers: {no_open_issues: {labels: [release-blocker]}}",
    );
    const blocker = await team.openIssue("mount fails", ["release-blocker"]);
    const merged = await team.merge(pull);
    await team.settle();
    expect(waitsFor(team, pull)).toContain("blockers");
    await team.approve(pull, "jo");
    await team.settle();
    expect(team.gate(pull, "agreed")).toMatch(/^✓ open · @jo approved/);
    expect(waitsFor(team, pull)).toContain("backup");
    await team.tick(pull, "Database", "kim");
    await team.settle();
    expect(waitsFor(team, pull)).toContain("blockers");
    await team.closeIssue(blocker);
    await team.settle();
    expect(released(team)).toEqual({ "v1.1.0": merged });
  });

  test("a blocker opened between the last look and the merge is in time [C-16]", async () => {
    const { team, pull } = await proposed("  blockers: {no_open_issues: {labels: [release-blocker]}}\n  agreed: {approval: steward}");
    await team.openIssue("old", ["release-blocker"]);
    await team.closeIssue([...team.repository.issues.values()].find(({ title }) => title === "old") ?? pull);
    await team.approve(pull, "jo");
    await team.settle();
    expect(team.check(pull)?.output.title).toBe("ready to merge");
    const blocker = await team.openIssue("mount fails", ["release-blocker"]);
    const merged = await team.merge(pull);
    await team.settle();
    expect(waitsFor(team, pull)).toContain("blockers");
    await team.standIn.operations.removeLabel(team.person("lee"), team.repository, blocker, "release-blocker");
    await team.settle();
    expect(released(team)).toEqual({ "v1.1.0": merged });
  });

  test("two people can override what keeps it back, and one can't", async () => {
    const { team, pull } = await proposed("  ci: {check: build}");
    const merged = await team.merge(pull);
    await team.settle();
    await team.say(pull, "/release override ci runners are down", "kim");
    await team.settle();
    expect(waitsFor(team, pull)).toContain("ci");
    expect(team.gate(pull, "ci")).toContain("A second person says `/release override ci <reason>`");
    await team.say(pull, "/release override ci tested by hand", "kim");
    await team.settle();
    expect(waitsFor(team, pull)).toContain("ci");
    await team.say(pull, "/release override ci seen that, too", "jo");
    await team.settle();
    expect(team.gate(pull, "ci")).toMatch(/^✓ overridden · overridden by @kim and @jo: runners are down/);
    expect(released(team)).toEqual({ "v1.1.0": merged });
  });

  test("whoever pushed to the release branch is none of the two", async () => {
    const { team, pull } = await proposed("  ci: {check: build}");
    await team.pushTo(pull.pull?.head ?? "", "docs: words", { "CHANGELOG.md": "# Changelog\n\n## 1.1.0\n\nMounts.\n" }, "kim");
    await team.settle();
    const merged = await team.merge(pull);
    await team.settle();
    for (const login of ["kim", "jo"]) await team.say(pull, "/release override ci runners are down", login);
    await team.settle();
    expect(waitsFor(team, pull)).toContain("ci");
    expect(team.gate(pull, "ci")).toContain("@jo wants to override it");
    await team.say(pull, "/release override ci seen that, too", "lee");
    await team.settle();
    expect(released(team)).toEqual({ "v1.1.0": merged });
  });

  test("a hold said after the merge keeps it back, too", async () => {
    const { team, pull } = await proposed("  ci: {check: build}");
    const merged = await team.merge(pull);
    await team.settle();
    await team.say(pull, "/release hold wait for the news", "kim");
    await team.report(pull, "build");
    await team.settle();
    expect(waitsFor(team, pull)).toContain("hold");
    await team.say(pull, "/release unhold", "kim");
    await team.settle();
    expect(released(team)).toEqual({ "v1.1.0": merged });
  });

  test("what is pushed meanwhile is not in it, and is proposed after it", async () => {
    const { team, pull } = await proposed("  ci: {check: build}");
    const merged = await team.merge(pull);
    await team.settle();
    await team.contribute("feat: later", "squash", { "src/later.txt": "x\n" });
    await team.settle();
    expect(waitsFor(team, pull)).toContain("ci");
    expect(team.releasePullRequests()).toEqual([]);
    await reportCheck(team.standIn, team.repository, team.head(), "build", "success");
    await team.settle();
    expect(waitsFor(team, pull)).toContain("ci");
    await reportCheck(team.standIn, team.repository, merged, "build", "success");
    await team.settle();
    expect(released(team)).toEqual({ "v1.1.0": merged });
    expect(await team.read("src/later.txt", team.tags()["v1.1.0"])).toBeNull();
    expect(team.releases()[0]?.body).not.toContain("later");
    expect(team.releasePullRequest().title).toBe("Release app 1.2.0");
  });

  test("merged before the app could ask a single gate", async () => {
    const team = await openTeam({ playbook: playbook("  ci: {check: build}"), files: { "package.json": '{"name": "app", "version": "1.0.0"}\n' } });
    installCi(team.standIn, "acme");
    await team.tag("v1.0.0");
    await team.contribute("feat: mount");
    await team.reconcileOnce();
    const pull = team.releasePullRequest();
    const merged = await team.merge(pull);
    await team.settle();
    expect(waitsFor(team, pull)).toContain("ci");
    await reportCheck(team.standIn, team.repository, merged, "build", "success");
    await team.settle();
    expect(released(team)).toEqual({ "v1.1.0": merged });
  });
});

describe("merged behind another release that lost its tag", () => {
  test("nothing is released, it says what it waits for, and the tag brings it on", async () => {
    const { team, pull } = await proposed("  {}");
    const first = await team.merge(pull);
    await team.settle();
    await team.contribute("feat: unmount");
    await team.settle();
    const next = team.releasePullRequest();
    expect(next.title).toBe("Release app 1.2.0");
    const moveTag = (after: Sha | null): Promise<unknown> =>
      team.standIn.operations.updateRefs(team.person("kim"), team.repository, [{ name: "refs/tags/v1.1.0", after, force: true }]);
    const waits = `✗ closed · app 1.1.0, which was merged before it, is not released yet · see what #${String(pull.number)} waits for`;
    const lookAfter = async (move: Promise<unknown>): Promise<void> => {
      await move;
      team.wake();
      await team.settle();
    };
    await lookAfter(moveTag(null));
    await lookAfter(moveTag(first));
    expect([team.gate(next, "order"), team.check(next)?.conclusion]).toEqual(["", "success"]);
    await lookAfter(moveTag(null));
    expect(team.gate(next, "order")).toBe(waits);
    expect(team.check(next)).toMatchObject({
      conclusion: "failure",
      output: { title: "not to be merged: app 1.1.0, which was merged before it, is not released yet" },
    });
    const second = await team.merge(next);
    await team.settle();
    expect(team.gate(next, "order")).toBe(waits);
    expect(Object.keys(team.tags())).toEqual(["v1.0.0"]);
    await moveTag(first);
    await team.settle();
    expect(team.tags()).toMatchObject({ "v1.1.0": first, "v1.2.0": second });
  });
});

test("merged, and tagged by somebody else before the app was: it says so, and the release is made once that tag is gone", async () => {
  const { team, pull } = await proposed("  ci: {check: build}");
  const merged = await team.merge(pull);
  await team.contribute("docs: say more");
  await team.tag("v1.0.1");
  await team.settle();
  expect(team.gate(pull, "order")).toBe(
    "✗ closed · app 1.1.0 is not tagged: `v1.0.1`, which this app did not make, holds what was merged here · nothing, if `v1.0.1` is the release; to have `v1.1.0` made, delete `v1.0.1`",
  );
  await team.standIn.operations.updateRefs(team.person("kim"), team.repository, [{ name: "refs/tags/v1.0.1", after: null, force: true }]);
  await reportCheck(team.standIn, team.repository, merged, "build", "success");
  await team.settle();
  team.wake();
  await team.settle();
  expect(team.tags()).toMatchObject({ "v1.1.0": merged });
});

test("merged after somebody else had made its tag elsewhere: it says so, and the release is made once that tag is gone", async () => {
  const { team, pull } = await proposed("  {}");
  await team.tag("v1.1.0");
  const merged = await team.merge(pull);
  await team.settle();
  expect(team.gate(pull, "tag")).toMatch(
    /^✗ closed · app 1\.1\.0 is not released by this app: somebody else made `v1\.1\.0` on `?[0-9a-f]{7}`?, not on what was merged here · nothing, if that is the release; to have the app make it, delete `v1\.1\.0`$/,
  );
  await team.standIn.operations.updateRefs(team.person("kim"), team.repository, [{ name: "refs/tags/v1.1.0", after: null, force: true }]);
  team.wake();
  await team.settle();
  expect(team.tags()).toMatchObject({ "v1.1.0": merged });
});

async function mergeTooEarly(team: Team, pull: Issue): Promise<string> {
  const merged = await team.merge(pull);
  await team.settle();
  await reportCheck(team.standIn, team.repository, merged, "build", "success");
  await team.settle();
  team.wake();
  await team.settle();
  return merged;
}

describe("killed at any call between the merge and the release", () => {
  test.each(["drop-before", "drop-after"] as const)("%s: one tag, one release, at the merged commit", async (effect) => {
    const whole = await proposed("  ci: {check: build}");
    const before = whole.team.calls();
    await mergeTooEarly(whole.team, whole.pull);
    const calls = whole.team.calls() - before;
    expect(calls).toBeGreaterThan(5);
    for (let at = 1; at <= calls; at += 1) {
      const { team, pull } = await proposed("  ci: {check: build}");
      team.killAt(at, effect);
      const merged = await mergeTooEarly(team, pull);
      expect([at, team.wasKilled()]).toEqual([at, true]);
      expect(released(team)).toEqual({ "v1.1.0": merged });
    }
  });
});
