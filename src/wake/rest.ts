// A repository in which something changes all the time is looked at over and over. Its looks take a quarter of the time then
// and leave the rest of it to the others. Time for one that changes now and then is not touched.
import type { EpochMs } from "../model/time.ts";
import type { Key } from "./types.ts";

/** So many looks may follow each other at once: a release that goes on by itself takes some. */
const AT_ONCE = 5;
/** A look that begins later than this after the last one follows on nothing. */
const PAUSE_MS = 1_000;
/** A rest, in times of the look before it. */
const TIMES = 3;
const REST_MAX_MS = 30_000;

export type Rests = {
  /** Until when the key rests; not later than now for one that does not. */
  readonly until: (key: Key, now: EpochMs) => EpochMs;
  readonly ended: (key: Key, startedAt: EpochMs, endedAt: EpochMs) => void;
};

export function keepRests(): Rests {
  /** Those that ended first are first. */
  const rows = new Map<Key, { readonly looks: number; readonly until: EpochMs }>();

  const forget = (now: EpochMs): void => {
    for (const [key, { until }] of rows) {
      if (now <= until + PAUSE_MS) return;
      rows.delete(key);
    }
  };

  return {
    until(key, now) {
      const until = rows.get(key)?.until ?? now;
      // A clock that was put back would make a long rest of a short one.
      return until - now > REST_MAX_MS ? now : until;
    },
    ended(key, startedAt, endedAt) {
      const row = rows.get(key);
      const looks = row !== undefined && startedAt <= row.until + PAUSE_MS ? row.looks + 1 : 1;
      const restMs = looks < AT_ONCE ? 0 : Math.min(REST_MAX_MS, TIMES * Math.max(0, endedAt - startedAt));
      rows.delete(key);
      rows.set(key, { looks, until: endedAt + restMs });
      forget(endedAt);
    },
  };
}
