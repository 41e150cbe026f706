// A delivery from GitHub, believed only as far as it is signed. The signature covers the body alone: name and number of an
// event are hints, checked for their shape so that nothing odd reaches a log or a table.
import { isUtf8 } from "node:buffer";
import type { IncomingHttpHeaders } from "node:http";

export type DeliveryHeaders = {
  /** GitHub's number of the delivery; a redelivery has the same. */
  readonly id: string;
  readonly event: string;
  /** `sha256=` and 64 hexadecimal digits. */
  readonly signature: string;
};

/** Why a request is turned away: an HTTP status and a sentence for whoever configures the webhook. */
export type Refusal = { readonly status: number; readonly because: string };

/** GitHub sends nothing larger (docs, "Webhook events and payloads"); the margin is for the headers of a proxy that counts them. */
export const BODY_BYTES_MAX = 25 * 1024 * 1024 + 64 * 1024;

/**
 * What can be said before a byte of the body is read.
 * The length must be declared, as GitHub's always is: what is too large is then refused without being received.
 */
export function readHeaders(headers: IncomingHttpHeaders): DeliveryHeaders | Refusal {
  const event = one(headers["x-github-event"]);
  const id = one(headers["x-github-delivery"]);
  const signature = one(headers["x-hub-signature-256"]);
  if (!/^application\/json\s*(;|$)/i.test(headers["content-type"] ?? "")) {
    return { status: 415, because: "set the webhook's content type to application/json" };
  }
  if (headers["content-encoding"] !== undefined) return { status: 415, because: "a compressed body is not accepted" };
  if (!/^[a-z]{1,30}(_[a-z]{1,30}){0,5}$/.test(event)) return { status: 400, because: "X-GitHub-Event is missing or malformed" };
  if (!/^[\da-zA-Z-]{1,64}$/.test(id)) return { status: 400, because: "X-GitHub-Delivery is missing or malformed" };
  if (signature === "") return { status: 401, because: "the delivery is not signed: set a secret in the webhook's settings" };
  if (!/^sha256=[\da-f]{64}$/.test(signature)) return { status: 401, because: "X-Hub-Signature-256 is malformed" };
  const bytes = declaredBytes(headers);
  if (bytes === null) return { status: 411, because: "Content-Length is missing" };
  if (bytes > BODY_BYTES_MAX) return { status: 413, because: `a body may have ${BODY_BYTES_MAX} bytes` };
  return { id, event, signature };
}

export function declaredBytes(headers: IncomingHttpHeaders): number | null {
  const text = headers["content-length"] ?? "";
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/**
 * The payload of a delivery that GitHub signed.
 * @param verify Compares in constant time the signature of a text with the one given.
 */
export async function readSigned(
  body: Buffer,
  { signature }: DeliveryHeaders,
  verify: (body: string, signature: string) => Promise<boolean>,
): Promise<{ readonly payload: object } | Refusal> {
  // Only then text and bytes stand for each other exactly, so that verifying the text verifies the bytes.
  if (!isUtf8(body)) return { status: 401, because: "the body is not UTF-8, so GitHub did not sign it" };
  const text = body.toString("utf8");
  if (text === "" || !(await verify(text, signature)))
    return { status: 401, because: "the signature does not fit: WEBHOOK_SECRET differs from the webhook's secret" };
  const payload = parse(text);
  return typeof payload === "object" && payload !== null ? { payload } : { status: 400, because: "the body is no JSON object" };
}

function one(header: string | readonly string[] | undefined): string {
  return typeof header === "string" ? header : "";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
