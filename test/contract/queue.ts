// What every engine of the queue promises. An engine's own test calls queueContract and adds what only it can break.
import { describe, expect, it } from "@jest/globals";
import type { Clock } from "../../src/wake/clock.ts";
import type { Queue } from "../../src/wake/types.ts";
import { manualClock } from "./manual-clock.ts";

/** The lease with which `open` is to open the queue. */
export const LEASE_MS = 30_000;

const [HARBOUR, QUAY, PIER] = ["17/4711", "17/4712", "18/4711"] as const;
const SECOND = 1_000;

/**
 * @param open opens an empty queue with leases of LEASE_MS; called again with the same clock it opens the same queue once
 *   more, as another process would.
 */
export function queueContract(name: string, open: (clock: Clock) => Promise<Queue>): void {
  const opened = async () => {
    const clock = manualClock();
    const queue = await open(clock);
    const keys = async (): Promise<readonly string[]> => {
      const found: string[] = [];
      for (let taken = await queue.take(); taken !== null; taken = await queue.take()) found.push(taken.key);
      return found;
    };
    const take = async () => {
      const taken = await queue.take();
      if (taken === null) throw new Error("nothing was due");
      return taken;
    };
    return { clock, queue, keys, take };
  };

  describe(`${name}: putting and taking`, () => {
    it("gives a key once it is due, and not a moment before", async () => {
      const { clock, queue, keys } = await opened();
      await queue.put(HARBOUR, clock.now() + 10 * SECOND);
      expect(await queue.nextDue()).toBe(clock.now() + 10 * SECOND);
      await clock.advance(10 * SECOND - 1);
      expect(await keys()).toEqual([]);
      await clock.advance(1);
      expect(await keys()).toEqual([HARBOUR]);
      expect(await queue.nextDue()).toBeNull();
    });

    it("gives a key that was put often once, at the earliest of the times", async () => {
      const { clock, queue, keys } = await opened();
      for (const seconds of [20, 5, 60, 5]) await queue.put(HARBOUR, clock.now() + seconds * SECOND);
      expect(await queue.nextDue()).toBe(clock.now() + 5 * SECOND);
      await clock.advance(5 * SECOND);
      expect(await keys()).toEqual([HARBOUR]);
    });

    it("gives the key first that has been due for longest, however busy another one is", async () => {
      const { clock, queue, keys } = await opened();
      await queue.put(QUAY, clock.now() + 2 * SECOND);
      await queue.put(PIER, clock.now() + SECOND);
      await queue.put(HARBOUR, clock.now() + 3 * SECOND);
      await clock.advance(10 * SECOND);
      await queue.put(HARBOUR, clock.now());
      expect(await keys()).toEqual([PIER, QUAY, HARBOUR]);
    });

    it.each(["", "17", "acme/harbour", "17/4711 ", "17/4711\n", "17/../18", "-1/2", "0/1", "1".repeat(30) + "/1"])("refuses %j for a key", async (key) => {
      const { clock, queue } = await opened();
      await expect(queue.put(key, clock.now())).rejects.toThrow("expected a key such as 17/4711");
      expect(await queue.counts()).toEqual({ waiting: 0, running: 0, failing: 0 });
    });
  });

  describe(`${name}: one job at most per key`, () => {
    it("gives no key that runs, and gives it once more afterwards when it was put meanwhile", async () => {
      const { clock, queue, keys, take } = await opened();
      await queue.put(HARBOUR, clock.now());
      const running = await take();
      await queue.put(HARBOUR, clock.now());
      await queue.put(HARBOUR, clock.now());
      expect(await keys()).toEqual([]);
      await running.done(null);
      expect(await keys()).toEqual([HARBOUR]);
    });

    it("is quiet about a key that ended and was not put again", async () => {
      const { clock, queue, keys, take } = await opened();
      await queue.put(HARBOUR, clock.now());
      await (await take()).done(null);
      await clock.advance(24 * 3_600 * SECOND);
      expect(await keys()).toEqual([]);
      expect(await queue.nextDue()).toBeNull();
    });

    it.each([
      { put: 5, ended: 60, due: 5 },
      { put: 60, ended: 5, due: 5 },
      { put: 60, ended: null, due: 60 },
    ])("runs again at the earlier time: put for $put s, ended until $ended s", async ({ put, ended, due }) => {
      const { clock, queue, take } = await opened();
      const start = clock.now();
      await queue.put(HARBOUR, start);
      const running = await take();
      await queue.put(HARBOUR, start + put * SECOND);
      await running.done(ended === null ? null : start + ended * SECOND);
      expect(await queue.nextDue()).toBe(start + due * SECOND);
    });

    it("counts what waits, runs and fails", async () => {
      const { clock, queue, take } = await opened();
      for (const key of [HARBOUR, QUAY, PIER]) await queue.put(key, clock.now());
      await (await take()).failed(null);
      await take();
      expect(await queue.counts()).toEqual({ waiting: 2, running: 1, failing: 1 });
    });

    it("holds between two processes", async () => {
      const { clock, queue } = await opened();
      const other = await open(clock);
      await queue.put(HARBOUR, clock.now());
      await other.put(QUAY, clock.now());
      const taken = await Promise.all([queue.take(), other.take(), queue.take(), other.take()]);
      expect(taken.flatMap((one) => (one === null ? [] : [one.key])).toSorted()).toEqual([HARBOUR, QUAY]);
      await other.put(HARBOUR, clock.now());
      expect(await other.take()).toBeNull();
      for (const one of taken) await one?.done(null);
      expect((await other.take())?.key).toBe(HARBOUR);
    });
  });

  describe(`${name}: leases`, () => {
    it("gives a key to another when its job fell silent, and tells the first that it lost it", async () => {
      const { clock, queue, keys, take } = await opened();
      await queue.put(HARBOUR, clock.now());
      const first = await take();
      await clock.advance(LEASE_MS - 1);
      expect(await keys()).toEqual([]);
      await clock.advance(1);
      const second = await take();
      expect(second.key).toBe(HARBOUR);
      expect(await first.heartbeat()).toBe(false);
      expect(await second.heartbeat()).toBe(true);
    });

    it("keeps a key with a job that is heard of", async () => {
      const { clock, queue, keys, take } = await opened();
      await queue.put(HARBOUR, clock.now());
      const job = await take();
      for (let beat = 0; beat < 10; beat += 1) {
        await clock.advance(LEASE_MS - 1);
        expect(await job.heartbeat()).toBe(true);
        expect(await keys()).toEqual([]);
      }
    });

    it.each(["done", "failed"] as const)("lets a job that lost its key change nothing: %s", async (end) => {
      const { clock, queue, keys, take } = await opened();
      await queue.put(HARBOUR, clock.now());
      const first = await take();
      await clock.advance(LEASE_MS);
      const second = await take();
      await (end === "done" ? first.done(clock.now()) : first.failed(clock.now()));
      expect(await keys()).toEqual([]);
      await second.done(null);
      expect(await keys()).toEqual([]);
    });

    it("forgets no time that was put while the lost job ran", async () => {
      const { clock, queue, take } = await opened();
      const later = clock.now() + 10 * LEASE_MS;
      await queue.put(HARBOUR, clock.now());
      await take();
      await queue.put(HARBOUR, later);
      await clock.advance(LEASE_MS);
      await (await take()).done(null);
      expect(await queue.nextDue()).toBe(later);
    });

    it("tells until when nobody else has the key", async () => {
      const { clock, queue, take } = await opened();
      await queue.put(HARBOUR, clock.now());
      const first = await take();
      const end = clock.now() + LEASE_MS;
      expect(first.heldUntil()).toBe(end);
      await clock.advance(SECOND);
      await first.heartbeat();
      expect(first.heldUntil()).toBe(end + SECOND);
      await clock.advance(LEASE_MS);
      await take();
      await first.heartbeat();
      expect(first.heldUntil()).toBe(end + SECOND);
    });

    it("counts a job that fell silent as failed", async () => {
      const { clock, queue, take } = await opened();
      await queue.put(HARBOUR, clock.now());
      expect((await take()).failures).toBe(0);
      await clock.advance(LEASE_MS);
      expect((await take()).failures).toBe(1);
    });
  });

  describe(`${name}: failures`, () => {
    it("waits 1 s, then twice as long each time, up to 300 s, a quarter less at most", async () => {
      const { clock, queue, take } = await opened();
      await queue.put(HARBOUR, clock.now());
      const fullMs = [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300].map((seconds) => seconds * SECOND);
      for (const [failures, full] of fullMs.entries()) {
        const job = await take();
        expect(job.failures).toBe(failures);
        await job.failed(null);
        const restMs = (await queue.nextDue())! - clock.now();
        expect(restMs).toBeGreaterThanOrEqual(full * 0.75);
        expect(restMs).toBeLessThanOrEqual(full);
        await clock.advance(full);
      }
    });

    it("waits until the time that it was told instead", async () => {
      const { clock, queue, take } = await opened();
      await queue.put(HARBOUR, clock.now());
      await (await take()).failed(clock.now() + 3_600 * SECOND);
      expect(await queue.nextDue()).toBe(clock.now() + 3_600 * SECOND);
    });

    it("comes earlier when somebody puts the key", async () => {
      const { clock, queue, take } = await opened();
      await queue.put(HARBOUR, clock.now());
      await (await take()).failed(clock.now() + 3_600 * SECOND);
      await queue.put(HARBOUR, clock.now() + SECOND);
      expect(await queue.nextDue()).toBe(clock.now() + SECOND);
      await clock.advance(SECOND);
      expect((await take()).failures).toBe(1);
    });

    it("runs at the time that was put while the failing job ran", async () => {
      const { clock, queue, take } = await opened();
      await queue.put(HARBOUR, clock.now());
      const job = await take();
      await queue.put(HARBOUR, clock.now());
      await job.failed(clock.now() + 3_600 * SECOND);
      expect(await queue.nextDue()).toBe(clock.now());
    });

    it("stays a failure in a row when the key was put while it ran", async () => {
      const { clock, queue, keys, take } = await opened();
      await queue.put(HARBOUR, clock.now());
      const job = await take();
      await queue.put(HARBOUR, clock.now());
      await job.failed(clock.now());
      expect((await take()).failures).toBe(1);
      expect(await keys()).toEqual([]);
    });

    it("begins anew after a success", async () => {
      const { clock, queue, take } = await opened();
      await queue.put(HARBOUR, clock.now());
      await (await take()).failed(clock.now());
      await (await take()).done(clock.now());
      expect((await take()).failures).toBe(0);
    });
  });

  it(`${name}: keeps what was put when it is closed and opened again`, async () => {
    const { clock, queue } = await opened();
    await queue.put(HARBOUR, clock.now());
    await queue.close();
    expect((await (await open(clock)).take())?.key).toBe(HARBOUR);
  });
}
