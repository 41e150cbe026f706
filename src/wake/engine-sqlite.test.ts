// The contract, and what only real processes and a real file can show.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { afterAll, expect, it } from "@jest/globals";
import { LEASE_MS, queueContract } from "../../test/contract/queue.ts";
import type { Clock } from "./clock.ts";
import { openSqliteQueue } from "./engine-sqlite.ts";

const folder = mkdtempSync(join(tmpdir(), "wake-"));
let files = 0;
const freshPath = (): string => {
  files += 1;
  return join(folder, `${files}.db`);
};
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const pathOf = new WeakMap<Clock, string>();
queueContract("sqlite", async (clock) => {
  const path = pathOf.get(clock) ?? freshPath();
  pathOf.set(clock, path);
  return openSqliteQueue({ path, now: clock.now, leaseMs: LEASE_MS });
});

/** A process of its own with a queue on the file; the body is a module that may use `queue`. */
function start(path: string, body: string): ChildProcess {
  const engine = JSON.stringify(new URL("engine-sqlite.ts", import.meta.url).href);
  const open = `openSqliteQueue({ path: ${JSON.stringify(path)}, now: Date.now, leaseMs: 60000 })`;
  const source = `import { openSqliteQueue } from ${engine}; const queue = ${open}; ${body}`;
  return spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "--input-type=module", "--eval", source], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NODE_OPTIONS: "" },
  });
}

const drain = async (path: string): Promise<readonly string[]> => {
  const queue = openSqliteQueue({ path, now: () => Date.now() + 1_000, leaseMs: LEASE_MS });
  const keys: string[] = [];
  for (let taken = await queue.take(); taken !== null; taken = await queue.take()) keys.push(taken.key);
  await queue.close();
  return keys;
};

it("loses nothing that it acknowledged when its process is killed", async () => {
  const path = freshPath();
  const child = start(path, "for (let n = 1; ; n += 1) { await queue.put(`1/${n}`, 0); process.stdout.write(`1/${n}\\n`); }");
  const acknowledged: string[] = [];
  for await (const line of createInterface({ input: child.stdout! })) {
    acknowledged.push(line);
    if (acknowledged.length === 200) child.kill("SIGKILL");
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(200);
  const kept = new Set(await drain(path));
  expect(acknowledged.filter((key) => !kept.has(key))).toEqual([]);
});

it("keeps all or nothing of what was put together, tells each, and goes on", async () => {
  const path = freshPath();
  const queue = openSqliteQueue({ path, now: Date.now, leaseMs: LEASE_MS });
  const database = new DatabaseSync(path);
  database.exec("CREATE TRIGGER broken BEFORE INSERT ON wake WHEN new.key = '1/2' BEGIN SELECT raise(ABORT, 'no space left'); END");
  const together = await Promise.allSettled(["1/1", "1/2", "1/3"].map((key) => queue.put(key, 0)));
  expect(together.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  expect(await queue.counts()).toMatchObject({ waiting: 0 });
  database.exec("DROP TRIGGER broken");
  database.close();
  await Promise.all(["1/1", "1/2", "1/3"].map((key) => queue.put(key, 0)));
  await queue.close();
  expect(await drain(path)).toEqual(["1/1", "1/2", "1/3"]);
});

it("keeps what was put a moment before it is closed", async () => {
  const path = freshPath();
  const queue = openSqliteQueue({ path, now: Date.now, leaseMs: LEASE_MS });
  await Promise.all([queue.put("1/1", 0), queue.close()]);
  expect(await drain(path)).toEqual(["1/1"]);
});

it("gives each key to one of several processes that take at once", async () => {
  const path = freshPath();
  const keys = Array.from({ length: 200 }, (_, n) => `1/${n + 1}`);
  const queue = openSqliteQueue({ path, now: Date.now, leaseMs: LEASE_MS });
  for (const key of keys) await queue.put(key, 0);
  await queue.close();
  const takeAll = "for (let taken = await queue.take(); taken !== null; taken = await queue.take()) process.stdout.write(`${taken.key}\\n`);";
  const takers = [start(path, takeAll), start(path, takeAll), start(path, takeAll)];
  const taken = await Promise.all(
    takers.map(async (child) => {
      const lines: string[] = [];
      const exit = once(child, "exit");
      for await (const line of createInterface({ input: child.stdout! })) lines.push(line);
      expect(await exit).toEqual([0, null]);
      return lines;
    }),
  );
  expect(taken.flat().toSorted()).toEqual(keys.toSorted());
});

it("refuses a file that a newer version wrote", () => {
  const path = freshPath();
  const database = new DatabaseSync(path);
  database.exec("PRAGMA user_version = 99");
  database.close();
  expect(() => openSqliteQueue({ path, now: Date.now, leaseMs: LEASE_MS })).toThrow("written by a newer version");
});
