// What is read for gates: each is read to its end, and one that may not be read leaves the others as they are.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Issue } from "../../../sandbox/world/types.ts";
import { observedRepository } from "../../../test/fixtures/observed.ts";
import { Refused, Transient } from "../../model/errors.ts";
import { NOTHING_HOSTED_WANTED, NOTHING_WANTED, type Hosted } from "../../model/snapshot.ts";
import { openMemory } from "./memory.ts";

let world: Awaited<ReturnType<typeof observedRepository>>;
beforeEach(async () => {
  world = await observedRepository();
  await world.push("feat: begin", { "README.md": "begin\n" });
});
afterEach(() => world.standIn.close());

const openIssue = (title: string, labels: readonly string[] = []): Promise<Issue> =>
  world.standIn.operations.openIssue(world.kim, world.repository, { title, body: null, labels, milestone: null });

/** What is read where REST answers otherwise than the stand-in. */
async function hostedThrough(rest: typeof world.github.rest, wanted: Partial<typeof NOTHING_HOSTED_WANTED>): Promise<Hosted> {
  const observer = world.look(openMemory(), { ...world.github, rest });
  return (await observer.answer(await observer.first(), { ...NOTHING_WANTED, hosted: { ...NOTHING_HOSTED_WANTED, ...wanted } })).hosted;
}

describe("records", () => {
  it("are this app's check runs on a commit, and none on one that is gone", async () => {
    const { standIn, repository, bot } = world;
    const sha = world.head();
    const run = await standIn.operations.createCheckRun(bot, repository, sha, { name: "Release Steward", externalId: "x", status: "in_progress" });
    await world.push("fix: x", { x: "" });
    const gone = "f".repeat(40);
    const { records } = await world.hostedWith({ records: [sha, world.head(), gone] });
    expect([...records].map(([at, checks]) => [at, checks.map(({ externalId, id }) => [externalId, id])])).toEqual([
      [sha, [["x", run.id]]],
      [world.head(), []],
      [gone, []],
    ]);
    expect(records.get(sha)![0]!.nodeId).not.toBe("");
  });
});

describe("checks of a commit", () => {
  it("are the newest run of each name and app, and the newest status of each context", async () => {
    const { standIn, repository, kim } = world;
    const { operations } = standIn;
    const sha = world.head();
    for (const slug of ["ci", "other-ci"])
      standIn.install(standIn.addApp({ slug, publicKey: "", permissions: { checks: "write" }, events: [], webhook: null }), "acme");
    const report = (appSlug: string, name: string, conclusion: string | null) => operations.reportCheck(kim, repository, sha, { appSlug, name, conclusion });
    await report("ci", "build", "failure");
    await report("ci", "build", "success");
    await report("other-ci", "build", "timed_out");
    await report("ci", "lint", "skipped");
    await report("ci", "e2e", null);
    for (const state of ["failure", "success"] as const)
      await operations.createStatus(kim, repository, sha, { state, context: "build", description: null, targetUrl: "https://ci.test/1" });
    await operations.createStatus(kim, repository, sha, { state: "pending", context: "licence", description: null, targetUrl: null });
    const { commitChecks } = await world.hostedWith({ commitChecks: [sha] });
    const read = commitChecks.get(sha)!;
    expect(
      read.ok && new Set(read.value.map(({ name, app, state, says, url }) => [name, app?.slug ?? "a status", state, says, url ?? "no address"].join(", "))),
    ).toEqual(
      new Set([
        "build, ci, passed, success, no address",
        "build, other-ci, failed, timed_out, no address",
        "lint, ci, passed, skipped, no address",
        "e2e, ci, running, in_progress, no address",
        "build, a status, passed, success, https://ci.test/1",
        "licence, a status, running, pending, no address",
      ]),
    );
  });

  it("are read to the last of many", async () => {
    const { standIn, repository, kim } = world;
    const names = Array.from({ length: 230 }, (_, index) => `status ${index}`);
    for (const context of names)
      await standIn.operations.createStatus(kim, repository, world.head(), { state: "success", context, description: null, targetUrl: null });
    const read = (await world.hostedWith({ commitChecks: [world.head()] })).commitChecks.get(world.head())!;
    expect(read.ok && read.value.map(({ name }) => name)).toEqual(names);
  });

  it("are none where nobody has said anything, and unknown where GitHub does not know the commit", async () => {
    const gone = "f".repeat(40);
    const { commitChecks } = await world.hostedWith({ commitChecks: [world.head(), gone] });
    expect(commitChecks.get(world.head())).toEqual({ ok: true, value: [] });
    expect(commitChecks.get(gone)).toEqual({ ok: false, because: `GitHub does not know the commit ${gone}`, permission: null });
  });
});

describe("required checks", () => {
  it("are those of rulesets and of classic protection, each once", async () => {
    const { standIn, repository, kim, app } = world;
    const demand = (by: "ruleset" | "protection", checks: readonly { readonly name: string; readonly appId: number | null }[], branch = "main") =>
      standIn.operations.requireChecks(kim, repository, { branch, by, checks });
    await demand("ruleset", [
      { name: "build", appId: null },
      { name: "steward", appId: app.id },
    ]);
    await demand("protection", [
      { name: "build", appId: null },
      { name: "e2e", appId: null },
    ]);
    await demand("ruleset", [{ name: "elsewhere", appId: null }], "next");
    const { requiredChecks } = await world.hostedWith({ requiredChecks: true });
    expect(requiredChecks).toEqual({
      ok: true,
      value: [
        { name: "build", appId: null },
        { name: "steward", appId: app.id },
        { name: "e2e", appId: null },
      ],
    });
  });

  it("are none where nothing is required, and not asked for where nobody wants them", async () => {
    expect((await world.hostedWith({ requiredChecks: true })).requiredChecks).toEqual({ ok: true, value: [] });
    expect((await world.hostedWith({})).requiredChecks).toBeNull();
  });

  it("that classic protection names without an app may come from any", async () => {
    const { github } = world;
    const required = {
      contexts: ["build", "older", "e2e"],
      checks: [
        { context: "build", app_id: 7 },
        { context: "e2e", app_id: -1 },
      ],
    };
    const rest: typeof github.rest = async (route, ...others) => {
      const answer = await github.rest(route, ...others);
      const protection = { enabled: true, required_status_checks: required };
      return route.endsWith("/branches/{branch}") && !route.includes("/rules/") ? { ...answer, data: { ...(answer.data as object), protection } } : answer;
    };
    expect((await hostedThrough(rest, { requiredChecks: true })).requiredChecks).toEqual({
      ok: true,
      value: [
        { name: "build", appId: 7 },
        { name: "e2e", appId: null },
        { name: "older", appId: null },
      ],
    });
  });

  it("are unknown where GitHub refuses to say, with its words", async () => {
    const { github } = world;
    const said = "Upgrade to GitHub Pro or make this repository public to enable this feature.";
    const rest: typeof github.rest = (route, ...others) =>
      route.includes("/rules/") ? Promise.reject(new Refused(route, said, null)) : github.rest(route, ...others);
    expect((await hostedThrough(rest, { requiredChecks: true })).requiredChecks).toEqual({ ok: false, because: said, permission: null });
  });
});

describe("teams", () => {
  it("of the organization tell who is in them, however many, and which are not there", async () => {
    const { standIn } = world;
    const logins = Array.from({ length: 130 }, (_, index) => `member${index}`);
    for (const login of logins) standIn.addUser(login);
    standIn.addTeam("acme", "everyone", logins);
    standIn.addTeam("acme", "nobody", []);
    const { teams } = await world.hostedWith({ teams: ["acme/everyone", "acme/nobody", "acme/unknown"] });
    expect([...teams]).toEqual([
      ["acme/everyone", { is: "known", members: logins }],
      ["acme/nobody", { is: "known", members: [] }],
      ["acme/unknown", { is: "missing" }],
    ]);
  });

  it("of another organization are asked for by name", async () => {
    const { github } = world;
    const rest: typeof github.rest = async (route, parameters, options) => {
      if (!route.startsWith("GET /orgs/")) return github.rest(route, parameters, options);
      if (parameters["team_slug"] === "secret") throw new Refused(route, "Resource not accessible by integration", null);
      const isKnown = parameters["team_slug"] === "sre";
      const from = (Number(parameters["page"]) - 1) * 100;
      const everyone = Array.from({ length: 120 }, (_, index) => ({ login: `member${index}` }));
      return { status: isKnown ? 200 : 404, data: isKnown ? everyone.slice(from, from + 100) : { message: "Not Found" }, headers: {} };
    };
    const { teams } = await hostedThrough(rest, { teams: ["globex/sre", "globex/unknown", "globex/secret"] });
    expect([...teams]).toEqual([
      ["globex/sre", { is: "known", members: Array.from({ length: 120 }, (_, index) => `member${index}`) }],
      ["globex/unknown", { is: "missing" }],
      ["globex/secret", { is: "unreadable", because: "the app lacks the permission members: read" }],
    ]);
  });
});

describe("issues", () => {
  it("with a label are all that are open, with since when they carry it, who works on them and their milestone", async () => {
    const { standIn, repository, kim } = world;
    const { operations } = standIn;
    const milestone = await operations.createMilestone(kim, repository, { title: "2.0", description: null });
    const first = await openIssue("first", ["Release-Blocker", "bug"]);
    await operations.editIssue(kim, repository, first, { milestone });
    await operations.assign(kim, repository, first, [kim.user]);
    standIn.advance(3_600_000);
    await operations.removeLabel(kim, repository, first, "Release-Blocker");
    await operations.addLabels(kim, repository, first, ["Release-Blocker"]);
    const closed = await openIssue("closed", ["Release-Blocker"]);
    await operations.editIssue(kim, repository, closed, { state: "closed" });
    await openIssue("other", ["bug"]);
    const pull = await world.openPull("feature", "feat: x", { a: "1" }, kim);
    await operations.addLabels(kim, repository, pull, ["Release-Blocker"]);
    const { labelled } = await world.hostedWith({ labelled: ["release-blocker", "unheard-of", "*"] });
    const since = (name: string) => first.labelChanges.findLast(({ is, label }) => is === "labeled" && label.name === name)!.at;
    expect(labelled.get("release-blocker")).toEqual({
      ok: true,
      value: {
        exists: true,
        issues: [
          {
            number: first.number,
            title: "first",
            url: `${standIn.world.url}/acme/app/issues/${first.number}`,
            labels: expect.arrayContaining([
              { name: "Release-Blocker", since: since("Release-Blocker") },
              { name: "bug", since: since("bug") },
            ]),
            milestone: "2.0",
            assignees: ["kim"],
            createdAt: first.createdAt,
          },
        ],
      },
    });
    expect(since("Release-Blocker")).toBeGreaterThan(since("bug"));
    expect(labelled.get("unheard-of")).toEqual({ ok: true, value: { exists: false, issues: [] } });
    const all = labelled.get("*")!;
    expect(all.ok && all.value.issues.map(({ title }) => title)).toEqual(["first", "other"]);
  });

  it("of many are all read, and of those of a milestone as well", async () => {
    const { standIn, repository, kim } = world;
    const due = standIn.world.now() + 86_400_000;
    const milestone = await standIn.operations.createMilestone(kim, repository, { title: "2.0", description: null, dueOn: due });
    await standIn.operations.createMilestone(kim, repository, { title: "3.0", description: null });
    const over = await standIn.operations.createMilestone(kim, repository, { title: "1.0", description: null });
    await standIn.operations.editMilestone(kim, repository, over, { state: "closed" });
    const titles = Array.from({ length: 140 }, (_, index) => `issue ${index}`);
    for (const title of titles) await standIn.operations.editIssue(kim, repository, await openIssue(title, ["bug"]), { milestone });
    const { labelled, milestones } = await world.hostedWith({ labelled: ["bug"], milestones: true });
    const read = labelled.get("bug")!;
    expect(read.ok && read.value.issues.map(({ title }) => title)).toEqual(titles);
    expect(milestones!.ok && milestones!.value.map(({ number, title, dueOn, issues }) => [number, title, dueOn, issues.length])).toEqual([
      [milestone.number, "2.0", due, 140],
      [milestone.number + 1, "3.0", null, 0],
    ]);
  });
});

describe("contributions", () => {
  it("are the open pull requests of others into the default branch, with what they touch and what this app says there", async () => {
    const { standIn, repository, kim, bot } = world;
    const { operations } = standIn;
    await world.openPull("release", "Release", { VERSION: "1" });
    const theirs = await world.openPull("feature", "feat: x", { "src/a": "1", "src/b": "1" }, kim);
    await operations.addLabels(kim, repository, theirs, ["minor"]);
    const run = await operations.createCheckRun(bot, repository, theirs.pull!.headSha, {
      name: "What this would release",
      externalId: "c",
      conclusion: "success",
      status: "completed",
    });
    const large = await world.openPull("large", "feat: y", Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`src/${index}`, ""])), kim);
    const over = await world.openPull("over", "feat: z", { c: "" }, kim);
    await operations.editIssue(kim, repository, over, { state: "closed" });
    await world.move("refs/heads/next", world.head());
    const elsewhere = await world.openPull("other", "feat: elsewhere", { d: "" }, kim);
    await operations.editIssue(kim, repository, elsewhere, { base: "next" });
    const { contributions } = await world.hostedWith({ contributions: true });
    expect(contributions!.map(({ number, author, paths, checks }) => [number, author, paths, checks.map(({ id }) => id)])).toEqual([
      [theirs.number, "kim", ["src/a", "src/b"], [run.id]],
      [large.number, "kim", null, []],
    ]);
    expect(contributions![0]).toMatchObject({ title: "feat: x", labels: ["minor"], headSha: theirs.pull!.headSha });
  });

  it("are all read, of however many", async () => {
    for (let index = 0; index < 130; index += 1) await world.openPull(`feature-${index}`, `feat: ${index}`, { [`src/${index}`]: "" }, world.kim);
    expect((await world.hostedWith({ contributions: true })).contributions).toHaveLength(130);
  });
});

describe("what the app may not read", () => {
  it("closes what needs it and nothing else: statuses", async () => {
    world.refuse("statuses");
    const { commitChecks, contributions } = await world.hostedWith({ commitChecks: [world.head()], contributions: true });
    expect(commitChecks.get(world.head())).toEqual({ ok: false, because: "the app lacks the permission statuses: read", permission: "statuses: read" });
    expect(contributions).toEqual([]);
  });

  it("closes what needs it and nothing else: members", async () => {
    world.standIn.addTeam("acme", "sre", ["kim"]);
    await openIssue("first", ["bug"]);
    world.refuse("members");
    const { teams, labelled } = await world.hostedWith({ teams: ["acme/sre"], labelled: ["bug"] });
    expect(teams.get("acme/sre")).toEqual({ is: "unreadable", because: "the app lacks the permission members: read" });
    expect(labelled.get("bug")).toMatchObject({ ok: true, value: { issues: [{ title: "first" }] } });
  });

  it("closes what needs it and nothing else: issues", async () => {
    const { standIn, repository, kim } = world;
    await openIssue("first", ["bug"]);
    await standIn.operations.createMilestone(kim, repository, { title: "2.0", description: null });
    const observer = world.look();
    const first = await observer.first();
    world.refuse("issues");
    const wanted = { ...NOTHING_HOSTED_WANTED, labelled: ["bug", "*"], milestones: true, contributions: true };
    const { hosted } = await observer.answer(first, { ...NOTHING_WANTED, hosted: wanted });
    const refused = { ok: false, because: "the app lacks the permission issues: read", permission: "issues: read" };
    expect([...hosted.labelled.values(), hosted.milestones]).toEqual([refused, refused, refused]);
    expect(hosted.contributions).toEqual([]);
  });

  it("is no answer when GitHub only fails", async () => {
    const { github } = world;
    const graphql: typeof github.graphql = async (document, ...others) => {
      if (document.includes("statusCheckRollup")) throw new Transient("502");
      return github.graphql(document, ...others);
    };
    const observer = world.look(openMemory(), { ...github, graphql });
    const first = await observer.first();
    const wanted = { ...NOTHING_WANTED, hosted: { ...NOTHING_HOSTED_WANTED, commitChecks: [world.head()] } };
    await expect(observer.answer(first, wanted)).rejects.toThrow(Transient);
  });
});

describe("two answers", () => {
  it("add up", async () => {
    const { standIn } = world;
    standIn.addTeam("acme", "sre", ["kim"]);
    const observer = world.look();
    const first = await observer.first();
    const second = await observer.answer(first, {
      ...NOTHING_WANTED,
      hosted: { ...NOTHING_HOSTED_WANTED, teams: ["acme/sre"], milestones: true, commitChecks: [world.head()] },
    });
    const { hosted } = await observer.answer(second, { ...NOTHING_WANTED, hosted: { ...NOTHING_HOSTED_WANTED, teams: ["acme/none"], labelled: ["*"] } });
    expect([[...hosted.teams.keys()], [...hosted.labelled.keys()], [...hosted.commitChecks.keys()], hosted.milestones, hosted.requiredChecks]).toEqual([
      ["acme/sre", "acme/none"],
      ["*"],
      [world.head()],
      { ok: true, value: [] },
      null,
    ]);
  });
});
