// What the app remembers in a text of its own: a comment at the very end that Markdown does not show. Whoever reads it back
// makes sure that the app wrote that text.
import { RECORD_OPENING } from "../model/plan.ts";

const CLOSING = " -->";

/** One line. The JSON holds no `-->`: `>` is escaped. */
export function hiddenRecord(value: unknown): string {
  return `${RECORD_OPENING}${JSON.stringify(value).replaceAll(">", String.raw`\u003e`)}${CLOSING}`;
}

/** The value of the record that a text ends with; null when it ends with none. What stands before may quote anybody, records included. */
export function hiddenRecordIn(text: string): unknown {
  const whole = text.trimEnd();
  const last = whole.slice(whole.lastIndexOf("\n") + 1);
  if (!last.startsWith(RECORD_OPENING) || !last.endsWith(CLOSING)) return null;
  try {
    return JSON.parse(last.slice(RECORD_OPENING.length, -CLOSING.length));
  } catch {
    return null;
  }
}

/** Only this app writes records, but another build of it may have: each reader looks at the fields it needs. */
export function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
