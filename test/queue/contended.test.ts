// What only real processes and a real server show: workers that are killed, and that are stopped and go on.
import { afterEach, expect, it } from "@jest/globals";
import { LEASE_MS } from "../../src/wake/run.ts";
import { type ContendedQueue, disturb, openContendedQueue, overlapping } from "../fixtures/contended-queue.ts";
import { until } from "../fixtures/until.ts";

let contended: ContendedQueue | null = null;
afterEach(async () => {
  await contended?.close();
  contended = null;
});

it("loses no put and runs no key twice at once while four workers are killed and stopped", async () => {
  contended = await openContendedQueue();
  let draws = 0;
  const random = () => ((draws += 1) * 0.618_034) % 1;
  const { forgotten, overlapping: twice, runs } = await disturb(contended, { keys: 20, kills: 4, stops: 2, random });
  expect({ forgotten, twice }).toEqual({ forgotten: [], twice: [] });
  expect(runs).toBeGreaterThanOrEqual(20);
});

it("a worker that was stopped, and whose machine the server gave up, writes nothing when it goes on", async () => {
  contended = await openContendedQueue();
  const { clock, endSessions, put, holdUp, startWorker, traces, quiet } = contended;
  const seen = async (what: string) => (await traces()).filter((trace) => trace.what === what);
  await holdUp(true);
  startWorker();
  await put("1/1");
  await until(async () => (await seen("begin")).length === 1, "the first job to begin");
  const [stopped] = contended.workers;
  stopped?.kill("SIGSTOP");
  const stoppedAt = clock.now();
  startWorker();
  await until(() => clock.now() > stoppedAt + 2 * LEASE_MS, "its lease to run out");
  expect(await seen("begin")).toHaveLength(1);
  await endSessions();
  await until(async () => (await seen("begin")).length === 2, "another worker to take the key");
  await holdUp(false);
  stopped?.kill("SIGCONT");
  await until(async () => (await seen("refused")).length === 1, "the stopped worker to find that it lost the key");
  await quiet();
  expect(overlapping(await traces())).toEqual([]);
  expect(await seen("end")).toHaveLength(1);
});
