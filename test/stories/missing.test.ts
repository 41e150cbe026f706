// What a maintainer sees when the organization gives the app less than it asks for, or a rule of the repository refuses it.
// The list is the app's own, so it also shows that each permission is needed: without it something fails that people see.
import { expect, test } from "@jest/globals";
import { setStatus } from "../../sandbox/scenarios/people.ts";
import { APP_PERMISSIONS } from "../../src/github/permissions.ts";
import { openWholeApp, PLAYBOOK, until, type WholeApp } from "../fixtures/whole-app.ts";

type Permission = keyof typeof APP_PERMISSIONS;
type Level = "read" | "none";

/** Every permission without which nothing can be released, and what is left of it. `metadata` comes with every app. */
const LESS: readonly (readonly [Permission, Level])[] = (["contents", "pull_requests", "checks"] as const).flatMap((name) => [
  [name, "read"] as const,
  [name, "none"] as const,
]);
/** Permissions that only some playbooks need. */
const OPTIONAL: readonly Permission[] = ["issues", "actions", "attestations", "statuses", "members"];
/** Where nothing can be said: the app can't write checks, or can't tell which commit is the newest. */
const SILENT: ReadonlySet<string> = new Set(["checks read", "checks none", "contents none"]);

test("every permission of the app is taken away once", () => {
  expect(new Set([...OPTIONAL, ...LESS.map(([name]) => name)])).toEqual(new Set(Object.keys(APP_PERMISSIONS).filter((name) => name !== "metadata")));
});

test("without issues nobody tells the app of a command, and given back it hears", async () => {
  const app = await openWholeApp();
  await app.push("fix: disk");
  await expectProposed(app);
  const [pull] = app.pulls();
  await app.closePull(pull!);
  await app.quiet();
  grant(app, { issues: "none" });
  const unheard = await app.say(pull!, "/release plan", "lee");
  await app.quiet();
  expect(unheard.reactions).toEqual([]);
  grant(app, {});
  await app.say(pull!, "/release plan", "lee");
  await until(() => app.pulls().length === 1, "the release pull request");
});

const DESKLESS = PLAYBOOK.replace("release: {", "release: {desk: false, ");

test.each(OPTIONAL)("without %s a repository whose playbook does not need it is released as ever, and nothing is said", async (name) => {
  const app = await openWholeApp({ playbook: DESKLESS });
  await app.quiet();
  grant(app, { [name]: "none" });
  await app.push("fix: disk");
  await expectProposed(app);
  const sha = await app.merge(app.pulls()[0]!);
  await until(() => app.releases().length === 1, "the release");
  await app.quiet();
  expect([app.tag("v1.0.1"), app.releases()]).toEqual([sha, [{ tag: "v1.0.1", isDraft: false }]]);
  expect(app.checksOn(sha).map(({ conclusion }) => conclusion)).toEqual(["success"]);
});

test("without issues a hold on the desk could be missed: the pull request says so with two remedies, nothing is released, and given back it goes on", async () => {
  const app = await openWholeApp();
  await app.quiet();
  grant(app, { issues: "none" });
  await app.push("fix: disk");
  await until(() => app.pulls().length === 1, "the pull request");
  await app.quiet();
  await app.look();
  const [check, ...others] = app.checksOn(app.pulls()[0]!.pull!.headSha);
  expect(others).toEqual([]);
  expect(check).toMatchObject({ conclusion: null, status: "in_progress" });
  expect(check!.output.title).toContain("what was said on the release desk can't be read");
  expect(check!.output.text).toContain("give the app issues: write and accept it for this repository, or do without a desk: `release.desk: false`");
  const sha = await app.merge(app.pulls()[0]!);
  await app.look();
  await app.quiet();
  expect([app.tag("v1.0.1") ?? null, app.releases()]).toEqual([null, []]);
  grant(app, {});
  await app.look();
  await until(() => app.releases().some(({ isDraft }) => !isDraft), "the release");
  expect(app.tag("v1.0.1")).toBe(sha);
});

test("with issues to read only it releases, and the newest commit says once that the desk can't be kept", async () => {
  const app = await openWholeApp();
  await app.quiet();
  grant(app, { issues: "read" });
  await app.push("fix: disk");
  await expectProposed(app);
  await app.look();
  const said = app.checksOn(app.head());
  expect(said.map(({ conclusion }) => conclusion)).toEqual(["failure"]);
  expect(said[0]!.output.summary).toContain("the release desk takes a permission that the app does not have (give the app issues: write");
  const sha = await app.merge(app.pulls()[0]!);
  await until(() => app.releases().some(({ isDraft }) => !isDraft), "the release");
  expect(app.tag("v1.0.1")).toBe(sha);
});

const GATED = `${DESKLESS}roles: {steward: "@acme/stewards"}
policies: {default: {gates: [it]}}
`;

test.each([
  ["members", "it: {approval: steward}", "members: read"],
  ["statuses", "it: {check: build}", "statuses: read"],
  ["issues", "it: {no_open_issues: {labels: [bug]}}", "issues: read"],
] as const)("without %s a gate that needs it stays closed and names it, and given back it opens", async (name, gate, permission) => {
  const app = await openWholeApp({ playbook: `${GATED}gates: {${gate}}\n` });
  app.standIn.addTeam("acme", "stewards", ["kim"]);
  await app.standIn.operations.createLabel(app.standIn.actorFor("kim"), app.repository, { name: "bug", color: "ff0000", description: null });
  await app.quiet();
  grant(app, { [name]: "none" });
  await app.push("fix: disk");
  await expectProposed(app);
  const pull = app.pulls()[0]!;
  const sha = pull.pull!.headSha;
  await setStatus(app.standIn, app.repository, sha, { context: "build", state: "success", login: "lee" });
  // GitHub tells the time of a review in whole seconds.
  const proposedAt = Date.now();
  await until(() => Date.now() > proposedAt + 1_000, "the next second");
  await app.standIn.operations.review(app.standIn.actorFor("kim"), app.repository, pull, { state: "APPROVED", body: "" });
  await app.look();
  const conclusion = () => app.checksOn(sha).at(-1)?.conclusion;
  expect(conclusion()).not.toBe("success");
  expect(status(app).toLowerCase()).toContain(permission);
  grant(app, {});
  await app.look();
  expect(status(app).toLowerCase()).not.toContain(permission);
  expect(conclusion()).toBe("success");
});

function status(app: WholeApp): string {
  return [...app.repository.comments.values()].find(({ body }) => body.startsWith("### "))?.body ?? "";
}

function grant(app: WholeApp, changes: Readonly<Partial<Record<Permission, Level>>>): void {
  const asked = Object.entries(APP_PERMISSIONS).map(([name, { access }]) => [name, access] as const);
  app.installation.permissions = Object.fromEntries(
    asked
      .map(([name, access]) => [name, changes[name as Permission] ?? access] as const)
      .filter((one): one is readonly [string, "read" | "write"] => one[1] !== "none"),
  );
}

async function expectProposed(app: WholeApp): Promise<void> {
  await until(() => app.pulls().length === 1, "the release pull request");
  await app.quiet();
  expect(app.pulls()[0]!.labels.map(({ name }) => name)).toEqual(["release"]);
}

for (const [name, level] of LESS) {
  const words = name.replaceAll("_", " ");
  const given = level === "none" ? `without ${words}` : `with ${words} to read only`;

  if (SILENT.has(`${name} ${level}`)) {
    test(`${given} nothing can be said: one error in the log names it, and nothing is tried again until an event comes`, async () => {
      const app = await openWholeApp();
      await app.quiet();
      grant(app, { [name]: level });
      await app.push("fix: disk");
      // Without contents GitHub tells nobody of a push: the sweep comes to it.
      await app.look();
      await until(() => app.outcomes().includes("parked"), "the app to give up");
      await app.quiet();
      const parked = app.outcomes().filter((kind) => kind === "parked").length;
      expect(new Set(app.outcomes())).toEqual(new Set(["done", "parked"]));
      expect(app.lines("error")).toHaveLength(parked);
      const asked = app.requests().length;
      await app.quiet();
      expect(app.requests()).toHaveLength(asked);
      expect(app.checksOn(app.head())).toEqual([]);
      grant(app, {});
      await app.look();
      await expectProposed(app);
    });
    continue;
  }

  test(`${given} the newest commit says so once, with the remedy, and given back it goes on`, async () => {
    const app = await openWholeApp();
    await app.quiet();
    grant(app, { [name]: level });
    await app.push("fix: disk");
    await until(() => app.checksOn(app.head()).length > 0, "the complaint");
    await app.quiet();
    await app.look();
    await app.look();
    const checks = app.checksOn(app.head());
    expect(checks.map(({ conclusion }) => conclusion)).toEqual(["failure"]);
    expect(checks[0]!.output.summary).toContain(`give the app ${words}: write and accept it for this repository`);
    expect(app.pulls()).toEqual([]);
    expect(new Set(app.outcomes())).toEqual(new Set(["done"]));
    grant(app, {});
    await app.look();
    await expectProposed(app);
  });
}

test("a ruleset that keeps the app from the release branch is said once on the newest commit, and lifted it goes on", async () => {
  const app = await openWholeApp();
  await app.quiet();
  const message = "Repository rule violations found: Cannot create ref due to creations being restricted.";
  app.standIn.intercept(({ method, path, body }) =>
    method === "POST" && path.endsWith("/graphql") && JSON.stringify(body).includes("updateRefs") ? { status: 422, message } : null,
  );
  await app.push("fix: disk");
  await until(() => app.checksOn(app.head()).length > 0, "the complaint");
  await app.quiet();
  await app.look();
  const checks = app.checksOn(app.head());
  expect(checks).toHaveLength(1);
  expect(checks[0]!.output.summary).toContain("creations being restricted");
  expect(checks[0]!.output.summary).toContain("repository's rules");
  app.standIn.intercept(null);
  await app.look();
  await expectProposed(app);
});

test.each([
  ["422", 422],
  ["403", 403],
])("a ruleset that keeps the app from tagging (%s) is said once on the newest commit, and lifted the release is made", async (_title, status) => {
  const app = await openWholeApp();
  await app.push("fix: disk");
  await expectProposed(app);
  const message = "Repository rule violations found: Cannot create tag v1.0.1.";
  app.standIn.intercept(({ method, path }) => (method === "POST" && path.endsWith("/git/refs") ? { status, message } : null));
  const sha = await app.merge(app.pulls()[0]!);
  const complaints = () => app.checksOn(sha).filter(({ conclusion }) => conclusion === "failure");
  await until(() => complaints().length > 0, "the complaint");
  await app.quiet();
  await app.look();
  await app.look();
  expect(complaints()).toHaveLength(1);
  expect(complaints()[0]!.output.summary).toContain("Cannot create tag v1.0.1");
  expect(app.releases()).toEqual([{ tag: "v1.0.1", isDraft: true }]);
  app.standIn.intercept(null);
  await app.look();
  expect(app.tag("v1.0.1")).toBe(sha);
  expect(app.releases()).toEqual([{ tag: "v1.0.1", isDraft: false }]);
});
