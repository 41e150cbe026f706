import { describe, expect, test } from "@jest/globals";
import { Temporal } from "temporal-polyfill";
import { endOf, parseDuration, parseMoment, parseWindow, startOf } from "./moments.ts";
import { nearestZone, zoneNamed } from "./zones.ts";

function instant(text: string): number {
  return Temporal.Instant.from(text).epochMilliseconds;
}

function startIn(zone: string, text: string): number | null {
  const moment = parseMoment(text);
  return moment === null ? null : startOf(moment, zone);
}

function endIn(zone: string, text: string): number | null {
  const moment = parseMoment(text);
  return moment === null ? null : endOf(moment, zone);
}

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
    ["Tue-Thu 14:00-18:00 UTC", ["Tue", "Wed", "Thu"], 840, 1080, "UTC"],
    ["Mon 00:00-24:00 Europe/Berlin", ["Mon"], 0, 1440, "Europe/Berlin"],
    ["Fri,Mon,Fri 09:30-09:31 America/Argentina/Buenos_Aires", ["Mon", "Fri"], 570, 571, "America/Argentina/Buenos_Aires"],
    ["Sat-Mon 10:00-11:00 UTC", ["Mon", "Sat", "Sun"], 600, 660, "UTC"],
    ["Mon-Tue,Sun 10:00-11:00 UTC", ["Mon", "Tue", "Sun"], 600, 660, "UTC"],
  ])("%s is read", (text, days, fromMinute, toMinute, zone) => {
    expect(parseWindow(text)).toEqual({ days, fromMinute, toMinute, zone });
  });

  test.each([
    "Tue 14:00-18:00",
    "Tue 14:00-18:00 ",
    "Tue 14:00-18:00 UTC UTC",
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

describe("time zones", () => {
  test.each([
    ["UTC", "UTC"],
    ["utc", "UTC"],
    ["europe/berlin", "Europe/Berlin"],
    ["America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"],
    ["Europe/Belrin", null],
    ["CET", null],
    ["EST", null],
    ["+01:00", null],
    ["2026-01-01T00:00Z", null],
    ["", null],
    ["__proto__", null],
  ])("%j is the zone %j", (text, zone) => {
    expect(zoneNamed(text)).toBe(zone);
  });

  test.each([
    ["Europe/Belrin", "Europe/Berlin"],
    ["Berlin", "Europe/Berlin"],
    ["Eurpoe/berlin", "Europe/Berlin"],
    ["America/NewYork", "America/New_York"],
    ["UCT", "UTC"],
    ["CET", null],
    ["", null],
    ["/", null],
  ])("by %j is meant %j", (text, zone) => {
    expect(nearestZone(text)).toBe(zone);
  });
});

describe("days and moments", () => {
  test.each([
    ["1970-01-01", 0],
    ["1970-03-01", 59 * 86_400_000],
    ["2000-02-29", 951_782_400_000],
    ["2026-12-24", 1_798_070_400_000],
    ["2026-12-24 18:30", 1_798_070_400_000 + 18.5 * 3_600_000],
    ["2100-03-01", 4_107_542_400_000],
  ])("%s is or begins at %d in UTC", (text, moment) => {
    expect(startIn("UTC", text)).toBe(moment);
  });

  test.each([
    "2026-02-29",
    "2100-02-29",
    "2026-04-31",
    "2026-13-01",
    "2026-00-01",
    "2026-01-00",
    "1969-12-31",
    "2026-1-1",
    "26-01-01",
    "today",
    "2026-01-01 24:00",
    "2026-01-01 12:60",
    "2026-01-01 9:00",
    "2026-01-01T09:00",
    "2026-01-01 09:00 UTC",
  ])("%s is none", (text) => {
    expect(parseMoment(text)).toBeNull();
  });

  // [zone, what is written, when it begins, when it ends]
  test.each([
    ["UTC", "2026-02-28", "2026-02-28T00:00Z", "2026-03-01T00:00Z"],
    ["UTC", "2026-02-28 18:00", "2026-02-28T18:00Z", "2026-02-28T18:00Z"],
    ["Europe/Berlin", "2026-12-24", "2026-12-23T23:00Z", "2026-12-24T23:00Z"],
    ["Europe/Berlin", "2026-03-29", "2026-03-28T23:00Z", "2026-03-29T22:00Z"],
    ["Europe/Berlin", "2026-10-25", "2026-10-24T22:00Z", "2026-10-25T23:00Z"],
    ["Europe/Berlin", "2026-03-29 02:30", "2026-03-29T01:30Z", "2026-03-29T01:30Z"],
    ["Europe/Berlin", "2026-10-25 02:30", "2026-10-25T00:30Z", "2026-10-25T00:30Z"],
    ["Africa/Cairo", "2026-04-24", "2026-04-23T22:00Z", "2026-04-24T21:00Z"],
    ["Asia/Kolkata", "2026-12-24 18:00", "2026-12-24T12:30Z", "2026-12-24T12:30Z"],
  ])("in %s %s begins at %s and ends at %s", (zone, text, start, end) => {
    expect([startIn(zone, text), endIn(zone, text)]).toEqual([instant(start), instant(end)]);
  });
});
