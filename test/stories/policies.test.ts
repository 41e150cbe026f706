// Policies: small releases go by themselves, larger ones wait for people, and no label takes a gate away.
import { describe, expect, test } from "@jest/globals";
import { installCi, mergePull, openPull, reportCheck } from "../../sandbox/scenarios/people.ts";
import { openTeam, type Team } from "../fixtures/story.ts";

const PLAYBOOK = `schema: 1
roles: {lead: ["@kim"], architects: ["@jo"]}
components: {app: {path: .}}
versioning:
  files: [{file: package.json, json: version}]
  minimum: {minor: {paths: ["migrations/**"]}}
changelog: {file: CHANGELOG.md}
release: {pull_request: {merge: squash}}
gates:
  ci: {check: build}
  scan: {check: scan}
  migrated: {evidence: Migrations were tried, by: lead, when: {paths: ["migrations/**"]}}
  led: {approval: lead}
  reviewed: {approval: architects}
  told: {evidence: Customers were told, by: lead}
policies:
  patch: {automatic: true, gates: [ci]}
  minor: {gates: [ci, migrated, led]}
  major: {gates: [ci, reviewed, told]}
  security: {automatic: true, labels: [security], gates: [scan]}
`;

/** Branch protection asks for the app's check, as the installation guide says. */
async function protectedTeam(playbook = PLAYBOOK): Promise<Team> {
  const team = await openTeam({ playbook, files: { "package.json": '{"name": "app", "version": "1.0.0"}\n' } });
  installCi(team.standIn, "acme");
  team.repository.collaborators.set("jo", "write");
  await team.standIn.operations.requireChecks(team.person("kim"), team.repository, {
    branch: "main",
    by: "protection",
    checks: [{ name: "Release Steward", appId: team.app.id }],
  });
  await team.tag("v1.0.0");
  return team;
}

let branches = 0;

/** As protected: the app says of each pull request what it would release, and only then it is merged. */
async function contribute(
  team: Team,
  title: string,
  { files = null, labels = [] }: { readonly files?: Readonly<Record<string, string>> | null; readonly labels?: readonly string[] } = {},
): Promise<void> {
  branches += 1;
  const branch = `feature-${String(branches)}`;
  const pull = await openPull(team.standIn, team.repository, { branch, title, files: files ?? { [`src/${branch}.txt`]: "1\n" }, login: "lee", labels });
  await team.settle();
  await mergePull(team.standIn, team.repository, pull, "kim", "squash");
  await team.settle();
}

const merges = (team: Team): number => team.done.filter(({ kind }) => kind === "merge-release-pull-request").length;

describe("a patch", () => {
  test("is merged and released by itself when its gates are open, once [L-01, L-02, L-44]", async () => {
    const team = await protectedTeam();
    await contribute(team, "fix: disk");
    const pull = team.releasePullRequest();
    expect(team.status(pull)).toMatch(/policy `patch`/);
    expect(pull.state).toBe("open");
    await team.report(pull, "build", "failure");
    await team.settle();
    expect(pull.state).toBe("open");
    expect(merges(team)).toBe(0);

    await team.report(pull, "build");
    await team.settle();
    expect(pull.pull?.merged).toMatchObject({ by: { login: "release-steward[bot]" }, sha: team.head() });
    expect(merges(team)).toBe(1);
    expect(team.tags()).toMatchObject({ "v1.0.1": team.head() });
    expect(team.releases()).toMatchObject([{ tag: "v1.0.1", isDraft: false }]);
    team.wake();
    expect(await team.settle()).toEqual([]);
  });

  test("says beforehand that it merges by itself", async () => {
    const team = await protectedTeam(PLAYBOOK.replace("patch: {automatic: true, gates: [ci]}", "patch: {automatic: true, gates: [ci, led]}"));
    await contribute(team, "fix: disk");
    const pull = team.releasePullRequest();
    await team.report(pull, "build");
    await team.settle();
    expect(team.check(pull)?.output.title).toBe("waits for led");
    expect(pull.state).toBe("open");
    await team.approve(pull, "kim");
    await team.settle();
    expect(pull.pull?.merged).not.toBeNull();
    expect(team.tags()["v1.0.1"]).toBe(team.head());
  });

  test("two workers at once merge and tag it once", async () => {
    const team = await protectedTeam();
    await contribute(team, "fix: disk");
    await team.report(team.releasePullRequest(), "build");
    for (let round = 0; round < 3; round += 1) await Promise.allSettled([team.reconcileOnce(team.startProcess()), team.reconcileOnce(team.startProcess())]);
    team.wake();
    await team.settle();
    expect(Object.keys(team.tags()).sort()).toEqual(["v1.0.0", "v1.0.1"]);
    expect(team.releases()).toHaveLength(1);
  });

  test.each(["with", "without"])("only the head that was agreed to: a push in between is not merged, %s branch protection [L-02]", async (protection) => {
    const team = await protectedTeam();
    if (protection === "without") team.repository.rulesets.splice(0);
    await contribute(team, "fix: disk");
    const pull = team.releasePullRequest();
    let pushed: string | null = null;
    team.meanwhile(async (actions) => {
      if (pushed !== null || actions.every(({ kind }) => kind !== "merge-release-pull-request")) return;
      pushed = await team.pushTo(pull.pull?.head ?? "", "feat: smuggled", { "src/smuggled.txt": "x\n" }, "lee");
    });
    await team.report(pull, "build");
    await team.settle();
    expect(pull.pull?.headSha).toBe(pushed);
    expect(pull.pull?.merged).toBeNull();
    await team.report(pull, "build");
    await team.settle();
    expect(pull.pull?.merged).toBeNull();
    expect(team.check(pull)?.output.title).toContain("somebody else's commits");
    expect(Object.keys(team.tags())).toEqual(["v1.0.0"]);
  });

  test("a check that turns red between the decision and the merge keeps the tag back", async () => {
    const team = await protectedTeam();
    await contribute(team, "fix: disk");
    const pull = team.releasePullRequest();
    let isRed = false;
    team.meanwhile(async (actions) => {
      if (isRed || actions.every(({ kind }) => kind !== "merge-release-pull-request")) return;
      isRed = true;
      await team.report(pull, "build", "failure");
    });
    await team.report(pull, "build");
    await team.settle();
    expect(pull.pull?.merged).not.toBeNull();
    expect(team.status(pull)).toMatch(/^### app 1\.0\.1 is merged and waits for 1 of 1: ci\n/);
    expect(Object.keys(team.tags())).toEqual(["v1.0.0"]);
    await team.report(pull, "build");
    await team.settle();
    expect(team.tags()["v1.0.1"]).toBe(pull.pull?.merged?.sha);
    expect(merges(team)).toBe(1);
  });
});

describe("a minor and a major release", () => {
  test("a minor one waits for its lead, and a person merges it [L-03, L-45]", async () => {
    const team = await protectedTeam();
    await contribute(team, "feat: mount");
    const pull = team.releasePullRequest();
    expect(team.status(pull)).toMatch(/^### app 1\.1\.0 waits for 2 of 2: led, ci\n[\s\S]*policy `minor`/);
    await team.report(pull, "build");
    await team.settle();
    await expect(team.merge(pull)).rejects.toThrow('Required status check "Release Steward"');
    await team.approve(pull, "jo");
    await team.settle();
    expect(team.check(pull)?.output.title).toBe("waits for led");
    await team.approve(pull, "kim");
    await team.settle();
    expect(team.check(pull)?.output.title).toBe("ready to merge");
    expect(pull.state).toBe("open");
    const merged = await team.merge(pull);
    await team.settle();
    expect(team.tags()["v1.1.0"]).toBe(merged);
  });

  test("a path that needs more than a patch asks its gate, and is named as a risk [L-01, L-07, L-13, L-41]", async () => {
    const team = await protectedTeam();
    await contribute(team, "fix: column", { files: { "migrations/1.sql": "alter\n" } });
    const pull = team.releasePullRequest();
    expect(pull.title).toBe("Release app 1.1.0");
    expect(team.gate(pull, "migrated")).toMatch(/^✗ closed/);
    expect(team.status(pull)).toMatch(/\*\*Risk:\*\* touches .*`migrations\/\*\*`: minor at least, `migrated` is asked/);
  });

  test("a major one waits for the architects and for the customers to be told [L-04, L-46]", async () => {
    const team = await protectedTeam();
    await contribute(team, "feat!: new API");
    const pull = team.releasePullRequest();
    expect(team.status(pull)).toMatch(/^### app 2\.0\.0 waits for 3 of 3: reviewed, told, ci\n[\s\S]*Risk:\*\* breaking change: new API/);
    await team.report(pull, "build");
    await team.approve(pull, "jo");
    await team.settle();
    expect(team.check(pull)?.output.title).toBe("waits for told");
    await team.tick(pull, "Customers", "kim");
    await team.settle();
    expect(team.check(pull)?.output.title).toBe("ready to merge");
    expect(merges(team)).toBe(0);
  });

  test("what was a patch becomes a minor release with the next commit, and is no longer automatic", async () => {
    const team = await protectedTeam();
    await contribute(team, "fix: disk");
    const pull = team.releasePullRequest();
    await contribute(team, "feat: mount");
    await team.report(pull, "build");
    await team.settle();
    expect(pull).toMatchObject({ title: "Release app 1.1.0", state: "open" });
    expect(team.check(pull)?.output.title).toBe("waits for led");
  });
});

describe("labels", () => {
  test("`security` adds its gates to those of the size, and makes nothing automatic [L-14]", async () => {
    const team = await protectedTeam();
    await contribute(team, "feat: patch the hole", { files: { "src/a.txt": "1\n" }, labels: ["security"] });
    const pull = team.releasePullRequest();
    expect(team.status(pull)).toMatch(/^### app 1\.1\.0 waits for 3 of 3: led, ci, scan\n/);
    await team.report(pull, "build");
    await team.report(pull, "scan");
    await team.settle();
    expect(team.check(pull)?.output.title).toBe("waits for led");
    await team.approve(pull, "kim");
    await team.settle();
    expect(team.check(pull)?.output.title).toBe("ready to merge");
    expect(pull.state).toBe("open");
  });

  test("a patch with the label is automatic as every patch, but only after the added gate [L-14]", async () => {
    const team = await protectedTeam();
    await contribute(team, "fix: hole", { files: { "src/a.txt": "1\n" }, labels: ["security"] });
    const pull = team.releasePullRequest();
    await team.report(pull, "build");
    await team.settle();
    expect(pull.state).toBe("open");
    await team.report(pull, "scan");
    await team.settle();
    expect(team.tags()["v1.0.1"]).toBe(team.head());
  });

  test.each(["security", "patch", "hotfix", "automatic"])("%s put on the release pull request grants nothing", async (label) => {
    const team = await protectedTeam();
    await contribute(team, "feat: mount");
    const pull = team.releasePullRequest();
    await team.report(pull, "build");
    await team.standIn.operations.addLabels(team.person("lee"), team.repository, pull, [label]);
    await team.settle();
    expect(pull).toMatchObject({ state: "open", title: "Release app 1.1.0" });
    expect(team.check(pull)?.output.title).toBe("waits for led");
  });

  test("one pull request without the label keeps the whole release under its usual gates", async () => {
    const team = await protectedTeam();
    await contribute(team, "fix: hole", { files: { "src/a.txt": "1\n" }, labels: ["security"] });
    await contribute(team, "fix: other");
    const pull = team.releasePullRequest();
    expect(team.status(pull)).toMatch(/waits for 1 of 1: ci\n/);
    await reportCheck(team.standIn, team.repository, pull.pull?.headSha ?? "", "build", "success");
    await team.settle();
    expect(team.tags()["v1.0.1"]).toBe(team.head());
  });
});
