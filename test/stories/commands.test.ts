// Commands as people say them on a release pull request and on the desk: what follows from each, and what they see.
import { describe, expect, test } from "@jest/globals";
import { openPull } from "../../sandbox/scenarios/people.ts";
import type { Comment, Issue } from "../../sandbox/world/types.ts";
import { explainText } from "../../src/cli/explain-text.ts";
import { openTeam, type Team } from "../fixtures/story.ts";

const ONE = `schema: 1
roles: {steward: "@acme/stewards"}
components: {app: {path: .}}
versioning:
  files: [{file: package.json, json: version}]
changelog: {file: CHANGELOG.md}
`;
const GATES = `gates:
  blockers: {no_open_issues: {labels: [release-blocker]}}
  backup: {evidence: Database is backed up}
  agreed: {approval: steward}
`;
const TWO = `schema: 1
roles: {steward: "@acme/stewards"}
components: {api: {path: api}, web: {path: web}}
versioning:
  files: [{file: "{path}/package.json", json: version}]
changelog: {file: "{path}/CHANGELOG.md"}
release: {tag: {name: "{component}-{version}"}}
gates:
  backup: {evidence: Database is backed up}
`;
const PACKAGE = '{"name": "app", "version": "1.0.0"}\n';

/** kim admin, lee and ann write, sam triage; kim and ann are stewards; jo and zoe are strangers. */
async function startedWith(playbook: string): Promise<Team> {
  const isTwo = playbook.includes("components: {api");
  const files: Record<string, string> = isTwo ? { "api/package.json": PACKAGE, "web/package.json": PACKAGE } : { "package.json": PACKAGE };
  const team = await openTeam({ playbook, files });
  for (const login of ["ann", "sam", "zoe"]) team.standIn.addUser(login);
  team.repository.collaborators.set("ann", "write");
  team.repository.collaborators.set("sam", "triage");
  team.repository.collaborators.set("zoe", "read");
  team.standIn.addTeam("acme", "stewards", ["kim", "ann"]);
  await team.standIn.operations.createLabel(team.person("kim"), team.repository, { name: "release-blocker", color: "ff0000", description: null });
  for (const tag of isTwo ? ["api-1.0.0", "web-1.0.0"] : ["v1.0.0"]) await team.tag(tag);
  return team;
}

/** One component with a release pull request for a fix. */
async function proposed(playbook = ONE + GATES): Promise<{ readonly team: Team; readonly pull: Issue }> {
  const team = await startedWith(playbook);
  await team.contribute("fix: disk");
  await team.settle();
  return { team, pull: team.releasePullRequest() };
}

/** Two components, each with a release pull request of a fix. */
async function proposedTwice(playbook = TWO): Promise<{ readonly team: Team; readonly desk: Issue; readonly pull: (component: string) => Issue }> {
  const team = await startedWith(playbook);
  await team.contribute("fix: both", "squash", { "api/x": "1\n", "web/x": "1\n" });
  await team.settle();
  return { team, desk: team.desk()!, pull: (component) => team.releasePullRequests().find(({ title }) => title.includes(component))! };
}

const withoutRecord = (body: string): string => body.replace(/\n*<!-- release-steward-record:[^\n]*-->\s*$/, "");
/** What the app said there besides its status comment. */
const repliesIn = (team: Team, subject: Issue): readonly string[] =>
  team.commentsOf(subject).flatMap((comment) => (comment === team.statusComment(subject) ? [] : withoutRecord(comment.body).replaceAll("&#8203;", "")));
const reactionsOn = (comment: Comment): readonly string[] => comment.reactions.map(({ content }) => content);

type Answer = { readonly reactions: readonly string[]; readonly replies: readonly string[] };
/** What changes something is answered by reactions alone. */
const DONE: Answer = { reactions: ["eyes", "rocket"], replies: [] };
const IGNORED: Answer = { reactions: [], replies: [] };
const refused = (...replies: readonly string[]): Answer => ({ reactions: ["eyes", "confused"], replies });

/** Somebody says it, the app settles, and this is what they see. */
async function ask(team: Team, subject: Issue, body: string, login = "lee"): Promise<Answer> {
  const before = repliesIn(team, subject).length;
  const comment = await team.say(subject, body, login);
  await team.settle();
  return { reactions: reactionsOn(comment), replies: repliesIn(team, subject).slice(before) };
}

/** The one reply to a question. */
async function answer(team: Team, subject: Issue, body: string, login = "lee"): Promise<string> {
  const { reactions, replies } = await ask(team, subject, body, login);
  expect([reactions, replies.length]).toEqual([["eyes", "rocket"], 1]);
  return replies[0]!;
}

/** A look at the moment that it is, without waiting for anything. */
async function look(team: Team): Promise<void> {
  await team.standIn.delivered();
  await team.reconcileOnce();
  await team.reconcileOnce();
}

const row = (text: string, gate: string): string => text.split("\n").find((line) => line.startsWith("| ") && line.includes(`| ${gate} |`)) ?? "";

const MISTAKES = [
  ["/release bump mayor", 'did you mean "/release bump major"?'],
  ["/release bump", "say how large: `/release bump major`, `minor` or `patch`"],
  ["/release bmup minor", 'did you mean "/release bump minor"?'],
  ["/release as v2.0.0", 'did you mean "/release as 2.0.0"?'],
  ["/release as soon", "expected a version such as 1.4.0"],
  ["/release hold", "say why: `/release hold <reason>`"],
  ["/release defer 12: too late", 'did you mean "/release defer #12 too late"?'],
  ["/release override bakcup it is fine", 'did you mean "/release override backup it is fine"?'],
  ["/release override hold it is fine", "a hold is not overridden: end it with `/release unhold`"],
  ["/release evidence backpu https://backups.test/1", 'did you mean "/release evidence backup https://backups.test/1"?'],
  ["/release freeze the audit begins", "a freeze is about every release: say it on the release desk"],
  ["/release simulate murge #4", 'did you mean "/release simulate merge #4"?'],
  ["/release cut", "candidates are not cut by this build; merge the pull request to release"],
  ["/release approve", "approve with a review on the pull request"],
  ["/release rollback", "this build does not do that yet"],
  ["/release make me a coffee", "there is no such command: `/release help` lists them"],
  ["/release", "say what: `/release help` lists the commands"],
] as const;

describe("the version", () => {
  test("bump: the same pull request becomes a release of that size, says who asked, and the word holds for one release", async () => {
    const { team, pull } = await proposed(ONE);
    expect(await ask(team, pull, "/release bump minor")).toEqual(DONE);
    expect(pull.title).toBe("Release app 1.1.0");
    expect(pull.body).toMatch(/\[`\/release bump minor`\]\(\S+\) \| asked for by lee/);
    expect(await team.read("package.json", pull.pull!.headSha)).toContain('"version": "1.1.0"');
    await team.merge(pull);
    await team.settle();
    expect(Object.keys(team.tags())).toEqual(["v1.0.0", "v1.1.0"]);
    await team.contribute("fix: more");
    await team.settle();
    expect(team.releasePullRequest().title).toBe("Release app 1.1.1");
  });

  test("bump: whoever said it can't approve the release any more [W-06]", async () => {
    const { team, pull } = await proposed();
    await ask(team, pull, "/release bump minor", "ann");
    await team.approve(pull, "ann");
    await team.settle();
    expect(team.status(pull)).toContain("asked for this version, so somebody else has to approve");
    expect(row(team.status(pull), "agreed")).toContain("closed");
    await team.approve(pull, "kim");
    await team.settle();
    expect(row(team.status(pull), "agreed")).toContain("open");
  });

  test("which version is next? The desk asks, a word there answers it, with the name, for one release", async () => {
    const team = await startedWith(ONE.replace("versioning:", "versioning:\n  no_signal: ask"));
    await team.contribute("update things");
    await team.settle();
    const desk = team.desk()!;
    expect(team.releasePullRequests()).toEqual([]);
    expect(desk.body).toMatch(/\*\*Which version is next\?\*\* .*\/release bump patch.* Unclear: #1\./);
    expect(await ask(team, desk, "/release bump minor")).toEqual(DONE);
    const pull = team.releasePullRequest();
    expect([pull.title, pull.body]).toEqual(["Release app 1.1.0", expect.stringMatching(/\[`\/release bump minor`\]\(\S+\) \| asked for by lee/)]);
    expect(desk.body).not.toContain("Which version is next?");
    await team.merge(pull);
    await team.settle();
    expect(Object.keys(team.tags())).toEqual(["v1.0.0", "v1.1.0"]);
    await team.contribute("update more things");
    await team.settle();
    expect(team.releasePullRequests()).toEqual([]);
    expect(desk.body).toContain("Which version is next?");
  });

  test("as: exactly that version; the last word counts", async () => {
    const { team, pull } = await proposed(ONE);
    await ask(team, pull, "/release bump minor");
    expect(await ask(team, pull, "/release as 3.0.0", "ann")).toEqual(DONE);
    expect([pull.title, pull.body]).toEqual(["Release app 3.0.0", expect.stringMatching(/\[`\/release as 3\.0\.0`\]\(\S+\) \| asked for by ann/)]);
  });

  test("as: a version that goes backwards is refused where everybody looks, and nothing can be released as that", async () => {
    const { team, pull } = await proposed(ONE);
    await ask(team, pull, "/release as 0.9.0");
    expect(team.check(pull)).toMatchObject({
      conclusion: "failure",
      output: { title: expect.stringContaining("0.9.0 would go backwards: the newest tag of this line is v1.0.0") },
    });
    expect(team.desk()?.body).toMatch(/\*\*app is refused\.\*\* 0\.9\.0 would go backwards/);
    expect(await ask(team, pull, "/release as 1.0.5")).toEqual(DONE);
    expect([pull.title, team.check(pull)?.conclusion]).toEqual(["Release app 1.0.5", "success"]);
  });

  test("a mistake is refused with what would be right, and changes nothing", async () => {
    const { team, pull } = await proposed();
    const before = stateOf(team);
    for (const [said, remedy] of MISTAKES) expect(await ask(team, pull, said)).toEqual(refused(`"${said}": ${remedy}`));
    expect(stateOf(team)).toEqual(before);
  });
});

/** All that a command could change: not the conversation. */
function stateOf(team: Team): unknown {
  return {
    refs: [...team.git.refs()],
    issues: [...team.repository.issues.values()].map(({ title, body, state, labels, milestone, pull }) => [
      title,
      body,
      state,
      labels,
      milestone?.title,
      pull?.headSha,
    ]),
    checks: [...team.repository.checkRuns.values()].map(({ headSha, name, conclusion, output }) => [headSha, name, conclusion, output]),
    releases: team.releases().length,
    status: team.releasePullRequests().map((pull) => team.status(pull)),
  };
}

describe("hold, freeze", () => {
  test("hold: the release waits, with name and reason, until anybody who may says unhold", async () => {
    const { team, pull } = await proposed(ONE);
    expect(team.check(pull)).toMatchObject({ conclusion: "success" });
    expect(await ask(team, pull, "/release hold legal has not answered")).toEqual(DONE);
    expect(row(team.status(pull), "hold")).toMatch(/closed \| hold \| @\S*lee holds it: legal has not answered \| .*\/release unhold/);
    expect(team.check(pull)).toMatchObject({
      conclusion: expect.not.stringMatching(/success|neutral|skipped/),
      output: { title: expect.stringContaining("hold") },
    });
    expect(await ask(team, pull, "/release unhold", "ann")).toEqual(DONE);
    expect([row(team.status(pull), "hold"), team.check(pull)?.conclusion]).toEqual(["", "success"]);
  });

  test("hold: merged all the same, nothing is released before unhold", async () => {
    const { team, pull } = await proposed(ONE);
    await ask(team, pull, "/release hold legal has not answered");
    const sha = await team.merge(pull);
    await team.settle();
    expect(Object.keys(team.tags())).toEqual(["v1.0.0"]);
    expect(await ask(team, pull, "/release unhold", "ann")).toEqual(DONE);
    expect(team.tags()["v1.0.1"]).toBe(sha);
  });

  test("freeze: every line waits, and the desk says so, until thaw", async () => {
    const { team, desk, pull } = await proposedTwice();
    expect(await ask(team, desk, "/release freeze the audit begins")).toEqual(DONE);
    for (const name of ["api", "web"])
      expect(row(team.status(pull(name)), "frozen")).toMatch(/closed \| frozen \| @\S*lee froze releases: the audit begins \| .*\/release thaw/);
    expect(desk.body).toContain("the audit begins");
    expect(await ask(team, desk, "/release thaw", "ann")).toEqual(DONE);
    for (const name of ["api", "web"]) expect(row(team.status(pull(name)), "frozen")).toBe("");
    expect(desk.body).not.toContain("the audit begins");
  });

  test("freeze until a moment that has passed is refused", async () => {
    const { team } = await proposed(ONE);
    const said = "/release freeze the audit until 2025-12-24 18:00";
    const { reactions, replies } = await ask(team, team.desk()!, said);
    expect([reactions, replies]).toEqual([
      ["eyes", "confused"],
      [expect.stringContaining(`"${said}": what follows \`until\` is no moment to come: say \`until Friday 18:00\``)],
    ]);
    expect(team.desk()!.body).not.toContain("froze");
  });

  test("freeze until: it waits with the moment, and thaws by itself", async () => {
    const { team, pull } = await proposed(ONE);
    await team.say(team.desk()!, "/release freeze the audit until Friday 18:00", "lee");
    await look(team);
    expect(row(team.status(pull), "frozen")).toMatch(/waits \| frozen \| @\S*lee froze releases: the audit; thaws .*18:00 UTC/);
    expect(team.check(pull)?.conclusion).not.toBe("success");
    team.waitMs(Date.UTC(2026, 0, 2, 17, 59) - team.standIn.world.now());
    await look(team);
    expect(row(team.status(pull), "frozen")).toContain("waits");
    await team.settle();
    expect(team.standIn.world.now()).toBeGreaterThanOrEqual(Date.UTC(2026, 0, 2, 18));
    expect([row(team.status(pull), "frozen"), team.check(pull)?.conclusion]).toEqual(["", "success"]);
  });
});

/** With a blocker in the first of these milestones. */
async function blocked(milestones: readonly string[]): Promise<{ readonly team: Team; readonly pull: Issue; readonly blocker: Issue }> {
  const { team, pull } = await proposed();
  const { operations } = team.standIn;
  const made = [];
  for (const title of milestones) made.push(await operations.createMilestone(team.person("kim"), team.repository, { title, description: null }));
  const blocker = await team.openIssue("mount fails on 1.29", ["release-blocker"]);
  await operations.editIssue(team.person("kim"), team.repository, blocker, { milestone: made[0]! });
  await team.settle();
  expect(row(team.status(pull), "blockers")).toMatch(/closed \| blockers \| #\d+ .*mount fails on 1\.29.*\/release defer #\d+/);
  return { team, pull, blocker };
}

describe("evidence, defer, override", () => {
  test("evidence: the step is confirmed with name, role and link [C-04]", async () => {
    const { team, pull } = await proposed();
    expect(await ask(team, pull, "/release evidence backup https://backups.test/1")).toEqual(DONE);
    expect(row(team.status(pull), "backup")).toMatch(/open \| backup \| @\S*lee confirmed: .*https:\/\/backups\.test\/1/);
    expect(team.status(pull)).toMatch(/- \[x\] backup: Database is backed up \(@\S*lee, write access, 2026-01-01 \d\d:\d\d UTC · .*https:\/\/backups\.test\/1/);
  });

  test("evidence: a step in the care of a role takes nobody else's word", async () => {
    const { team, pull } = await proposed(ONE + GATES.replace("Database is backed up}", "Database is backed up, by: steward}"));
    expect(await ask(team, pull, "/release evidence backup https://backups.test/1")).toEqual(
      refused("@lee may not confirm this step: this step needs the role steward (@acme/stewards). @ann and @kim may."),
    );
    expect(row(team.status(pull), "backup")).toContain("closed");
    expect(await ask(team, pull, "/release evidence backup https://backups.test/1", "ann")).toEqual(DONE);
    expect(row(team.status(pull), "backup")).toContain("open");
  });

  test("defer: the blocker moves to the next milestone and holds nothing; who said so and why stays on record [C-16, M-04]", async () => {
    const { team, pull, blocker } = await blocked(["v1.0.1", "v1.2.0", "v1.1.0"]);
    expect(await ask(team, pull, `/release defer #${String(blocker.number)} nobody mounts that way`)).toEqual(DONE);
    expect([blocker.milestone?.title, blocker.state]).toEqual(["v1.1.0", "open"]);
    expect(row(team.status(pull), "blockers")).toContain("open");
    expect(team.status(pull)).toMatch(/mount fails on 1\.29.* was deferred by @\S*lee: nobody mounts that way/);
  });

  test("defer: without a later milestone it stays where it is, and is recorded all the same [C-16, M-04]", async () => {
    const { team, pull, blocker } = await blocked(["v1.0.1"]);
    expect(await ask(team, pull, `/release defer #${String(blocker.number)} nobody mounts that way`)).toEqual(DONE);
    expect(blocker.milestone?.title).toBe("v1.0.1");
    expect(team.status(pull)).toMatch(/mount fails on 1\.29.* was deferred by @\S*lee: nobody mounts that way/);
    expect(row(team.status(pull), "blockers")).toContain("open");
  });

  test("defer: only this release; the next one meets the blocker again [C-16]", async () => {
    const { team, pull, blocker } = await blocked(["v1.0.1"]);
    await ask(team, pull, `/release defer #${String(blocker.number)} nobody mounts that way\n/release evidence backup https://backups.test/1`);
    await team.approve(pull, "kim");
    await team.merge(pull);
    await team.settle();
    expect(Object.keys(team.tags())).toContain("v1.0.1");
    await team.contribute("fix: more");
    await team.settle();
    expect(row(team.status(team.releasePullRequest()), "blockers")).toContain("closed");
  });

  test("override: one person is not enough, two are; a push ends it", async () => {
    const { team, pull } = await proposed();
    expect(await ask(team, pull, "/release override backup the tool is down")).toEqual(DONE);
    expect(row(team.status(pull), "backup")).toMatch(
      /closed \| backup .*@\S*lee wants to override it: the tool is down\. A second person says `\/release override backup <reason>`/,
    );
    await ask(team, pull, "/release override backup really");
    expect(row(team.status(pull), "backup")).toContain("closed");
    await ask(team, pull, "/release override backup I saw it", "ann");
    expect(row(team.status(pull), "backup")).toMatch(/overridden \| backup \| overridden by @\S*lee and @\S*ann: the tool is down/);
    expect(team.status(pull)).toContain("It was closed: nobody has confirmed");
    await team.contribute("fix: more");
    await team.settle();
    expect(row(team.status(pull), "backup")).toMatch(/closed \| backup \| nobody has confirmed/);
  });

  test("override: of somebody who pushed to the branch does not count", async () => {
    const { team, pull } = await proposed();
    await team.pushTo(pull.pull!.head, "docs: nicer words", { "NOTES.md": "x\n" }, "lee");
    await team.settle();
    await ask(team, pull, "/release override backup the tool is down", "lee");
    await ask(team, pull, "/release override backup I saw it", "ann");
    expect(row(team.status(pull), "backup")).toMatch(/closed .*@\S*ann wants to override it/);
    await ask(team, pull, "/release override backup so did I", "kim");
    expect(row(team.status(pull), "backup")).toMatch(/overridden by @\S*ann and @\S*kim/);
  });
});

/** Heading and rows, as people read them. */
const table = (text: string): readonly string[] =>
  text
    .replaceAll("&#8203;", "")
    .split("\n")
    .filter((line) => line.startsWith("|") || line.startsWith("### "));

describe("questions", () => {
  test("status: the table of the status comment, and what the command line says", async () => {
    const { team, pull } = await proposed();
    await ask(team, pull, "/release hold legal has not answered");
    const reply = await answer(team, pull, "/release status", "sam");
    expect(table(reply).map((line) => line.replace(` (#${String(pull.number)})`, ""))).toEqual(table(team.status(pull)));
    const text = explainText(team.plans.at(-1)!.lines, { hasColor: false, width: 110 });
    for (const { gate, because } of team.plans.at(-1)!.lines[0]!.gates) {
      expect(text).toMatch(new RegExp(`${gate} +\\S`));
      expect(text.replaceAll(/\s+/g, " ")).toContain(because);
      expect(reply).toContain(because);
    }
  });

  test("plan: what would be released, and why", async () => {
    const { team, pull } = await proposed(ONE);
    expect(await answer(team, pull, "/release plan")).toBe(
      `| component | from | to | | why |\n|---|---|---|---|---|\n| \`app\` | \`1.0.0\` | \`1.0.1\` | patch, to be released in #${String(pull.number)} | 1 change since v1.0.0 |`,
    );
  });

  test("help: to each asker what they may say now, and why not the rest [W-74, H-58]", async () => {
    const { team, pull } = await proposed(`${ONE}release: {commands: {hold: steward, evidence: lead}}\n`.replace("roles: {", 'roles: {lead: ["@sam"], '));
    const may = async (login: string): Promise<Record<string, string>> => {
      const help = await answer(team, pull, "/release help", login);
      expect(help).toContain(`| command | what it does | @${login} |`);
      return Object.fromEntries([...help.matchAll(/^\| `\/release (\w+).*\| ([^|]+) \|$/gm)].map(([, verb = "", says = ""]) => [verb, says]));
    };
    const lee = await may("lee");
    expect(Object.keys(lee)).toEqual([
      "status",
      "plan",
      "bump",
      "as",
      "hold",
      "unhold",
      "evidence",
      "defer",
      "override",
      "announce",
      "simulate",
      "freeze",
      "thaw",
      "help",
    ]);
    expect(lee).toMatchObject({ bump: "✓ yes", status: "✓ yes", hold: "✗ no: hold needs the role steward (@acme/stewards); @ann and @kim may" });
    expect(lee).toMatchObject({ evidence: "✗ not here: no gate of this playbook asks for evidence", override: "✗ not here: this playbook has no gates" });
    expect(await may("ann")).toMatchObject({ hold: "✓ yes", bump: "✓ yes" });
    expect(await may("sam")).toMatchObject({ status: "✓ yes", simulate: "✓ yes", bump: "✗ no: bump needs write access to the repository" });
  });

  test("simulate approve: what would open, and nothing has happened", async () => {
    const { team, pull } = await proposed();
    const before = stateOf(team);
    const reply = await answer(team, pull, "/release simulate approve steward", "sam");
    expect(reply).toMatch(/^If @\S*\w+ of steward approves: /);
    expect(row(reply, "agreed")).toContain("open");
    expect(row(reply, "backup")).toContain("closed");
    expect(reply).toContain("Assumed, nothing of it has happened.");
    expect(await answer(team, pull, "/release simulate approve @lee")).toContain("No gate would change.");
    expect(await answer(team, pull, "/release simulate approve @acme/stewards")).toMatch(/approves: [\s\S]*✓&nbsp;open \| agreed/);
    expect(stateOf(team)).toEqual(before);
    expect([...team.repository.comments.values()].filter(({ issue }) => issue === pull)).toHaveLength(7);
  });

  test("simulate merge: the version that would follow from an open pull request", async () => {
    const { team, pull } = await proposed(ONE);
    const feature = await openPull(team.standIn, team.repository, {
      branch: "big",
      title: "feat!: drop the old API",
      files: { "src/big": "1\n" },
      login: "lee",
    });
    await team.settle();
    const before = stateOf(team);
    expect(await answer(team, pull, `/release simulate merge #${String(feature.number)}`)).toMatch(
      new RegExp(`^If #${String(feature.number)} is merged: #${String(pull.number)} would become "Release app 2\\.0\\.0"\\.`),
    );
    expect(await answer(team, pull, "/release simulate merge #999")).toBe("That can't be assumed: #999 is no open pull request into this branch.\n\n".trim());
    expect(stateOf(team)).toEqual(before);
  });

  test("simulate at: what time alone would open", async () => {
    const { team, pull } = await proposed(ONE);
    await team.say(team.desk()!, "/release freeze the audit until Friday 18:00", "lee");
    await look(team);
    const before = stateOf(team);
    const [early, late] = [await team.say(pull, "/release simulate at Friday 17:00", "sam"), await team.say(pull, "/release simulate at Saturday 9:00", "sam")];
    await look(team);
    expect([early, late].map(reactionsOn)).toEqual([
      ["eyes", "rocket"],
      ["eyes", "rocket"],
    ]);
    const [first, second] = repliesIn(team, pull).slice(-2);
    expect(first).toMatch(/^At .*17:00 UTC, if nothing but time passes: nothing would be done\.\n\nNo gate would change\./);
    expect(second).toMatch(/^At Sat .*09:00 UTC, if nothing but time passes: [\s\S]*### app 1\.0\.1 is ready to merge/);
    expect(stateOf(team)).toEqual(before);
  });
});

describe("how it is said", () => {
  test("several in one comment are done in order", async () => {
    const { team, pull } = await proposed(ONE);
    expect(
      await ask(team, pull, 'Thanks all!\r\n\r\n/release bump minor\r\n/release as 2.0.0\r\n/release hold "legal" has not answered\r\n\r\nMore later.'),
    ).toEqual(DONE);
    expect(pull.title).toBe("Release app 2.0.0");
    expect(row(team.status(pull), "hold")).toContain('"legal" has not answered');
  });

  test("several in one comment: one mistake refuses all of them, each mistake is named", async () => {
    const { team, pull } = await proposed(ONE);
    const before = stateOf(team);
    const { reactions, replies } = await ask(team, pull, "/release bump minor\n/release hodl everything\n/release as soon");
    expect(reactions).toEqual(["eyes", "confused"]);
    expect(replies).toEqual([
      '- "/release hodl everything": did you mean "/release hold everything"?\n- "/release as soon": expected a version such as 1.4.0\n\nNothing in this comment was done: say what you want in a new comment.',
    ]);
    expect(stateOf(team)).toEqual(before);
  });

  test.each([
    ["in a quote", "> /release hold quoted"],
    ["in a block of code", "```\n/release hold fenced\n```"],
    ["indented as code", "look:\n\n    /release hold indented"],
    ["in a code span", "say `/release hold span`"],
    ["in an HTML comment", "<!--\n/release hold hidden\n-->"],
    ["in the middle of a line", "please /release hold inline"],
    ["another word", "/released hold it"],
  ])("%s it is none: no reaction, no reply, no hold", async (_title, body) => {
    const { team, pull } = await proposed(ONE);
    expect(await ask(team, pull, body)).toEqual(IGNORED);
    expect(team.status(pull)).not.toContain("holds it");
  });

  test("on an issue or a pull request of people nobody listens", async () => {
    const { team } = await proposed(ONE);
    const other = await team.openIssue("a question");
    expect(await ask(team, other, "/release hold everything")).toEqual(IGNORED);
    expect(team.check(team.releasePullRequest())).toMatchObject({ conclusion: "success" });
  });
});

/** An edit by somebody, and what the app answers to it. */
async function edit(team: Team, comment: Comment, body: string, login: string): Promise<readonly string[]> {
  const before = repliesIn(team, comment.issue).length;
  team.waitMs(5_000);
  await team.standIn.operations.editComment(team.person(login), team.repository, comment, body);
  await team.settle();
  return repliesIn(team, comment.issue).slice(before);
}

const heldBy = (team: Team, pull: Issue): string => row(team.status(pull), "hold");

describe("edits", () => {
  test("what the author adds is done, once, and said in words", async () => {
    const { team, pull } = await proposed(ONE);
    const comment = await team.say(pull, "/release bump minor", "lee");
    await team.settle();
    expect(await edit(team, comment, "/release bump minor\n/release hold late thoughts", "lee")).toEqual([
      "Accepted as edited: `/release hold late thoughts`.",
    ]);
    expect(heldBy(team, pull)).toContain("late thoughts");
    expect(pull.title).toBe("Release app 1.1.0");
    expect(await edit(team, comment, "Sorry!\n\n/release bump minor\n/release hold late thoughts", "lee")).toEqual([]);
    expect(reactionsOn(comment)).toEqual(["rocket", "eyes"]);
  });

  test("what is edited into a comment without commands is done, too, for its author", async () => {
    const { team, pull } = await proposed(ONE);
    const comment = await team.say(pull, "I think about it. /release", "lee");
    await team.settle();
    expect(await edit(team, comment, "/release hold I thought about it", "lee")).toEqual(["Accepted as edited: `/release hold I thought about it`."]);
    expect(heldBy(team, pull)).toContain("I thought about it");
  });

  test.each([
    ["evidence", "/release evidence backup https://backups.test/1"],
    ["an override", "/release override backup it is fine"],
  ])("%s never counts by an edit", async (_title, added) => {
    const { team, pull } = await proposed();
    const comment = await team.say(pull, "/release status", "lee");
    await team.settle();
    expect(await edit(team, comment, `/release status\n${added}`, "lee")).toEqual([`"${added}": this came by an edit: say it in a new comment`]);
    expect(row(team.status(pull), "backup")).toMatch(/closed \| backup \| nobody has confirmed/);
    expect(team.status(pull)).not.toContain("wants to override");
  });

  test("what another person edits into it is refused, whoever that is", async () => {
    const { team, pull } = await proposed(ONE);
    const comment = await team.say(pull, "/release status", "lee");
    await team.settle();
    expect(await edit(team, comment, "/release status\n/release bump major", "kim")).toEqual([
      expect.stringContaining("this was put into the comment of @lee by @kim; whoever wants it says it in a new comment"),
    ]);
    expect(pull.title).toBe("Release app 1.0.1");
  });

  test("a permit that is edited away is lost, and that is said; a hold stays", async () => {
    const { team, pull } = await proposed();
    const permit = await team.say(pull, "/release evidence backup https://backups.test/1", "lee");
    const hold = await team.say(pull, "/release hold legal has not answered", "lee");
    await team.settle();
    expect(row(team.status(pull), "backup")).toContain("open");
    await edit(team, permit, "never mind", "lee");
    await edit(team, hold, "never mind either", "lee");
    expect(row(team.status(pull), "backup")).toMatch(/closed \| backup \| nobody has confirmed/);
    expect(heldBy(team, pull)).toContain("legal has not answered");
    expect(team.status(pull)).toContain("was edited away: it has no effect any more");
    expect(team.status(pull)).toContain("was edited away and still holds: `/release unhold` ends it");
  });
});

const NOT_FOR_TRIAGE = [
  ["bump minor", "change the version of this release: bump needs write access to the repository"],
  ["as 2.0.0", "change the version of this release: as needs write access to the repository"],
  ["hold x", "hold this release: hold needs write access to the repository"],
  ["unhold", "end the hold on this release: unhold needs write access to the repository"],
  ["freeze x", "freeze the repository: freeze needs write access to the repository"],
  ["thaw", "thaw the repository: thaw needs write access to the repository"],
  ["evidence backup x", "confirm this step: evidence needs write access to the repository"],
  ["override backup x", "override a gate: override needs write access to the repository"],
  ["defer #1 x", "defer an issue: defer needs write access to the repository"],
  ["plan", "ask for a plan: plan needs write access to the repository"],
] as const;

describe("who may", () => {
  test.each([
    ["jo", "is no collaborator"],
    ["zoe", "may only read"],
  ])("%s, who %s, gets no answer to anything", async (login) => {
    const { team, pull } = await proposed();
    const before = stateOf(team);
    for (const said of [
      "/release status",
      "/release help",
      "/release hold everything",
      "/release bump mayor",
      "/release freeze all",
      "/release evidence backup x",
    ])
      expect(await ask(team, pull, said, login)).toEqual(IGNORED);
    expect(await ask(team, team.desk()!, "/release hold everything", login)).toEqual(IGNORED);
    expect(stateOf(team)).toEqual(before);
  });

  test("sam, who may triage, may ask and see, and change nothing", async () => {
    const { team, pull } = await proposed();
    const before = stateOf(team);
    for (const [said, why] of NOT_FOR_TRIAGE) expect(await ask(team, pull, `/release ${said}`, "sam")).toEqual(refused(`@sam may not ${why}.`));
    expect(stateOf(team)).toEqual(before);
  });

  test("a role of the playbook takes the place of write access: admins without it may not, outsiders with it may", async () => {
    const { team, pull } = await proposed(`${ONE}release: {commands: {hold: lead}}\n`.replace("roles: {", 'roles: {lead: ["@jo"], '));
    expect(await ask(team, pull, "/release hold everything", "kim")).toEqual(
      refused("@kim may not hold this release: hold needs the role lead (@jo). @jo may."),
    );
    expect(await ask(team, pull, "/release hold everything", "jo")).toEqual(DONE);
    expect(row(team.status(pull), "hold")).toContain("everything");
  });

  test("who is in a role is asked anew each time: leaving the team ends it", async () => {
    const { team, pull } = await proposed(`${ONE}release: {commands: {hold: steward}}\n`);
    expect(await ask(team, pull, "/release hold once", "ann")).toEqual(DONE);
    team.standIn.setMembers(
      [...team.standIn.world.teams.values()].find(({ slug }) => slug === "stewards")!,
      ["kim"],
    );
    expect((await ask(team, pull, "/release hold again", "ann")).reactions).toEqual(["eyes", "confused"]);
    expect(row(team.status(pull), "hold")).toContain("once");
  });

  test("owners: whoever owns what the release touches, by CODEOWNERS", async () => {
    const { team, pull } = await proposedTwice(TWO.replace("tag:", "commands: {hold: owners}, tag:"));
    await team.push("chore: owners", { ".github/CODEOWNERS": "/api/ @ann\n/web/ @lee\n" }, "kim");
    await team.settle();
    expect(await ask(team, pull("api"), "/release hold mine", "ann")).toEqual(DONE);
    const { reactions, replies } = await ask(team, pull("web"), "/release hold not mine", "ann");
    expect([reactions, replies.join("")]).toEqual([
      ["eyes", "confused"],
      expect.stringMatching(/^@ann may not hold this release: hold needs .*owners.*@\S*lee may\.$/),
    ]);
    expect(row(team.status(pull("web")), "hold")).toBe("");
  });
});

describe("on the desk, with two components", () => {
  test("what is about one of them names it", async () => {
    const { team, desk, pull } = await proposedTwice();
    expect(await ask(team, desk, "/release bump minor")).toEqual(
      refused('"/release bump minor": say which component: api or web, as in `/release bump api minor`'),
    );
    expect(await ask(team, desk, "/release bump appi minor")).toEqual(refused('"/release bump appi minor": did you mean "/release bump api minor"?'));
    expect(await ask(team, desk, "/release bump api minor")).toEqual(DONE);
    expect(await ask(team, desk, "/release as web 2.0.0")).toEqual(DONE);
    expect([pull("api").title, pull("web").title]).toEqual(["Release api 1.1.0", "Release web 2.0.0"]);
    expect(await ask(team, desk, "/release evidence web backup https://backups.test/1")).toEqual(DONE);
    expect([row(team.status(pull("web")), "backup"), row(team.status(pull("api")), "backup")]).toEqual([
      expect.stringContaining("open"),
      expect.stringContaining("closed"),
    ]);
    await ask(team, desk, "/release override api backup the tool is down");
    await ask(team, desk, "/release override api backup I saw it", "ann");
    expect(row(team.status(pull("api")), "backup")).toContain("overridden");
  });

  test("hold and unhold are about the one that is named, or about all", async () => {
    const { team, desk, pull } = await proposedTwice();
    const held = (): readonly boolean[] => ["api", "web"].map((name) => row(team.status(pull(name)), "hold") !== "");
    await ask(team, desk, "/release hold web the customer calls");
    expect(held()).toEqual([false, true]);
    await ask(team, desk, "/release hold everything rests");
    expect(held()).toEqual([true, true]);
    await ask(team, desk, "/release unhold api");
    expect(held()).toEqual([false, true]);
    await ask(team, desk, "/release unhold");
    expect(held()).toEqual([false, false]);
  });

  test("status and plan answer for all, or for the one that is named", async () => {
    const { team, desk } = await proposedTwice();
    expect((await answer(team, desk, "/release status")).match(/^### .*/gm)).toEqual([
      expect.stringContaining("api 1.0.1"),
      expect.stringContaining("web 1.0.1"),
    ]);
    expect((await answer(team, desk, "/release status web")).match(/^### .*/gm)).toEqual([expect.stringContaining("web 1.0.1")]);
    expect(await answer(team, desk, "/release plan")).toMatch(/`api`[\s\S]*`web`/);
    expect(await answer(team, desk, "/release plan web")).not.toContain("`api`");
    expect(await answer(team, desk, "/release help", "sam")).toContain(String.raw`/release bump <component> <major\|minor\|patch>`);
    expect(await answer(team, desk, "/release simulate web approve @ann")).toContain("If ");
  });

  test("on a pull request another component's word is not taken", async () => {
    const { team, pull } = await proposedTwice();
    expect(await ask(team, pull("api"), "/release bump web minor")).toEqual(
      refused('"/release bump web minor": this pull request releases api; say it on the one of web, or on the release desk'),
    );
  });
});
