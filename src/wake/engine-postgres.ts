// The engine for several replicas: one table in PostgreSQL. Time is the database's, so that replicas whose clocks differ agree
// on leases: what this process says in its own time is handed over as a distance from now.
import { randomUUID } from "node:crypto";
import { Pool } from "pg";
import type { EpochMs } from "../model/time.ts";
import type { Clock } from "./clock.ts";
import { assertKey } from "./key.ts";
import type { Log } from "./log.ts";
import { connectionTo, nameOfDatabase } from "./postgres-connection.ts";
import { CHANNEL } from "./postgres-session.ts";
import { keepSession } from "./postgres-kept-session.ts";
import { COUNTS, END, END_FOR_AGAIN, HEARTBEAT, NEXT_DUE, PUT, REST, TAKE } from "./postgres-statements.ts";
import { type Row, takenKey } from "./taken.ts";
import type { Queue } from "./types.ts";

/** Statements at the same time. Each takes a millisecond or two. */
const CONNECTIONS_MAX = 4;

/** A server that is gone without a word answers no farewell, and the process has to end. */
const FAREWELL_MS = 1_000;

/**
 * Opens the queue in a database, with its table made when there is none. A database that can't be reached is tried again
 * until it can; until then every method throws.
 * @param options.url `postgres://user:password@host:5432/database`; straight to the server, or by a pooler that keeps sessions
 * @throws Error, in words for the operator, when no waiting helps: a wrong password, a table that a newer version made
 */
export async function openPostgresQueue(options: {
  readonly url: string;
  readonly clock: Clock;
  readonly log: Log;
  /** How long a job may stay silent before another may take its key. */
  readonly leaseMs: number;
  /** Numbers in [0, 1) that spread retries. */
  readonly random?: () => number;
}): Promise<Queue> {
  const { url, clock, log, leaseMs, random = Math.random } = options;
  const { now } = clock;
  const name = nameOfDatabase(url);
  const listeners = new Set<() => void>();
  const sessions = await keepSession({
    url,
    clock,
    log,
    heard: () => {
      for (const tell of listeners) tell();
    },
  });
  const pool = new Pool({ ...connectionTo(url), max: CONNECTIONS_MAX });
  pool.on("error", (error) => {
    log.warn({ err: error }, `an idle connection to PostgreSQL at ${name} broke`);
  });

  const run = async (statement: string, values: readonly unknown[]) => {
    try {
      return await pool.query<Readonly<Record<string, unknown>>>(statement, [...values]);
    } catch (error) {
      throw new Error(`the queue in PostgreSQL at ${name} does not answer`, { cause: error });
    }
  };
  const fromNow = (at: EpochMs): number => {
    if (!Number.isFinite(at)) throw new Error(`Bug: ${at} is no time`);
    return Math.max(Math.ceil(at) - now(), 0);
  };

  const rowOf = (key: string, lease: string): Row => ({
    extend: async () => (await run(HEARTBEAT, [leaseMs, key, lease, sessions.session().holder])).rowCount === 1,
    forget: async () => (await run(REST, [key, lease])).rowCount === 1,
    giveBack: async () => void (await run(END_FOR_AGAIN, [key, lease])),
    giveBackFor: async (at, failures) => void (await run(END, [key, lease, fromNow(at), failures])),
  });

  const tellOthers = coalesced(async () => {
    try {
      await run("SELECT pg_notify($1, $2)", [CHANNEL, String(sessions.session().holder)]);
    } catch (error) {
      log.warn({ err: error }, "the other processes could not be told of a put; they look every few seconds");
    }
  });

  return {
    put: async (key, at) => {
      assertKey(key);
      const { rowCount } = await run(PUT, [key, fromNow(at)]);
      if (rowCount === 1) tellOthers();
    },
    take: async () => {
      const lease = randomUUID();
      const { space, holder } = sessions.session();
      const takenAt = now();
      const [found] = (await run(TAKE, [leaseMs, lease, holder, space])).rows;
      if (found === undefined) return null;
      const key = String(found["key"]);
      return takenKey({ key, failures: Number(found["failures"]), takenAt }, rowOf(key, lease), { now, leaseMs, random });
    },
    nextDue: async () => {
      const { space, holder } = sessions.session();
      const ms = (await run(NEXT_DUE, [space, holder])).rows[0]?.["ms"] ?? null;
      return ms === null ? null : now() + Math.ceil(Number(ms));
    },
    counts: async () => {
      const { space, holder } = sessions.session();
      const [row] = (await run(COUNTS, [space, holder])).rows;
      return { waiting: Number(row?.["waiting"]), running: Number(row?.["running"]), failing: Number(row?.["failing"]) };
    },
    onPut: (hear) => void listeners.add(hear),
    leads: sessions.leads,
    close: async () => {
      const farewell = Promise.withResolvers<void>();
      const cancel = clock.after(FAREWELL_MS, farewell.resolve);
      await Promise.race([Promise.all([sessions.close(), pool.end()]), farewell.promise]);
      cancel();
    },
  };
}

/** Runs what is asked for while it runs once more afterwards, however often it was asked. */
function coalesced(work: () => Promise<void>): () => void {
  let isRunning = false;
  let isAsked = false;
  const start = (): void => {
    isAsked = true;
    if (!isRunning) void run();
  };
  const run = async (): Promise<void> => {
    isRunning = true;
    while (isAsked) {
      isAsked = false;
      await work();
    }
    isRunning = false;
  };
  return start;
}
