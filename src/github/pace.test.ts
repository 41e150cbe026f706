import { expect, it } from "@jest/globals";
import { type ManualClock, manualClock } from "../../test/contract/manual-clock.ts";
import { Transient } from "../model/errors.ts";
import { createPace, type Nature, type PaceOptions, pacePerInstallation } from "./pace.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const READ: Nature = { write: false, creates: 0 };
const WRITE: Nature = { write: true, creates: 0 };
const CREATE: Nature = { write: true, creates: 1 };

type Request = { readonly name: string; readonly startedAt: number };

/** Requests that take as long as is said, with the seconds at which they began. */
function pacing(options: Partial<PaceOptions> = {}) {
  const clock: ManualClock = manualClock();
  const begin = clock.now();
  const pace = createPace({ clock, ...options });
  const started: Request[] = [];
  const refused: { readonly name: string; readonly retryInMs: number; readonly at: number }[] = [];
  let inFlight = 0;
  let most = 0;
  const send = async (name: string, nature: Nature, tookMs = 0, whose?: string): Promise<void> => {
    try {
      await pace.send(
        nature,
        async () => {
          started.push({ name, startedAt: (clock.now() - begin) / SECOND });
          inFlight += 1;
          most = Math.max(most, inFlight);
          if (tookMs > 0) {
            await new Promise<void>((resolve) => {
              clock.after(tookMs, resolve);
            });
          }
          inFlight -= 1;
        },
        whose,
      );
    } catch (error) {
      if (!(error instanceof Transient) || error.retryAt === null) throw error;
      refused.push({ name, retryInMs: error.retryAt - clock.now(), at: clock.now() - begin });
    }
  };
  return { clock, pace, send, started, refused, most: () => most };
}

it("writes one at a time, in order, with a second from the end of one to the start of the next", async () => {
  const { clock, send, started } = pacing();
  for (const name of ["a", "b", "c"]) void send(name, WRITE, 500);
  await clock.advance(MINUTE);
  expect(started).toEqual([
    { name: "a", startedAt: 0 },
    { name: "b", startedAt: 1.5 },
    { name: "c", startedAt: 3 },
  ]);
});

it("writes one at a time without a pause when there is to be none", async () => {
  const { clock, send, started } = pacing({ writeSpacingMs: 0 });
  for (const name of ["a", "b", "c"]) void send(name, WRITE, 500);
  await clock.advance(MINUTE);
  expect(started.map(({ startedAt }) => startedAt)).toEqual([0, 0.5, 1]);
});

it("has ten requests in flight at most, and reads do not wait for writes that wait", async () => {
  const { clock, send, most, started } = pacing();
  void send("w1", WRITE, 100);
  void send("w2", WRITE, 100);
  for (let read = 0; read < 25; read += 1) void send("r", READ, 200);
  await clock.advance(MINUTE);
  expect(most()).toBe(10);
  expect(started.filter(({ name }) => name === "r").map(({ startedAt }) => startedAt)).toHaveLength(25);
  expect(started.find(({ name }) => name === "w2")?.startedAt).toBe(1.1);
  expect(Math.max(...started.filter(({ name }) => name === "r").map(({ startedAt }) => startedAt))).toBeLessThan(1);
});

it("goes on after a request that failed", async () => {
  const { clock, pace, send, started } = pacing();
  await expect(pace.send(WRITE, () => Promise.reject(new Error("502")))).rejects.toThrow("502");
  void send("next", WRITE);
  await clock.advance(SECOND);
  expect(started).toEqual([{ name: "next", startedAt: 1 }]);
});

it("creates 80 things a minute, and waits when the next may come soon", async () => {
  const { clock, send, started } = pacing({ writeSpacingMs: 0 });
  for (let count = 0; count < 40; count += 1) await send("first", CREATE);
  await clock.advance(40 * SECOND);
  for (let count = 0; count < 40; count += 1) await send("second", CREATE);
  void send("next", CREATE);
  await clock.advance(20 * SECOND - 1);
  expect(started.at(-1)).toEqual({ name: "second", startedAt: 40 });
  await clock.advance(1);
  expect(started.at(-1)).toEqual({ name: "next", startedAt: 60 });
});

it("gives a job back with the time at which its turn comes when that is more than 30 s away", async () => {
  const { clock, send, refused, started } = pacing({ writeSpacingMs: 0 });
  for (let count = 0; count < 80; count += 1) await send("first", CREATE);
  await clock.advance(10 * SECOND);
  await send("far", CREATE);
  expect(refused).toEqual([{ name: "far", retryInMs: 50 * SECOND, at: 10 * SECOND }]);
  await send("an update", WRITE);
  expect(started.at(-1)).toEqual({ name: "an update", startedAt: 10 });
});

it("creates 500 things an hour", async () => {
  const { clock, send, refused } = pacing({ writeSpacingMs: 0 });
  for (let minute = 0; minute < 10; minute += 1) {
    for (let count = 0; count < 50; count += 1) await send("created", CREATE);
    await clock.advance(MINUTE);
  }
  await send("one more", CREATE);
  expect(refused).toEqual([{ name: "one more", retryInMs: 50 * MINUTE, at: 10 * MINUTE }]);
});

it("counts everything that one document creates", async () => {
  const { send, refused } = pacing({ writeSpacingMs: 0 });
  await send("sixty", { write: true, creates: 60 });
  await send("thirty", { write: true, creates: 30 });
  expect(refused).toMatchObject([{ name: "thirty", retryInMs: MINUTE }]);
});

it("lets no job wait longer than 30 s for its turn", async () => {
  const { clock, send, refused, started } = pacing({ inFlightMax: 1 });
  void send("slow", READ, 45 * SECOND);
  void send("patient", WRITE);
  await clock.advance(2 * MINUTE);
  expect(started.map(({ name }) => name)).toEqual(["slow"]);
  expect(refused).toMatchObject([{ name: "patient", at: 30 * SECOND }]);
});

it("lets a write that hangs hold back no other for longer than 5 s", async () => {
  const { clock, send, started } = pacing();
  for (const name of ["hangs", "next", "last"]) void send(name, WRITE, name === "hangs" ? MINUTE : SECOND, name);
  await clock.advance(2 * MINUTE);
  expect(started.map(({ startedAt }) => startedAt)).toEqual([0, 6, 8]);
});

it("lets whose last write hung hold back nobody, until one of theirs ends in time", async () => {
  const { clock, send, started } = pacing();
  /** How much later than the broken one's write the other's began. */
  const held = async (tookMs: number): Promise<number> => {
    void send("broken", WRITE, tookMs, "broken");
    void send("other", WRITE, SECOND, "other");
    await clock.advance(2 * MINUTE);
    const [broken, other] = started.slice(-2);
    return other!.startedAt - broken!.startedAt;
  };
  expect(await held(MINUTE)).toBe(6);
  expect(await held(MINUTE)).toBe(1);
  expect(await held(3 * SECOND)).toBe(1);
  expect(await held(3 * SECOND)).toBe(4);
});

it("leaves places to others, however many requests one of them sends", async () => {
  const { clock, send, started } = pacing({ inFlightMax: 30, inFlightEachMax: 10 });
  for (let index = 0; index < 100; index += 1) void send("hangs", READ, 20 * SECOND, "17/1");
  void send("other", READ, SECOND, "17/2");
  await clock.settle();
  expect(started.map(({ name }) => name)).toEqual([...Array.from({ length: 10 }, () => "hangs"), "other"]);
});

it("fails at once until a limit ends, what waits too", async () => {
  const { clock, pace, send, refused, started } = pacing();
  void send("sent", WRITE, SECOND);
  void send("waiting", WRITE);
  await clock.settle();
  pace.limited(clock.now() + MINUTE);
  await clock.settle();
  await send("late", READ);
  expect(refused).toEqual([
    { name: "waiting", retryInMs: MINUTE, at: 0 },
    { name: "late", retryInMs: MINUTE, at: 0 },
  ]);
  await clock.advance(MINUTE);
  await send("afterwards", READ);
  expect(started.map(({ name }) => name)).toEqual(["sent", "afterwards"]);
});

it("counts what was sent, of all installations, and lets none hold back another", async () => {
  const clock = manualClock();
  const paces = pacePerInstallation({ clock });
  paces.of(17).limited(clock.now() + MINUTE);
  await expect(paces.of(17).send(READ, async () => 1)).rejects.toThrow(Transient);
  expect(await paces.of(18).send(READ, async () => 1)).toBe(1);
  expect(await paces.of(18).send(WRITE, async () => 1)).toBe(1);
  expect(paces.counts()).toEqual({ reads: 1, writes: 1 });
});
