import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { parseWhen, sayClock, sayDays, sayMoment } from "./moments.ts";

function instant(text: string): number {
  return Temporal.Instant.from(text).epochMilliseconds;
}

/** A Saturday. */
const NOW = instant("2026-11-21T12:31:20Z");
const MINUTE_MS = 60_000;

describe("moments", () => {
  test.each([
    ["2026-11-21T12:31:20Z", "UTC", "Sat 12:31 UTC"],
    ["2026-11-24T14:00Z", "UTC", "Tue 14:00 UTC"],
    ["2026-11-28T12:31Z", "UTC", "Sat 12:31 UTC"],
    ["2026-11-28T12:32Z", "UTC", "2026-11-28 12:32 UTC"],
    ["2026-12-19T18:00Z", "UTC", "2026-12-19 18:00 UTC"],
    ["2026-11-21T12:31Z", "UTC", "2026-11-21 12:31 UTC"],
    ["2025-11-24T14:00Z", "UTC", "2025-11-24 14:00 UTC"],
    ["2026-11-23T23:30Z", "Europe/Berlin", "Tue 00:30 Europe/Berlin"],
    ["2026-12-31T23:30Z", "Europe/Berlin", "2027-01-01 00:30 Europe/Berlin"],
    ["2026-11-24T14:00Z", "Asia/Kolkata", "Tue 19:30 Asia/Kolkata"],
    ["2026-11-24T02:00Z", "America/New_York", "Mon 21:00 America/New_York"],
  ])("%s in %s is said as %s", (at, zone, text) => {
    expect(sayMoment(instant(at), NOW, zone)).toBe(text);
  });

  test("without a zone they are said in UTC", () => {
    expect([sayMoment(NOW, NOW), sayClock(NOW), sayClock(NOW, "Europe/Berlin")]).toEqual(["Sat 12:31 UTC", "12:31 UTC", "13:31 Europe/Berlin"]);
  });
});

describe("durations", () => {
  test.each([
    [-MINUTE_MS, "under a day"],
    [0, "under a day"],
    [24 * 60 * MINUTE_MS - 1, "under a day"],
    [24 * 60 * MINUTE_MS, "1 day"],
    [47 * 60 * MINUTE_MS, "1 day"],
    [6 * 24 * 60 * MINUTE_MS, "6 days"],
    [400 * 24 * 60 * MINUTE_MS, "400 days"],
  ])("%d ms are %s", (took, text) => {
    expect(sayDays(took)).toBe(text);
  });
});

describe("what people say is read", () => {
  test.each([
    ["Friday 18:00", "2026-11-27T18:00Z"],
    ["fri 18:00", "2026-11-27T18:00Z"],
    ["  FRIDAY   9:00 ", "2026-11-27T09:00Z"],
    ["Friday", "2026-11-27T00:00Z"],
    ["Saturday 12:32", "2026-11-21T12:32Z"],
    ["Saturday 12:31", "2026-11-28T12:31Z"],
    ["13:00", "2026-11-21T13:00Z"],
    ["9:00", "2026-11-22T09:00Z"],
    ["today 18:00", "2026-11-21T18:00Z"],
    ["tomorrow 9:00", "2026-11-22T09:00Z"],
    ["tomorrow", "2026-11-22T00:00Z"],
    ["2026-12-24", "2026-12-24T00:00Z"],
    ["2026-12-24 18:00", "2026-12-24T18:00Z"],
    ["2026-12-24 18:00 UTC", "2026-12-24T18:00Z"],
    ["2026-12-24 18:00 Europe/Berlin", "2026-12-24T17:00Z"],
    ["2026-12-24 Europe/Berlin", "2026-12-23T23:00Z"],
    ["Friday 18:00 america/new_york", "2026-11-27T23:00Z"],
    ["tomorrow 0:30 Asia/Kolkata", "2026-11-21T19:00Z"],
    ["Saturday 13:31 Europe/Berlin", "2026-11-28T12:31Z"],
    ["2027-03-28 02:30 Europe/Berlin", "2027-03-28T01:30Z"],
    ["2027-10-31 02:30 Europe/Berlin", "2027-10-31T00:30Z"],
    ["in 3 h", "2026-11-21T15:31:20Z"],
    ["in 3h", "2026-11-21T15:31:20Z"],
    ["in 35 min", "2026-11-21T13:06:20Z"],
    ["in 1 hour", "2026-11-21T13:31:20Z"],
    ["in 2 days", "2026-11-23T12:31:20Z"],
    ["in 2 weeks", "2026-12-05T12:31:20Z"],
  ])("%s is %s", (text, at) => {
    expect(parseWhen(text, NOW)).toBe(instant(at));
  });

  test.each([
    "",
    "soon",
    "today 9:00",
    "2026-11-20",
    "2026-11-21 12:31",
    "2026-02-30",
    "2026-13-01",
    "2026-00-01",
    "2027-1-1",
    "Friday 24:00",
    "Friday 18:60",
    "Friday 18",
    "Friday evening",
    "Friday 18:00 CET",
    "Friday 18:00 Europe/Belrin",
    "Friday 18:00 +01:00",
    "Friday 18:00 UTC UTC",
    "Fr 18:00",
    "UTC",
    "18:00 18:00",
    "in 0 h",
    "in 3",
    "in h",
    "in 3 h UTC",
    "in 3 lightyears",
    "in -3 h",
    "in 99999 h",
    "in constructor",
    "__proto__ 18:00",
  ])("%j is no moment ahead", (text) => {
    expect(parseWhen(text, NOW)).toBeNull();
  });

  test("at the hour that comes twice, its second time is still ahead after its first", () => {
    const between = instant("2026-10-25T00:45Z");
    expect(parseWhen("02:30 Europe/Berlin", between)).toBe(instant("2026-10-25T01:30Z"));
  });
});

describe("whatever the moment is", () => {
  const now = fc
    .integer({ min: instant("2026-01-01T00:00Z") / MINUTE_MS, max: instant("2028-01-01T00:00Z") / MINUTE_MS })
    .map((minutes) => minutes * MINUTE_MS);
  const ahead = fc.oneof(fc.integer({ min: 1, max: 20 * 1440 }), fc.integer({ min: 1, max: 1_000_000 })).map((minutes) => minutes * MINUTE_MS);
  const zone = fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe");

  test("what is said in UTC is read as the same moment", () => {
    fc.assert(fc.property(now, ahead, (start, later) => expect(parseWhen(sayMoment(start + later, start), start)).toBe(start + later)));
  });

  test("what is said in any zone is read as a moment that is said the same", () => {
    fc.assert(
      fc.property(now, ahead, zone, (start, later, where) => {
        const said = sayMoment(start + later, start, where);
        const read = parseWhen(said, start);
        expect(read === null ? null : sayMoment(read, start, where)).toBe(said);
      }),
    );
  });

  test("days that are said are read as that many days", () => {
    fc.assert(
      fc.property(now, fc.integer({ min: 86_400_000, max: 4000 * 86_400_000 }), (start, took) => {
        const read = parseWhen(`in ${sayDays(took)}`, start);
        expect(read === null ? null : sayDays(read - start)).toBe(sayDays(took));
      }),
    );
  });

  test("any text is a moment ahead or none", () => {
    const words = fc.array(
      fc.constantFrom("in", "3", "h", "Friday", "18:00", "9:99", "2026-12-24", "0000-00-00", "UTC", "Europe/Berlin", "tomorrow", "99", "w", " "),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary", maxLength: 200 }),
          words.map((some) => some.join(" ")),
        ),
        now,
        (text, start) => {
          const read = parseWhen(text, start);
          expect(read === null || read > start).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
