import { expect, test } from "@jest/globals";
import { sayTook } from "./took.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test.each([
  [-5 * MINUTE, "under a second"],
  [0, "under a second"],
  [999, "under a second"],
  [12_900, "12 s"],
  [3 * MINUTE, "3 min"],
  [3 * MINUTE + 12 * SECOND, "3 min 12 s"],
  [HOUR + 59 * SECOND, "1 h"],
  [2 * HOUR + 5 * MINUTE + 59 * SECOND, "2 h 5 min"],
  [DAY + 3 * HOUR, "1 day 3 h"],
  [20 * DAY + 59 * MINUTE, "20 days"],
])("%d ms is %s", (took, words) => {
  expect(sayTook(took)).toBe(words);
});
