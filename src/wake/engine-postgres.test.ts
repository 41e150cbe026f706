// The contract, and what only several sessions of a real server can show.
import { afterAll, beforeAll } from "@jest/globals";
import { LEASE_MS, queueContract } from "../../test/contract/queue.ts";
import { type Postgres, startPostgres } from "../../test/fixtures/postgres.ts";
import { schemaWithClock, withTimeOf } from "../../test/fixtures/simulated-postgres.ts";
import type { Clock } from "./clock.ts";
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
