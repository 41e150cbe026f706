// The worker on the real embedded queue, with time moved by hand.
import { expect, it } from "@jest/globals";
import { type ManualClock, manualClock } from "../../test/contract/manual-clock.ts";
import { Parked, Refused, Stale, Transient } from "../model/errors.ts";
import { openSqliteQueue } from "./engine-sqlite.ts";
import type { Log } from "./log.ts";
import type { Job } from "./run.ts";
import { type Outcome, startWorker } from "./worker.ts";
import type { Key, Lease, Queue, Taken } from "./types.ts";

const [HARBOUR, QUAY, PIER] = ["17/4711", "17/4712", "18/4711"] as const;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

type Line = { readonly level: string; readonly fields: Readonly<Record<string, unknown>>; readonly message: string };

function world(job: Job, { concurrency = 4, wrap = (queue: Queue): Queue => queue } = {}) {
  const clock: ManualClock = manualClock();
  const queue = wrap(openSqliteQueue({ path: ":memory:", now: clock.now, leaseMs: 30 * SECOND, random: () => 0 }));
  const lines: Line[] = [];
  const line = (level: string) => (fields: Readonly<Record<string, unknown>>, message: string) => lines.push({ level, fields, message });
  const log: Log = { info: line("info"), warn: line("warn"), error: line("error") };
  const outcomes: Outcome[] = [];
  const starts: number[] = [];
  const begin = clock.now();
  const worker = startWorker(
    queue,
    (lease) => {
      starts.push(clock.now() - begin);
      return job(lease);
    },
    { concurrency, clock, log, onOutcome: (outcome) => outcomes.push(outcome) },
  );
  const wake = async (key: Key): Promise<void> => {
    await queue.put(key, clock.now());
    worker.wake();
    await clock.settle();
  };
  return { clock, queue, worker, wake, lines, outcomes, starts, kinds: () => outcomes.map(({ kind }) => kind) };
}

const losing = (taken: Taken | null): Taken | null => (taken === null ? null : { ...taken, heartbeat: async () => false });
const never = new Promise<never>(() => {});
const untilStopped = (lease: Lease): Promise<never> =>
  new Promise((_, reject) => {
    lease.signal.addEventListener("abort", () => {
      reject(lease.signal.reason);
    });
  });

it("runs a woken key at once, and again when the job asked for it", async () => {
  let left = 2;
  const { clock, wake, starts } = world(async () => {
    left -= 1;
    return left > 0 ? clock.now() + 7 * MINUTE : null;
  });
  await wake(HARBOUR);
  expect(starts).toEqual([0]);
  await clock.advance(60 * MINUTE);
  expect(starts).toEqual([0, 7 * MINUTE]);
});

it("runs a key once more when it was woken while its job ran", async () => {
  const gates: (() => void)[] = [];
  const { clock, wake, starts, queue } = world(
    () =>
      new Promise((resolve) => {
        gates.push(() => {
          resolve(null);
        });
      }),
  );
  await wake(HARBOUR);
  await wake(HARBOUR);
  await wake(HARBOUR);
  expect(starts).toHaveLength(1);
  gates[0]!();
  await clock.settle();
  expect(starts).toHaveLength(2);
  gates[1]!();
  await clock.advance(MINUTE);
  expect(starts).toHaveLength(2);
  expect(await queue.counts()).toEqual({ waiting: 0, running: 0, failing: 0 });
});

it("lets a key rest that is woken over and over, and no other", async () => {
  const { clock, wake, outcomes } = world(
    () =>
      new Promise((resolve) => {
        clock.after(SECOND, () => {
          resolve(null);
        });
      }),
  );
  const looks = (key: Key): number => outcomes.filter((one) => one.key === key).length;
  for (let tenth = 0; tenth < 600; tenth += 1) {
    await wake(HARBOUR);
    if (tenth % 60 === 0) await wake(QUAY);
    await clock.advance(SECOND / 10);
  }
  // Five in the first five seconds, and one in every four of the others, of which three are rest.
  expect(looks(HARBOUR)).toBe(18);
  expect(looks(QUAY)).toBe(10);
  await clock.advance(10 * SECOND);
  expect(outcomes.at(-1)).toMatchObject({ key: HARBOUR, kind: "done" });
});

it("finds what another process put without being told", async () => {
  const { clock, queue, starts } = world(async () => null);
  await clock.advance(MINUTE);
  await queue.put(HARBOUR, clock.now());
  await clock.advance(5 * SECOND);
  expect(starts).toHaveLength(1);
});

it.each([
  ["", 0, ["lost", "done"]],
  // By that clock the lease ends in an hour only.
  [", though the machine's clock was put back meanwhile", 60 * MINUTE, ["lost"]],
])("lets a job write no more once its lease ran out while its process stood still%s", async (_title, putBackMs, expected) => {
  const clock = manualClock();
  let stoodStillMs = 0;
  const elapsed = () => clock.now() + stoodStillMs;
  const now = () => elapsed() - (stoodStillMs === 0 ? 0 : putBackMs);
  const queue = openSqliteQueue({ path: ":memory:", now, leaseMs: 30 * SECOND });
  const mayWrite: boolean[] = [];
  const kinds: string[] = [];
  const job: Job = async (lease) => {
    if (stoodStillMs > 0) return null;
    mayWrite.push(lease.mayWrite());
    stoodStillMs += 29 * SECOND;
    mayWrite.push(lease.mayWrite());
    stoodStillMs += SECOND;
    mayWrite.push(lease.mayWrite(), !lease.signal.aborted);
    return null;
  };
  const log: Log = { info: () => {}, warn: () => {}, error: () => {} };
  const worker = startWorker(queue, job, { concurrency: 1, clock: { ...clock, now, elapsed }, log, onOutcome: ({ kind }) => kinds.push(kind) });
  await queue.put(HARBOUR, now());
  worker.wake();
  await clock.settle();
  expect(mayWrite).toEqual([true, true, false, false]);
  expect(kinds).toEqual(expected);
});

it("lets no hanging repository stop the others, and gives up on it after 15 minutes", async () => {
  const seen: Key[] = [];
  const { clock, wake, kinds, lines } = world(
    async ({ key }) => {
      if (key === HARBOUR) await never;
      seen.push(key);
      return null;
    },
    { concurrency: 2 },
  );
  await wake(HARBOUR);
  for (let round = 0; round < 10; round += 1) {
    await clock.advance(MINUTE);
    await wake(QUAY);
    await wake(PIER);
  }
  expect(seen).toHaveLength(20);
  expect(kinds()).not.toContain("too long");
  await clock.advance(6 * MINUTE);
  expect(kinds()).toContain("too long");
  expect(lines).toContainEqual(expect.objectContaining({ level: "error", fields: expect.objectContaining({ key: HARBOUR }) }));
});

it("runs no more jobs at once than it was told", async () => {
  let running = 0;
  let most = 0;
  const { wake, clock } = world(
    async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((resolve) => {
        clock.after(SECOND, resolve);
      });
      running -= 1;
      return null;
    },
    { concurrency: 2 },
  );
  for (const key of [HARBOUR, QUAY, PIER]) await wake(key);
  await clock.advance(MINUTE);
  expect(most).toBe(2);
});

it("keeps the lease of a long job, so that nobody else starts it", async () => {
  const { clock, wake, starts } = world(
    () =>
      new Promise((resolve) => {
        clock.after(10 * MINUTE, () => {
          resolve(null);
        });
      }),
  );
  await wake(HARBOUR);
  await clock.advance(9 * MINUTE);
  expect(starts).toHaveLength(1);
});

it("aborts a job that lost its lease", async () => {
  let signal = new AbortController().signal;
  const { clock, wake, kinds } = world(
    (lease) => {
      signal = lease.signal;
      return untilStopped(lease);
    },
    { wrap: (queue) => ({ ...queue, take: async () => losing(await queue.take()) }) },
  );
  await wake(HARBOUR);
  expect(signal.aborted).toBe(false);
  await clock.advance(10 * SECOND);
  expect(signal.aborted).toBe(true);
  expect(kinds()).toEqual(["lost"]);
});

it("survives one heartbeat that fails and stops after two", async () => {
  let signal = new AbortController().signal;
  const { clock, wake } = world(
    (lease) => {
      signal = lease.signal;
      return untilStopped(lease);
    },
    {
      wrap: (queue) => ({
        ...queue,
        take: async () => {
          const taken = await queue.take();
          return taken === null ? null : { ...taken, heartbeat: () => Promise.reject(new Error("the disk is full")) };
        },
      }),
    },
  );
  await wake(HARBOUR);
  await clock.advance(10 * SECOND);
  expect(signal.aborted).toBe(false);
  await clock.advance(10 * SECOND);
  expect(signal.aborted).toBe(true);
});

it("waits as long as a Transient asks", async () => {
  const errors = [new Transient("rate limited", Date.UTC(2026, 0, 5, 10)), null];
  const { clock, wake, starts } = world(async () => {
    const error = errors.shift() ?? null;
    if (error !== null) throw error;
    return null;
  });
  await wake(HARBOUR);
  await clock.advance(3 * 60 * MINUTE);
  expect(starts).toEqual([0, 60 * MINUTE]);
});

it("tries once at once when a Transient's time has come already, then backs off", async () => {
  const { clock, wake, starts } = world(() => Promise.reject(new Transient("the token has expired", 0)));
  await wake(HARBOUR);
  expect(starts).toEqual([0, 0]);
  await clock.advance(7 * SECOND);
  expect(starts).toEqual([0, 0, 2 * SECOND, 6 * SECOND]);
});

it("looks again at once when its view was stale, five times in a row at most", async () => {
  const { clock, wake, starts } = world(() => Promise.reject(new Stale("the branch has moved")));
  await wake(HARBOUR);
  expect(starts).toEqual([0, 0, 0, 0, 0, 0]);
  await clock.advance(40 * SECOND);
  expect(starts).toHaveLength(7);
});

it("is quiet about a parked repository until an event comes", async () => {
  const { clock, wake, starts, lines, queue } = world(() => Promise.reject(new Parked("archived")));
  await wake(HARBOUR);
  await clock.advance(24 * 60 * MINUTE);
  expect(starts).toEqual([0]);
  expect(await queue.counts()).toEqual({ waiting: 0, running: 0, failing: 0 });
  expect(lines.filter(({ level }) => level === "error")).toEqual([]);
  await wake(HARBOUR);
  expect(starts).toHaveLength(2);
});

it("tells once of a repository that is parked because the app may not do what it needs", async () => {
  const refused = new Refused("reading", "Resource not accessible by integration", "contents: read");
  const { clock, wake, starts, lines } = world(() => Promise.reject(new Parked("there is nowhere to say it", { cause: refused })));
  await wake(HARBOUR);
  await clock.advance(24 * 60 * MINUTE);
  expect(starts).toEqual([0]);
  expect(lines.map(({ level, fields }) => [level, fields["key"]])).toEqual([["error", HARBOUR]]);
});

it.each([
  ["a refusal", () => new Refused("create a tag", "Resource not accessible by integration", "contents: write"), "refused"],
  ["a bug", () => new TypeError("undefined is no function"), "bug"],
])("tells of %s with its key, and runs it once in 300 s after five in a row, whatever wakes it", async (_, error, kind) => {
  const { clock, wake, starts, lines, outcomes } = world(() => Promise.reject(error()));
  await wake(HARBOUR);
  await clock.advance(MINUTE);
  expect(starts).toEqual([0, 1, 3, 7, 15].map((seconds) => seconds * SECOND));
  for (let minute = 0; minute < 60; minute += 1) {
    await wake(HARBOUR);
    await clock.advance(MINUTE);
  }
  const gapsMs = starts.slice(4).map((start, index, all) => start - (all[index - 1] ?? -Infinity));
  expect(starts.length).toBeGreaterThan(12);
  expect(Math.min(...gapsMs)).toBeGreaterThanOrEqual(300 * SECOND);
  expect(new Set(outcomes.map((outcome) => outcome.kind))).toEqual(new Set([kind]));
  expect(lines.every(({ level, fields }) => level === "error" && fields["key"] === HARBOUR)).toBe(true);
});

it("goes on when the queue cannot be read for a while", async () => {
  let broken = true;
  const { clock, starts, wake, lines } = world(async () => null, {
    wrap: (queue) => ({ ...queue, take: () => (broken ? Promise.reject(new Error("database is locked")) : queue.take()) }),
  });
  await wake(HARBOUR);
  expect(starts).toEqual([]);
  broken = false;
  await clock.advance(5 * SECOND);
  expect(starts).toHaveLength(1);
  expect(lines[0]).toMatchObject({ level: "error", message: "the queue cannot be read" });
});

it("drains: ends what runs, starts nothing", async () => {
  const job = Promise.withResolvers<null>();
  const { clock, worker, wake, starts, queue, kinds } = world(() => job.promise);
  await wake(HARBOUR);
  let drained = false;
  const draining = worker.drain(30 * SECOND).then(() => (drained = true));
  await wake(QUAY);
  await clock.advance(20 * SECOND);
  expect(drained).toBe(false);
  job.resolve(null);
  await draining;
  expect(kinds()).toEqual(["done"]);
  expect(starts).toHaveLength(1);
  expect(await queue.counts()).toEqual({ waiting: 1, running: 0, failing: 0 });
});

it("drains: tells a job that takes longer to stop, and gives its key back unpunished", async () => {
  const { clock, worker, wake, queue, kinds } = world(untilStopped);
  await wake(HARBOUR);
  const draining = worker.drain(30 * SECOND);
  await clock.advance(30 * SECOND);
  await draining;
  expect(kinds()).toEqual(["drained"]);
  expect(await queue.counts()).toEqual({ waiting: 1, running: 0, failing: 0 });
  expect(await queue.take()).toMatchObject({ key: HARBOUR, failures: 0 });
});

it("drains: does not wait for ever, nor hands over the key of a job that may still write", async () => {
  const { clock, worker, wake, queue } = world(() => never);
  await wake(HARBOUR);
  const draining = worker.drain(30 * SECOND);
  await clock.advance(35 * SECOND);
  await draining;
  expect(await queue.take()).toBeNull();
  await clock.advance(30 * SECOND);
  expect((await queue.take())?.key).toBe(HARBOUR);
});
