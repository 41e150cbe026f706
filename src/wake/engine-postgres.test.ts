// The contract, and what only several sessions of a real server can show.
import { afterAll, beforeAll, expect, it, test } from "@jest/globals";
import { LEASE_MS, queueContract } from "../../test/contract/queue.ts";
import { freePort, type Postgres, startPostgres } from "../../test/fixtures/postgres.ts";
import { schemaWithClock, withTimeOf } from "../../test/fixtures/simulated-postgres.ts";
import { until } from "../../test/fixtures/until.ts";
import { manualClock } from "../../test/contract/manual-clock.ts";
import { type Clock, systemClock } from "./clock.ts";
import { openPostgresQueue } from "./engine-postgres.ts";
import type { Log } from "./log.ts";
import type { Queue } from "./types.ts";

const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };
let postgres: Postgres;
const open = new Set<Queue>();
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  for (const queue of open) await queue.close();
  await postgres.close();
});

const schemaOf = new WeakMap<Clock, Awaited<ReturnType<typeof schemaWithClock>>>();
async function openTimed(clock: Clock): Promise<Queue> {
  const { schema, url } = schemaOf.get(clock) ?? (await schemaWithClock(postgres));
  schemaOf.set(clock, { schema, url });
  const queue = await openPostgresQueue({ url, clock, log: silent, leaseMs: LEASE_MS });
  open.add(queue);
  return {
    ...withTimeOf(clock, postgres, schema, queue),
    close: async () => {
      open.delete(queue);
      await queue.close();
    },
  };
}

queueContract("postgres", openTimed);

it("gives the key of a job that fell silent to another process only when the first one's session has ended as well", async () => {
  const clock = manualClock();
  const [first, second] = [await openTimed(clock), await openTimed(clock)];
  await first.put("17/4711", clock.now());
  await first.take();
  await clock.advance(LEASE_MS);
  expect(await second.take()).toBeNull();
  expect(await second.nextDue()).toBeNull();
  expect(await second.counts()).toEqual({ waiting: 0, running: 1, failing: 0 });
  await first.close();
  expect(await second.nextDue()).not.toBeNull();
  expect(await second.take()).toMatchObject({ key: "17/4711", failures: 1 });
});

it("keeps the key of a process that lost its session and is heard of within its lease", async () => {
  const clock = manualClock();
  const [first, second] = [await openTimed(clock), await openTimed(clock)];
  await first.put("17/4711", clock.now());
  const job = await first.take();
  await clock.advance(LEASE_MS - 1);
  await first.close();
  expect(await second.take()).toBeNull();
  await clock.advance(1);
  expect((await second.take())?.key).toBe("17/4711");
  expect(job?.heldUntil()).toBe(clock.now());
});

it("tells the other processes of a put at once, and not the one that put", async () => {
  const { url } = await schemaWithClock(postgres);
  const [one, other] = [await opened(url), await opened(url)];
  const heard: string[] = [];
  one.onPut(() => heard.push("one"));
  other.onPut(() => heard.push("other"));
  await one.put("17/4711", 0);
  await until(() => heard.length > 0, "the other process to hear of it");
  await other.put("17/4712", 0);
  await until(() => heard.length > 1, "the first process to hear of that");
  expect(heard).toEqual(["other", "one"]);
});

it("makes one process lead, and another when that one has ended", async () => {
  const { url } = await schemaWithClock(postgres);
  const [one, other] = [await opened(url), await opened(url)];
  expect([await one.leads(), await other.leads(), await one.leads()]).toEqual([true, false, true]);
  await one.close();
  expect(await other.leads()).toBe(true);
});

it("makes its table once when several processes start at the same time", async () => {
  const { url } = await schemaWithClock(postgres);
  const queues = await Promise.all(Array.from({ length: 6 }, () => opened(url)));
  for (const queue of queues) await queue.put("17/4711", 0);
  expect(await queues[0]?.counts()).toEqual({ waiting: 1, running: 0, failing: 0 });
});

test.each([
  ["of a newer version", "COMMENT ON TABLE release_steward_wake IS 'schema 99'", 'says "schema 99" and this program knows "schema 1"'],
  ["of another program", "COMMENT ON TABLE release_steward_wake IS NULL", 'says "no version"'],
])("refuses a table %s", async (_title, change, expected) => {
  const { schema, url } = await schemaWithClock(postgres);
  await (await opened(url)).close();
  await postgres.query(change.replace("release_steward_wake", `${schema}.release_steward_wake`));
  await expect(opened(url)).rejects.toThrow(expected);
});

test.each([
  ["names no database that there is", (url: string) => url.replace("/postgres?", "/harbour?"), "there is no such database: create it"],
  ["names a user who is unknown", (url: string) => url.replace("steward@", "stranger:s3cr3t@"), "refuses the user or the password"],
  ["asks for TLS that the server has not", (url: string) => `${url}&sslmode=verify-full`, "it speaks no TLS"],
  ["names a file that is not there", (url: string) => `${url}&sslmode=verify-full&sslrootcert=/run/none.pem`, "no such file"],
])("ends with words when the address %s", async (_title, changed, expected) => {
  const refused = opened(changed(postgres.url));
  await expect(refused).rejects.toThrow(expected);
  await expect(refused).rejects.not.toThrow("s3cr3t");
});

test("TLS verifies the server: an unknown authority is refused in words, a known one is spoken to in secret", async () => {
  const port = await freePort();
  const server = await startPostgres(port);
  try {
    const url = `postgres://steward@localhost:${port}/postgres?sslmode=verify-full`;
    await expect(opened(url)).rejects.toThrow("its certificate can't be verified: name the authority with sslrootcert=");
    await expect(opened(`${url.replace("localhost", "127.0.0.1")}&sslrootcert=${server.certificate}`)).rejects.toThrow("its certificate is for another name");
    const queue = await opened(`${url}&sslrootcert=${server.certificate}`);
    await queue.put("17/4711", 0);
    const sessions = await server.query(
      "SELECT bool_and(ssl) AS all_secret, count(*)::int AS sessions FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'release-steward'",
    );
    expect(sessions).toEqual([{ all_secret: true, sessions: 2 }]);
    await queue.close();
  } finally {
    await server.close();
  }
});

async function opened(url: string): Promise<Queue> {
  const queue = await openPostgresQueue({ url, clock: systemClock, log: silent, leaseMs: LEASE_MS });
  open.add(queue);
  return {
    ...queue,
    close: async () => {
      open.delete(queue);
      await queue.close();
    },
  };
}
