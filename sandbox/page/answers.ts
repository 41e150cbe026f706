// Answers with the headers that every page has: nothing is cached, nothing is loaded from elsewhere, only the one script
// with this answer's nonce may run.
import { randomBytes } from "node:crypto";
import { textOf, type Html } from "./html.ts";

export function newNonce(): string {
  return randomBytes(16).toString("base64");
}

export function pageAnswer(page: Html, status: number, nonce: string, cookies: readonly string[]): Response {
  const headers = new Headers({
    ...plainHeaders("text/html; charset=utf-8"),
    "content-security-policy": [
      "default-src 'none'",
      `script-src 'nonce-${nonce}'`,
      "style-src 'self'",
      "img-src 'self' data:",
      "connect-src 'self'",
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join("; "),
  });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(textOf(page), { status, headers });
}

export function textAnswer(text: string, type: string, status = 200): Response {
  return new Response(text, { status, headers: plainHeaders(type) });
}

/** After a form was done: the browser asks for the page again, so that a reload does nothing twice. */
export function goTo(path: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ ...plainHeaders("text/plain"), location: path });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}

function plainHeaders(type: string): Record<string, string> {
  return { "content-type": type, "cache-control": "no-store", "x-content-type-options": "nosniff", "referrer-policy": "same-origin" };
}
