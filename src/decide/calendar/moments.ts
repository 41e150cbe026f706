// Moments and durations as people say them, and read back what they say.
import type { EpochMs } from "../../model/time.ts";
import { dateNamed, instantOf, laterInstantOf, shownAt, zoneNamed } from "./zoned.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** From Monday, as ISO 8601 counts. */
const WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/** `Tue 14:00 UTC` within the week that begins at `now`, else `2026-12-19 18:00 UTC`; a started minute is left out. */
export function sayMoment(at: EpochMs, now: EpochMs, zone = "UTC"): string {
  const shown = shownAt(at, zone);
  const isThisWeek = at >= now && shown.toPlainDateTime().since(shownAt(now, zone).toPlainDateTime()).total("days") < 7;
  const day = isThisWeek ? capitalised((WEEK[shown.dayOfWeek - 1] ?? "").slice(0, 3)) : shown.toPlainDate().toString();
  return `${day} ${sayClock(at, zone)}`;
}

/** `12:31 UTC`. */
export function sayClock(at: EpochMs, zone = "UTC"): string {
  const shown = shownAt(at, zone);
  return `${padded(shown.hour)}:${padded(shown.minute)} ${zone}`;
}

/** `2026-11-21 12:04 UTC`: a text that stands for days can't say "today". */
export function sayInstant(at: EpochMs): string {
  return `${shownAt(at, "UTC").toPlainDate().toString()} ${sayClock(at)}`;
}

/**
 * In whole days: `under a day`, `1 day`, `6 days`. Nothing finer: what people read about a release is written again when
 * it says something else, and the time of day alone is no news.
 */
export function sayDays(tookMs: number): string {
  const days = Math.floor(tookMs / DAY_MS);
  return days < 1 ? "under a day" : `${String(days)} ${days === 1 ? "day" : "days"}`;
}

const UNITS_MS: ReadonlyMap<string, number> = new Map(
  [
    { names: ["m", "min", "minute", "minutes"], unitMs: MINUTE_MS },
    { names: ["h", "hour", "hours"], unitMs: HOUR_MS },
    { names: ["d", "day", "days"], unitMs: DAY_MS },
    { names: ["w", "week", "weeks"], unitMs: 7 * DAY_MS },
  ].flatMap(({ names, unitMs }) => names.map((name) => [name, unitMs] as const)),
);

/**
 * The next instant after `now` that is meant by `Friday 18:00`, `Fri`, `18:00`, `tomorrow 9:00`, `2026-12-24`,
 * `2026-12-24 18:00`, each with a time zone after it if it is not UTC, or by `in 3 h`. A day without a time is its
 * start. Null for anything else, for what no calendar or clock shows, and for a date that is over.
 */
export function parseWhen(text: string, now: EpochMs): EpochMs | null {
  const words = text.trim().slice(0, LENGTH_MAX).split(/\s+/);
  if (words[0]?.toLowerCase() === "in") return afterWords(words.slice(1), now);
  const last = words.at(-1) ?? "";
  const zone = words.length > 1 ? zoneNamed(last) : null;
  return zone === null ? instantAfter(words, "UTC", now) : instantAfter(words.slice(0, -1), zone, now);
}

/** Longer ones are no moments. */
const LENGTH_MAX = 100;

/** `3 h`, `3h`. */
function afterWords(words: readonly string[], now: EpochMs): EpochMs | null {
  const [, count = "", name = ""] = /^(\d{1,4}) ?([a-z]{1,7})$/i.exec(words.join(" ")) ?? [];
  const unitMs = UNITS_MS.get(name.toLowerCase());
  return unitMs === undefined || Number(count) === 0 ? null : now + Number(count) * unitMs;
}

function instantAfter(words: readonly string[], zone: string, now: EpochMs): EpochMs | null {
  if (words.length > 2) return null;
  const [first = "", second = null] = words;
  const isTimeAlone = second === null && minuteOf(first) !== null;
  const minute = isTimeAlone ? minuteOf(first) : second === null ? 0 : minuteOf(second);
  const days = isTimeAlone ? daysFrom(0, 2, zone, now) : daysMeant(first.toLowerCase(), zone, now);
  if (minute === null) return null;
  const instants = days.flatMap((day) => [instantOf(day, minute, zone), laterInstantOf(day, minute, zone)]);
  return instants.find((instant) => instant > now) ?? null;
}

type Day = Parameters<typeof instantOf>[0];

/** In order; a weekday is today's, or else the next one. */
function daysMeant(word: string, zone: string, now: EpochMs): readonly Day[] {
  if (word === "today") return daysFrom(0, 1, zone, now);
  if (word === "tomorrow") return daysFrom(1, 1, zone, now);
  const date = dateNamed(word);
  if (date !== null) return [date];
  const weekday = word.length < 3 ? -1 : WEEK.findIndex((name) => name === word || name.slice(0, 3) === word);
  return daysFrom(0, 8, zone, now).filter(({ dayOfWeek }) => dayOfWeek === weekday + 1);
}

function daysFrom(first: number, count: number, zone: string, now: EpochMs): readonly Day[] {
  const today = shownAt(now, zone).toPlainDate();
  return Array.from({ length: count }, (_, index) => today.add({ days: first + index }));
}

/** Minutes since midnight of `9:00` or `18:00`. */
function minuteOf(word: string): number | null {
  const match = /^(\d{1,2}):(\d\d)$/.exec(word);
  if (match === null) return null;
  const [hour, minute] = [Number(match[1]), Number(match[2])];
  return hour > 23 || minute > 59 ? null : hour * 60 + minute;
}

function capitalised(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

function padded(number: number): string {
  return String(number).padStart(2, "0");
}
