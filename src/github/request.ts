// The seam to Octokit: its `request` function, and its errors as data.

export type Headers = Readonly<Record<string, string | number | undefined>>;
export type Answer = { readonly status: number; readonly data: unknown; readonly headers: Headers };

/** Octokit's `request`, without its retry and throttling plugins. It throws for statuses of 400 and above. */
export type RequestLike = (route: string, parameters: Record<string, unknown>) => Promise<Answer>;

export type Failure =
  /** GitHub answered. `minting`: not to the request itself but to the one for the token that it needs. */
  | { readonly is: "answer"; readonly answer: Answer; readonly message: string; readonly minting: boolean }
  /** Nothing came back, or not all of it: whether the request was carried out is not known. */
  | { readonly is: "no answer"; readonly timedOut: boolean; readonly message: string };

/** A proxy's error page is no message. */
const SAID_MAX = 300;

const MINTING = /\/app\/installations\/\d+\/access_tokens$/;

/** What a thrown error says about the request; null when it says nothing, so it is a bug. */
export function readFailure(error: unknown): Failure | null {
  const { status, response, request, cause, message } = fieldsOf(error);
  const said = textOf(message).slice(0, SAID_MAX);
  if (typeof status === "number" && response !== undefined) {
    const { headers, data } = fieldsOf(response);
    const minting = MINTING.test(textOf(fieldsOf(request)["url"]));
    return { is: "answer", answer: { status, data, headers: headersOf(headers) }, message: messageOf(data) ?? said, minting };
  }
  const timedOut = [error, cause, fieldsOf(cause)["cause"]].some(isTimeout);
  const isNetwork = typeof status === "number" || (nameOf(error) === "TypeError" && message === "fetch failed");
  return isNetwork || timedOut ? { is: "no answer", timedOut, message: said } : null;
}

export const textOf = (value: unknown, otherwise = ""): string => (typeof value === "string" ? value : otherwise);

/** The fields of anything, none when it has none. Reads own properties and those that errors keep unlisted. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.getOwnPropertyNames(value).map((name) => [name, Reflect.get(value, name)]));
}

function headersOf(headers: unknown): Headers {
  const known = Object.entries(fieldsOf(headers)).filter(
    (entry): entry is [string, string | number] => typeof entry[1] === "string" || typeof entry[1] === "number",
  );
  return Object.fromEntries(known.map(([name, value]) => [name.toLowerCase(), value]));
}

/** GitHub's own sentence, with the details that some answers list. */
function messageOf(data: unknown): string | null {
  const { message, errors } = fieldsOf(data);
  if (typeof message !== "string") return null;
  const details = (Array.isArray(errors) ? errors : []).map((detail) => textOf(detail) || textOf(fieldsOf(detail)["message"], JSON.stringify(detail)));
  return [message, ...details].join("; ");
}

/** Our own limit aborts; undici's and the system's limits carry a code. */
function isTimeout(error: unknown): boolean {
  const { code } = fieldsOf(error);
  const name = nameOf(error);
  return name === "AbortError" || name === "TimeoutError" || (typeof code === "string" && /TIMEOUT|TIMEDOUT/.test(code));
}

/** Errors inherit their names, so they are no fields. */
const nameOf = (error: unknown): unknown => (typeof error === "object" && error !== null ? Reflect.get(error, "name") : null);
