// Times as people read them: how long ago, with the exact time as the hint.
import type { Milliseconds } from "../world/types.ts";
import { html, type Html } from "./html.ts";

const SPANS = [
  { name: "day", ms: 86_400_000 },
  { name: "hour", ms: 3_600_000 },
  { name: "minute", ms: 60_000 },
] as const;
const RELATIVE_UP_TO_MS = 30 * 86_400_000;

/** `3 minutes ago`; the date alone when that is longer than 30 days ago. */
export function moment(at: Milliseconds, now: Milliseconds): Html {
  const exact = new Date(at).toISOString();
  return html`<time datetime="${exact}" title="${exact.slice(0, 19).replace("T", " ")} UTC">${since(at, now)}</time>`;
}

/** How long ago in words. */
function since(at: Milliseconds, now: Milliseconds): string {
  const agoMs = now - at;
  if (agoMs >= RELATIVE_UP_TO_MS) return `on ${new Date(at).toISOString().slice(0, 10)}`;
  const span = SPANS.find(({ ms }) => agoMs >= ms);
  if (span === undefined) return "just now";
  const count = Math.floor(agoMs / span.ms);
  return `${count} ${span.name}${count === 1 ? "" : "s"} ago`;
}

/** `340 ms`, `2.1 s`, `3 min`. */
export function duration(ms: Milliseconds): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 60_000)} min`;
}

/** `14:03:59`. */
export function clockTime(at: Milliseconds): Html {
  const exact = new Date(at).toISOString();
  return html`<time datetime="${exact}" title="${exact.slice(0, 10)} UTC">${exact.slice(11, 19)}</time>`;
}
