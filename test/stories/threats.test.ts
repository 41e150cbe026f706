// Threats that come to nothing because there is nothing they could reach: the whole app, and a server that nobody may call.
import { once } from "node:events";
import { createServer } from "node:http";
import { afterEach, expect, test } from "@jest/globals";
import { openWholeApp, PLAYBOOK, until, type WholeApp } from "../fixtures/whole-app.ts";

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** Beside the app, as a service of the operator's own network would be; it counts who calls. */
async function neighbour(): Promise<{ readonly address: string; readonly calls: readonly string[] }> {
  const calls: string[] = [];
  const server = createServer(({ url = "" }, response) => {
    calls.push(url);
    response.end("hello");
  }).listen(0, "127.0.0.1");
  open.push(() => server.close());
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the neighbour has no port");
  return { address: `http://127.0.0.1:${String(address.port)}`, calls };
}

/** Everything that people can read of the app on GitHub. */
function said(app: WholeApp): string {
  const { issues, comments, checkRuns, releases } = app.repository;
  return JSON.stringify([
    [...issues.values()].map(({ title, body }) => [title, body]),
    [...comments.values()].map(({ body }) => body),
    [...checkRuns.values()].map(({ output }) => output),
    [...releases.values()].map(({ name, body }) => [name, body]),
  ]);
}

test("an address in a playbook, a commit, a file, an issue or a comment is called by nobody", async () => {
  const { address, calls } = await neighbour();
  const playbook = `${PLAYBOOK}gates: {backup: {evidence: "Look at ${address}/gate"}}
policies: {default: {gates: [backup]}}
communications: [{on: release, to: ["${address}/hook"], draft: true, template: docs/announcement.md}]
`;
  const app = await openWholeApp({
    playbook,
    files: { "CHANGELOG.md": `# Changelog\n\n![x](${address}/changelog.png)\n`, "docs/announcement.md": `[Read](${address}/announced)\n` },
  });
  await app.push(`fix: disk\n\nSee ${address}/commit and ![](${address}/commit.png)`);
  await until(() => app.pulls().length === 1, "the release pull request");
  const [pull] = app.pulls();
  await app.say(pull!, `/release evidence backup ${address}/evidence`, "kim");
  await app.quiet();
  await app.merge(pull!);
  await until(() => app.releases().some(({ isDraft }) => !isDraft), "the release");
  await app.quiet();
  expect(said(app)).toContain(`${address}/evidence`);
  expect(calls).toEqual([]);
});

test("a token in what GitHub answers is in no comment, check or page", async () => {
  const app = await openWholeApp();
  const token = `ghs_${"a1B2".repeat(10)}`;
  app.standIn.intercept(({ method, path }) =>
    method === "POST" && path.endsWith("/releases") ? { status: 403, message: `Refused by a rule: authorization: token ${token}` } : null,
  );
  await app.push("fix: disk");
  await until(() => app.pulls().length === 1, "the release pull request");
  await app.merge(app.pulls()[0]!);
  await until(() => said(app).includes("Refused by a rule"), "the refusal");
  await app.quiet();
  const pages = await Promise.all(["/", "/healthz", "/readyz"].map(async (path) => (await fetch(app.app().address + path)).text()));
  for (const text of [said(app), app.written(), ...pages]) expect(text).not.toContain(token);
});

test("no page tells a stranger of a repository, and whatever else is asked for is nothing", async () => {
  const app = await openWholeApp();
  await app.push("fix: disk");
  await until(() => app.pulls().length === 1, "the release pull request");
  await app.quiet();
  for (const path of ["/", "/healthz", "/readyz"]) expect(await (await fetch(app.app().address + path)).text()).not.toMatch(/acme|1\.0\.1/);
  const ids = `${String(app.installation.id)}/${String(app.repository.id)}`;
  for (const path of [
    "/acme",
    "/acme/app",
    "/repositories",
    "/login",
    "/oauth/callback?code=1&state=2",
    `/${ids}`,
    "/api/repositories",
    "/metrics",
    "/queue.sqlite",
  ]) {
    const response = await fetch(app.app().address + path);
    expect([path, response.status, await response.text()]).toEqual([path, 404, "there is nothing here\n"]);
  }
});
