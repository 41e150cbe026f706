import { describe, expect, test } from "@jest/globals";
import { dayAfter, parseDay, parseDuration, parseWindow } from "./moments.ts";

describe("durations", () => {
  test.each([
    ["30m", 1_800_000],
    ["24h", 86_400_000],
    ["2d", 172_800_000],
    ["6w", 3_628_800_000],
    ["6mo", 15_552_000_000],
  ])("%s is %d milliseconds", (text, duration) => {
    expect(parseDuration(text)).toBe(duration);
  });

  test.each(["", "30", "h", "0h", "01h", "1.5h", "-1h", " 1h", "1h ", "1H", "1hour", "100000m", "1y"])("%j is none", (text) => {
    expect(parseDuration(text)).toBeNull();
  });
});

describe("weekly windows", () => {
  test.each([
    ["Tue-Thu 14:00-18:00 UTC", ["Tue", "Wed", "Thu"], 840, 1080],
    ["Mon 00:00-24:00 UTC", ["Mon"], 0, 1440],
    ["Fri,Mon,Fri 09:30-09:31 UTC", ["Mon", "Fri"], 570, 571],
    ["Sat-Mon 10:00-11:00 UTC", ["Mon", "Sat", "Sun"], 600, 660],
    ["Mon-Tue,Sun 10:00-11:00 UTC", ["Mon", "Tue", "Sun"], 600, 660],
  ])("%s is read", (text, days, fromMinute, toMinute) => {
    expect(parseWindow(text)).toEqual({ days, fromMinute, toMinute });
  });

  test.each([
    "Tue 14:00-18:00",
    "Tue 14:00-18:00 CET",
    "tue 14:00-18:00 UTC",
    "Tue- 14:00-18:00 UTC",
    "Tue,,Wed 14:00-18:00 UTC",
    "Tue 18:00-14:00 UTC",
    "Tue 14:00-14:00 UTC",
    "Tue 14:60-18:00 UTC",
    "Tue 14:00-24:01 UTC",
    "Tue 9:00-18:00 UTC",
  ])("%s is none", (text) => {
    expect(parseWindow(text)).toBeNull();
  });
});

describe("days", () => {
  test.each([
    ["1970-01-01", 0],
    ["1970-03-01", 59 * 86_400_000],
    ["2000-02-29", 951_782_400_000],
    ["2026-12-24", 1_798_070_400_000],
    ["2100-03-01", 4_107_542_400_000],
  ])("%s begins at %d", (text, moment) => {
    expect(parseDay(text)).toBe(moment);
  });

  test.each(["2026-02-29", "2100-02-29", "2026-04-31", "2026-13-01", "2026-00-01", "2026-01-00", "1969-12-31", "2026-1-1", "26-01-01", "today"])(
    "%s is none",
    (text) => {
      expect(parseDay(text)).toBeNull();
    },
  );

  test("a period ends with its last day", () => {
    expect(dayAfter(parseDay("2026-02-28") ?? 0)).toBe(parseDay("2026-03-01"));
  });
});
