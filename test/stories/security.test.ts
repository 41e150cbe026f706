// Each threat, named, and that it comes to nothing. The first half goes through the app's logic alone, the second through
// the whole app: its door, its queue, its log.
import { describe, expect, test } from "@jest/globals";
import { headersOf } from "../../sandbox/hooks/send.ts";
import { commitTo, type Files, openPull } from "../../sandbox/scenarios/people.ts";
import type { StandIn } from "../../sandbox/stand-in.ts";
import type { Actor, Issue } from "../../sandbox/world/types.ts";
import { openTeam, type Team } from "../fixtures/story.ts";
import { openWholeApp, PLAYBOOK, until, type WholeApp } from "../fixtures/whole-app.ts";

const PACKAGE = { "package.json": '{"name": "app", "version": "1.0.0"}\n' };
const PLAYBOOK_PATH = ".github/release-steward.yml";

async function released(playbook = PLAYBOOK, files: Files = PACKAGE): Promise<Team> {
  const team = await openTeam({ playbook, files });
  await team.tag("v1.0.0");
  return team;
}

async function proposed(): Promise<{ readonly team: Team; readonly pull: Issue }> {
  const team = await released();
  await team.push("fix: disk");
  await team.settle();
  return { team, pull: team.releasePullRequest() };
}

/** Markdown without what it shows letter by letter, as code. */
const shown = (text: string): string => text.replaceAll("\\`", "").replace(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, "");

const newTags = (team: Team): string[] => Object.keys(team.tags()).filter((name) => name !== "v1.0.0");

/** Another app on the same repository, which may write everything. */
function stranger(standIn: StandIn): Actor {
  const app = standIn.addApp({
    slug: "helpful",
    publicKey: "",
    permissions: { metadata: "read", contents: "write", pull_requests: "write", issues: "write", checks: "write" },
    events: [],
    webhook: null,
  });
  return { is: "installation", user: app.bot, installation: standIn.install(app, "acme") };
}

async function closed(): Promise<{ readonly team: Team; readonly pull: Issue }> {
  const found = await proposed();
  await found.team.closePull(found.pull);
  await found.team.settle();
  return found;
}

/** What a command brought about: pull requests and reactions. */
async function answersOf(team: Team): Promise<readonly unknown[]> {
  team.wake();
  await team.settle();
  return [...team.releasePullRequests(), ...[...team.repository.comments.values()].flatMap(({ reactions }) => reactions)];
}

describe("commands", () => {
  test("of an outsider: what GitHub calls a member and who may only read is one", async () => {
    const { team, pull } = await closed();
    team.repository.collaborators.set("jo", "read");
    await team.say(pull, "/release plan", "jo");
    expect(await answersOf(team)).toEqual([]);
  });

  test("of somebody who lost the permission meanwhile", async () => {
    const { team, pull } = await closed();
    await team.say(pull, "/release plan", "lee");
    team.repository.collaborators.set("lee", "read");
    expect(await answersOf(team)).toEqual([]);
  });

  test("edited into an old comment of somebody else", async () => {
    const { team, pull } = await closed();
    const comment = await team.say(pull, "Thank you!", "lee");
    await team.standIn.operations.editComment(team.person("kim"), team.repository, comment, "/release plan");
    await team.settle();
    expect(team.releasePullRequests()).toEqual([]);
    expect(comment.reactions.map(({ content }) => content)).toEqual(["eyes", "confused"]);
  });

  test("posted by another app", async () => {
    const { team, pull } = await closed();
    const other = stranger(team.standIn);
    team.repository.collaborators.set(other.user.login, "write");
    await team.standIn.operations.comment(other, team.repository, pull, "/release plan");
    expect(await answersOf(team)).toEqual([]);
  });

  test("quoted, or inside of code", async () => {
    const { team, pull } = await closed();
    await team.say(pull, "> /release plan\n\n```\n/release plan\n```\n\nsee `/release plan`", "lee");
    expect(await answersOf(team)).toEqual([]);
  });
});

describe("a playbook that was not merged", () => {
  const hostile = PLAYBOOK.replace("labels: [release]", 'title: "pwned {version}", labels: [pwned]');

  test("on the branch of a pull request has no effect", async () => {
    const { team, pull } = await proposed();
    await openPull(team.standIn, team.repository, { branch: "evil", title: "fix: harmless", files: { [PLAYBOOK_PATH]: hostile }, login: "lee" });
    team.wake();
    expect((await team.settle()).map(({ kind }) => kind)).toEqual(["say-on-contributions"]);
    expect(pull.title).toBe("Release app 1.0.1");
  });

  test("on the release branch itself has no effect before it is merged", async () => {
    const { team, pull } = await proposed();
    await team.pushTo(pull.pull!.head, "chore: mine", { [PLAYBOOK_PATH]: hostile });
    await team.settle();
    expect([pull.title, pull.labels.map(({ name }) => name)]).toEqual(["Release app 1.0.1", ["release"]]);
  });
});

describe("a release that nobody reviewed as such", () => {
  test("the app's own texts copied into a person's pull request make no tag", async () => {
    const { team, pull } = await proposed();
    const record = team.checksOn(pull.pull!.headSha)[0]!.output.text ?? "";
    expect(record).toContain("release-steward-record");
    const copy = await openPull(team.standIn, team.repository, {
      branch: "release-steward/app-copy",
      title: pull.title,
      body: `${pull.body ?? ""}\n${record}`,
      files: { "package.json": PACKAGE["package.json"].replace("1.0.0", "1.0.1"), "CHANGELOG.md": "# Changelog\n\n## 1.0.1\n\n* mine\n" },
      login: "lee",
      labels: ["release"],
    });
    await team.merge(copy);
    await team.settle();
    expect(newTags(team)).toEqual([]);
    expect(team.releases()).toEqual([]);
  });

  test("the release commit itself, in a pull request of a person, makes no tag", async () => {
    const { team, pull } = await proposed();
    const { operations } = team.standIn;
    const { headSha } = pull.pull!;
    await operations.updateRefs(team.person("lee"), team.repository, [{ name: "refs/heads/mine", before: null, after: headSha, force: false }]);
    const copy = await operations.openPullRequest(team.person("lee"), team.repository, {
      title: pull.title,
      body: pull.body,
      head: "mine",
      base: "main",
      isDraft: false,
    });
    await team.merge(copy);
    await team.settle();
    expect(newTags(team)).toEqual([]);
  });

  test("the app's check run, made by another app, makes no tag", async () => {
    const { team, pull } = await proposed();
    const [own] = team.checksOn(pull.pull!.headSha);
    const copy = await openPull(team.standIn, team.repository, {
      branch: "copy",
      title: pull.title,
      files: { "package.json": PACKAGE["package.json"].replace("1.0.0", "1.0.1") },
      login: "lee",
    });
    await team.standIn.operations.createCheckRun(stranger(team.standIn), team.repository, copy.pull!.headSha, {
      name: own!.name,
      externalId: own!.externalId,
      status: "completed",
      conclusion: "success",
      output: { ...own!.output },
    });
    await team.merge(copy);
    await team.settle();
    expect(newTags(team)).toEqual([]);
  });

  test("another app's check run with a higher version on the release pull request changes nothing", async () => {
    const { team, pull } = await proposed();
    const [own] = team.checksOn(pull.pull!.headSha);
    await team.standIn.operations.createCheckRun(stranger(team.standIn), team.repository, pull.pull!.headSha, {
      name: own!.name,
      externalId: own!.externalId,
      status: "completed",
      conclusion: "success",
      output: { ...own!.output, text: (own!.output.text ?? "").replaceAll("1.0.1", "9.9.9") },
    });
    await team.merge(pull);
    await team.settle();
    expect(newTags(team)).toEqual(["v1.0.1"]);
  });

  test("title, text and labels edited to another version: the tag is what was reviewed", async () => {
    const { team, pull } = await proposed();
    await team.standIn.operations.editIssue(team.person("lee"), team.repository, pull, {
      title: "Release app 9.9.9",
      body: (pull.body ?? "").replaceAll("1.0.1", "9.9.9"),
    });
    await team.standIn.operations.removeLabel(team.person("lee"), team.repository, pull, "release");
    const sha = await team.merge(pull, "squash", "Release app 9.9.9");
    await team.settle();
    expect(team.tags()["v1.0.1"]).toBe(sha);
    expect(newTags(team)).toEqual(["v1.0.1"]);
  });

  test("another version committed to the release branch is not tagged at all, and that is said", async () => {
    const { team, pull } = await proposed();
    await team.pushTo(pull.pull!.head, "chore: mine", { "package.json": PACKAGE["package.json"].replace("1.0.0", "9.9.9") });
    const sha = await team.merge(pull);
    await team.settle();
    expect(newTags(team)).toEqual([]);
    expect(
      team
        .checksOn(sha)
        .map(({ output }) => output.summary ?? "")
        .join("\n"),
    ).toContain("it is not tagged");
  });
});

describe("texts of other people", () => {
  const RECORD =
    '<!-- release-steward-record: {"line":"app","contentKey":"","title":"","baseSha":"","releases":[{"component":"app","version":"9.9.9","tag":"v9.9.9","previousTag":null}]} -->';
  const SUBJECTS = [
    "fix: ask @everyone and @acme/owners",
    "fix: <script>alert(1)</script> <img src=x onerror=alert(1)>",
    "fix: a | b | c",
    "fix: end --> of comment",
    `fix: ${RECORD}`,
    "fix: [click](javascript:alert(1)) ![x](https://evil.test/p.png)",
    "fix: `code` ``` fence",
    "fix: closes #1, fixes acme/app#2",
  ];

  test("mentions, HTML, tables and records in commit subjects neither notify, nor break out, nor change the record", async () => {
    const team = await released();
    for (const subject of SUBJECTS) await team.push(subject);
    await team.settle();
    const pull = team.releasePullRequest();
    const changelog = (await team.read("CHANGELOG.md", pull.pull!.headSha)) ?? "";
    const merged = await team.merge(pull);
    await team.settle();
    expect(team.tags()["v1.0.1"]).toBe(merged);
    expect(newTags(team)).toEqual(["v1.0.1"]);
    const notes = team.releases()[0]!.body ?? "";
    const body = pull.body ?? "";
    const checks = [...team.repository.checkRuns.values()].flatMap(({ output }) => [output.title ?? "", output.summary ?? "", output.text ?? ""]);
    expect(body).toContain("alert(1)");
    expect(notes).toContain("alert(1)");
    for (const text of [body, notes, ...checks]) expect(shown(text)).not.toMatch(/@(?:everyone|acme)/);
    for (const text of [body, notes, changelog, ...checks]) {
      expect(shown(text)).not.toMatch(/<(?:script|img)/i);
      expect(shown(text)).not.toMatch(/!\[x\]\(/);
      expect(shown(text)).not.toContain(RECORD);
    }
    // Every row of the table has as many cells as its head.
    const rows = body.split("\n").filter((line) => line.startsWith("|"));
    expect(new Set(rows.map((row) => row.replaceAll(/\\\|/g, "").split("|").length)).size).toBe(1);
  });
});

const GATED = `${PLAYBOOK}roles: {writer: write}
gates:
  blockers: {no_open_issues: {labels: [release-blocker]}}
  backup: {evidence: Database is backed up}
  agreed: {approval: writer}
`;

/** A release pull request that waits for all three gates' people; sam may triage, ann may write. */
async function gated(playbook = GATED): Promise<{ readonly team: Team; readonly pull: Issue }> {
  const team = await released(playbook);
  for (const login of ["sam", "ann"]) team.standIn.addUser(login);
  team.repository.collaborators.set("sam", "triage");
  team.repository.collaborators.set("ann", "write");
  await team.standIn.operations.createLabel(team.person("kim"), team.repository, { name: "release-blocker", color: "ff0000", description: null });
  await team.push("fix: disk");
  await team.settle();
  return { team, pull: team.releasePullRequest() };
}

/** The word of a gate's row in the status comment. */
const gateIn = (team: Team, pull: Issue, gate: string): string => new RegExp(`^\\| .&nbsp;(\\w+) \\| ${gate} \\|`, "m").exec(team.status(pull))?.[1] ?? "";

describe("agreement that nobody gave", () => {
  test("a tick written into the app's own record by somebody who may edit its comment does not count, and is written over", async () => {
    const { team, pull } = await gated();
    const comment = team.statusComment(pull)!;
    const forged = comment.body
      .replace('"ticks":[]', '"ticks":[{"gate":"backup","item":"Database is backed up","by":"kim","at":1767225600000}]')
      .replace("✗&nbsp;closed | backup", "✓&nbsp;open | backup");
    expect(forged).not.toBe(comment.body);
    await team.standIn.operations.editComment(team.person("lee"), team.repository, comment, forged);
    await team.settle();
    expect(gateIn(team, pull, "backup")).toBe("closed");
    expect(comment.body).not.toContain('"by":"kim"');
  });

  test("a copy of the status comment, with every box ticked, in a comment of a person is nothing but a comment", async () => {
    const { team, pull } = await gated();
    const standing = team.status(pull);
    await team.say(pull, standing.replaceAll("- [ ]", "- [x]").replaceAll("closed", "open"), "lee");
    await team.settle();
    expect(gateIn(team, pull, "backup")).toBe("closed");
    expect(team.commentsOf(pull)).toHaveLength(1);
  });

  test("an answer that says accepted, copied by a person or written into the app's refusal, accepts nothing", async () => {
    const { team, pull } = await gated();
    const comment = await team.say(pull, "/release hold everything", "sam");
    await team.settle();
    const refusal = team.commentsOf(pull).find(({ body }) => body.includes('"is":"refused"'))!;
    const accepted = refusal.body.replace('"is":"refused"', '"is":"accepted"');
    await team.say(pull, accepted, "lee");
    await team.standIn.operations.editComment(team.person("lee"), team.repository, refusal, accepted);
    await team.standIn.operations.react(team.person("lee"), team.repository, comment, "rocket");
    team.wake();
    await team.settle();
    expect(gateIn(team, pull, "hold")).toBe("");
    expect(comment.reactions.filter(({ user }) => user === team.app.bot).map(({ content }) => content)).toEqual(["eyes", "confused"]);
  });

  test("a reaction of another app, or of a person, on a stranger's command accepts nothing", async () => {
    const { team, pull } = await gated();
    const comment = await team.say(pull, "/release evidence backup https://evil.test", "jo");
    for (const actor of [team.person("lee"), stranger(team.standIn)]) await team.standIn.operations.react(actor, team.repository, comment, "rocket");
    team.wake();
    await team.settle();
    expect(gateIn(team, pull, "backup")).toBe("closed");
  });

  test("another app's comment and tick count for nothing, whatever it may write", async () => {
    const { team, pull } = await gated();
    const other = stranger(team.standIn);
    team.repository.collaborators.set(other.user.login, "admin");
    await team.standIn.operations.comment(other, team.repository, pull, "/release evidence backup https://evil.test\n/release override agreed trust me");
    const comment = team.statusComment(pull)!;
    await team.standIn.operations.editComment(other, team.repository, comment, comment.body.replace("- [ ]", "- [x]"));
    await team.standIn.operations.review(other, team.repository, pull, { state: "APPROVED", body: "" });
    await team.settle();
    expect(["backup", "agreed"].map((gate) => gateIn(team, pull, gate))).toEqual(["closed", "closed"]);
  });

  test("whoever asked for the version can't approve it, and merging it all the same releases nothing", async () => {
    const { team, pull } = await gated();
    await team.say(pull, "/release bump minor\n/release evidence backup https://backups.test/1", "lee");
    await team.settle();
    await team.approve(pull, "lee");
    await team.merge(pull);
    await team.settle();
    expect(newTags(team)).toEqual([]);
    expect(team.status(pull)).toContain("asked for this version, so somebody else has to approve");
    await team.approve(pull, "ann");
    await team.settle();
    expect(newTags(team)).toEqual(["v1.1.0"]);
  });

  test("a push between the approval and the merge: what nobody looked at is not released", async () => {
    const { team, pull } = await gated();
    await team.say(pull, "/release evidence backup https://backups.test/1", "lee");
    await team.approve(pull, "ann");
    await team.settle();
    expect(gateIn(team, pull, "agreed")).toBe("open");
    await team.pushTo(pull.pull!.head, "fix: one more thing", { "src/late.ts": "evil()\n" }, "lee");
    await team.merge(pull);
    await team.settle();
    expect(newTags(team)).toEqual([]);
    expect(gateIn(team, pull, "agreed")).toBe("closed");
    expect(team.status(pull)).toMatch(/@\S*ann's approval of `\w+` fell with `\w+` \(@\S*lee pushed to `release\/app`\)/);
    team.wake();
    await team.settle();
    expect(newTags(team)).toEqual([]);
    await team.approve(pull, "ann");
    await team.settle();
    expect(newTags(team)).toEqual(["v1.0.1"]);
  });

  test("a push between two people's override and the merge ends the override", async () => {
    const { team, pull } = await gated();
    for (const gate of ["backup", "agreed"]) for (const login of ["kim", "ann"]) await team.say(pull, `/release override ${gate} I know it`, login);
    await team.settle();
    expect(["backup", "agreed"].map((gate) => gateIn(team, pull, gate))).toEqual(["overridden", "overridden"]);
    await team.pushTo(pull.pull!.head, "fix: one more thing", { "src/late.ts": "evil()\n" }, "lee");
    await team.merge(pull);
    await team.settle();
    team.wake();
    await team.settle();
    expect(newTags(team)).toEqual([]);
    expect(["backup", "agreed"].map((gate) => gateIn(team, pull, gate))).toEqual(["closed", "closed"]);
  });

  test("labels: what triage can put on or take away opens nothing", async () => {
    const { team, pull } = await gated(
      `${GATED}policies: {default: {gates: [blockers, backup, agreed]}, security: {labels: [security], gates: [], automatic: true}}\n`,
    );
    const before = team
      .status(pull)
      .split("\n")
      .filter((line) => line.startsWith("|"));
    for (const label of ["security", "hotfix", "release"]) await team.standIn.operations.addLabels(team.person("sam"), team.repository, pull, [label]);
    team.wake();
    await team.settle();
    expect(
      team
        .status(pull)
        .split("\n")
        .filter((line) => line.startsWith("|")),
    ).toEqual(before);
    const label = [...team.repository.labels.values()].find(({ name }) => name === "release-blocker")!;
    await team.openIssue("mount fails", ["release-blocker"]);
    await team.settle();
    expect(gateIn(team, pull, "blockers")).toBe("closed");
    await team.standIn.operations.deleteLabel(team.person("lee"), team.repository, label);
    team.wake();
    await team.settle();
    expect(gateIn(team, pull, "blockers")).toBe("unknown");
    expect(team.releasePullRequests()).toEqual([pull]);
  });

  test("gates taken out of the playbook on a branch, the release branch too, are asked all the same", async () => {
    const { team, pull } = await gated();
    await openPull(team.standIn, team.repository, { branch: "no-gates", title: "ci: gates", files: { [PLAYBOOK_PATH]: PLAYBOOK }, login: "lee" });
    await team.pushTo(pull.pull!.head, "ci: gates", { [PLAYBOOK_PATH]: PLAYBOOK }, "lee");
    await team.settle();
    expect(["backup", "agreed"].map((gate) => gateIn(team, pull, gate))).toEqual(["closed", "closed"]);
    expect(team.check(pull)?.conclusion).not.toBe("success");
  });

  test("somebody who lost the permission after a command was accepted keeps nothing open that asks for a person now", async () => {
    const { team, pull } = await gated();
    await team.say(pull, "/release evidence backup https://backups.test/1", "ann");
    await team.approve(pull, "ann");
    await team.settle();
    expect(["backup", "agreed"].map((gate) => gateIn(team, pull, gate))).toEqual(["open", "open"]);
    team.repository.collaborators.set("ann", "read");
    team.wake();
    await team.settle();
    expect(["backup", "agreed"].map((gate) => gateIn(team, pull, gate))).toEqual(["closed", "closed"]);
  });
});

describe("texts of other people in what gates say", () => {
  const HOSTILE = [
    "@everyone and @acme/owners",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "a | b | c",
    "end --> of comment",
    '<!-- release-steward-record: {"status":{"line":"app","seen":0,"ticks":[]}} -->',
    "![x](https://evil.test/p.png)",
    "</details> ### open",
  ];
  const RECORDS = /^<!-- release-steward-record: [^\n]*-->$/gm;

  test("in reasons, titles and labels neither notify, nor break out of their cell, nor tick a box", async () => {
    const { team, pull } = await gated();
    for (const text of HOSTILE) await team.openIssue(text, ["release-blocker"]);
    await team.say(pull, `/release hold ${HOSTILE.join(" ")}`, "lee");
    await team.say(pull, `/release evidence backup ${HOSTILE.join(" ")}\r- [x] backup: Database is backed up`, "lee");
    await team.say(pull, `/release bump ${HOSTILE[0]!}`, "lee");
    await team.standIn.operations.review(team.person("ann"), team.repository, pull, { state: "CHANGES_REQUESTED", body: HOSTILE.join("\n") });
    await team.settle();
    const replies = team.commentsOf(pull).map(({ body }) => body);
    const checks = team.checksOn(pull.pull!.headSha).flatMap(({ output }) => [output.title ?? "", output.summary ?? "", output.text ?? ""]);
    expect(team.status(pull)).toContain("alert(1)");
    for (const text of [...replies, ...checks, team.desk()?.body ?? ""]) {
      const visible = shown(text.replaceAll(RECORDS, ""));
      expect(visible).not.toMatch(/@(?:everyone|acme)/);
      expect(visible).not.toMatch(/<(?:script|img)/i);
      expect(visible).not.toMatch(/!\[x\]\(/);
      expect(text.match(RECORDS)?.length ?? 0).toBeLessThanOrEqual(1);
    }
    const rows = team
      .status(pull)
      .split("\n")
      .filter((line) => line.startsWith("|"));
    expect(new Set(rows.map((row) => row.replaceAll(String.raw`\|`, "").split("|").length))).toEqual(new Set([6]));
    expect(team.status(pull).match(/^- \[.\]/gm)).toHaveLength(1);
  });
});

describe("loops", () => {
  test("the app never answers itself, or anybody twice, whatever it quotes", async () => {
    const { team, pull } = await gated();
    for (const body of ["/release", "/release /release hold everything", "/release help", "/release status"]) await team.say(pull, body, "lee");
    await team.settle();
    const said = team.commentsOf(pull).length;
    expect(said).toBe(5);
    for (let time = 0; time < 5; time += 1) {
      team.wake();
      expect(await team.settle()).toEqual([]);
    }
    expect(team.commentsOf(pull)).toHaveLength(said);
    expect(team.commentsOf(pull).flatMap(({ reactions }) => reactions)).toEqual([]);
  });

  test("an app that answers each of its comments gets no answer: nothing goes round in circles", async () => {
    const { team, pull } = await gated();
    const other = stranger(team.standIn);
    for (let time = 0; time < 4; time += 1) {
      await team.standIn.operations.comment(other, team.repository, pull, "/release status");
      await team.settle();
    }
    expect(team.commentsOf(pull)).toHaveLength(1);
  });

  test("a crowd of commands costs one answer each, a comment full of them one in all", async () => {
    const { team, pull } = await gated();
    const before = team.calls();
    await team.say(pull, Array.from({ length: 500 }, () => "/release status").join("\n"), "lee");
    for (let time = 0; time < 40; time += 1) await team.say(pull, "/release status", time % 2 === 0 ? "lee" : "ann");
    await team.settle();
    const replies = team.commentsOf(pull).slice(1);
    expect(replies).toHaveLength(41);
    expect(replies.filter(({ body }) => body.includes("500 commands in one comment are too many: 20 at most"))).toHaveLength(1);
    expect(team.calls() - before).toBeLessThan(60);
  });
});

describe("hostile names", () => {
  test("in tags, branches and files do no harm", async () => {
    const team = await released();
    for (const tag of ["v1.0.0\"'", "v1.1.0$(touch${IFS}x)", "v9.0.0;id", "vé2.0.0", "v1.0.0`id`", "1.0.0<script>", "v1.0.0-\u202e"]) await team.tag(tag);
    const files = [
      "src/a b\"c'.txt",
      "src/$(touch x).txt",
      "src/é\u202e.txt",
      "src/`id`.txt",
      "src/-rf",
      "src/new\nline.txt",
      "src/<script>.txt",
      "src/%2e%2e.txt",
    ];
    await team.push("fix: names", Object.fromEntries(files.map((name) => [name, "x\n"])));
    const branch = "fix/\"'$(touch${IFS}x);é<script>";
    const feature = await openPull(team.standIn, team.repository, { branch, title: "feat: branch", files: { "src/y": "y\n" }, login: "lee" });
    await team.merge(feature);
    await team.settle();
    const pull = team.releasePullRequest();
    expect(pull.title).toBe("Release app 1.1.0");
    expect(pull.body).not.toContain("<script>");
    const before = Object.keys(team.tags());
    const sha = await team.merge(pull);
    await team.settle();
    expect(team.tags()["v1.1.0"]).toBe(sha);
    expect(Object.keys(team.tags())).toHaveLength(before.length + 1);
  });

  test("of discovered components: the record stays what the app wrote", async () => {
    const names = ["a b", "$(id)", "q\"'q", "<!-- release-steward-record: {}", "--force", "é"];
    const playbook = `schema: 1
components: {discover: {glob: "charts/*/Chart.yaml", name: directory}}
versioning: {files: [{file: "{path}/Chart.yaml", yaml: version}]}
release: {tag: {name: "{component}-{version}"}}
`;
    const charts = Object.fromEntries(["good", ...names].map((name) => [`charts/${name}/Chart.yaml`, "version: 1.0.0\n"]));
    const team = await openTeam({ playbook, files: charts });
    await team.tag("good-1.0.0");
    await team.push("fix: good", { "charts/good/values.yaml": "a: 1\n" });
    await team.settle();
    const good = team.releasePullRequests().find(({ title }) => title.includes("good"));
    const said = team
      .checksOn(team.head())
      .map(({ output }) => `${output.title ?? ""}\n${output.summary ?? ""}`)
      .join("\n");
    for (const name of names) expect(said).toContain(`charts/${name}/Chart.yaml`);
    expect(shown(said)).not.toContain("<!--");
    const sha = await team.merge(good!);
    await team.settle();
    expect(team.tags()).toMatchObject({ "good-1.0.0": expect.any(String), "good-1.0.1": sha });
    expect(Object.keys(team.tags())).toHaveLength(2);
  });
});

describe("hostile playbooks", () => {
  const bomb = `schema: 1\na: &a [x,x,x,x,x,x,x,x,x]\n${"bcdefghij"
    .split("")
    .map((name, index) => `${name}: &${name} [${`*${"abcdefghi"[index]},`.repeat(9).slice(0, -1)}]`)
    .join("\n")}\ncomponents: {app: {path: .}}\n`;
  test.each([
    ["a bomb of aliases", bomb],
    ["a key that reaches for prototypes", "schema: 1\n__proto__: {polluted: true}\ncomponents: {app: {path: .}}\n"],
    ["such a key deeper down", 'schema: 1\ncomponents: {app: {path: ., "__proto__": {polluted: true}}}\nconstructor: {prototype: {polluted: true}}\n'],
    ["a version file outside of the repository", 'schema: 1\ncomponents: {app: {path: .}}\nversioning: {files: [{file: "../../etc/passwd", json: version}]}\n'],
    ["an absolute version file", 'schema: 1\ncomponents: {app: {path: .}}\nversioning: {files: [{file: "/etc/passwd", json: version}]}\n'],
    ["a component outside of the repository", 'schema: 1\ncomponents: {app: {path: "../other"}}\n'],
    ["a version file in git's own folder", 'schema: 1\ncomponents: {app: {path: .}}\nversioning: {files: [{file: ".git/config", json: version}]}\n'],
  ])("%s is a problem that is said, and nothing is proposed", async (_title, playbook) => {
    const team = await released(playbook);
    await team.push("fix: disk");
    await team.settle();
    expect(team.checksOn(team.head()).map(({ conclusion }) => conclusion)).toEqual(["failure"]);
    expect(team.releasePullRequests()).toEqual([]);
    expect(newTags(team)).toEqual([]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  test.each([
    ["a version file", "package.json", []],
    // The last good playbook goes on ruling.
    ["the playbook", PLAYBOOK_PATH, ["Release app 1.0.1"]],
  ])("%s that is a symbolic link is refused, never followed", async (_title, path, proposals) => {
    const team = await released();
    const { git, repository, standIn } = team;
    const parent = team.head();
    const target = await git.writeBlob(Buffer.from("../../secret"));
    const tree = await git.writeTree((await git.commit(parent))!.tree, [{ path, mode: "120000", sha: target }]);
    const author = { name: "lee", email: "lee@example.test", at: standIn.world.now() };
    const sha = await git.writeCommit({ tree, parents: [parent], author, committer: author, message: "fix: link\n", signature: null });
    await standIn.operations.updateRefs(team.person("lee"), repository, [{ name: "refs/heads/main", before: parent, after: sha, force: false }]);
    await team.settle();
    expect(team.checksOn(sha).map(({ conclusion }) => conclusion)).toEqual(["failure"]);
    expect(team.releasePullRequests().map(({ title }) => title)).toEqual(proposals);
  });
});

const hook = (app: WholeApp): string => `${app.app().address}/api/github/webhooks`;
const pushOf = (app: WholeApp, message: string) => app.standIn.world.deliveries.find(({ event, body }) => event === "push" && body.includes(message))!;

describe("the whole app", () => {
  test("a hook that GitHub did not sign wakes nobody", async () => {
    const app = await openWholeApp();
    await app.push("fix: disk");
    await until(() => app.pulls().length === 1, "the release pull request");
    await app.quiet();
    const looks = app.outcomes().length;
    const delivery = pushOf(app, "fix: disk");
    const signed = headersOf(delivery);
    const forged = [
      { headers: { ...signed, "x-hub-signature-256": `sha256=${"0".repeat(64)}` }, body: delivery.body },
      { headers: Object.fromEntries(Object.entries(signed).filter(([name]) => name !== "x-hub-signature-256")), body: delivery.body },
      { headers: signed, body: delivery.body.replace("fix: disk", "fix: dusk") },
    ];
    for (const { headers, body } of forged) {
      const { status } = await fetch(hook(app), { method: "POST", headers, body });
      expect([400, 401, 403]).toContain(status);
    }
    await app.quiet();
    expect(app.outcomes()).toHaveLength(looks);
  });

  test("headers swapped on a signed body, and the same delivery again, cost a look and write nothing", async () => {
    const app = await openWholeApp();
    await app.push("fix: disk");
    await until(() => app.pulls().length === 1, "the release pull request");
    await app.quiet();
    const written = app.writes().length;
    const delivery = pushOf(app, "fix: disk");
    const signed = headersOf(delivery);
    for (const swapped of [{}, {}, { "x-github-event": "release" }, { "x-github-event": "installation" }, { "x-github-delivery": crypto.randomUUID() }]) {
      const { status } = await fetch(hook(app), { method: "POST", headers: { ...signed, ...swapped }, body: delivery.body });
      expect(status).toBe(202);
    }
    await app.quiet();
    expect(app.writes()).toHaveLength(written);
    expect(app.pulls()).toHaveLength(1);
  });

  test.each([
    ["private", true],
    ["public", false],
  ])("a key that pairs one installation with another's %s repository writes nothing there", async (_title, isPrivate) => {
    const app = await openWholeApp();
    const { standIn, installation } = app;
    standIn.addUser("zeta", { type: "Organization" });
    const other = await standIn.addRepository("zeta", "other", { isPrivate, collaborators: { kim: "admin" } });
    await commitTo(standIn, other, "main", { message: "feat: begin", files: { ...PACKAGE, [PLAYBOOK_PATH]: PLAYBOOK }, login: "kim" });
    await app.quiet();
    const before = app.outcomes().length;
    await app.app().queue.put(`${String(installation.id)}/${String(other.id)}`, Date.now());
    app.app().wake();
    await until(() => app.outcomes().length > before, "a look at the other's repository");
    await app.quiet();
    expect(app.outcomes().slice(before)).toEqual(["parked"]);
    expect([other.issues.size, other.checkRuns.size, other.releases.size]).toEqual([0, 0, 0]);
    expect([...other.git.refs().keys()]).toEqual(["refs/heads/main"]);
  });

  test("no token, key or secret is in the log, however much goes wrong", async () => {
    const app = await openWholeApp();
    let failures = 6;
    app.standIn.intercept(({ method }) => {
      failures -= 1;
      if (failures < 0) return null;
      return failures % 2 === 0 ? "drop-after" : { status: method === "POST" ? 500 : 502, message: "Server Error" };
    });
    await app.push("fix: disk");
    await until(() => app.pulls().length === 1, "the release pull request");
    await app.quiet();
    const { tokens, apps } = app.standIn.world;
    for (const text of tokens.keys()) tokens.delete(text);
    const seen = new Set<string>();
    const original = tokens.set.bind(tokens);
    tokens.set = (text, token) => {
      seen.add(text);
      return original(text, token);
    };
    await app.merge(app.pulls()[0]!);
    await until(() => app.releases().some(({ isDraft }) => !isDraft), "the release");
    await app.quiet();
    const written = app.written();
    expect(seen.size).toBeGreaterThan(0);
    for (const secret of [...seen, ...[...apps.values()].flatMap(({ webhook }) => webhook?.secret ?? [])]) expect(written).not.toContain(secret);
    expect(written).not.toMatch(/gh[opsur]_|eyJ|PRIVATE KEY|authorization|x-hub-signature/i);
    expect(written).toContain("to be tried again");
  });
});
