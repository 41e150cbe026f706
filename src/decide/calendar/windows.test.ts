import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import type { Weekday, Window } from "../../model/playbook.ts";
import { closesAt, isOpenAt, nextOpening } from "./windows.ts";

const WEEK = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const satisfies readonly Weekday[];

/** `Tue,Wed 14:00-18:00 UTC`. */
function weekly(text: string): Window {
  const [days = "", times = "", zone = ""] = text.split(" ");
  const [from = 0, to = 0] = times.split("-").map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
  return { days: WEEK.filter((day) => days.split(",").includes(day)), fromMinute: from, toMinute: to, zone };
}

function instant(text: string): number {
  return Temporal.Instant.from(text).epochMilliseconds;
}

function shown(at: number | null): string | null {
  return at === null ? null : Temporal.Instant.fromEpochMilliseconds(at).toString({ smallestUnit: "minute" });
}

// 2026-11-21 is a Saturday. Europe/Berlin changes on 2026-03-29 and 2026-10-25, America/New_York on 03-08 and 11-01.
// [what it shows, windows, at, opens (null: open now or never), closes (null: not open or never)]
const TABLE: readonly [string, readonly string[], string, string | null, string | null][] = [
  ["no window is always open", [], "2026-11-21T12:00Z", null, null],
  ["before it opens", ["Tue,Wed,Thu 14:00-18:00 UTC"], "2026-11-21T12:00Z", "2026-11-24T14:00Z", null],
  ["a minute before", ["Tue 14:00-18:00 UTC"], "2026-11-24T13:59Z", "2026-11-24T14:00Z", null],
  ["its first minute", ["Tue 14:00-18:00 UTC"], "2026-11-24T14:00Z", null, "2026-11-24T18:00Z"],
  ["its last minute", ["Tue 14:00-18:00 UTC"], "2026-11-24T17:59Z", null, "2026-11-24T18:00Z"],
  ["its end is not part of it", ["Tue 14:00-18:00 UTC"], "2026-11-24T18:00Z", "2026-12-01T14:00Z", null],
  ["the nearer of two", ["Fri 09:00-10:00 UTC", "Mon 09:00-10:00 UTC"], "2026-11-21T12:00Z", "2026-11-23T09:00Z", null],
  ["two that adjoin close together", ["Mon 09:00-12:00 UTC", "Mon 12:00-15:00 UTC"], "2026-11-23T10:00Z", null, "2026-11-23T15:00Z"],
  ["two that overlap close with the later", ["Mon 09:00-15:00 UTC", "Mon 10:00-11:00 UTC"], "2026-11-23T10:30Z", null, "2026-11-23T15:00Z"],
  ["over midnight and the week's end", ["Sun 22:00-24:00 UTC", "Mon 00:00-02:00 UTC"], "2026-11-22T23:00Z", null, "2026-11-23T02:00Z"],
  ["all of the week never closes", ["Mon,Tue,Wed,Thu,Fri,Sat,Sun 00:00-24:00 Europe/Berlin"], "2026-11-21T12:00Z", null, null],
  ["never", [" 14:00-18:00 UTC"], "2026-11-21T12:00Z", null, null],
  ["Berlin in winter", ["Tue 14:00-18:00 Europe/Berlin"], "2026-11-21T12:00Z", "2026-11-24T13:00Z", null],
  ["Berlin in summer", ["Tue 14:00-18:00 Europe/Berlin"], "2026-07-20T12:00Z", "2026-07-21T12:00Z", null],
  ["over the change to summer time", ["Mon 09:00-10:00 Europe/Berlin"], "2026-03-28T12:00Z", "2026-03-30T07:00Z", null],
  ["over the change to winter time", ["Mon 09:00-10:00 Europe/Berlin"], "2026-10-24T12:00Z", "2026-10-26T08:00Z", null],
  ["the day that is 23 hours long", ["Sun 00:00-24:00 Europe/Berlin"], "2026-03-28T23:00Z", null, "2026-03-29T22:00Z"],
  ["the day that is 25 hours long", ["Sun 00:00-24:00 Europe/Berlin"], "2026-10-24T22:00Z", null, "2026-10-25T23:00Z"],
  ["an hour that is skipped opens a week later", ["Sun 02:00-03:00 Europe/Berlin"], "2026-03-28T12:00Z", "2026-04-05T00:00Z", null],
  ["a start that is skipped is as much later", ["Sun 02:30-04:00 Europe/Berlin"], "2026-03-28T12:00Z", "2026-03-29T01:30Z", null],
  ["an end that is skipped is as much later", ["Sun 01:00-02:30 Europe/Berlin"], "2026-03-29T00:30Z", null, "2026-03-29T01:30Z"],
  ["an hour that comes twice is two hours", ["Sun 02:00-03:00 Europe/Berlin"], "2026-10-25T00:00Z", null, "2026-10-25T02:00Z"],
  ["an end that comes twice is the first", ["Sun 01:00-02:30 Europe/Berlin"], "2026-10-25T00:00Z", null, "2026-10-25T00:30Z"],
  ["New York in winter", ["Fri 16:00-18:00 America/New_York"], "2026-11-21T12:00Z", "2026-11-27T21:00Z", null],
  ["New York a day ahead in UTC", ["Fri 20:00-23:00 America/New_York"], "2026-11-28T02:00Z", null, "2026-11-28T04:00Z"],
  ["New York when Berlin has changed already", ["Mon 09:00-10:00 America/New_York"], "2026-10-25T12:00Z", "2026-10-26T13:00Z", null],
  ["half an hour beside all others", ["Mon 09:00-10:00 Asia/Kolkata"], "2026-11-22T12:00Z", "2026-11-23T03:30Z", null],
  ["a Monday that is still Sunday in UTC", ["Mon 00:00-06:00 Asia/Kolkata"], "2026-11-22T19:00Z", null, "2026-11-23T00:30Z"],
];

describe("windows", () => {
  test.each(TABLE)("%s", (_, texts, at, opens, closes) => {
    const windows = texts.map(weekly);
    expect([shown(nextOpening(windows, instant(at))), shown(closesAt(windows, instant(at)))]).toEqual([opens, closes]);
  });

  test.each(TABLE)("open exactly when it is not going to open: %s", (_, texts, at, opens) => {
    const windows = texts.map(weekly);
    expect(isOpenAt(windows, instant(at))).toBe(opens === null && windows.every(({ days }) => days.length > 0));
  });
});

describe("whatever the windows are", () => {
  const windows = fc.array(
    fc
      .record({
        days: fc.subarray<Weekday>([...WEEK], { minLength: 1 }),
        minutes: fc.uniqueArray(fc.oneof(fc.integer({ min: 0, max: 96 }), fc.integer({ min: 0, max: 16 })), { minLength: 2, maxLength: 2 }),
        zone: fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Africa/Cairo", "Australia/Lord_Howe"),
      })
      .map(({ days, minutes, zone }) => ({ days, zone, fromMinute: Math.min(...minutes) * 15, toMinute: Math.max(...minutes) * 15 })),
    { minLength: 1, maxLength: 3 },
  );
  /** Every clock change of 2026 in those zones, and an ordinary day. */
  const days = ["2026-03-08", "2026-03-29", "2026-04-05", "2026-04-24", "2026-10-04", "2026-10-25", "2026-10-29", "2026-11-01", "2026-07-01"];
  const moment = fc
    .record({ day: fc.constantFrom(...days), minutes: fc.integer({ min: -4 * 1440, max: 4 * 1440 }) })
    .map(({ day, minutes }) => instant(`${day}T00:00Z`) + minutes * 60_000);
  const part = fc.double({ min: 0, max: 1, noNaN: true });

  test("the next opening is open, the minute before it is not, and nothing between is", () => {
    fc.assert(
      fc.property(windows, moment, part, (some, at, share) => {
        const opening = nextOpening(some, at);
        const between = at + Math.floor(((opening ?? at + 1) - at - 1) * share);
        const seen = [at, between, (opening ?? at + 1) - 1, opening ?? at].map((one) => isOpenAt(some, one));
        expect(seen).toEqual(opening === null ? [true, true, true, true] : [false, false, false, true]);
      }),
    );
  });

  test("it is closed when it closes, and open all the time between", () => {
    fc.assert(
      fc.property(windows, moment, part, (some, at, share) => {
        const isOpen = isOpenAt(some, at);
        const closing = closesAt(some, at);
        const end = closing ?? (isOpen ? at + 7 * 86_400_000 : at + 1);
        const seen = [at, at + Math.floor((end - at - 1) * share), end - 1].map((one) => isOpenAt(some, one));
        expect(seen).toEqual([isOpen, isOpen, isOpen]);
        expect(closing !== null && isOpenAt(some, closing)).toBe(false);
      }),
    );
  });

  test("in UTC it is open in exactly the minutes that the window names", () => {
    fc.assert(
      fc.property(windows, moment, (some, at) => {
        const inUtc = some.map((window) => ({ ...window, zone: "UTC" }));
        const minute = Math.floor(at / 60_000) % 1440;
        const day = WEEK[(Math.floor(at / 86_400_000) + 3) % 7];
        const isNamed = inUtc.some((window) => window.days.some((one) => one === day) && window.fromMinute <= minute && minute < window.toMinute);
        expect(isOpenAt(inUtc, at)).toBe(isNamed);
      }),
    );
  });
});
