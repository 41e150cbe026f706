// Time as the worker, the sweeps and the pacing see it, so that a test can move it by hand.
import type { EpochMs } from "../model/time.ts";

export type Clock = {
  readonly now: () => EpochMs;
  /** Milliseconds since some moment, by a clock that nobody sets. It goes on while the process is stopped. */
  readonly elapsed: () => number;
  /** Runs something once after so many milliseconds; the answer cancels it, harmless when it ran already. */
  readonly after: (ms: number, run: () => void) => () => void;
};

/** What a timer of the platform can wait at most; a longer one would fire at once. */
const TIMER_MAX_MS = 2 ** 31 - 1;

/** The clock of the machine. A wait of more than 24 days ends early, so whoever waits looks at the time again. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, Math.min(Math.max(ms, 0), TIMER_MAX_MS));
    return () => {
      clearTimeout(timer);
    };
  },
};
