// A clock that moves only when a test says so, and runs what falls due on the way in order.
import type { Clock } from "../../src/wake/clock.ts";

export type ManualClock = Clock & {
  /** Moves time on; resolves when everything that became due has run as far as it can without more time. */
  readonly advance: (ms: number) => Promise<void>;
  /** Lets everything run that needs no time. */
  readonly settle: () => Promise<void>;
};

/** Rounds of the event loop in which promises that wait for nothing outside come to rest. */
const ROUNDS = 20;

export function manualClock(start = Date.UTC(2026, 0, 5, 9)): ManualClock {
  let now = start;
  let count = 0;
  const timers = new Map<number, { readonly at: number; readonly run: () => void }>();
  return {
    now: () => now,
    elapsed: () => now,
    after: (ms, run) => {
      count += 1;
      const id = count;
      timers.set(id, { at: now + Math.max(ms, 0), run });
      return () => {
        timers.delete(id);
      };
    },
    settle,
    advance: async (ms) => {
      const end = now + ms;
      await settle();
      for (;;) {
        const [first] = [...timers].filter(([, { at }]) => at <= end).toSorted(([a, one], [b, other]) => one.at - other.at || a - b);
        if (first === undefined) break;
        timers.delete(first[0]);
        now = Math.max(now, first[1].at);
        first[1].run();
        await settle();
      }
      now = end;
    },
  };
}

async function settle(): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
  }
}
