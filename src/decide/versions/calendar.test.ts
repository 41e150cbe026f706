import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { calendarDay, isoDate } from "./calendar.ts";

const DAY_MS = 86_400_000;

describe("a date in UTC", () => {
  test.each([
    [0, "1970-01-01"],
    [DAY_MS - 1, "1970-01-01"],
    [DAY_MS, "1970-01-02"],
    [-1, "1969-12-31"],
    [951_782_399_999, "2000-02-28"],
    [951_782_400_000, "2000-02-29"],
    [951_868_800_000, "2000-03-01"],
    [1_709_164_800_000, "2024-02-29"],
    [1_772_236_800_000, "2026-02-28"],
    [1_772_323_200_000, "2026-03-01"],
    [1_767_225_599_999, "2025-12-31"],
    [1_767_225_600_000, "2026-01-01"],
    [4_107_456_000_000, "2100-02-28"],
    [4_107_542_400_000, "2100-03-01"],
    [253_402_300_799_999, "9999-12-31"],
    [-62_135_596_800_000, "0001-01-01"],
  ])("%d is %s", (instant, expected) => {
    expect(isoDate(instant)).toBe(expected);
  });

  test("every following day is later, in a real month, and months have their lengths", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), (days) => {
        const today = calendarDay(days * DAY_MS);
        const next = calendarDay((days + 1) * DAY_MS);
        const isLeap = (today.year % 4 === 0 && today.year % 100 !== 0) || today.year % 400 === 0;
        const lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        const isLast = today.day === lengths[today.month - 1];
        expect(next.day).toBe(isLast ? 1 : today.day + 1);
        expect(next.month).toBe(isLast ? (today.month % 12) + 1 : today.month);
        expect(next.year).toBe(isLast && today.month === 12 ? today.year + 1 : today.year);
        expect(isoDate((days + 1) * DAY_MS) > isoDate(days * DAY_MS)).toBe(true);
      }),
    );
  });
});

describe("an ISO week", () => {
  test.each([
    [1_104_537_600_000, "2005-01-01", 2004, 53],
    [1_104_710_400_000, "2005-01-03", 2005, 1],
    [1_230_681_600_000, "2008-12-31", 2009, 1],
    [1_262_476_800_000, "2010-01-03", 2009, 53],
    [1_262_563_200_000, "2010-01-04", 2010, 1],
    [1_609_372_800_000, "2020-12-31", 2020, 53],
    [1_609_459_200_000, "2021-01-01", 2020, 53],
    [1_767_225_600_000, "2026-01-01", 2026, 1],
    [1_798_761_600_000, "2027-01-01", 2026, 53],
    [1_799_020_800_000, "2027-01-04", 2027, 1],
    [0, "1970-01-01", 1970, 1],
    [-3 * DAY_MS - 1, "1969-12-28", 1969, 52],
  ])("%d (%s) is in the week of %d number %d", (instant, date, isoYear, isoWeek) => {
    expect(isoDate(instant)).toBe(date);
    expect(calendarDay(instant)).toMatchObject({ isoYear, isoWeek });
  });
});
