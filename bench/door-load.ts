// A thousand signed deliveries a second, and kill -9 in the middle: how fast each is answered, and whether one that was
// acknowledged is lost.
import { execFile } from "node:child_process";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";
import type { z } from "zod";
import { endBuilt } from "./built-app.ts";
import { Delivered, type Orders } from "./deliveries.ts";
import { passed, type Setting } from "./door-setting.ts";
import type { Row } from "./rows.ts";

const A_SECOND = 1_000;
const BODY_BYTES = 20_000;
const ANSWER_MS = 50;
const SYNC_EVERY_MS = 20;

export async function load({ url, secret, dataDirectory, start }: Setting, seconds: number): Promise<readonly Row[]> {
  const first = await start();
  const syncing = new AbortController();
  const disk = syncs(join(dataDirectory, "beside"), syncing.signal);
  const delivering = deliver({ url, secret, aSecond: A_SECOND, seconds, bytes: BODY_BYTES });
  let awayMs: number;
  let delivered: z.infer<typeof Delivered>;
  try {
    await passed((seconds / 2) * 1000);
    await endBuilt(first, "SIGKILL");
    const killedAt = performance.now();
    const second = await start();
    awayMs = performance.now() - killedAt;
    delivered = await delivering;
    await endBuilt(second, "SIGTERM");
  } finally {
    syncing.abort();
  }
  const synced = await disk;
  const { acknowledged, tookMs, refused, unanswered, lastedMs } = delivered;
  const kept = keysIn(join(dataDirectory, "queue.sqlite"));
  const took = tookMs.toSorted((one, other) => one - other);
  const sent = A_SECOND * seconds;
  return [
    { what: `deliveries of ${String(BODY_BYTES / 1000)} kB sent in ${(lastedMs / 1000).toFixed(1)} s`, measured: sent, unit: "", limit: null },
    { what: "that is", measured: Math.round((sent * 1000) / lastedMs), unit: "a second", limit: null },
    { what: "acknowledged", measured: acknowledged.length, unit: "", limit: null },
    { what: "refused", measured: refused, unit: "", limit: 0 },
    { what: "without an answer, around the kill -9", measured: unanswered, unit: "", limit: null },
    { what: "from the kill -9 to the first answer of the next process", measured: Math.round(awayMs), unit: "ms", limit: null },
    { what: "acknowledged and not in the queue", measured: acknowledged.filter((key) => !kept.has(key)).length, unit: "", limit: 0 },
    { what: "acknowledged within, half of them", measured: quantile(took, 0.5), unit: "ms", limit: null },
    { what: "acknowledged within, 99 of 100", measured: quantile(took, 0.99), unit: "ms", limit: ANSWER_MS },
    { what: "acknowledged within, all of them", measured: quantile(took, 1), unit: "ms", limit: null },
    { what: "a page of 4 kB is on the same disk within, 99 of 100", measured: quantile(synced, 0.99), unit: "ms", limit: null },
    { what: "a page of 4 kB is on the same disk within, all of them", measured: quantile(synced, 1), unit: "ms", limit: null },
  ];
}

async function deliver(orders: z.infer<typeof Orders>): Promise<z.infer<typeof Delivered>> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, "deliveries.ts"), JSON.stringify(orders)], { maxBuffer: 1 << 28 });
  return Delivered.parse(JSON.parse(stdout));
}

/**
 * How long the disk takes for a page that it wrote before, in milliseconds, shortest first. An answer waits for the disk, so
 * it can't be faster than that. Whatever falls due while the disk stands still waits for it, too.
 */
async function syncs(path: string, until: AbortSignal): Promise<readonly number[]> {
  const page = Buffer.alloc(4096, 1);
  const took: number[] = [];
  const file = await open(path, "w");
  const startedAt = performance.now();
  for (let number = 0; !until.aborted; number += 1) {
    const dueAt = startedAt + number * SYNC_EVERY_MS;
    await passed(Math.max(0, dueAt - performance.now()));
    await file.write(page, 0, page.length, 0);
    await file.datasync();
    took.push(performance.now() - dueAt);
  }
  await file.close();
  return took.toSorted((one, other) => one - other);
}

/** Read beside the queue: taking them one by one, as a worker would, takes minutes. */
function keysIn(path: string): ReadonlySet<unknown> {
  const database = new DatabaseSync(path, { readOnly: true });
  const keys = new Set(
    database
      .prepare("SELECT key FROM wake")
      .all()
      .map(({ key }) => key),
  );
  database.close();
  return keys;
}

/** To a tenth of a millisecond. */
function quantile(sorted: readonly number[], part: number): number {
  const found = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
  return Math.round(found * 10) / 10;
}
