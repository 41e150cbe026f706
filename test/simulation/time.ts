// Simulated time: it stands still while anything can go on without it, then jumps to whatever is due next. So weeks pass in
// milliseconds, and the same things always happen in the same order.
import type { StandIn } from "../../sandbox/stand-in.ts";
import type { Clock } from "../../src/wake/clock.ts";

/** What one process of the app has to do with time. */
type Watch = {
  /** A process that is dead or frozen is not called. */
  readonly isRunning: () => boolean;
};

export type Time = {
  readonly now: () => number;
  /** The clock of the app's machine: GitHub's, but for how far it is off. */
  readonly machineNow: () => number;
  readonly clockOf: (watch: Watch) => Clock;
  /** From now on the machine's clock is off by so much. */
  readonly skew: (ms: number) => void;
  /** Something at a time, outside of any process. */
  readonly at: (moment: number, run: () => void) => void;
  /** To be called around whatever is not done within one turn of the event loop. */
  readonly during: <Result>(work: Promise<Result>) => Promise<Result>;
  /** Lets everything happen that needs no time. */
  readonly rest: () => Promise<void>;
  /** Lets everything happen that is due within so many milliseconds. */
  readonly pass: (ms: number) => Promise<void>;
};

type Timer = { readonly at: number; readonly run: () => void; readonly watch: Watch | null };

/** Turns of the event loop in which a promise that waits for nothing outside comes to its end. */
const STILL = 6;
/** More than any history needs: what goes on longer goes on for ever. */
const TURNS_MAX = 200_000;
const TIMERS_MAX = 50_000;

/** One turn of the event loop. */
const turn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

export function simulatedTime(standIn: Pick<StandIn, "world" | "advance">): Time {
  const { now } = standIn.world;
  const timers = new Map<number, Timer>();
  let made = 0;
  let moves = 0;
  let underWay = 0;
  let skewMs = 0;

  const add = (timer: Timer): (() => void) => {
    made += 1;
    moves += 1;
    const id = made;
    timers.set(id, timer);
    return () => void timers.delete(id);
  };

  const rest = async (): Promise<void> => {
    let still = 0;
    let seen = moves;
    for (let turns = 0; still < STILL; turns += 1) {
      if (turns > TURNS_MAX) throw new Error("it never comes to rest");
      await turn();
      still = underWay === 0 && seen === moves ? still + 1 : 0;
      seen = moves;
    }
  };

  /** The one that is due first; of those due together the one that was made first. */
  const next = (): readonly [number, Timer] | null => {
    let first: readonly [number, Timer] | null = null;
    for (const one of timers) if ((one[1].watch?.isRunning() ?? true) && (first === null || one[1].at < first[1].at)) first = one;
    return first;
  };

  return {
    now,
    machineNow: () => now() + skewMs,
    skew: (ms) => void (skewMs = ms),
    clockOf: (watch) => ({
      now: () => now() + skewMs,
      elapsed: now,
      after: (ms, run) => add({ at: now() + Math.max(ms, 0), run, watch }),
    }),
    at: (moment, run) => void add({ at: moment, run, watch: null }),
    async during(work) {
      moves += 1;
      underWay += 1;
      try {
        return await work;
      } finally {
        moves += 1;
        underWay -= 1;
      }
    },
    rest,
    async pass(ms) {
      const until = now() + ms;
      for (let fired = 0; ; fired += 1) {
        if (fired > TIMERS_MAX) throw new Error(`more than ${String(TIMERS_MAX)} things are due within ${String(ms)} ms`);
        await rest();
        const due = next();
        if (due === null || due[1].at > until) break;
        timers.delete(due[0]);
        if (due[1].at > now()) standIn.advance(due[1].at - now());
        due[1].run();
      }
      if (now() < until) standIn.advance(until - now());
    },
  };
}
