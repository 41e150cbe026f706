// From a webhook on the wire to a look at its repository, in the whole app: real port, real Probot, real queue on disk.
// Only GitHub is played, and what is done for a repository.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import { readEnvironment } from "../../src/settings/environment.ts";
import { type RunningApp, startApp } from "../../src/start-app.ts";
import type { ReconcileRepository } from "../../src/start-steward.ts";
import { systemClock } from "../../src/wake/clock.ts";
import { createLog } from "../../src/web/log.ts";
import { deliver, privateKey, secret } from "../fixtures/door.ts";

const token = `ghs_${"aB3".repeat(20)}`;
let dataDirectory = "";
const running: RunningApp[] = [];

afterEach(async () => {
  for (const app of running.splice(0)) await app.stop();
  if (dataDirectory !== "") rmSync(dataDirectory, { recursive: true });
  dataDirectory = "";
});

/** GitHub as far as the start needs it. An installation has the repositories that are given. */
function github(repositories: readonly number[], seen: { readonly url: string; readonly authorization: string }[]): typeof globalThis.fetch {
  return async (input, init) => {
    const { pathname } = new URL(new Request(input).url);
    seen.push({ url: pathname, authorization: new Headers(init?.headers).get("authorization") ?? "" });
    const answers: Readonly<Record<string, unknown>> = {
      "/app": { id: 77, slug: "steward" },
      "/app/hook/deliveries": [],
      "/app/installations": repositories.length === 0 ? [] : [{ id: 5, suspended_at: null }],
      "/app/installations/5/access_tokens": { token, expires_at: "2999-01-01T00:00:00Z", permissions: {} },
      "/installation/repositories": { total_count: repositories.length, repositories: repositories.map((id) => ({ id })) },
      "/rate_limit": { resources: {} },
      "/users/steward%5Bbot%5D": { id: 3 },
    };
    const body = answers[pathname];
    return body === undefined ? Response.json({ message: "Not Found" }, { status: 404 }) : Response.json(body, { status: init?.method === "POST" ? 201 : 200 });
  };
}

async function start(reconcile: ReconcileRepository, repositories: readonly number[] = [], fetch: typeof globalThis.fetch | null = null) {
  if (dataDirectory === "") dataDirectory = mkdtempSync(join(tmpdir(), "release-steward-door-"));
  const result = readEnvironment(
    { APP_ID: "77", PRIVATE_KEY: privateKey, WEBHOOK_SECRET: secret, PORT: "0", DATA_DIRECTORY: dataDirectory, WRITE_SPACING_MS: "0" },
    () => "",
  );
  if (!result.ok || result.value.app === null) throw new Error(JSON.stringify(result));
  const seen: { url: string; authorization: string }[] = [];
  const lines: string[] = [];
  const app = await startApp({
    environment: { ...result.value, app: result.value.app },
    clock: systemClock,
    log: createLog("debug", { write: (line) => void lines.push(line) }),
    fetch: fetch ?? github(repositories, seen),
    reconcile,
  });
  running.push(app);
  return { app, seen, lines };
}

async function push(address: string, repository: number): Promise<number> {
  const body = JSON.stringify({ ref: "refs/heads/main", installation: { id: 5 }, repository: { id: repository }, sender: { login: "mona" } });
  return (await deliver(address, body)).status;
}

/** Collects looks, and lets a test wait for the next. */
function looks() {
  const seen = Promise.withResolvers<{ installationId: number; repositoryId: number }>();
  const reconcile: ReconcileRepository = async (_lease, _github, repository) => {
    seen.resolve(repository);
    return null;
  };
  return { reconcile, first: seen.promise };
}

test("a push is followed by a look at its repository, as its installation", async () => {
  const answered = Promise.withResolvers<number>();
  const { app, seen, lines } = await start(async (_lease, api, repository) => {
    expect(repository).toEqual({ installationId: 5, repositoryId: 9 });
    const { status } = await api.rest("GET /rate_limit", {});
    answered.resolve(status);
    return null;
  });
  expect(await push(app.address, 9)).toBe(202);
  expect(await answered.promise).toBe(200);
  expect(seen.find(({ url }) => url === "/rate_limit")?.authorization).toBe(`token ${token}`);
  expect(seen.find(({ url }) => url === "/app")?.authorization).toMatch(/^bearer eyJ/);
  expect(lines.join("")).not.toMatch(/ghs_|BEGIN|eyJ/);
});

test("a repository of which no webhook told is looked at all the same", async () => {
  const { reconcile, first } = looks();
  await start(reconcile, [9]);
  expect(await first).toEqual({ installationId: 5, repositoryId: 9 });
});

test("a delivery is kept while GitHub's API is down, and readiness says so without failing", async () => {
  const { reconcile, first } = looks();
  const back = github([], []);
  let isDown = true;
  const { app } = await start(reconcile, [], async (input, init) => {
    if (isDown) throw new TypeError("fetch failed");
    return await back(input, init);
  });
  expect(await push(app.address, 9)).toBe(202);
  const ready = await fetch(`${app.address}/readyz`);
  expect([ready.status, await ready.json()]).toMatchObject([200, { github: { reached: false } }]);
  isDown = false;
  expect(await first).toMatchObject({ repositoryId: 9 });
});

test("while it stops it is not ready, finishes what runs, and keeps for the next process what came meanwhile", async () => {
  const began = Promise.withResolvers<void>();
  const mayEnd = Promise.withResolvers<void>();
  const finished: number[] = [];
  const { app } = await start(async (_lease, _api, { repositoryId }) => {
    began.resolve();
    await mayEnd.promise;
    finished.push(repositoryId);
    return null;
  });
  await push(app.address, 9);
  await began.promise;
  running.splice(0);
  const stopped = app.stop();
  expect((await fetch(`${app.address}/readyz`)).status).toBe(503);
  expect(await push(app.address, 10)).toBe(202);
  mayEnd.resolve();
  await stopped;
  expect(finished).toEqual([9]);
  await expect(fetch(`${app.address}/healthz`)).rejects.toThrow("fetch failed");

  const { reconcile, first } = looks();
  await start(reconcile);
  expect(await first).toEqual({ installationId: 5, repositoryId: 10 });
});

/** The process itself, as the container starts it. */
function launch(variables: Readonly<Record<string, string>>) {
  if (dataDirectory === "") dataDirectory = mkdtempSync(join(tmpdir(), "release-steward-door-"));
  const child = spawn(process.execPath, [new URL("../../src/main.ts", import.meta.url).pathname], {
    env: { PATH: process.env["PATH"] ?? "", DATA_DIRECTORY: dataDirectory, PORT: "0", GITHUB_API_URL: "http://127.0.0.1:1", ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { out: "", complaints: "" };
  child.stderr.on("data", (chunk) => (said.complaints += String(chunk)));
  const listening = new Promise<string>((resolve) => {
    child.stdout.on("data", (chunk) => {
      said.out += String(chunk);
      const address = said.out.match(/"msg":"Server listening at ([^"]+)"/)?.[1];
      if (address !== undefined) resolve(address);
    });
  });
  return { child, said, listening, exit: once(child, "exit").then(([code]) => code as number | null) };
}

test("the process answers, and ends with SIGTERM", async () => {
  const { child, listening, exit, said } = launch({ APP_ID: "77", PRIVATE_KEY: privateKey, WEBHOOK_SECRET: secret });
  const address = await listening;
  expect((await fetch(`${address}/healthz`)).status).toBe(200);
  expect(await push(address, 9)).toBe(202);
  child.kill("SIGTERM");
  expect(await exit).toBe(0);
  expect(said.out).not.toContain("BEGIN");
});

test.each([
  ["an unset secret", "", "WEBHOOK_SECRET is not set"],
  ["Probot's default secret", "development", "WEBHOOK_SECRET is shorter than 16 characters"],
])("the process does not start with %s, and says what to do", async (_title, weak, complaint) => {
  const { exit, said } = launch({ APP_ID: "77", PRIVATE_KEY: privateKey, WEBHOOK_SECRET: weak });
  expect(await exit).toBe(1);
  expect(said.complaints).toContain(complaint);
  expect(said.complaints).toContain("openssl rand -hex 32");
  expect(said.complaints).not.toContain("    at ");
  expect(said.out).toBe("");
});

test("without an app the process serves the set-up to whoever has the address from its log, and no deliveries", async () => {
  const { child, listening, exit, said } = launch({ PUBLIC_URL: "https://steward.test" });
  const address = await listening;
  expect((await fetch(address)).status).toBe(403);
  expect(await push(address, 9)).toBe(404);
  const [page = ""] = said.out.match(/http:[^"]*\?token=[\w-]{32}/) ?? [];
  expect(await (await fetch(page)).text()).toContain("Register the app on GitHub");
  child.kill("SIGINT");
  expect(await exit).toBe(0);
});
