// How long a key rests after a failure.

const FIRST_MS = 1_000;
export const BACKOFF_MAX_MS = 300_000;

/** At most this part of a rest is left out at random, so that keys that failed together don't come back together. */
const JITTER = 0.25;

/**
 * 1 s after the first failure, doubling up to 300 s, less a random part of up to a quarter.
 * @param failures failures in a row, 1 or more
 * @param random a source of numbers in [0, 1)
 */
export function backoffMs(failures: number, random: () => number): number {
  const fullMs = Math.min(FIRST_MS * 2 ** Math.max(failures - 1, 0), BACKOFF_MAX_MS);
  return Math.round(fullMs * (1 - JITTER * random()));
}
