// When an installation's next write may start: one at a time, with a pause after it, within what may be created.
// https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
import type { EpochMs } from "../model/time.ts";
import type { Clock } from "../wake/clock.ts";
import { type Allowance, createBudget } from "./budget.ts";

/** A write that hangs for longer holds back no other, and the next one of whom it is for none at all, until one ends in time. */
const PATIENCE_MS = 5_000;

/** What an installation may create. */
export const CONTENT: readonly Allowance[] = [
  { most: 80, inMs: 60_000 },
  { most: 500, inMs: 3_600_000 },
];

export type WriteTurns = {
  /** Whether no other write is waited for. */
  readonly isFree: () => boolean;
  /** When the pause after the last one is over and so much may be created. */
  readonly opensAt: (creates: number) => EpochMs;
  /** @returns to be called when the write has ended */
  readonly begin: (creates: number, whose: string) => () => void;
};

/** @param onFree called when a write has ended, or hangs */
export function createWriteTurns({ clock, spacingMs, onFree }: { readonly clock: Clock; readonly spacingMs: number; readonly onFree: () => void }): WriteTurns {
  const budget = createBudget(CONTENT);
  const slow = new Set<string>();
  let current: object | null = null;
  let nextAt = 0;

  return {
    isFree: () => current === null,
    opensAt: (creates) => Math.max(nextAt, budget.opensAt(creates, clock.now())),
    begin: (creates, whose) => {
      budget.spend(creates, clock.now());
      const write = {};
      const startedAt = clock.now();
      current = write;
      const release = (): void => {
        if (current !== write) return;
        current = null;
        nextAt = clock.now() + spacingMs;
        onFree();
      };
      const cancelPatience = clock.after(slow.has(whose) ? 0 : PATIENCE_MS, () => {
        slow.add(whose);
        release();
      });
      return () => {
        cancelPatience();
        if (clock.now() - startedAt < PATIENCE_MS) slow.delete(whose);
        release();
      };
    },
  };
}
