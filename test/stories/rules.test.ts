// Rules of a repository that stand in the app's way: it says once where, and which rule; it does not ask again and again;
// and when somebody mends it, it goes on.
import { describe, expect, test } from "@jest/globals";
import { NO_RULES } from "../../sandbox/world/rules/keep.ts";
import { installCi, keepRules, reportCheck } from "../../sandbox/scenarios/people.ts";
import type { Ruleset } from "../../sandbox/world/rules/types.ts";
import { openTeam, type Team } from "../fixtures/story.ts";

const PLAYBOOK = `schema: 1
components: {app: {path: .}}
versioning: {files: [{file: package.json, json: version}]}
changelog: {file: CHANGELOG.md}
release: {desk: false, pull_request: {merge: squash}}
roles: {lead: ["@kim"]}
gates: {led: {approval: lead}}
policies: {default: {automatic: true, gates: [led]}}
`;

const keep = (team: Team, fields: Parameters<typeof keepRules>[3]): Promise<Ruleset> => keepRules(team.standIn, team.repository, "kim", fields);
const lift = (team: Team, ruleset: Ruleset): Promise<void> => team.standIn.operations.deleteRuleset(team.person("kim"), team.repository, ruleset);

async function opened(): Promise<Team> {
  const team = await openTeam({ playbook: PLAYBOOK, files: { "package.json": '{"name": "app", "version": "1.0.0"}\n' } });
  await team.tag("v1.0.0");
  return team;
}

/** With its release pull request open. */
async function proposed(): Promise<Team> {
  const team = await opened();
  await team.push("fix: disk");
  await team.settle();
  expect(team.releasePullRequests()).toHaveLength(1);
  return team;
}

/** What the app complains of on that commit, without what it said of its release. */
const complaints = (team: Team, sha: string): string[] =>
  team
    .checksOn(sha)
    .filter(({ conclusion }) => conclusion === "failure")
    .map(({ output }) => `${output.title ?? ""}\n${output.summary ?? ""}`);

/** The only one. */
function onlyComplaint(team: Team, sha: string): string {
  const [one = "", ...others] = complaints(team, sha);
  expect(others).toEqual([]);
  return one;
}

/** Two more looks say nothing where people look: on commits that a branch leads to, on pull requests and on issues. */
async function expectQuiet(team: Team): Promise<void> {
  const said = (): string => {
    const heads = new Set(team.git.refs().values());
    const checks = [...team.repository.checkRuns.values()].filter(({ headSha }) => heads.has(headSha));
    return JSON.stringify([checks.map(({ id, output }) => [id, output]), [...team.repository.comments.values()].map(({ id, body }) => [id, body])]);
  };
  const before = said();
  for (let look = 0; look < 2; look += 1) {
    team.wake();
    await team.settle();
    expect(said()).toBe(before);
  }
}

describe("the app's own branch", () => {
  test.each([
    ["may not be made", { include: ["~ALL"], rules: { ...NO_RULES, refuses: ["creation"] } }, "Cannot create ref due to creations being restricted."],
    [
      "must be checked before it is",
      { include: ["refs/heads/**"], rules: { ...NO_RULES, checks: [{ name: "unit", appId: null }] } },
      'Required status check "unit" is expected.',
    ],
  ] as const)("%s: the newest commit says so once, and lifted the release is proposed", async (_what, rules, said) => {
    const team = await opened();
    const sha = await team.push("fix: disk");
    const ruleset = await keep(team, rules);
    await team.settle();
    expect(team.releasePullRequests()).toEqual([]);
    const complaint = onlyComplaint(team, sha);
    expect(complaint).toContain("GitHub refuses what the next release needs");
    expect(complaint).toContain(said);
    expect(complaint).toContain("repository's rules");
    await expectQuiet(team);
    await lift(team, ruleset);
    team.wake();
    await team.settle();
    expect(team.releasePullRequests()).toHaveLength(1);
  });

  test("may not be moved: what was proposed stays as it is, and sparing the app brings it up to date", async () => {
    const team = await proposed();
    const pull = team.releasePullRequest();
    const before = pull.pull?.headSha;
    const rules = { include: [`refs/heads/${pull.pull?.head ?? ""}`], rules: { ...NO_RULES, pullRequest: null, refuses: ["update"] } } as const;
    const ruleset = await keep(team, rules);
    const sha = await team.push("fix: memory");
    await team.settle();
    expect(pull.pull?.headSha).toBe(before);
    expect(complaints(team, sha)[0]).toContain("Cannot update this protected ref.");
    await expectQuiet(team);
    await team.standIn.operations.keepRuleset(team.person("kim"), team.repository, {
      ...ruleset,
      bypass: [{ who: { is: "app", id: team.app.id }, when: "always" }],
    });
    team.wake();
    await team.settle();
    expect(pull.pull?.headSha).not.toBe(before);
    expect(pull.body).toContain("memory");
  });
});

describe("a release that is agreed to", () => {
  test("is not merged while the branch asks for more approvals than there are: it says so once, and the second approval brings it on", async () => {
    const team = await proposed();
    const pull = team.releasePullRequest();
    const pullRequest = { approvals: 2, dismissesStale: false, needsCodeOwners: false, needsLastPushApproval: false };
    await keep(team, { rules: { ...NO_RULES, pullRequest } });
    await team.approve(pull, "kim");
    await team.settle();
    expect(pull.state).toBe("open");
    const complaint = onlyComplaint(team, team.head());
    expect(complaint).toContain(`merging #${String(pull.number)}`);
    expect(complaint).toContain("At least 2 approving reviews are required by reviewers with write access.");
    await expectQuiet(team);
    await team.approve(pull, "lee");
    await team.settle();
    expect(pull.pull?.merged).not.toBeNull();
    expect(Object.keys(team.tags())).toContain("v1.0.1");
  });

  test("waits for its approval again when a push took it back, and is released with what the push brought", async () => {
    const team = await proposed();
    const pull = team.releasePullRequest();
    const pullRequest = { approvals: 1, dismissesStale: true, needsCodeOwners: false, needsLastPushApproval: false };
    await keep(team, { rules: { ...NO_RULES, pullRequest }, bypass: [{ who: { is: "role", role: "write" }, when: "always" }] });
    const approved = await team.approve(pull, "kim");
    await team.push("fix: memory");
    await team.settle();
    expect(approved.state).toBe("DISMISSED");
    expect(pull.state).toBe("open");
    expect(team.gate(pull, "led")).toMatch(/closed|waits/);
    await expectQuiet(team);
    await team.approve(pull, "kim");
    await team.settle();
    expect(pull.pull?.merged).not.toBeNull();
    expect(await team.read("CHANGELOG.md")).toContain("memory");
  });
});

test("a branch that only its merge queue may move: the app says so once; somebody puts the release in, and what the queue merged is released", async () => {
  const team = await proposed();
  installCi(team.standIn, "acme");
  const pull = team.releasePullRequest();
  const rules = { ...NO_RULES, checks: [{ name: "unit", appId: null }], queue: { method: "squash", checksWithinMinutes: 60 } } as const;
  await team.report(pull, "unit");
  await keep(team, { rules });
  await team.approve(pull, "kim");
  await team.settle();
  expect(pull.state).toBe("open");
  const complaint = onlyComplaint(team, team.head());
  expect(complaint).toContain(`merging #${String(pull.number)}`);
  expect(complaint).toContain("Changes must be made through the merge queue");
  await expectQuiet(team);
  const { operations } = team.standIn;
  await operations.enqueue(team.person("kim"), team.repository, pull, null);
  await expectQuiet(team);
  const group = team.repository.queue[0]?.group;
  await reportCheck(team.standIn, team.repository, group?.headSha ?? "", "unit", "success");
  team.wake();
  await team.settle();
  expect(pull.pull?.merged).toMatchObject({ sha: group?.headSha, by: { login: "github-merge-queue[bot]" } });
  expect(team.tags()["v1.0.1"]).toBe(group?.headSha);
  expect(team.releases()).toMatchObject([{ tag: "v1.0.1", isDraft: false }]);
});

test("a tag that a ruleset refuses: the merged commit says so once with the rule, and lifted the release is published", async () => {
  const team = await proposed();
  const pull = team.releasePullRequest();
  const ruleset = await keep(team, { target: "tag", include: ["~ALL"], rules: { ...NO_RULES, refuses: ["creation"] } });
  await team.approve(pull, "kim");
  await team.settle();
  const sha = pull.pull?.merged?.sha ?? "";
  expect(team.head()).toBe(sha);
  expect(Object.keys(team.tags())).toEqual(["v1.0.0"]);
  const complaint = onlyComplaint(team, sha);
  expect(complaint).toContain("Cannot create ref due to creations being restricted.");
  expect(complaint).toContain("releasing app 1.0.1");
  await expectQuiet(team);
  expect(team.releases().filter(({ isDraft }) => !isDraft)).toEqual([]);
  await lift(team, ruleset);
  team.wake();
  await team.settle();
  expect(team.tags()["v1.0.1"]).toBe(sha);
  expect(team.releases()).toMatchObject([{ tag: "v1.0.1", isDraft: false }]);
});
