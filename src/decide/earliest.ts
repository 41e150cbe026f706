import type { EpochMs } from "../model/time.ts";

/** Null when none is known. */
export function earliest(times: readonly (EpochMs | null)[]): EpochMs | null {
  const known = times.flatMap((time) => time ?? []);
  return known.length === 0 ? null : Math.min(...known);
}
