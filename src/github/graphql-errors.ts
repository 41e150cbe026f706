// The errors inside a GraphQL answer, which comes with status 200 all the same.
import { Parked, Refused, Stale } from "../model/errors.ts";
import type { EpochMs } from "../model/time.ts";
import { TooMuchAtOnce } from "./errors.ts";
import { hasMoved, isParked, RateLimited } from "./failure.ts";
import { rateLimitEnd } from "./rate-limit.ts";
import { redactSecrets } from "./redact.ts";
import { fieldsOf, type Headers, textOf } from "./request.ts";

type GraphqlError = { readonly type: string; readonly message: string; readonly path: readonly string[] };

const LIMITED = new Set(["RATE_LIMITED", "RATE_LIMIT"]);
const TOO_MUCH = new Set(["RESOURCE_LIMITS_EXCEEDED", "MAX_NODE_LIMIT_EXCEEDED", "TIMEOUT"]);

/** What is refused by itself: the rest of the answer is none the worse for it. */
const OF_ONE_FIELD = new Set(["FORBIDDEN", "NOT_FOUND"]);

/** GitHub's sentences when it gave up: the first names a time-out or a bug and comes mostly for a query that is too big. */
const GAVE_UP = /something went wrong while executing your query|couldn't respond to your request in time/i;

/** The error to throw for a list of GraphQL errors; null when there is none. Of several the one that says most about what to do next counts. */
export function errorFromGraphql(errors: unknown, about: { readonly what: string; readonly headers: Headers; readonly now: EpochMs }): Error | null {
  const { what, headers, now } = about;
  const left = readErrors(errors);
  const [first] = left;
  if (first === undefined) return null;
  const said = `${what}: ${left.map(({ message, path }) => (path.length === 0 ? message : `${message} (${path.join(".")})`)).join("; ")}`;
  const limitedUntil = rateLimitEnd(left.some(({ type }) => LIMITED.has(type)) ? 429 : 200, headers, said, now);
  if (limitedUntil !== null) return new RateLimited(said, limitedUntil);
  if (left.some(({ type, message }) => TOO_MUCH.has(type) || GAVE_UP.test(message))) return new TooMuchAtOnce(said);
  if (left.some(({ message }) => isParked(message))) return new Parked(said);
  // A branch that moved explains the errors of whatever came after it in the document.
  if (left.some(({ type, message }) => type === "STALE_DATA" || hasMoved(message))) return new Stale(said);
  return new Refused(what, left.map(({ message }) => message).join("; "), null);
}

/**
 * Each refusal with the path of its field; null when one of them has none, so that it counts for the whole answer.
 * @param isWrite each field of a mutation is done for itself, so whatever is refused there concerns that field alone
 */
export function refusedFields(
  errors: unknown,
  what: string,
  isWrite: boolean,
): readonly { readonly path: readonly string[]; readonly error: Refused }[] | null {
  const read = readErrors(errors);
  if (!read.every(({ type, path }) => (isWrite || OF_ONE_FIELD.has(type)) && path.length > 0)) return null;
  return read.map(({ path, message }) => ({ path, error: new Refused(what, message, null) }));
}

function readErrors(errors: unknown): GraphqlError[] {
  return (Array.isArray(errors) ? errors : []).map(readError);
}

function readError(error: unknown): GraphqlError {
  const { type, message, path, extensions } = fieldsOf(error);
  // Errors of the document itself have no type but a code, `undefinedField`.
  const kind = textOf(type ?? fieldsOf(extensions)["code"]);
  return { type: kind, message: redactSecrets(textOf(message, "no message")), path: Array.isArray(path) ? path.map(String) : [] };
}
