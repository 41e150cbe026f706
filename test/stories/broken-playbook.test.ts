// A playbook that can't be followed: said where it is proposed, survived where it is merged all the same.
import { describe, expect, test } from "@jest/globals";
import { installCi, openPull, reportCheck } from "../../sandbox/scenarios/people.ts";
import type { CheckRun } from "../../sandbox/world/types.ts";
import { openTeam, type Team } from "../fixtures/story.ts";

const PATH = ".github/release-steward.yml";
const GOOD = `schema: 1
components: {app: {path: .}}
gates:
  ci: {check: build}
`;
const BROKEN = GOOD.replace("check: build", "chekc: build");

async function team(playbook = GOOD): Promise<Team> {
  const opened = await openTeam({ playbook });
  installCi(opened.standIn, "acme");
  await opened.tag("v1.0.0");
  return opened;
}

const ours = (one: Team, sha: string): CheckRun | null => one.checksOn(sha).at(-1) ?? null;

describe("a pull request that changes the playbook", () => {
  test("broken: its check fails with the place marked, and the playbook of main goes on ruling", async () => {
    const one = await team();
    await one.contribute("feat: mount");
    const pull = await openPull(one.standIn, one.repository, { branch: "rules", title: "ci: rules", files: { [PATH]: BROKEN }, login: "lee" });
    await one.settle();
    expect(ours(one, pull.pull?.headSha ?? "")).toMatchObject({
      name: "Release Steward",
      conclusion: "failure",
      output: { title: expect.stringContaining(`${PATH}:4:8`), annotations: [{ path: PATH, startLine: 4, level: "failure" }] },
    });
    expect(ours(one, pull.pull?.headSha ?? "")?.output.summary).toContain("the playbook of the default branch goes on ruling");
    expect(one.gate(one.releasePullRequest(), "ci")).toMatch(/^\? unknown/);

    await one.pushTo("rules", "ci: corrected", { [PATH]: GOOD.replace("build", "test") });
    await one.settle();
    expect(ours(one, pull.pull?.headSha ?? "")).toMatchObject({
      conclusion: expect.not.stringContaining("failure"),
      output: { title: expect.stringContaining("the playbook is right"), annotations: [] },
    });
    expect(one.gate(one.releasePullRequest(), "ci")).toContain("`build`");
  });

  test("one that leaves it alone says what it would release", async () => {
    const one = await team();
    const pull = await openPull(one.standIn, one.repository, { branch: "fix", title: "fix: disk", files: { "src/a.txt": "1\n" }, login: "lee" });
    await one.settle();
    expect(ours(one, pull.pull?.headSha ?? "")?.output.title).toMatch(/app patch/);
  });
});

describe("a broken playbook on the default branch", () => {
  test("the last good one rules, the head says so with the place, and mended it rules again", async () => {
    const one = await team();
    await one.contribute("feat: mount");
    await one.settle();
    const pull = one.releasePullRequest();
    await one.push("ci: rules", { [PATH]: BROKEN });
    const good = (await one.git.log({ include: [one.head()], exclude: [] })).at(-1) ?? "";
    await one.settle();
    expect(ours(one, one.head())).toMatchObject({
      conclusion: "failure",
      output: {
        title: expect.stringContaining(`the playbook can't be followed, the one of ${good.slice(0, 7)} goes on ruling`),
        annotations: [{ path: PATH, startLine: 4 }],
      },
    });
    expect(one.gate(pull, "ci")).toMatch(/^\? unknown · `build` has not reported/);

    await one.push("fix: disk");
    await one.settle();
    expect(one.releasePullRequest().body).toContain("disk");
    expect(ours(one, one.head())?.output.title).toContain("goes on ruling");
    const merged = await one.merge(pull);
    await one.settle();
    expect(Object.keys(one.tags())).toEqual(["v1.0.0"]);
    await reportCheck(one.standIn, one.repository, merged, "build", "success");
    await one.settle();
    expect(one.tags()["v1.1.0"]).toBe(merged);

    await one.push("fix: rules", { [PATH]: GOOD });
    await one.settle();
    expect(one.checksOn(one.head())).toEqual([]);
    expect(one.releasePullRequest().title).toBe("Release app 1.1.1");
  });

  test("it is said once, however often the app looks", async () => {
    const one = await team();
    await one.push("ci: rules", { [PATH]: BROKEN });
    await one.settle();
    one.wake();
    await one.settle();
    one.restart();
    one.wake();
    await one.settle();
    expect(one.checksOn(one.head())).toHaveLength(1);
  });

  test("with no good one at all nothing is released, and that is said", async () => {
    const one = await team(BROKEN);
    await one.contribute("feat: mount");
    await one.settle();
    expect(one.releasePullRequests()).toEqual([]);
    expect(ours(one, one.head())?.output.title).toContain("the playbook can't be followed, nothing is released");
  });

  test("a gate can't be opened by breaking the playbook after the merge", async () => {
    const one = await team();
    await one.contribute("feat: mount");
    await one.settle();
    await one.merge(one.releasePullRequest());
    await one.push("ci: rules", { [PATH]: "schema: 1\ncomponents: {app: {path: .}}\ngates: nothing\n" });
    await one.settle();
    expect(Object.keys(one.tags())).toEqual(["v1.0.0"]);
  });
});
