// The embedded engine: one table in one file, shared by any number of processes on one machine. Every change is a single
// statement, so SQLite's own lock makes it atomic between them, and is on disk when it returns. Puts that arrive together
// share a transaction.
import { randomUUID } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import type { EpochMs } from "../model/time.ts";
import { assertKey } from "./key.ts";
import { putTogether } from "./sqlite-puts.ts";
import { type Row, takenKey } from "./taken.ts";
import type { Queue } from "./types.ts";

const SCHEMA_VERSION = 1;

/** How long a statement waits for another process that is writing. */
const BUSY_MS = 5_000;

// A row is a key that waits or runs; a quiet key has none. `next` is when it may be taken: while it waits, its due time;
// while it runs, the end of its lease. So a lease that nobody extends makes its key due by itself.
const SCHEMA = `
  CREATE TABLE wake (
    key      TEXT    NOT NULL PRIMARY KEY,
    next     INTEGER NOT NULL,
    lease    TEXT,
    again    INTEGER,
    failures INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX wake_next ON wake (next);
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

// A key whose lease ran out has killed or outlived its process: that counts as a failure. What was put while it ran and is
// due is answered by this run; a later time is kept.
const TAKE = `
  UPDATE wake SET
    next     = :until,
    lease    = :lease,
    again    = iif(again > :now, again, NULL),
    failures = failures + iif(lease IS NULL, 0, 1)
  WHERE key = (SELECT key FROM wake WHERE next <= :now ORDER BY next, key LIMIT 1)
  RETURNING key, failures`;

const HEARTBEAT = "UPDATE wake SET next = :until WHERE key = :key AND lease = :lease";
const REST = "DELETE FROM wake WHERE key = :key AND lease = :lease AND again IS NULL";
const END = "UPDATE wake SET next = min(:at, ifnull(again, :at)), lease = NULL, again = NULL, failures = :failures WHERE key = :key AND lease = :lease";
const END_FOR_AGAIN = "UPDATE wake SET next = again, lease = NULL, again = NULL, failures = 0 WHERE key = :key AND lease = :lease";
const NEXT_DUE = "SELECT min(next) AS next FROM wake WHERE lease IS NULL OR next <= :now";
const COUNTS = `
  SELECT count(*) FILTER (WHERE lease IS NULL OR next <= :now)     AS waiting,
         count(*) FILTER (WHERE lease IS NOT NULL AND next > :now) AS running,
         count(*) FILTER (WHERE failures > 0)                      AS failing
  FROM wake`;

/**
 * Opens the queue in a file, made when there is none (`:memory:` for one that is lost with the process).
 * @throws Error when the file was written by a newer version
 */
export function openSqliteQueue(options: {
  readonly path: string;
  readonly now: () => EpochMs;
  /** How long a job may stay silent before another may take its key. */
  readonly leaseMs: number;
  /** Numbers in [0, 1) that spread retries. */
  readonly random?: () => number;
}): Queue {
  const { now, leaseMs, random = Math.random } = options;
  const database = openDatabase(options.path);
  const puts = putTogether(database);
  const take = database.prepare(TAKE);
  const heartbeat = database.prepare(HEARTBEAT);
  const rest = database.prepare(REST);
  const end = database.prepare(END);
  const endForAgain = database.prepare(END_FOR_AGAIN);
  const nextDue = database.prepare(NEXT_DUE);
  const counts = database.prepare(COUNTS);

  const rowOf = (key: string, lease: string): Row => ({
    extend: async (at) => heartbeat.run({ key, lease, until: at + leaseMs }).changes === 1,
    forget: async () => rest.run({ key, lease }).changes === 1,
    giveBack: async () => void endForAgain.run({ key, lease }),
    giveBackFor: async (at, failures) => void end.run({ key, lease, at: instant(at), failures }),
  });

  return {
    put: async (key, at) => {
      assertKey(key);
      await puts.add({ key, at: instant(at) });
    },
    take: async () => {
      const lease = randomUUID();
      // `all` and not `get`: only a statement that ran to its end reports that its commit failed.
      const takenAt = now();
      const [found] = take.all({ lease, now: takenAt, until: takenAt + leaseMs });
      if (found === undefined) return null;
      const key = String(found.key);
      return takenKey({ key, failures: Number(found.failures), takenAt }, rowOf(key, lease), { now, leaseMs, random });
    },
    nextDue: async () => {
      const next = nextDue.get({ now: now() })?.next ?? null;
      return next === null ? null : Number(next);
    },
    counts: async () => {
      const row = counts.get({ now: now() });
      return { waiting: Number(row?.waiting), running: Number(row?.running), failing: Number(row?.failing) };
    },
    // Nobody tells: the worker looks every few seconds.
    onPut: () => {},
    leads: async () => true,
    close: async () => {
      puts.commit();
      database.close();
    },
  };
}

function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: BUSY_MS });
  // FULL: with a write-ahead log only this syncs at every commit, and a put promises to be on disk.
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
  database.exec("BEGIN IMMEDIATE");
  const version = Number(database.prepare("PRAGMA user_version").get()?.user_version);
  if (version === 0) database.exec(SCHEMA);
  database.exec("COMMIT");
  if (version > SCHEMA_VERSION) {
    database.close();
    throw new Error(
      `${path} was written by a newer version (its schema is ${version}, this program knows ${SCHEMA_VERSION}): start that one, or delete the file`,
    );
  }
  return database;
}

/** Whole milliseconds, never too early. */
function instant(at: EpochMs): EpochMs {
  if (!Number.isFinite(at)) throw new Error(`Bug: ${at} is no time`);
  return Math.ceil(at);
}
