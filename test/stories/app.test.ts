// The whole app over sockets: what a team notices when webhooks are lost, processes end, tokens die and GitHub is slow.
import { expect, test } from "@jest/globals";
import { headersOf } from "../../sandbox/hooks/send.ts";
import type { Delivery } from "../../sandbox/world/types.ts";
import { openWholeApp, until, type WholeApp } from "../fixtures/whole-app.ts";

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
  expect(app.standIn.world.unknownRoutes).toEqual([]);
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
