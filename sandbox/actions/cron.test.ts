import { expect, it } from "@jest/globals";
import { isDue } from "./cron.ts";

// A Thursday.
const AT = Date.UTC(2026, 0, 1, 4, 30);

it.each([
  ["* * * * *", true],
  ["30 4 * * *", true],
  ["30 4 1 1 4", true],
  ["*/15 * * * *", true],
  ["*/20 * * * *", false],
  ["0-45/10 * * * *", true],
  ["10,20,30 3-5 * * 1-5", true],
  ["30 4 * * 1-3", false],
  ["30 4 2 * 4", true],
  ["30 4 1 * 5", true],
  ["30 4 2 * 5", false],
  ["30 4 * * MON", false],
  ["30 4 * *", false],
])("%s at half past four on Thursday the first: %s", (cron, is) => {
  expect(isDue(cron, AT)).toBe(is);
});
