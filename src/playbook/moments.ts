// Durations, weekly windows and moments as a playbook writes them. No clock is read.
import { Temporal } from "temporal-polyfill";
import type { EpochMs } from "../model/time.ts";
import type { Weekday, Window } from "../model/playbook.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** A month is 30 days: a playbook says how long to wait, not on which day of a calendar. */
const UNITS_MS: Readonly<Record<string, number>> = { m: MINUTE_MS, h: 60 * MINUTE_MS, d: DAY_MS, w: 7 * DAY_MS, mo: 30 * DAY_MS };

export const DURATION = /^[1-9]\d{0,4}(?:m|h|d|w|mo)$/;

/** Milliseconds of `30m`, `24h`, `2d`, `6w` or `6mo`; null for anything else. */
export function parseDuration(text: string): number | null {
  if (!DURATION.test(text)) return null;
  const unit = UNITS_MS[text.replace(/^\d+/, "")];
  return unit === undefined ? null : Number.parseInt(text, 10) * unit;
}

const WEEK: readonly Weekday[] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const DAYS = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:-(Mon|Tue|Wed|Thu|Fri|Sat|Sun))?$/;
export const WINDOW = /^([A-Za-z,-]{3,31}) (\d\d):(\d\d)-(\d\d):(\d\d) (\S{1,64})$/;

/**
 * `Tue-Thu 14:00-18:00 UTC`, `Mon,Wed 09:00-24:00 Europe/Berlin`; null for anything else, for no minutes and for a
 * window over midnight. Whether there is such a zone is not looked at.
 */
export function parseWindow(text: string): Window | null {
  const match = WINDOW.exec(text);
  if (match === null) return null;
  const [, dayText = "", ...rest] = match;
  const times = rest.slice(0, 4);
  const days = dayText.split(",").map(daysOf);
  const [fromHour = 0, fromRest = 0, toHour = 0, toRest = 0] = times.map(Number);
  const fromMinute = fromHour * 60 + fromRest;
  const toMinute = toHour * 60 + toRest;
  if (days.includes(null) || fromRest > 59 || toRest > 59 || toMinute > 24 * 60 || fromMinute >= toMinute) return null;
  const named = new Set(days.flatMap((some) => some ?? []));
  return { days: WEEK.filter((day) => named.has(day)), fromMinute, toMinute, zone: rest[4] ?? "" };
}

/** `Sat-Mon` goes over the end of the week. */
function daysOf(text: string): readonly Weekday[] | null {
  const match = DAYS.exec(text);
  if (match === null) return null;
  const from = WEEK.findIndex((day) => day === match[1]);
  const to = WEEK.findIndex((day) => day === (match[2] ?? match[1]));
  const count = ((to - from + WEEK.length) % WEEK.length) + 1;
  return [...WEEK, ...WEEK].slice(from, from + count);
}

export const MOMENT = /^\d{4}-\d\d-\d\d(?: \d\d:\d\d)?$/;

/** A day of the calendar, or a minute of it; which instant that is depends on a time zone. */
export type LocalMoment = { readonly day: Temporal.PlainDate; readonly time: Temporal.PlainTime | null };

/** `2026-12-24` or `2026-12-24 18:00`, from 1970 on; null for anything else and for what no calendar or clock shows. */
export function parseMoment(text: string): LocalMoment | null {
  if (!MOMENT.test(text)) return null;
  const [year = 0, month = 0, day = 0, hour = null, minute = 0] = text.split(/[-: ]/).map(Number);
  if (year < 1970) return null;
  try {
    return {
      day: Temporal.PlainDate.from({ year, month, day }, { overflow: "reject" }),
      time: hour === null ? null : Temporal.PlainTime.from({ hour, minute }, { overflow: "reject" }),
    };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * The first instant of the day, or that minute of it. A minute that a clock change skips is as much later as the clock
 * jumps; of one that comes twice it is the first (Temporal's "compatible").
 */
export function startOf({ day, time }: LocalMoment, zone: string): EpochMs {
  return (time === null ? day.toZonedDateTime(zone) : day.toZonedDateTime({ timeZone: zone, plainTime: time })).epochMilliseconds;
}

/** The first instant after the day, or that minute of it: an end that is not part of what it ends. */
export function endOf({ day, time }: LocalMoment, zone: string): EpochMs {
  return startOf(time === null ? { day: day.add({ days: 1 }), time } : { day, time }, zone);
}
