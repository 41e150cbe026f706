// When a limit that GitHub reported ends. https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
import type { EpochMs } from "../model/time.ts";
import type { Headers } from "./request.ts";

/** GitHub asks to wait at least a minute when it does not say how long. */
const UNSAID_MS = 60_000;

/** Limits are counted by the hour: a later end is a wrong clock, on one side or the other. */
const LATEST_MS = 65 * 60_000;

const WORDS = /secondary rate limit|rate limit exceeded|abuse detection|submitted too quickly/i;

/**
 * The end of the limit that an answer reports; null when it reports none.
 * @param status 200 for the errors inside a GraphQL answer
 * @param said what GitHub wrote: some limits are known by their words only
 */
export function rateLimitEnd(status: number, headers: Headers, said: string, now: EpochMs): EpochMs | null {
  const words = WORDS.test(said);
  const refuses = status === 403 || status === 429;
  const after = refuses || words ? retryAfter(headers["retry-after"], now) : null;
  const spent = String(headers["x-ratelimit-remaining"] ?? "") === "0";
  if (after === null && status !== 429 && !words && !(refuses && spent)) return null;
  const reset = spent ? Number(headers["x-ratelimit-reset"]) * 1_000 : Number.NaN;
  const end = after ?? (Number.isFinite(reset) ? reset : now + UNSAID_MS);
  return Math.min(Math.max(end, now + 1_000), now + LATEST_MS);
}

/** Seconds, or a date as HTTP writes it. */
function retryAfter(value: string | number | undefined, now: EpochMs): EpochMs | null {
  if (value === undefined || value === "") return null;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return now + seconds * 1_000;
  const date = Date.parse(String(value));
  return Number.isNaN(date) ? now + UNSAID_MS : date;
}
