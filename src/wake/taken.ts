// A key that was taken, whichever engine keeps it: until when it is held, and how its job ends.
import type { EpochMs } from "../model/time.ts";
import { backoffMs } from "./backoff.ts";
import type { Key, Taken } from "./types.ts";

/** What an engine does with the row of a key as long as its lease is the one that was given; each is atomic. */
export type Row = {
  /** Keeps it for a whole lease from `now` on. False when another lease has it, or none. */
  readonly extend: (now: EpochMs) => Promise<boolean>;
  /** Forgets it, unless it was put meanwhile. False when it was, or the lease is lost. */
  readonly forget: () => Promise<boolean>;
  /** Gives it back for the time at which it was put meanwhile, with no failure. */
  readonly giveBack: () => Promise<void>;
  /** Gives it back for that time, or for an earlier one at which it was put meanwhile. */
  readonly giveBackFor: (at: EpochMs, failures: number) => Promise<void>;
};

/** @param takenAt when it was asked for: the lease is counted from then on, so that it never ends later here than in the engine */
export function takenKey(
  { key, failures, takenAt }: { readonly key: Key; readonly failures: number; readonly takenAt: EpochMs },
  row: Row,
  { now, leaseMs, random }: { readonly now: () => EpochMs; readonly leaseMs: number; readonly random: () => number },
): Taken {
  let heldUntil = takenAt + leaseMs;
  return {
    key,
    failures,
    heldUntil: () => heldUntil,
    heartbeat: async () => {
      const askedAt = now();
      const isHeld = await row.extend(askedAt);
      if (isHeld) heldUntil = askedAt + leaseMs;
      return isHeld;
    },
    done: async (again) => {
      if (again !== null) await row.giveBackFor(again, 0);
      // Two statements need no transaction: a put in between is seen by the second.
      else if (!(await row.forget())) await row.giveBack();
    },
    failed: async (retryAt) => {
      const inARow = failures + 1;
      await row.giveBackFor(retryAt ?? now() + backoffMs(inARow, random), inARow);
    },
  };
}
