// Durations, weekly windows and dates as a playbook writes them. No clock is read and no time zone but UTC is known.
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
export const WINDOW = /^([A-Za-z,-]{3,31}) (\d\d):(\d\d)-(\d\d):(\d\d) UTC$/;

/** `Tue-Thu 14:00-18:00 UTC`, `Mon,Wed 09:00-24:00 UTC`; null for anything else, for no minutes and for a window over midnight. */
export function parseWindow(text: string): Window | null {
  const match = WINDOW.exec(text);
  if (match === null) return null;
  const [, dayText = "", ...times] = match;
  const days = dayText.split(",").map(daysOf);
  const [fromHour = 0, fromRest = 0, toHour = 0, toRest = 0] = times.map(Number);
  const fromMinute = fromHour * 60 + fromRest;
  const toMinute = toHour * 60 + toRest;
  if (days.includes(null) || fromRest > 59 || toRest > 59 || toMinute > 24 * 60 || fromMinute >= toMinute) return null;
  const named = new Set(days.flatMap((some) => some ?? []));
  return { days: WEEK.filter((day) => named.has(day)), fromMinute, toMinute };
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

export const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The first moment of `2026-12-24` in UTC; null for what is no day of the calendar. */
export function parseDay(text: string): EpochMs | null {
  if (!DAY.test(text)) return null;
  const [year = 0, month = 0, day = 0] = text.split("-").map(Number);
  if (year < 1970 || month < 1 || month > 12 || day < 1 || day > daysIn(month, year)) return null;
  let days = day - 1;
  for (let earlier = 1; earlier < month; earlier += 1) days += daysIn(earlier, year);
  return (days + daysBefore(year) - daysBefore(1970)) * DAY_MS;
}

/** One day later: the end of a period whose last day is named. */
export function dayAfter(moment: EpochMs): EpochMs {
  return moment + DAY_MS;
}

function daysIn(month: number, year: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Days from the year 1 to the first of January. */
function daysBefore(year: number): number {
  const full = year - 1;
  return full * 365 + Math.floor(full / 4) - Math.floor(full / 100) + Math.floor(full / 400);
}
