// Whether a minute is one of a schedule's (https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule):
// five fields in UTC, each `*`, numbers, ranges and lists of them, with `/` for every so many. Names of days and months are not read.

const LIMITS = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
] as const;
const PART = /^(?:\*|(?<from>\d+)(?:-(?<to>\d+))?)(?:\/(?<every>\d+))?$/u;

/** Null for what is no such field. */
const fits = (field: string, value: number, [least, most]: readonly [number, number]): boolean | null => {
  let isIn = false;
  for (const part of field.split(",")) {
    const groups = PART.exec(part)?.groups;
    if (groups === undefined) return null;
    const { from, to, every } = groups;
    const first = from === undefined ? least : Number(from);
    const last = to === undefined ? (from === undefined || every !== undefined ? most : first) : Number(to);
    if (value >= first && value <= last && (value - first) % Number(every ?? 1) === 0) isIn = true;
  }
  return isIn;
};

/** Where both name days, one of month and week is enough. What is no schedule never fits. */
export const isDue = (cron: string, at: number): boolean => {
  const fields = cron.trim().split(/\s+/u);
  const moment = new Date(at);
  const values = [moment.getUTCMinutes(), moment.getUTCHours(), moment.getUTCDate(), moment.getUTCMonth() + 1, moment.getUTCDay()];
  if (fields.length !== LIMITS.length) return false;
  const found = LIMITS.map((limits, index) => fits(fields[index] ?? "", values[index] ?? -1, limits));
  if (found.includes(null)) return false;
  const [minute, hour, day, month, weekday] = found;
  const isDay = fields[2] === "*" || fields[4] === "*" ? day && weekday : day || weekday;
  return Boolean(minute && hour && month && isDay);
};
