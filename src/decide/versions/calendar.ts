// Instants as dates of the proleptic Gregorian calendar in UTC, by arithmetic alone: pure code has no clock and no time zone.
import type { EpochMs } from "../../model/time.ts";

export type CalendarDay = {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  /** From 1. */
  readonly day: number;
  /** Week of ISO 8601, from 1 to 53: the week of a day is the one of its Thursday. */
  readonly isoWeek: number;
  /** The year that week belongs to: differs from `year` around New Year. */
  readonly isoYear: number;
};

const DAY_MS = 86_400_000;
const DAYS_IN_400_YEARS = 146_097;
/** From 0000-03-01, where the count of `civilOf` starts, to 1970-01-01. */
const DAYS_TO_EPOCH = 719_468;

/** The day in UTC that an instant falls on. */
export function calendarDay(instant: EpochMs): CalendarDay {
  const days = Math.floor(instant / DAY_MS);
  // 1970-01-01 was a Thursday; Monday is 0.
  const weekday = (((days + 3) % 7) + 7) % 7;
  const thursday = days - weekday + 3;
  const isoYear = civilOf(thursday).year;
  return { ...civilOf(days), isoWeek: Math.floor((thursday - januaryFirst(isoYear)) / 7) + 1, isoYear };
}

/** `2026-01-31`. */
export function isoDate(instant: EpochMs): string {
  const { year, month, day } = civilOf(Math.floor(instant / DAY_MS));
  return `${String(year).padStart(4, "0")}-${padded(month)}-${padded(day)}`;
}

/** Two digits. */
export function padded(number: number): string {
  return String(number).padStart(2, "0");
}

/** Days since 1970-01-01 to a date, after Howard Hinnant's `civil_from_days`: years start in March, so that a leap day comes last. */
function civilOf(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const shifted = days + DAYS_TO_EPOCH;
  const era = Math.floor(shifted / DAYS_IN_400_YEARS);
  const dayOfEra = shifted - era * DAYS_IN_400_YEARS;
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** Days from 1970-01-01 to the first of January. */
function januaryFirst(year: number): number {
  const before = year - 1;
  return 365 * before + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) - 719_162;
}
