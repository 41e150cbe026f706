// The whole app over sockets: what a team notices when webhooks are lost, processes end, tokens die and GitHub is slow.
import { expect, test } from "@jest/globals";
import { headersOf } from "../../sandbox/hooks/send.ts";
import { installCi, reportCheck, setStatus } from "../../sandbox/scenarios/people.ts";
import type { Delivery, Issue } from "../../sandbox/world/types.ts";
import { openWholeApp, PLAYBOOK, until, type WholeApp } from "../fixtures/whole-app.ts";

/** The app's one release pull request, once it stands. */
async function proposed(app: WholeApp) {
  await until(() => app.pulls().length > 0, "a release pull request");
  await app.quiet();
  const [pull, ...others] = app.pulls();
  expect(others).toEqual([]);
  return pull!;
}

async function expectReleased(app: WholeApp, tag: string, sha: string): Promise<void> {
  await until(() => app.releases().some((release) => release.tag === tag && !release.isDraft), `the release ${tag}`);
  await app.quiet();
  expect(app.tag(tag)).toBe(sha);
  expect(app.releases()).toEqual([{ tag, isDraft: false }]);
}

/** Tells the app something that the stand-in has no event for. */
async function tell(app: WholeApp, event: string, payload: Readonly<Record<string, unknown>>): Promise<void> {
  const body = JSON.stringify({ installation: { id: app.installation.id }, sender: { login: "kim" }, ...payload });
  const delivery = { event, guid: crypto.randomUUID(), app: app.installation.app, body } as Delivery;
  const response = await fetch(`${app.app().address}/api/github/webhooks`, { method: "POST", headers: headersOf(delivery), body });
  expect(response.status).toBe(202);
}

test("a push becomes a release pull request, its merge a tag and a release, through signed webhooks", async () => {
  const app = await openWholeApp();
  await app.quiet();
  await app.push("fix: disk");
  const pull = await proposed(app);
  expect(pull).toMatchObject({ title: "Release app 1.0.1", author: { login: "release-steward[bot]" }, labels: [{ name: "release" }] });
  await app.push("feat: mount");
  await until(() => pull.title === "Release app 1.1.0", "the new title");
  await expectReleased(app, "v1.1.0", await app.merge(pull));
  expect(app.pulls()).toEqual([]);
  expect(app.contract().counts().webhooks).toBeGreaterThan(5);
  expect(app.lines("error")).toEqual([]);
  expect([...app.standIn.world.unknownRoutes, ...app.standIn.world.unknownFields]).toEqual([]);
});

/** One delivery, one look; a check that is created and then ends is told of more than once. */
test.each<[string, (app: WholeApp, pull: Issue) => Promise<unknown>]>([
  ["a comment", (app, pull) => app.say(pull, "looks good", "lee")],
  ["a review", ({ standIn, repository }, pull) => standIn.operations.review(standIn.actorFor("kim"), repository, pull, { state: "APPROVED", body: "" })],
  [
    "a label that is made",
    ({ standIn, repository }) =>
      Promise.resolve(standIn.operations.createLabel(standIn.actorFor("kim"), repository, { name: "later", color: "0", description: null })),
  ],
  [
    "a milestone",
    ({ standIn, repository }) =>
      Promise.resolve(standIn.operations.createMilestone(standIn.actorFor("kim"), repository, { title: "v2", description: null, dueOn: null })),
  ],
  ["a commit status", ({ standIn, repository }, { pull }) => setStatus(standIn, repository, pull!.headSha, { context: "ci", state: "success", login: "lee" })],
  [
    "an issue",
    ({ standIn, repository }) =>
      standIn.operations.openIssue(standIn.actorFor("lee"), repository, { title: "Broken", body: null, labels: [], milestone: null }),
  ],
])("%s leads to one more look, which writes nothing when nothing follows", async (_title, happens) => {
  const app = await openWholeApp();
  await app.push("fix: disk");
  const pull = await proposed(app);
  const [looks, writes] = [app.outcomes().length, app.writes().length];
  await happens(app, pull);
  await until(() => app.outcomes().length > looks, "another look");
  await app.quiet();
  expect(app.outcomes().length - looks).toBe(1);
  expect(app.writes()).toHaveLength(writes);
});

const GATED = `${PLAYBOOK}roles: {operator: ["@lee"], steward: ["@kim"]}
gates: {ci: {check: build}, backup: {evidence: Database is backed up, by: operator}, agreed: {approval: steward}}
policies: {default: {gates: [ci, backup, agreed]}}
`;

test("a tick, a check that ends and an approval are each heard, and open their gate", async () => {
  const app = await openWholeApp({ playbook: GATED });
  const { standIn, repository } = app;
  installCi(standIn, "acme");
  await app.push("fix: disk");
  const pull = await proposed(app);
  const status = () => [...repository.comments.values()].find(({ body }) => body.startsWith("### "));
  const title = () => status()?.body.split("\n")[0];
  await until(() => title() === "### app 1.0.1 waits for 3 of 3: backup, agreed, ci", "the status comment");
  const ticked = status()!.body.replace("- [ ]", "- [x]");
  await standIn.operations.editComment(standIn.actorFor("lee"), repository, status()!, ticked);
  await until(() => title() === "### app 1.0.1 waits for 2 of 3: agreed, ci", "the tick");
  await reportCheck(standIn, repository, pull.pull!.headSha, "build", "success");
  await until(() => title() === "### app 1.0.1 waits for 1 of 3: agreed", "the check");
  // GitHub tells the time of a review in whole seconds.
  const checkedAt = Date.now();
  await until(() => Date.now() > checkedAt + 1_000, "the next second");
  await standIn.operations.review(standIn.actorFor("kim"), repository, pull, { state: "APPROVED", body: "" });
  await until(() => app.checksOn(pull.pull!.headSha).at(-1)?.conclusion === "success", "the approval");
  await app.quiet();
  expect(title()).not.toContain("waits");
  expect(app.lines("error")).toEqual([]);
});

test("its own webhooks and a further look cause no write", async () => {
  const app = await openWholeApp();
  await app.push("fix: disk");
  const pull = await proposed(app);
  const proposing = app.writes().length;
  await app.look();
  expect(app.writes()).toHaveLength(proposing);
  await expectReleased(app, "v1.0.1", await app.merge(pull));
  const releasing = app.writes().length;
  await app.look();
  expect(app.writes()).toHaveLength(releasing);
});

test("what was pushed while the app was down is found by the sweep after a start", async () => {
  const app = await openWholeApp();
  await app.quiet();
  await app.stop();
  await app.push("fix: disk");
  await app.standIn.delivered();
  app.standIn.intercept(({ path }) => (path.includes("/app/hook/deliveries") ? { status: 500, message: "Server Error" } : null));
  await app.start();
  expect((await proposed(app)).title).toBe("Release app 1.0.1");
});

test("deliveries that found nobody are asked for again, each once", async () => {
  const app = await openWholeApp();
  await app.quiet();
  await app.stop();
  await app.push("fix: disk");
  await app.standIn.delivered();
  const { deliveries } = app.standIn.world;
  const missed = deliveries.filter(({ status }) => status === 0).map(({ guid }) => guid);
  expect(missed).not.toEqual([]);
  app.standIn.intercept(({ path }) => (path.includes("/app/installations?") ? { status: 500, message: "Server Error" } : null));
  await app.start();
  expect((await proposed(app)).title).toBe("Release app 1.0.1");
  const again = deliveries.filter(({ isRedelivery }) => isRedelivery);
  expect(again.map(({ guid }) => guid).sort()).toEqual(missed.sort());
  expect(again.every(({ status }) => status === 202)).toBe(true);
});

test("stopped in the middle of a release and started again, it finishes the release once", async () => {
  const app = await openWholeApp();
  await app.push("fix: disk");
  const pull = await proposed(app);
  await app.stop();
  // So slow that it is told to stop between two of its writes, however fast this machine is, and could write once more.
  await app.start({ writeSpacingMs: 3_000 });
  const stops: Promise<void>[] = [];
  app.standIn.intercept(({ method, path }) => {
    if (method === "POST" && path.endsWith("/releases")) stops.push(app.stop());
    return null;
  });
  const sha = await app.merge(pull);
  await until(() => stops.length > 0, "the draft of the release");
  await Promise.all(stops);
  expect(app.tag("v1.0.1")).toBeUndefined();
  expect(app.releases()).toEqual([{ tag: "v1.0.1", isDraft: true }]);
  expect(app.checksOn(sha).map(({ status }) => status)).toEqual(["in_progress"]);
  app.standIn.intercept(null);
  await app.start();
  await expectReleased(app, "v1.0.1", sha);
  expect(app.checksOn(sha).map(({ name, conclusion }) => [name, conclusion])).toEqual([["Release app 1.0.1", "success"]]);
});

test("a suspended installation is left in peace, and served again when it is not", async () => {
  const app = await openWholeApp();
  await app.quiet();
  app.installation.suspendedAt = Date.now();
  await app.push("fix: disk");
  await app.look();
  expect(app.outcomes().at(-1)).toBe("parked");
  const asked = app.requests().length;
  await app.quiet();
  expect(app.requests()).toHaveLength(asked);
  expect(app.lines("error")).toEqual([]);
  app.installation.suspendedAt = null;
  await tell(app, "installation", { action: "unsuspend", repositories: [{ id: app.repository.id }] });
  expect((await proposed(app)).title).toBe("Release app 1.0.1");
});

test("an archived repository is left in peace, and served again when it is not", async () => {
  const app = await openWholeApp();
  await app.push("fix: disk");
  await proposed(app);
  await app.push("feat: mount");
  app.repository.isArchived = true;
  await app.look();
  const written = app.writes().length;
  await app.look();
  expect(app.outcomes().at(-1)).toBe("parked");
  expect(app.writes()).toHaveLength(written);
  expect(app.lines("error")).toEqual([]);
  app.repository.isArchived = false;
  await tell(app, "repository", { action: "unarchived", repository: { id: app.repository.id } });
  await until(() => app.pulls()[0]?.title === "Release app 1.1.0", "the pull request to be kept");
});

test("a token that GitHub no longer takes is replaced by a new one", async () => {
  const app = await openWholeApp();
  await app.quiet();
  const { tokens } = app.standIn.world;
  const revoked = [...tokens.values()].filter(({ actor }) => actor.is === "installation").map(({ text }) => text);
  expect(revoked).not.toEqual([]);
  for (const text of revoked) tokens.delete(text);
  await app.push("fix: disk");
  expect((await proposed(app)).title).toBe("Release app 1.0.1");
  expect([...tokens.keys()]).not.toContain(revoked[0]);
});

test.each([
  ["a limit with a time", { status: 429, message: "You have exceeded a secondary rate limit.", headers: { "retry-after": "3" } }],
  ["a refusal with a time", { status: 403, message: "You have exceeded a secondary rate limit.", headers: { "retry-after": "3" } }],
])("%s is waited for, without another request meanwhile", async (_title, limit) => {
  const app = await openWholeApp();
  await app.quiet();
  let limitedAt: number | null = null;
  app.standIn.intercept(({ method, path }) => {
    if (limitedAt !== null || method !== "POST" || !path.endsWith("/git/trees")) return null;
    limitedAt = Date.now();
    return limit;
  });
  await app.push("fix: disk");
  expect((await proposed(app)).title).toBe("Release app 1.0.1");
  const since = limitedAt!;
  const next = app.requests().find(({ at }) => at > since + 50);
  expect(next!.at).toBeGreaterThanOrEqual(since + 2_900);
  expect(app.outcomes().filter((kind) => kind === "transient").length).toBeLessThanOrEqual(2);
  expect(app.lines("error")).toEqual([]);
});
