// From what went wrong with a request to what happens next. Nothing here tries again.
import { Parked, Refused, Stale, Transient } from "../model/errors.ts";
import type { EpochMs } from "../model/time.ts";
import { TooMuchAtOnce } from "./errors.ts";
import { rateLimitEnd } from "./rate-limit.ts";
import { redactSecrets } from "./redact.ts";
import type { Failure, Headers } from "./request.ts";

/** A limit that ends at a known time, so that whoever shares it can hold back too. */
export class RateLimited extends Transient {
  /** The end of the limit. */
  readonly until: EpochMs;
  constructor(message: string, until: EpochMs, options?: ErrorOptions) {
    super(message, until, options);
    this.until = until;
  }
}

export type Circumstances = {
  /** What was asked, for the message: the route, or the first line of a document. */
  readonly what: string;
  readonly isGraphql: boolean;
  /** Whether a 404 of this request means that there is nobody left to work for. */
  readonly parksWhenMissing: boolean;
  /** Statuses that the caller can deal with. */
  readonly expected: readonly number[];
  readonly now: EpochMs;
};

const PARKED = /repository was archived|installation has been suspended|repository access blocked|account was suspended/i;
const LACKS_PERMISSION = /resource not accessible by/i;
const HAS_MOVED = /branch was modified|expected branch to point to|pull request already exists/i;

/** The error to throw for a failed request; null when GitHub answered with a status that was expected. */
export function errorFromFailure(failure: Failure, circumstances: Circumstances, cause: unknown): Error | null {
  const { what, isGraphql, parksWhenMissing, expected, now } = circumstances;
  const reason = redactSecrets(failure.message);
  const said = `${what}: ${reason}`;
  if (failure.is === "no answer") {
    return failure.timedOut && isGraphql ? new TooMuchAtOnce(said, null, { cause }) : new Transient(said, null, { cause });
  }
  const { status, headers } = failure.answer;
  const limitedUntil = rateLimitEnd(status, headers, reason, now);
  if (limitedUntil !== null) return new RateLimited(said, limitedUntil, { cause });
  if (isParked(reason) || status === 451) return new Parked(said, { cause });
  if (failure.minting && status === 404) return new Parked(`${what}: the app is not installed any more`, { cause });
  if (!failure.minting && expected.includes(status)) return null;
  if (hasMoved(reason)) return new Stale(said, null, { cause });
  switch (status) {
    // The token has expired or was revoked: a new one is made for the next try.
    case 401:
      return new Transient(said, now, { cause });
    case 403:
      return new Refused(what, reason, LACKS_PERMISSION.test(reason) ? acceptedPermission(headers) : null, { cause });
    case 404:
      return parksWhenMissing
        ? new Parked(said, { cause })
        : new Refused(what, `${reason} (404: it does not exist, or the app may not see it)`, null, { cause });
    case 408:
      return isGraphql ? new TooMuchAtOnce(said, null, { cause }) : new Transient(said, null, { cause });
    case 409:
    case 412:
      return new Stale(said, null, { cause });
    case 502:
    case 504:
      return isGraphql ? new TooMuchAtOnce(said, null, { cause }) : new Transient(said, null, { cause });
    default:
      return status >= 500 ? new Transient(said, null, { cause }) : new Refused(what, `${reason} (${status})`, null, { cause });
  }
}

/** Whether GitHub says that there is nobody to work for, whatever the status. */
export const isParked = (said: string): boolean => PARKED.test(said);

/** Whether GitHub says that a branch, or its pull request, is not as it was seen. It has several statuses for that. */
export const hasMoved = (said: string): boolean => HAS_MOVED.test(said);

/** `contents=write; contents=write,workflows=write` as `contents: write or contents: write and workflows: write`. */
function acceptedPermission(headers: Headers): string | null {
  const accepted = String(headers["x-accepted-github-permissions"] ?? "").trim();
  const alternatives = accepted.split(";").map((all) => all.split(",").map((one) => one.trim().replace("=", ": ")));
  return accepted === "" ? null : alternatives.map((all) => all.join(" and ")).join(" or ");
}
