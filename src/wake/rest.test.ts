// How long a repository rests that is looked at over and over.
import { expect, test } from "@jest/globals";
import { keepRests } from "./rest.ts";

const QUAY = "17/4711";

/** Looks of so many milliseconds, each so long after the one before or, where that rested, after its rest. How long it rests after each. */
function rests(looksMs: readonly number[], pauseMs: number): readonly number[] {
  const kept = keepRests();
  let now = 1_000_000;
  return looksMs.map((ms) => {
    const startedAt = Math.max(now, kept.until(QUAY, now)) + pauseMs;
    now = startedAt + ms;
    kept.ended(QUAY, startedAt, now);
    return kept.until(QUAY, now) - now;
  });
}

test.each<[string, readonly number[], number, readonly number[]]>([
  ["a few looks in a row", [300, 300, 300, 300], 0, [0, 0, 0, 0]],
  ["many", [300, 300, 300, 300, 300, 300, 200], 0, [0, 0, 0, 0, 900, 900, 600]],
  ["many that take no time", [0, 0, 0, 0, 0, 0], 0, [0, 0, 0, 0, 0, 0]],
  ["many with a second between them", [300, 300, 300, 300, 300], 1_000, [0, 0, 0, 0, 900]],
  ["many with more than a second between them", [300, 300, 300, 300, 300, 300], 1_001, [0, 0, 0, 0, 0, 0]],
  ["many that take long", [60_000, 60_000, 60_000, 60_000, 60_000], 0, [0, 0, 0, 0, 30_000]],
])("%s", (_title, looksMs, pauseMs, expected) => {
  expect(rests(looksMs, pauseMs)).toEqual(expected);
});

test("a clock that is put back makes no rest longer", () => {
  const kept = keepRests();
  for (let look = 0; look < 6; look += 1) kept.ended(QUAY, 1_000_000, 1_001_000);
  expect(kept.until(QUAY, 1_001_000)).toBe(1_004_000);
  expect(kept.until(QUAY, 500_000)).toBe(500_000);
  kept.ended(QUAY, 1_001_000, 500_000);
  expect(kept.until(QUAY, 500_000)).toBe(500_000);
});

test("one repository's looks are not another's", () => {
  const kept = keepRests();
  for (let look = 0; look < 6; look += 1) kept.ended(QUAY, 1_000_000, 1_001_000);
  expect(kept.until("17/4712", 1_001_000)).toBe(1_001_000);
});
