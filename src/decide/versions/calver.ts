// Versions that follow the calendar: reads and writes texts of a format such as `{yyyy}.{n}` or `{yy}.{0m}.{n}`.
// `{yyyy}` and `{yy}` are the year, `{mm}` and `{0m}` the month, `{dd}` and `{0d}` the day, `{ww}` the ISO week, `{n}` a
// counter; `0` in front pads to two digits. With `{ww}` the year is the one the week belongs to, so that the last days of
// December do not sort behind the weeks of the year that follows.
import type { Template } from "../../model/playbook.ts";
import type { EpochMs } from "../../model/time.ts";
import type { VersionText } from "../../model/version.ts";
import { type CalendarDay, calendarDay, padded } from "./calendar.ts";

/** What a text of the format says; `dated` are its parts except the counter, as written. */
type CalverReading = { readonly dated: readonly string[]; readonly counter: number | null; readonly length: number };

type Token = {
  readonly write: (day: CalendarDay, year: number) => string;
  /** Anchored at its start; the longest reading is taken. */
  readonly pattern: RegExp;
};

const TOKENS: ReadonlyMap<string, Token> = new Map<string, Token>([
  ["{yyyy}", { write: (_, year) => String(year), pattern: /^[1-9]\d{3}/ }],
  ["{yy}", { write: (_, year) => padded(year % 100), pattern: /^\d\d/ }],
  ["{mm}", { write: ({ month }) => String(month), pattern: /^(?:1[0-2]|[1-9])/ }],
  ["{0m}", { write: ({ month }) => padded(month), pattern: /^(?:0[1-9]|1[0-2])/ }],
  ["{dd}", { write: ({ day }) => String(day), pattern: /^(?:[12]\d|3[01]|[1-9])/ }],
  ["{0d}", { write: ({ day }) => padded(day), pattern: /^(?:0[1-9]|[12]\d|3[01])/ }],
  ["{ww}", { write: ({ isoWeek }) => String(isoWeek), pattern: /^(?:[1-4]\d|5[0-3]|[1-9])/ }],
]);
/** Fifteen digits count exactly; a longer one is no counter. */
const COUNTER = /^(?:0|[1-9]\d{0,14})/;

/** The longest front of the text that is a version of the format; null when there is none. */
export function readCalver(format: Template, text: string): CalverReading | null {
  const dated: string[] = [];
  let counter: number | null = null;
  let at = 0;
  for (const piece of piecesOf(format)) {
    const token = TOKENS.get(piece);
    const isCounter = piece === "{n}";
    const pattern = isCounter ? COUNTER : token?.pattern;
    const found = pattern === undefined ? (text.startsWith(piece, at) ? piece : undefined) : pattern.exec(text.slice(at, at + 20))?.[0];
    if (found === undefined) return null;
    if (isCounter) counter = Number(found);
    else if (token !== undefined) dated.push(found);
    at += found.length;
  }
  return at === 0 || /^\d/.test(text.slice(at, at + 1)) ? null : { dated, counter, length: at };
}

/**
 * The version of that day. Its counter goes on from the highest that `used` holds for the same dated part and starts at 1
 * when the dated part is new. A format without `{n}` gives the same version for the whole day, week, month or year.
 */
export function nextCalver(format: Template, takenAt: EpochMs, used: readonly VersionText[]): VersionText {
  const day = calendarDay(takenAt);
  const year = format.includes("{ww}") ? day.isoYear : day.year;
  const pieces = piecesOf(format);
  const dated = pieces.flatMap((piece) => TOKENS.get(piece)?.write(day, year) ?? []);
  let counter = 0;
  for (const version of used) {
    const reading = readCalver(format, version);
    if (reading?.length === version.length && isSameList(reading.dated, dated)) counter = Math.max(counter, reading.counter ?? 0);
  }
  return pieces.map((piece) => (piece === "{n}" ? String(counter + 1) : (TOKENS.get(piece)?.write(day, year) ?? piece))).join("");
}

/** The format inside a template, without the literal text around its first and last placeholder. */
export function calverWithin(template: Template): { readonly prefix: string; readonly format: Template; readonly suffix: string } {
  const start = template.indexOf("{");
  const end = template.lastIndexOf("}") + 1;
  if (start === -1 || end <= start) throw new Error(`Bug: a calendar template without a placeholder: ${template}`);
  return { prefix: template.slice(0, start), format: template.slice(start, end), suffix: template.slice(end) };
}

/** Placeholders and the literal texts between them. */
function piecesOf(format: Template): string[] {
  return format.split(/(\{\w+\})/).filter((piece) => piece !== "");
}

function isSameList(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((one, index) => one === right[index]);
}
