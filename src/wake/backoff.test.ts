import { expect, test } from "@jest/globals";
import { backoffMs } from "./backoff.ts";

test.each([
  [1, 0, 1_000],
  [2, 0, 2_000],
  [9, 0, 256_000],
  [10, 0, 300_000],
  [5_000, 0, 300_000],
  [1, 0.999999, 750],
  [10, 0.999999, 225_000],
])("after %d failures, with %d drawn, a key rests for %d ms", (failures, drawn, ms) => {
  expect(backoffMs(failures, () => drawn)).toBe(ms);
});
