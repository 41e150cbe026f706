// The release desk: one issue for all lines, there when it has something to say, and only then written.
import { describe, expect, test } from "@jest/globals";
import type { Issue } from "../../sandbox/world/types.ts";
import { openTeam, type Team } from "../fixtures/story.ts";

const playbook = (rest = ""): string => `schema: 1
roles: {steward: ["@kim"]}
components: {cavern: {path: cavern}, reg: {path: reg}}
${rest}gates:
  agreed: {approval: steward}
`;

async function begin(rest = ""): Promise<Team> {
  const team = await openTeam({ playbook: playbook(rest), files: { "cavern/a.txt": "1\n", "reg/a.txt": "1\n" } });
  for (const name of ["cavern", "reg"]) await team.tag(`${name}-1.0.0`);
  return team;
}

const change = (team: Team, title: string, component: string): Promise<string> => team.push(title, { [`${component}/a.txt`]: `${title}\n` });
const kept = (team: Team): number => team.done.filter(({ kind }) => kind === "keep-desk").length;
const body = (team: Team): string => (team.desk()?.body ?? "").replaceAll("&nbsp;", " ").replaceAll("&#8203;", "");
const named = (team: Team, component: string): Issue => team.releasePullRequests().find(({ title }) => title.includes(component)) ?? team.releasePullRequest();

async function propose(team: Team): Promise<void> {
  await change(team, "feat: mount", "cavern");
  await team.settle();
}

describe("the desk", () => {
  test("is opened with the first proposal and shows every line, who can move it, and what was released last", async () => {
    const team = await begin();
    await team.settle();
    await team.push("docs: words", { "docs/x.md": "x\n" });
    await team.settle();
    expect(team.desks()).toEqual([]);

    await propose(team);
    expect(team.desk()).toMatchObject({ title: "Release desk", state: "open", author: { login: "release-steward[bot]" } });
    const cavern = named(team, "cavern");
    expect(body(team)).toContain(`| ✗ blocked | cavern 1.1.0 #${String(cavern.number)} | agreed | steward (@kim) |`);
    expect(body(team)).toContain("| reg | `reg-1.0.0` |  | nothing to release |");

    await change(team, "fix: probe", "reg");
    await team.settle();
    expect(body(team)).toContain(`| ✗ blocked | reg 1.0.1 #${String(named(team, "reg").number)} | agreed | steward (@kim) |`);
    await team.approve(cavern, "kim");
    await team.settle();
    expect(body(team)).toContain(`| ✓ ready | cavern 1.1.0 #${String(cavern.number)} |  | whoever may merge |`);
    await team.merge(cavern);
    await team.settle();
    expect(body(team)).toContain("| cavern | `cavern-1.1.0` |  | nothing to release |");
    expect(team.desks()).toHaveLength(1);
  });

  test("is opened for a question, too", async () => {
    const team = await begin();
    await team.push("something", { "cavern/b.txt": "1\n" });
    await team.settle();
    expect(body(team)).toMatch(/### Needs an answer\n\n- \*\*Which version of cavern is next\?\*\*/);
    await team.say(team.desk() ?? team.issue(1), "/release bump cavern minor", "kim");
    await team.settle();
    expect(body(team)).not.toContain("Needs an answer");
    expect(body(team)).toContain("cavern 1.1.0");
  });

  test("is written only when something changes, never because time passes", async () => {
    const team = await begin();
    await propose(team);
    const [before, edits] = [kept(team), team.desk()?.edits.length];
    for (let day = 0; day < 3; day += 1) {
      team.waitMs(86_400_000);
      team.wake();
      await team.settle();
    }
    await team.push("docs: words", { "docs/x.md": "x\n" });
    await team.settle();
    expect(kept(team)).toBe(before);
    expect(team.desk()?.edits.length).toBe(edits);
    await change(team, "fix: more", "cavern");
    await team.settle();
    expect(kept(team)).toBeGreaterThan(before);
  });

  test("what people write into it does not stay", async () => {
    const team = await begin();
    await propose(team);
    const desk = team.desk() ?? team.issue(1);
    const text = desk.body ?? "";
    await team.standIn.operations.editIssue(team.person("kim"), team.repository, desk, { title: "Desk of mine", body: `${text}\nmore` });
    await team.settle();
    expect(desk).toMatchObject({ title: "Release desk", body: text });
  });

  test("closed by a person it stays closed; reopened it is kept again", async () => {
    const team = await begin();
    await propose(team);
    const desk = team.desk() ?? team.issue(1);
    await team.closeIssue(desk);
    const before = kept(team);
    await change(team, "fix: probe", "reg");
    await team.settle();
    expect(desk.state).toBe("closed");
    expect(desk.body).not.toContain("reg 1.0.1");
    expect(team.desks()).toHaveLength(1);
    expect(kept(team)).toBe(before);
    await team.standIn.operations.editIssue(team.person("kim"), team.repository, desk, { state: "open" });
    await team.settle();
    expect(desk.body).toContain("reg 1.0.1");
  });

  test("`desk: false`: there is none", async () => {
    const team = await begin("release: {desk: false}\n");
    await propose(team);
    expect(team.releasePullRequests()).toHaveLength(1);
    expect(team.desks()).toEqual([]);
  });

  test("a title of the team's own", async () => {
    const team = await begin("release: {desk: Releases}\n");
    await propose(team);
    expect(team.desk()?.title).toBe("Releases");
    team.restart();
    team.wake();
    await team.settle();
    expect(team.desks()).toHaveLength(1);
  });

  test("a second one is closed with a pointer to the oldest, which is the desk", async () => {
    const team = await begin();
    await propose(team);
    const [first, bot] = [team.desk() ?? team.issue(1), { is: "installation", user: team.app.bot, installation: team.installation } as const];
    const second = await team.standIn.operations.openIssue(bot, team.repository, { title: "Release desk", body: first.body, labels: [], milestone: null });
    await change(team, "fix: probe", "reg");
    team.restart();
    await team.settle();
    expect(first.body).toContain("reg 1.0.1");
    expect(second).toMatchObject({ state: "closed", body: expect.not.stringContaining("reg 1.0.1") });
    expect(team.commentsOf(second).map(({ body }) => body)).toEqual([`The release desk is #${String(first.number)}: say it there.`]);
    expect(await team.settle()).toEqual([]);
  });

  test("somebody else's issue with the same title and text is no desk", async () => {
    const team = await begin();
    await propose(team);
    const own = team.desk() ?? team.issue(1);
    const text = own.body ?? "";
    await team.closeIssue(own);
    const forged = await team.standIn.operations.openIssue(team.person("lee"), team.repository, {
      title: "Release desk",
      body: text,
      labels: [],
      milestone: null,
    });
    await team.say(forged, "/release freeze until 2026-02-01 mine", "kim");
    await change(team, "fix: probe", "reg");
    await team.settle();
    expect(forged.body).toBe(text);
    expect(team.status(named(team, "reg"))).not.toContain("froze");
  });

  test.each(["drop-before", "drop-after"] as const)("killed at any call (%s) while it is opened: there is one", async (effect) => {
    const whole = await begin();
    const before = whole.calls();
    await propose(whole);
    const calls = whole.calls() - before;
    for (let at = 1; at <= calls; at += 1) {
      const team = await begin();
      team.killAt(at, effect);
      await propose(team);
      expect([at, team.wasKilled(), team.desks().length]).toEqual([at, true, 1]);
      expect(body(team)).toContain("cavern 1.1.0");
    }
  });
});
