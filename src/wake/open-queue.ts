// Which engine: a file for one process, PostgreSQL for several replicas.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "./clock.ts";
import { openSqliteQueue } from "./engine-sqlite.ts";
import type { Log } from "./log.ts";
import { LEASE_MS } from "./run.ts";
import type { Queue } from "./types.ts";

/** @throws Error when the data directory can't be written, or the database refuses for good */
export async function openQueue(options: {
  readonly databaseUrl: string | null;
  readonly dataDirectory: string;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<Queue> {
  const { databaseUrl, dataDirectory, clock, log } = options;
  if (databaseUrl === null) {
    mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
    return openSqliteQueue({ path: join(dataDirectory, "queue.sqlite"), now: clock.now, leaseMs: LEASE_MS });
  }
  // Loaded here: whoever keeps a file has no memory to spare for it.
  const { openPostgresQueue } = await import("./engine-postgres.ts");
  return await openPostgresQueue({ url: databaseUrl, clock, log, leaseMs: LEASE_MS });
}
