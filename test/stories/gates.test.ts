// Gates as a team meets them: what a release pull request waits for, who can open it, and that nothing is released before.
import { describe, expect, test } from "@jest/globals";
import { installCi, reportCheck, setStatus } from "../../sandbox/scenarios/people.ts";
import type { Issue } from "../../sandbox/world/types.ts";
import { Transient } from "../../src/model/errors.ts";
import { openTeam, type Team } from "../fixtures/story.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const PACKAGE = { "package.json": '{"name": "app", "version": "1.0.0"}\n' };

const playbook = (gates: string, components = "{app: {path: .}}", rest = ""): string => `schema: 1
roles: {steward: "@acme/stewards", operator: ["@lee"], lead: ["@kim"]}
components: ${components}
versioning:
  files: [{file: "${components.includes("path: .") ? "" : "{path}/"}package.json", json: version}]
changelog: {file: "${components.includes("path: .") ? "" : "{path}/"}CHANGELOG.md"}
${rest}gates:
${gates}
`;

/** Kim administers, Lee and Jo write; Kim and Jo are the stewards. */
async function openGated(text: string, files: Readonly<Record<string, string>> = PACKAGE): Promise<Team> {
  const team = await openTeam({ playbook: text, files });
  installCi(team.standIn, "acme");
  team.standIn.addTeam("acme", "stewards", ["kim", "jo"]);
  team.repository.collaborators.set("jo", "write");
  return team;
}

/** One component with one feature that is proposed as 1.1.0. */
async function proposed(gates: string, files: Readonly<Record<string, string>> = PACKAGE, rest = ""): Promise<{ readonly team: Team; readonly pull: Issue }> {
  const team = await openGated(playbook(gates, "{app: {path: .}}", rest), files);
  await team.tag("v1.0.0");
  await team.contribute("feat: mount");
  await team.settle();
  return { team, pull: team.releasePullRequest() };
}

/** A gate's row while it keeps the release back: then the check that branch protection asks for is not green either, and nothing is tagged. */
function held(team: Team, pull: Issue, gate: string): string {
  const isTagged = Object.keys(team.tags()).some((name) => name.endsWith("1.1.0"));
  if (team.check(pull)?.conclusion === "success" || isTagged) return `not held back: the check says "${team.check(pull)?.output.title ?? "nothing"}"`;
  return isOpen(team, pull, gate) ? "not held back: the gate is open" : team.gate(pull, gate);
}

/** A gate's row once nothing keeps the release back any more. */
function ready(team: Team, pull: Issue, gate: string): string {
  const { conclusion = null, output } = team.check(pull) ?? {};
  if (conclusion !== "success" || output?.title !== "ready to merge") return `not ready: the check says "${output?.title ?? "nothing"}"`;
  return isOpen(team, pull, gate) ? team.gate(pull, gate) : `not ready: ${team.gate(pull, gate)}`;
}

function isOpen(team: Team, pull: Issue, gate: string): boolean {
  return team.gate(pull, gate).startsWith("✓");
}

describe("from the first commit to a release that everybody agreed to", () => {
  test("each gate says what it waits for, opens when that happens, and then the tag is made [C-15, C-16, C-23, W-23, C-01, C-11]", async () => {
    const team = await openGated(
      playbook(`  ci: {check: build}
  blockers: {no_open_issues: {labels: [release-blocker]}}
  backup: {evidence: Database is backed up, by: operator}
  agreed: {approval: steward}`),
    );
    await team.openIssue("mount fails", ["release-blocker"]);
    await team.tag("v1.0.0");
    await team.contribute("feat: mount");
    await team.settle();
    const pull = team.releasePullRequest();
    expect(team.status(pull)).toMatch(/^### app 1\.1\.0 waits for 4 of 4: blockers, backup, agreed, ci\n/);
    expect(team.check(pull)).toMatchObject({ conclusion: "action_required", output: { title: "waits for blockers, backup, agreed, ci" } });
    expect(await team.settle()).toEqual([]);

    await team.report(pull, "build");
    await team.settle();
    expect(team.status(pull)).toMatch(/^### app 1\.1\.0 waits for 3 of 4: blockers, backup, agreed\n/);
    await team.closeIssue(team.issue(1));
    await team.settle();
    expect(team.status(pull)).toMatch(/^### app 1\.1\.0 waits for 2 of 4: backup, agreed\n/);
    await team.tick(pull, "Database", "lee");
    await team.settle();
    expect(team.status(pull)).toMatch(/^### app 1\.1\.0 waits for 1 of 4: agreed\n/);
    expect(team.check(pull)).toMatchObject({ conclusion: "action_required", output: { title: "waits for agreed" } });
    await team.approve(pull, "jo");
    await team.settle();
    expect(team.status(pull)).toMatch(/^### app 1\.1\.0 is ready to merge\n/);
    expect(team.check(pull)).toMatchObject({ conclusion: "success", output: { title: "ready to merge" } });
    expect(Object.keys(team.tags())).toEqual(["v1.0.0"]);

    const merged = await team.merge(pull);
    await team.settle();
    expect(team.tags()["v1.1.0"]).toBe(merged);
    team.wake();
    expect(await team.settle()).toEqual([]);
  });
});

describe("check", () => {
  const LOOKS: readonly (readonly [string, (team: Team) => Promise<unknown>])[] = [
    ["by a webhook", (team) => team.settle()],
    ["by the next look alone", (team) => team.reconcileOnce()],
  ];

  test.each(LOOKS)("never reported, begun, passed, late red, green again: each is seen %s [C-15, L-09, L-39, W-14, W-23]", async (_, look) => {
    const { team, pull } = await proposed("  ci: {check: build}");
    expect(held(team, pull, "ci")).toMatch(/^\? unknown · `build` has not reported on [0-9a-f]{7} · wait for it/);
    await team.report(pull, "build", null);
    await look(team);
    expect(held(team, pull, "ci")).toMatch(/^⏳ waits · `build` is still running/);
    await team.report(pull, "build");
    await look(team);
    expect(ready(team, pull, "ci")).toMatch(/1 check green/);
    await team.report(pull, "build", "failure");
    await look(team);
    expect(held(team, pull, "ci")).toMatch(/^✗ closed · `build` failed on [0-9a-f]{7} · fix or re-run it/);
    await team.report(pull, "build", null);
    await look(team);
    expect(held(team, pull, "ci")).toMatch(/^⏳ waits/);
    await team.report(pull, "build");
    await look(team);
    expect(ready(team, pull, "ci")).toMatch(/1 check green/);
  });

  test("a new head has no check yet, so what was green is asked again", async () => {
    const { team, pull } = await proposed("  ci: {check: build}");
    await team.report(pull, "build");
    await team.settle();
    expect(ready(team, pull, "ci")).toMatch("green");
    await team.contribute("fix: disk");
    await team.settle();
    expect(held(team, pull, "ci")).toMatch("has not reported");
  });

  test("another app that takes the check's name opens nothing [L-20, L-40]", async () => {
    const { team, pull } = await proposed("  scan: {check: {names: scan, app: acme-ci}}");
    const forger = team.standIn.addApp({ slug: "forger", publicKey: "", permissions: { metadata: "read", checks: "write" }, events: [], webhook: null });
    team.standIn.install(forger, "acme");
    await team.standIn.operations.reportCheck(team.person("lee"), team.repository, pull.pull?.headSha ?? "", {
      name: "scan",
      conclusion: "success",
      appSlug: "forger",
    });
    team.wake();
    await team.settle();
    expect(held(team, pull, "scan")).toMatch("`scan` was reported by another app (`forger`), not by `acme-ci`");
    await setStatus(team.standIn, team.repository, pull.pull?.headSha ?? "", { context: "scan", state: "success", login: "lee" });
    await team.settle();
    expect(held(team, pull, "scan")).toMatch("not by `acme-ci`");
    await team.report(pull, "scan");
    await team.settle();
    expect(ready(team, pull, "scan")).toMatch("green");
  });

  test("`required` stands for what protects the branch, and nothing required is unknown", async () => {
    const { team, pull } = await proposed("  ci: {check: required}");
    const demand = (by: "ruleset" | "protection", names: readonly string[]) =>
      team.standIn.operations.requireChecks(team.person("kim"), team.repository, { branch: "main", by, checks: names.map((name) => ({ name, appId: null })) });
    expect(held(team, pull, "ci")).toMatch("`main` requires no check");
    await demand("protection", ["build", "Release Steward"]);
    await demand("ruleset", ["lint"]);
    await team.report(pull, "build");
    await team.settle();
    expect(held(team, pull, "ci")).toMatch("`lint` has not reported");
    await team.report(pull, "lint");
    await team.settle();
    expect(ready(team, pull, "ci")).toMatch("2 checks green");
  });

  test("a commit status counts, and the newest one of its name", async () => {
    const { team, pull } = await proposed("  ci: {check: deploy/preview}");
    const set = async (state: "pending" | "success" | "failure"): Promise<void> => {
      await setStatus(team.standIn, team.repository, pull.pull?.headSha ?? "", { context: "deploy/preview", state });
      await team.settle();
    };
    await set("pending");
    expect(held(team, pull, "ci")).toMatch(/^⏳ waits/);
    await set("success");
    expect(ready(team, pull, "ci")).toMatch("1 check green");
    await set("failure");
    expect(held(team, pull, "ci")).toMatch(/^✗ closed · `deploy\/preview` failed/);
    await set("success");
    expect(ready(team, pull, "ci")).toMatch("1 check green");
  });
});

const createLabel = (team: Team, name: string) =>
  team.standIn.operations.createLabel(team.person("kim"), team.repository, { name, color: "ff0000", description: null });

describe("no_open_issues", () => {
  const BLOCKERS = "  blockers: {no_open_issues: {labels: [release-blocker]}}";

  test("a label that nobody can use any more is unknown, not empty", async () => {
    const { team, pull } = await proposed(BLOCKERS);
    expect(held(team, pull, "blockers")).toMatch("`release-blocker` does not exist here any more");
    await createLabel(team, "release-blocker");
    await team.settle();
    expect(ready(team, pull, "blockers")).toMatch("no open issue carries `release-blocker`");
  });

  test("opened after everything was green it closes again; its age and who has it are shown [C-16, M-04]", async () => {
    const { team, pull } = await proposed(BLOCKERS);
    await createLabel(team, "release-blocker");
    team.wake();
    await team.settle();
    expect(ready(team, pull, "blockers")).toMatch("no open issue");
    const blocker = await team.openIssue("mount fails on 1.29", ["release-blocker"]);
    await team.settle();
    expect(held(team, pull, "blockers")).toMatch(`✗ closed · #${String(blocker.number)} "mount fails on 1.29"`);
    expect(held(team, pull, "blockers")).toMatch("nobody's · close it, take the label off, or say `/release defer");
    team.waitMs(6 * DAY_MS);
    await team.standIn.operations.assign(team.person("kim"), team.repository, blocker, [team.person("kim").user]);
    await team.settle();
    expect(held(team, pull, "blockers")).toMatch(`#${String(blocker.number)} "mount fails on 1.29", 6 days, @kim`);
    await team.closeIssue(blocker);
    await team.settle();
    expect(ready(team, pull, "blockers")).toMatch("no open issue");
  });

  test("taking the label off opens it, and so does a deferral, which moves it to the next milestone [C-16, M-04]", async () => {
    const { team, pull } = await proposed(BLOCKERS);
    for (const title of ["v1.1.0", "v1.2.0"]) await team.standIn.operations.createMilestone(team.person("kim"), team.repository, { title, description: null });
    const [first, second] = [await team.openIssue("one", ["release-blocker"]), await team.openIssue("two", ["release-blocker"])];
    await team.settle();
    expect(held(team, pull, "blockers")).toMatch(/#\d+ "one".*#\d+ "two"/);
    await team.standIn.operations.removeLabel(team.person("lee"), team.repository, first, "release-blocker");
    await team.settle();
    expect(held(team, pull, "blockers")).toMatch(/closed · #\d+ "two"/);
    await team.say(pull, `/release defer #${String(second.number)} known since 1.0`, "kim");
    await team.settle();
    expect(ready(team, pull, "blockers")).toMatch("no open issue");
    expect(team.status(pull)).toMatch(/"two" was deferred by @.{0,8}kim: known since 1\.0/);
    expect(second).toMatchObject({ state: "open", milestone: { title: "v1.2.0" } });
  });

  test("`current` is the milestone whose title names the release", async () => {
    const { team, pull } = await proposed("  planned: {no_open_issues: {milestone: current}}");
    const { operations } = team.standIn;
    expect(held(team, pull, "planned")).toMatch(/^\? unknown · no open milestone names 1\.1\.0/);
    const [own, later] = [
      await operations.createMilestone(team.person("kim"), team.repository, { title: "v1.1.0", description: null }),
      await operations.createMilestone(team.person("kim"), team.repository, { title: "v1.2.0", description: null }),
    ];
    const [todo, other] = [await team.openIssue("todo"), await team.openIssue("not now")];
    await operations.editIssue(team.person("kim"), team.repository, todo, { milestone: own });
    await operations.editIssue(team.person("kim"), team.repository, other, { milestone: later });
    await team.settle();
    expect(held(team, pull, "planned")).toMatch(`#${String(todo.number)} "todo"`);
    expect(team.gate(pull, "planned")).not.toContain("not now");
    await operations.editIssue(team.person("kim"), team.repository, todo, { milestone: later });
    await team.settle();
    expect(ready(team, pull, "planned")).toMatch("in milestone `v1.1.0`");
  });

  test("a blocker of one component does not hold the other", async () => {
    const { team, reg, cavern } = await twoProposed('  blockers: {no_open_issues: {labels: [release-blocker], scope: ["component:{component}"]}}');
    const blocker = await team.openIssue("probe", ["release-blocker", "component:reg"]);
    await team.settle();
    expect(held(team, reg, "blockers")).toMatch("probe");
    expect(ready(team, cavern, "blockers")).toMatch("no open issue");
    await team.standIn.operations.removeLabel(team.person("lee"), team.repository, blocker, "component:reg");
    await team.settle();
    expect(held(team, reg, "blockers")).toMatch("probe");
    expect(held(team, cavern, "blockers")).toMatch("probe");
  });
});

const TWO = {
  "cavern/package.json": '{"version": "1.0.0"}\n',
  "reg/package.json": '{"version": "1.0.0"}\n',
};

/** Two components, each with a feature that is proposed as 1.1.0. */
async function twoProposed(gates: string, rest = ""): Promise<{ readonly team: Team; readonly cavern: Issue; readonly reg: Issue }> {
  const team = await openGated(playbook(gates, "{cavern: {path: cavern}, reg: {path: reg}}", rest), TWO);
  for (const name of ["cavern", "reg"]) await team.tag(`${name}-1.0.0`);
  for (const name of ["cavern", "reg"]) await team.contribute(`feat: ${name}`, "squash", { [`${name}/a.txt`]: "1\n" });
  await team.settle();
  const named = (name: string): Issue => {
    const found = team.releasePullRequests().find(({ title }) => title.includes(name));
    if (found === undefined) throw new Error(`no release of ${name}`);
    return found;
  };
  return { team, cavern: named("cavern"), reg: named("reg") };
}

describe("approval", () => {
  const STEWARD = "  agreed: {approval: steward}";

  test("a steward and an owner of the component are two people [C-06, C-23, W-24]", async () => {
    const gates = `${STEWARD}\n  owned: {approval: owners}`;
    const team = await openGated(playbook(gates, '{app: {path: ., owners: ["@kim"]}}'));
    await team.tag("v1.0.0");
    await team.contribute("feat: mount");
    await team.settle();
    const pull = team.releasePullRequest();
    await team.approve(pull, "kim");
    await team.settle();
    expect([isOpen(team, pull, "agreed"), isOpen(team, pull, "owned")].filter(Boolean)).toHaveLength(1);
    expect(team.check(pull)?.conclusion).toBe("action_required");
    await team.approve(pull, "jo");
    await team.settle();
    expect(ready(team, pull, "agreed")).toMatch("@jo approved");
    expect(ready(team, pull, "owned")).toMatch("@kim approved");
  });

  test("it survives a push to another component and a branch that is written anew with the same content [C-23]", async () => {
    const { team, cavern } = await twoProposed(STEWARD, "");
    const approved = cavern.pull?.headSha ?? "";
    await team.approve(cavern, "jo");
    await team.settle();
    expect(ready(team, cavern, "agreed")).toMatch("@jo approved");
    await team.contribute("fix: other", "squash", { "reg/b.txt": "1\n" });
    await team.settle();
    expect(ready(team, cavern, "agreed")).toMatch("@jo approved");

    const text = (await team.read(".github/release-steward.yml")) ?? "";
    await team.push("ci: titles", { ".github/release-steward.yml": text.replace('CHANGELOG.md"', 'CHANGELOG.md", sections: {feat: News}') });
    await team.settle();
    expect(await team.read("cavern/CHANGELOG.md", cavern.pull?.headSha)).toContain("News");
    expect(cavern.pull?.headSha).not.toBe(approved);
    expect(ready(team, cavern, "agreed")).toMatch(`@jo approved \`${approved.slice(0, 7)}\`, same content`);
  });

  test("it falls with a real change, and the commit and the path are named [C-23]", async () => {
    const { team, cavern } = await twoProposed(STEWARD);
    const approved = cavern.pull?.headSha ?? "";
    await team.approve(cavern, "jo");
    await team.settle();
    await team.push("fix: more", { "cavern/values.yaml": "a: 1\n" });
    const change = team.head().slice(0, 7);
    await team.settle();
    expect(held(team, cavern, "agreed")).toMatch(`@jo's approval of \`${approved.slice(0, 7)}\` fell`);
    expect(held(team, cavern, "agreed")).toMatch(`fell with \`${change}\` (\`cavern/\` changed)`);
    await team.approve(cavern, "jo");
    await team.settle();
    expect(ready(team, cavern, "agreed")).toMatch("@jo approved");
  });

  test("a request for changes blocks whoever else approves, until it is dismissed [W-25]", async () => {
    const { team, pull } = await proposed(STEWARD);
    const review = await team.review(pull, "kim", "CHANGES_REQUESTED");
    await team.approve(pull, "jo");
    await team.settle();
    expect(held(team, pull, "agreed")).toMatch("@kim asked for changes");
    await team.standIn.operations.dismissReview(team.person("lee"), team.repository, pull, review);
    await team.settle();
    expect(ready(team, pull, "agreed")).toMatch("@jo approved");
  });

  test("a dismissed approval and one of somebody else count for nothing", async () => {
    const { team, pull } = await proposed(STEWARD);
    const review = await team.approve(pull, "jo");
    await team.settle();
    expect(ready(team, pull, "agreed")).toMatch("@jo approved");
    await team.standIn.operations.dismissReview(team.person("kim"), team.repository, pull, review);
    await team.approve(pull, "lee");
    await team.settle();
    expect(held(team, pull, "agreed")).toMatch("@lee approved");
    expect(held(team, pull, "agreed")).toMatch("does not count here");
    expect(team.status(pull)).toMatch(/jo's review of `[0-9a-f]{7}` was dismissed/);
  });

  test("whoever asked for the version does not approve it", async () => {
    const { team, pull } = await proposed(STEWARD);
    await team.say(pull, "/release bump major", "kim");
    await team.settle();
    expect(pull.title).toBe("Release app 2.0.0");
    await team.approve(pull, "kim");
    await team.settle();
    expect(held(team, pull, "agreed")).toMatch("@kim asked for this version, so somebody else has to approve");
    await team.approve(pull, "jo");
    await team.settle();
    expect(ready(team, pull, "agreed")).toMatch("@jo approved");
  });

  test("whoever pushed to the release branch does not approve it", async () => {
    const { team, pull } = await proposed(STEWARD);
    await team.pushTo(pull.pull?.head ?? "", "docs: words", { "CHANGELOG.md": "# Changelog\n\n## 1.1.0\n\nMounts.\n" }, "kim");
    await team.approve(pull, "kim");
    await team.settle();
    expect(held(team, pull, "agreed")).toMatch("@kim pushed to `release/app`, so somebody else has to approve");
    await team.approve(pull, "jo");
    await team.settle();
    expect(team.gate(pull, "agreed")).toMatch(/^✓ open · @jo approved/);
    expect(team.check(pull)).toMatchObject({ conclusion: "neutral", output: { title: expect.stringContaining("somebody else's commits") } });
  });

  test("a merge of main into the release branch is a push, and an approval from before it falls", async () => {
    const { team, pull } = await proposed(STEWARD);
    await team.approve(pull, "jo");
    await team.settle();
    expect(ready(team, pull, "agreed")).toMatch("@jo approved");
    await updateBranch(team, pull, "kim");
    await team.settle();
    expect(held(team, pull, "agreed")).toMatch("@jo's approval");
    await team.approve(pull, "kim");
    await team.settle();
    expect(held(team, pull, "agreed")).toMatch("@kim pushed to");
  });

  test("an app's approval does not count", async () => {
    const { team, pull } = await proposed(STEWARD);
    const robot = team.standIn.addApp({ slug: "robot", publicKey: "", permissions: { metadata: "read", pull_requests: "write" }, events: [], webhook: null });
    const installation = team.standIn.install(robot, "acme");
    await team.standIn.operations.review({ is: "installation", user: robot.bot, installation }, team.repository, pull, { state: "APPROVED", body: "" });
    await team.settle();
    expect(held(team, pull, "agreed")).toMatch(/^✗ closed · @robot\[bot\]'s approval of `[0-9a-f]{7}` is not counted: it needs a person/);
  });

  test("reviewers are asked once, also when somebody takes the request back [W-24]", async () => {
    const { team, pull } = await proposed(`${STEWARD}\n  operated: {approval: operator}`);
    expect(pull.pull?.requestedTeams.map(({ slug }) => slug)).toEqual(["stewards"]);
    expect(pull.pull?.requestedUsers.map(({ login }) => login)).toEqual(["lee"]);
    await team.standIn.operations.removeReviewRequests(team.person("kim"), team.repository, pull, { users: [], teams: [...(pull.pull?.requestedTeams ?? [])] });
    await team.settle();
    await team.contribute("fix: disk");
    await team.settle();
    expect(pull.pull?.requestedTeams).toEqual([]);
    expect(team.done.filter(({ kind }) => kind === "request-reviews")).toHaveLength(1);
  });
});

/** What the button "Update branch" does: main is merged into the branch of the pull request, in the name of whoever presses it. */
async function updateBranch(team: Team, pull: Issue, login: string): Promise<void> {
  await team.push("docs: elsewhere", { "docs/x.md": "x\n" });
  const head = pull.pull?.headSha ?? "";
  const { git, standIn } = team;
  const merged = await git.merge(head, team.head());
  if (merged.is === "conflict") throw new Error("a conflict");
  const { name, email } = team.person(login).user;
  const author = { name, email, at: standIn.world.now() };
  const committer = { name: "GitHub", email: "noreply@github.com", at: author.at };
  const sha = await git.writeCommit({ tree: merged.tree, parents: [head, team.head()], message: "Merge branch 'main'\n", author, committer, signature: null });
  await standIn.operations.updateRefs(team.person(login), team.repository, [
    { name: `refs/heads/${pull.pull?.head ?? ""}`, before: head, after: sha, force: false },
  ]);
}

const box = (team: Team, pull: Issue, item: string): string =>
  team
    .status(pull)
    .split("\n")
    .find((line) => line.startsWith("- [") && line.includes(item)) ?? "";

describe("evidence", () => {
  const BACKUP = "  backup: {evidence: [Database is backed up, Restore was tried], by: operator}";

  test("a tick by the right person is recorded with name and time [L-18, L-19, M-03, C-02, C-04]", async () => {
    const { team, pull } = await proposed(BACKUP);
    expect(held(team, pull, "backup")).toMatch("0 of 2 confirmed");
    await team.tick(pull, "Database", "lee");
    await team.settle();
    expect(held(team, pull, "backup")).toMatch("1 of 2 confirmed · tick the rest in the checklist, or say `/release evidence Restore <link>`");
    expect(box(team, pull, "Database")).toMatch(/^- \[x\] backup: Database is backed up \(@.{0,8}lee, operator, 2026-01-01 00:\d\d UTC\)$/);
    await team.say(pull, "/release evidence Restore https://wiki.test/restore", "lee");
    await team.settle();
    expect(ready(team, pull, "backup")).toMatch("2 of 2 confirmed");
    expect(box(team, pull, "Restore")).toContain("https://wiki.test/restore");
    await team.tick(pull, "Database", "jo", false);
    await team.settle();
    expect(held(team, pull, "backup")).toMatch("1 of 2 confirmed");
  });

  test("a tick by anybody else comes back unticked, and it is said why", async () => {
    const { team, pull } = await proposed(BACKUP);
    await team.tick(pull, "Database", "jo");
    await team.settle();
    expect(held(team, pull, "backup")).toMatch("0 of 2 confirmed");
    expect(box(team, pull, "Database")).toBe("- [ ] backup: Database is backed up");
    expect(team.status(pull)).toMatch(/jo's tick of `Database is backed up` does not count: it needs operator/);
    await team.tick(pull, "Database", "lee");
    await team.settle();
    expect(box(team, pull, "Database")).toMatch(/^- \[x\]/);
  });

  test("whatever people write into the comment, the list comes back and no tick is lost or won", async () => {
    const { team, pull } = await proposed(BACKUP);
    await team.tick(pull, "Database", "lee");
    await team.settle();
    const standing = team.status(pull);
    const edit = async (body: string): Promise<void> => {
      const comment = team.statusComment(pull);
      if (comment === null) throw new Error("no status comment");
      await team.standIn.operations.editComment(team.person("lee"), team.repository, comment, body);
      await team.settle();
    };
    await edit(standing.replace("- [ ] backup: Restore was tried\n", ""));
    expect(box(team, pull, "Restore")).toBe("- [ ] backup: Restore was tried");
    expect(box(team, pull, "Database")).toMatch(/^- \[x\]/);
    await edit(`${standing}\n- [x] backup: Everything is fine\n`);
    expect(team.status(pull)).not.toContain("Everything is fine");
    expect(held(team, pull, "backup")).toMatch("1 of 2 confirmed");
    await edit(`nonsense ${standing.slice(-200)}`);
    expect(team.status(pull)).toMatch(/^### app 1\.1\.0 waits/);
    expect(held(team, pull, "backup")).toMatch("0 of 2 confirmed");
  });

  test("with `each: push` a tick falls with the next push to the pull request", async () => {
    const { team, pull } = await proposed("  smoke: {evidence: {items: [login works], each: push}, by: operator}");
    await team.tick(pull, "login", "lee");
    await team.settle();
    expect(ready(team, pull, "smoke")).toMatch("@lee confirmed");
    await team.contribute("fix: disk");
    await team.settle();
    expect(held(team, pull, "smoke")).toMatch(/^✗ closed · @lee's tick of `smoke` fell with the push of 2026-01-01/);
    expect(box(team, pull, "login")).toMatch(/^- \[ \]/);
    await team.tick(pull, "login", "lee");
    await team.settle();
    expect(ready(team, pull, "smoke")).toMatch("@lee confirmed");
  });
});

/** Two documents, of which one counts. */
const argo = (automated: string): string => `kind: Application\nenv: dev\nauto: true\n---\nkind: Application\nenv: prod\nauto: ${automated}\n`;

describe("rules about pull requests and files", () => {
  test("pull_request_labels: labelling the merged pull request opens it [C-13]", async () => {
    const { team, pull } = await proposed('  labels: {pull_request_labels: {one_of: ["type:*"]}}');
    const feature = team.issue(1);
    expect(held(team, pull, "labels")).toMatch("#1 carries none of `type:*`");
    await team.standIn.operations.addLabels(team.person("lee"), team.repository, feature, ["type:feature"]);
    await team.settle();
    expect(ready(team, pull, "labels")).toMatch("1 pull request labelled as wanted");
    await team.standIn.operations.addLabels(team.person("lee"), team.repository, feature, ["type:bug"]);
    await team.settle();
    expect(held(team, pull, "labels")).toMatch("at once");
  });

  test("paths_together: the generated file follows its source [M-07]", async () => {
    const { team, pull } = await proposed('  generated: {paths_together: ["proto/**", "gen/**"]}');
    expect(ready(team, pull, "generated")).toMatch("nothing changed in");
    await team.contribute("fix: proto", "squash", { "proto/a.proto": "a\n" });
    await team.settle();
    expect(held(team, pull, "generated")).toMatch("`proto/` changed, and nothing in `gen/**`");
    await team.contribute("fix: generate", "squash", { "gen/a.go": "a\n" });
    await team.settle();
    expect(ready(team, pull, "generated")).toMatch("changed together");
  });

  test("forbid: file and line in the words, and an annotation on the check [H-35, H-36]", async () => {
    const { team, pull } = await proposed('  pinned: {forbid: {pattern: "tag: latest", paths: ["*.yaml"]}}', {
      ...PACKAGE,
      "values.yaml": "image:\n  tag: latest\n",
    });
    expect(held(team, pull, "pinned")).toMatch("1 line holds what is forbidden: `values.yaml:2:3`");
    expect(team.check(pull)).toMatchObject({
      conclusion: "action_required",
      output: { annotations: [{ path: "values.yaml", startLine: 2, level: "failure" }] },
    });
    await team.contribute("fix: pin", "squash", { "values.yaml": "image:\n  tag: 1.0.0\n" });
    await team.settle();
    expect(ready(team, pull, "pinned")).toMatch("nothing forbidden in 1 file");
    expect(team.check(pull)?.output.annotations).toEqual([]);
  });

  test("require_yaml: the value has to stand in every document that counts [H-17, H-25]", async () => {
    const { team, pull } = await proposed("  manual: {require_yaml: {file: argo.yaml, path: auto, value: false, where: {env: prod}}}", {
      ...PACKAGE,
      "argo.yaml": argo("true"),
    });
    expect(held(team, pull, "manual")).toMatch("`argo.yaml:7:7`: expected false at `auto`");
    await team.contribute("fix: sync by hand", "squash", { "argo.yaml": argo("false") });
    await team.settle();
    expect(ready(team, pull, "manual")).toMatch("`auto` is false in 1 document of `argo.yaml`");
    await team.contribute("fix: gone", "squash", { "argo.yaml": null });
    await team.settle();
    expect(held(team, pull, "manual")).toMatch("? unknown · `argo.yaml` is missing");
  });
});

/** As far as one look goes: `settle` waits for what is due. */
const look = async (team: Team): Promise<number | null> => {
  await team.reconcileOnce();
  await team.reconcileOnce();
  return await team.reconcileOnce();
};

const timed = async (gates: string): Promise<{ readonly team: Team; readonly pull: Issue; readonly due: number | null }> => {
  const team = await openGated(playbook(gates));
  await team.tag("v1.0.0");
  await team.contribute("feat: mount");
  const due = await look(team);
  return { team, pull: team.releasePullRequest(), due };
};

describe("time", () => {
  test("freeze: it counts down, and thaws at its time without any event", async () => {
    const { team, pull, due } = await timed("  holidays: {freeze: [{from: 2025-12-24, to: 2026-01-02, reason: nobody is on call}]}");
    expect(held(team, pull, "holidays")).toMatch(/^⏳ waits · frozen until .*2026-01-03.*\(nobody is on call\), thaws in \d days?/);
    expect(due).toBe(Date.parse("2026-01-03T00:00:00Z"));
    await team.settle();
    expect(team.standIn.world.now()).toBeGreaterThanOrEqual(Date.parse("2026-01-03T00:00:00Z"));
    expect(team.standIn.world.now()).toBeLessThan(Date.parse("2026-01-03T00:05:00Z"));
    expect(ready(team, pull, "holidays")).toMatch("no freeze now");
  });

  test("freeze: one that begins closes what was open, at its time", async () => {
    const { team, pull, due } = await timed("  holidays: {freeze: [{from: 2026-01-05, to: 2026-01-06}]}");
    expect(ready(team, pull, "holidays")).toMatch("no freeze now");
    expect(due).toBe(Date.parse("2026-01-05T00:00:00Z"));
    team.waitMs(Date.parse("2026-01-05T00:00:00Z") - team.standIn.world.now());
    await team.reconcileOnce();
    expect(held(team, pull, "holidays")).toMatch("frozen until");
  });

  test("window: it opens and closes with the clock", async () => {
    const { team, pull, due } = await timed('  ci: {check: build, window: "Fri 14:00-18:00 UTC"}');
    expect(due).toBeNull();
    await team.report(pull, "build");
    expect(await look(team)).toBe(Date.parse("2026-01-02T14:00:00Z"));
    expect(held(team, pull, "ci")).toMatch(/^⏳ waits · 1 check green .*; opens .*14:00 UTC/);
    expect(team.check(pull)?.output.title).toMatch(/^waits until .*14:00 UTC$/);
    team.waitMs(Date.parse("2026-01-02T14:00:00Z") - team.standIn.world.now());
    expect(await look(team)).toBe(Date.parse("2026-01-02T18:00:00Z"));
    expect(ready(team, pull, "ci")).toMatch("green");
    team.waitMs(Date.parse("2026-01-02T18:00:00Z") - team.standIn.world.now());
    await look(team);
    expect(held(team, pull, "ci")).toMatch(/^⏳ waits/);
  });

  test("soak: it has to stay true without a break", async () => {
    const { team, pull } = await timed("  ci: {check: build, soak: 24h}");
    await team.report(pull, "build");
    await look(team);
    expect(held(team, pull, "ci")).toMatch("counts when it is still so");
    team.waitMs(20 * HOUR_MS);
    await team.report(pull, "build", "failure");
    await look(team);
    await team.report(pull, "build");
    const due = (await look(team)) ?? 0;
    expect(due - team.standIn.world.now()).toBeGreaterThan(23 * HOUR_MS);
    team.waitMs(20 * HOUR_MS);
    await look(team);
    expect(held(team, pull, "ci")).toMatch("counts when it is still so");
    await team.settle();
    expect(team.standIn.world.now()).toBeGreaterThanOrEqual(due);
    expect(ready(team, pull, "ci")).toMatch("1 check green");
  });

  test("soak: when the app's own record is lost it begins again", async () => {
    const { team, pull } = await timed("  ci: {check: build, soak: 24h}");
    await team.report(pull, "build");
    await look(team);
    team.waitMs(20 * HOUR_MS);
    for (const run of team.checksOn(pull.pull?.headSha ?? "")) team.repository.checkRuns.delete(run.id);
    team.restart();
    const due = (await look(team)) ?? 0;
    expect(due - team.standIn.world.now()).toBeGreaterThan(23 * HOUR_MS);
    expect(held(team, pull, "ci")).toMatch("counts when it is still so");
  });
});

const withoutPermission = (team: Team, permission: string): (() => void) => {
  const permissions = { ...team.installation.permissions };
  const set = (next: typeof permissions): void => {
    team.installation.permissions = next;
    team.restart();
    team.wake();
  };
  set(Object.fromEntries(Object.entries(permissions).filter(([name]) => name !== permission)));
  return () => set(permissions);
};

describe("unknown is not green", () => {
  test.each([
    ["statuses", "  ci: {check: build}", "ci", /could not be read: the app lacks the permission statuses: read · give the app the permission `statuses: read`/],
    ["members", "  agreed: {approval: steward}", "agreed", /the app may not read @acme\/stewards: it needs members: read · give the app that permission/],
  ] as const)("%s may not be read: what was green is unknown, and the permission is named", async (permission, gates, gate, words) => {
    const { team, pull } = await proposed(gates);
    await team.report(pull, "build");
    await team.approve(pull, "jo");
    await team.settle();
    expect(ready(team, pull, gate)).toMatch(/^✓ open/);
    const giveBack = withoutPermission(team, permission);
    await team.settle();
    expect(team.gate(pull, gate)).toMatch(/^\? unknown/);
    expect(held(team, pull, gate)).toMatch(words);
    expect(team.check(pull)).toMatchObject({ status: "in_progress", conclusion: null });
    giveBack();
    await team.settle();
    expect(ready(team, pull, gate)).toMatch(/^✓ open/);
  });

  test("issues may not be read, and the team has no desk: their gate is unknown, and the permission is named", async () => {
    const { team, pull } = await proposed("  blockers: {no_open_issues: {labels: [release-blocker]}}", PACKAGE, "release: {desk: false}\n");
    await createLabel(team, "release-blocker");
    team.wake();
    await team.settle();
    expect(ready(team, pull, "blockers")).toMatch("no open issue");
    const giveBack = withoutPermission(team, "issues");
    await team.settle();
    expect(held(team, pull, "blockers")).toMatch(
      /^\? unknown · the issues with `release-blocker` could not be read: .* · give the app the permission `issues: read`$/,
    );
    giveBack();
    await team.settle();
    expect(ready(team, pull, "blockers")).toMatch("no open issue");
  });

  test("issues may not be read, and with them the desk: a hold may stand there, so what is merged meanwhile is not tagged, and the permission is named", async () => {
    const { team, pull } = await proposed("  ci: {check: build}");
    await team.report(pull, "build");
    await team.settle();
    const giveBack = withoutPermission(team, "issues");
    const merged = await team.merge(pull);
    await team.settle();
    expect(Object.keys(team.tags())).toEqual(["v1.0.0"]);
    expect(held(team, pull, "desk")).toMatch(/^\? unknown · .*the app lacks the permission issues: read · give the app issues: write/);
    expect(team.check(pull)).toMatchObject({ conclusion: null, status: "in_progress" });
    await reportCheck(team.standIn, team.repository, merged, "build", "success");
    giveBack();
    await team.settle();
    expect(team.tags()["v1.1.0"]).toBe(merged);
  });

  test("an answer of 502 decides nothing, whichever read it meets: what stood there stands, and the next look goes on", async () => {
    const { team, pull } = await proposed("  ci: {check: build}\n  blockers: {no_open_issues: {labels: [release-blocker]}}\n  agreed: {approval: steward}");
    await team.openIssue("mount fails", ["release-blocker"]);
    await team.report(pull, "build");
    await team.approve(pull, "jo");
    const standing = [team.status(pull), team.check(pull)?.output.title];
    const done = team.done.length;
    let reads = 0;
    const failAt = (at: number): void => {
      reads = 0;
      const refuse = (): boolean => (reads += 1) === at;
      team.restart();
      team.through(({ graphql, rest }) => ({
        graphql: (...given) => (refuse() ? Promise.reject(new Transient("502 Bad Gateway")) : graphql(...given)),
        rest: (...given) => (refuse() ? Promise.reject(new Transient("502 Bad Gateway")) : rest(...given)),
      }));
    };
    let at = 1;
    for (failAt(at); await isFailed(team); failAt(at)) {
      expect([team.status(pull), team.check(pull)?.output.title, team.done.length]).toEqual([...standing, done]);
      at += 1;
    }
    expect(at).toBeGreaterThan(2);
    expect(held(team, pull, "blockers")).toMatch("mount fails");
    expect(team.gate(pull, "ci")).toMatch(/^✓ open/);
  });
});

async function isFailed(team: Team): Promise<boolean> {
  try {
    await team.reconcileOnce();
    return false;
  } catch (error) {
    if (error instanceof Transient) return true;
    throw error;
  }
}
