// The whole app on PostgreSQL: several of it beside each other, and a database that goes away and comes back. Only GitHub is
// played, and what is done for a repository.
import { afterEach, expect, test } from "@jest/globals";
import { readEnvironment } from "../../src/settings/environment.ts";
import { type RunningApp, startApp } from "../../src/start-app.ts";
import type { ReconcileRepository } from "../../src/start-steward.ts";
import { systemClock } from "../../src/wake/clock.ts";
import { createLog } from "../../src/web/log.ts";
import { deliver, privateKey, secret } from "../fixtures/door.ts";
import { type Postgres, startPostgres } from "../fixtures/postgres.ts";
import { until } from "../fixtures/until.ts";

const running: RunningApp[] = [];
let postgres: Postgres | null = null;
afterEach(async () => {
  for (const app of running.splice(0)) await app.stop();
  await postgres?.close();
  postgres = null;
});

/** GitHub as far as the start needs it, with the repository 9 in the installation 5. */
function github(seen: string[]): typeof globalThis.fetch {
  return async (input, init) => {
    const { pathname } = new URL(new Request(input).url);
    seen.push(pathname);
    const answers: Readonly<Record<string, unknown>> = {
      "/app": { id: 77, slug: "steward" },
      "/app/hook/deliveries": [],
      "/app/installations": [{ id: 5, suspended_at: null }],
      "/app/installations/5/access_tokens": { token: "ghs_none", expires_at: "2999-01-01T00:00:00Z", permissions: {} },
      "/installation/repositories": { total_count: 1, repositories: [{ id: 9 }] },
      "/users/steward%5Bbot%5D": { id: 3 },
    };
    return Response.json(answers[pathname] ?? {}, { status: init?.method === "POST" ? 201 : 200 });
  };
}

async function replica(database: string, reconcile: ReconcileRepository = async () => null) {
  const result = readEnvironment(
    { APP_ID: "77", PRIVATE_KEY: privateKey, WEBHOOK_SECRET: secret, PORT: "0", DATA_DIRECTORY: "/nowhere/to/write", DATABASE_URL: database },
    () => "",
  );
  if (!result.ok || result.value.app === null) throw new Error(JSON.stringify(result));
  const seen: string[] = [];
  const lines: string[] = [];
  const log = createLog("debug", { write: (line) => void lines.push(line) });
  const app = await startApp({ environment: { ...result.value, app: result.value.app }, clock: systemClock, log, fetch: github(seen), reconcile });
  running.push(app);
  return { app, seen, lines };
}

const push = async ({ app }: { readonly app: RunningApp }, repository: number): Promise<number> => {
  const body = JSON.stringify({ ref: "refs/heads/main", installation: { id: 5 }, repository: { id: repository }, sender: { login: "mona" } });
  return (await deliver(app.address, body)).status;
};
const readiness = async ({ app }: { readonly app: RunningApp }): Promise<number> => (await fetch(`${app.address}/readyz`)).status;

test("of two replicas one sweeps, and what one is told the other looks at while the first is busy", async () => {
  postgres = await startPostgres();
  const looks = { one: new Set<number>(), other: new Set<number>() };
  const mayEnd = Promise.withResolvers<void>();
  const one = await replica(postgres.url, async (_lease, _github, { repositoryId }) => {
    looks.one.add(repositoryId);
    return null;
  });
  await until(() => looks.one.has(9), "the sweep of the first");
  const other = await replica(postgres.url, async (_lease, _github, { repositoryId }) => {
    looks.other.add(repositoryId);
    await mayEnd.promise;
    return null;
  });
  const told = Array.from({ length: 20 }, (_, index) => 10 + index);
  for (const repository of told) expect(await push(other, repository)).toBe(202);
  await until(() => told.every((repository) => looks.one.has(repository) || looks.other.has(repository)), "all to be looked at");
  mayEnd.resolve();
  expect([...looks.one].filter((repository) => looks.other.has(repository))).toEqual([]);
  expect(looks.one.size).toBeGreaterThan(12);
  expect(one.seen).toContain("/app/installations");
  expect(other.seen).not.toContain("/app/installations");
  expect(other.seen).not.toContain("/app/hook/deliveries");
});

test("while the database is away deliveries are refused and readiness says so; it comes back by itself", async () => {
  postgres = await startPostgres();
  const looks: number[] = [];
  const one = await replica(postgres.url, async (_lease, _github, { repositoryId }) => {
    looks.push(repositoryId);
    return null;
  });
  await until(() => looks.includes(9), "the sweep");
  expect([await push(one, 10), await readiness(one)]).toEqual([202, 200]);
  await postgres.crash();
  expect([await push(one, 11), await readiness(one)]).toEqual([500, 503]);
  expect((await fetch(`${one.app.address}/healthz`)).status).toBe(200);
  await postgres.start();
  await until(async () => (await readiness(one)) === 200, "the app to find the database again");
  expect(await push(one, 12)).toBe(202);
  await until(() => looks.includes(10) && looks.includes(12), "the repositories to be looked at");
  expect(looks).not.toContain(11);
});

test("a database that is down at the start is waited for, in words and without the password", async () => {
  postgres = await startPostgres();
  await postgres.crash();
  const one = await replica(postgres.url.replace("steward@", "steward:s3cr3t@"));
  expect([await push(one, 10), await readiness(one)]).toEqual([500, 503]);
  expect(one.lines.join("")).toMatch(/PostgreSQL at \/tmp\/postgres-\w+\/postgres can't be reached; deliveries are refused until it can/);
  await postgres.start();
  await until(async () => (await readiness(one)) === 200, "the app to find the database");
  expect(await push(one, 10)).toBe(202);
  expect(one.lines.join("")).not.toContain("s3cr3t");
});
