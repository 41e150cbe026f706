// Where a clock hangs: instants and what the clocks of a time zone show. Temporal does the counting; this file says
// how a minute that a clock change skips or repeats is meant.
import { Temporal } from "temporal-polyfill";
import type { EpochMs } from "../../model/time.ts";

/** What the clocks and calendars of the zone show at an instant. */
export function shownAt(at: EpochMs, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(zone);
}

/**
 * The instant at which the zone's clocks show that minute of that day; `minute` 1440 is the day's end. A minute that is
 * skipped is as much later as the clock jumps; of one that comes twice it is the first (Temporal's "compatible").
 */
export function instantOf(day: Temporal.PlainDate, minute: number, zone: string): EpochMs {
  return localMinute(day, minute).toZonedDateTime(zone).epochMilliseconds;
}

/** The same, but of a minute that comes twice the second. */
export function laterInstantOf(day: Temporal.PlainDate, minute: number, zone: string): EpochMs {
  return localMinute(day, minute).toZonedDateTime(zone, { disambiguation: "later" }).epochMilliseconds;
}

function localMinute(day: Temporal.PlainDate, minute: number): Temporal.PlainDateTime {
  return day.toPlainDateTime().add({ minutes: minute });
}

/** `2026-12-24`; null for anything else, and for what the calendar does not have. */
export function dateNamed(text: string): Temporal.PlainDate | null {
  return /^\d{4}-\d\d-\d\d$/.test(text) ? orNull(() => Temporal.PlainDate.from(text)) : null;
}

/** The zone in its own spelling; null when there is none of that name. Offsets and abbreviations are no names. */
export function zoneNamed(text: string): string | null {
  const isName = /^(?:UTC|[A-Za-z_]{1,30}(?:\/[\w+-]{1,30}){1,2})$/i.test(text);
  return isName ? orNull(() => shownAt(0, text).timeZoneId) : null;
}

/** Temporal throws a RangeError for what does not exist. */
function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
