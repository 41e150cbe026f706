// How much may still be created: GitHub counts what was made in the last minute and in the last hour.
import type { EpochMs } from "../model/time.ts";

export type Allowance = { readonly most: number; readonly inMs: number };

export type Budget = {
  /** The first moment, now or later, at which so many more fit. */
  readonly opensAt: (count: number, now: EpochMs) => EpochMs;
  readonly spend: (count: number, now: EpochMs) => void;
};

/** @param allowances all of them hold at once; more at a time than one of them allows waits until nothing else counts. */
export function createBudget(allowances: readonly Allowance[]): Budget {
  const longestMs = Math.max(...allowances.map(({ inMs }) => inMs));
  let spent: readonly EpochMs[] = [];
  return {
    opensAt: (count, now) => Math.max(now, ...allowances.map((allowance) => opensAt(allowance, spent, count, now))),
    spend: (count, now) => {
      spent = [...spent.filter((at) => at > now - longestMs), ...Array.from({ length: count }, () => now)];
    },
  };
}

function opensAt({ most, inMs }: Allowance, spent: readonly EpochMs[], count: number, now: EpochMs): EpochMs {
  const counting = spent.filter((at) => at > now - inMs);
  const mustPass = counting.length + Math.min(count, most) - most;
  return mustPass <= 0 ? now : (counting[mustPass - 1] ?? now) + inMs;
}
