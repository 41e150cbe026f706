// Weekly windows: whether one is open, when the next one opens, when it closes. Each follows the clocks of its own time
// zone, across clock changes and the end of the week.
import type { EpochMs } from "../../model/time.ts";
import type { Weekday, Window } from "../../model/playbook.ts";
import { instantOf, shownAt } from "./zoned.ts";

const DAY_MS = 86_400_000;
/** From Monday, as ISO 8601 counts. */
const WEEK: readonly Weekday[] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
/** A clock change can swallow this week's opening, but not also the next. */
const OPENS_WITHIN_DAYS = 15;
/** Windows that adjoin each other for a year, and so through every clock change, adjoin for ever. */
const NEVER_CLOSES_AFTER_MS = 400 * DAY_MS;

/** `until` is not part of it. */
type Span = { readonly from: EpochMs; readonly until: EpochMs };

/** No window at all is always open. */
export function isOpenAt(windows: readonly Window[], at: EpochMs): boolean {
  return windows.length === 0 || spansAround(windows, at, 1).some((span) => covers(span, at));
}

/** The first instant after `at` at which one is open; null when one is open at `at`, and when none ever is. */
export function nextOpening(windows: readonly Window[], at: EpochMs): EpochMs | null {
  if (isOpenAt(windows, at)) return null;
  const openings = spansAround(windows, at, OPENS_WITHIN_DAYS).flatMap(({ from }) => (from > at ? [from] : []));
  return openings.length === 0 ? null : Math.min(...openings);
}

/** The first instant from `at` on at which none is open; null when none is open at `at`, and when one always is. */
export function closesAt(windows: readonly Window[], at: EpochMs): EpochMs | null {
  let end: EpochMs | null = null;
  for (let from = at; from - at < NEVER_CLOSES_AFTER_MS; from = end) {
    const ends = spansAround(windows, from, 1).flatMap((span) => (covers(span, from) ? [span.until] : []));
    if (ends.length === 0) return end;
    end = Math.max(...ends);
  }
  return null;
}

/** What the windows come to on the local days from yesterday to so many ahead; one that a clock change swallowed is none. */
function spansAround(windows: readonly Window[], at: EpochMs, daysAhead: number): readonly Span[] {
  return windows.flatMap((window) => {
    const today = shownAt(at, window.zone).toPlainDate();
    const dates = Array.from({ length: daysAhead + 2 }, (_, index) => today.add({ days: index - 1 }));
    return dates
      .filter(({ dayOfWeek }) => window.days.some((day) => day === WEEK[dayOfWeek - 1]))
      .map((date) => ({ from: instantOf(date, window.fromMinute, window.zone), until: instantOf(date, window.toMinute, window.zone) }))
      .filter(({ from, until }) => from < until);
  });
}

function covers({ from, until }: Span, at: EpochMs): boolean {
  return from <= at && at < until;
}
