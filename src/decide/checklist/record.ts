// The app's status comment, and what the app remembers in it. Whoever may write can edit the comment, so the record is
// believed only where the app itself wrote it.
import type { Tick } from "../../model/agreement.ts";
import { RECORD_OPENING } from "../../model/plan.ts";
import type { OwnComment, Revision } from "../../model/snapshot.ts";
import type { EpochMs } from "../../model/time.ts";

export type StatusRecord = {
  /** A component's name, or `*` for the whole repository. */
  readonly line: string;
  /** When the newest edit by a person was made of those that the ticks take into account; 0 when there was none. */
  readonly seen: EpochMs;
  /** The newest of each step. */
  readonly ticks: readonly Tick[];
};

export type StatusComment = { readonly comment: OwnComment; readonly record: StatusRecord };

const CLOSING = " -->";

/** A comment that Markdown does not show. The JSON holds no `-->`: `>` is escaped. */
export function statusRecordAsComment(record: StatusRecord): string {
  return `${RECORD_OPENING}${JSON.stringify({ status: record }).replaceAll(">", String.raw`\u003e`)}${CLOSING}`;
}

/**
 * The oldest of the app's comments that is a status comment, with what the app wrote into it last; null when there is
 * none, or when the app never wrote it.
 */
export function statusCommentOf(own: readonly OwnComment[], appLogin: string): StatusComment | null {
  for (const comment of own) {
    const record = newestRecord(comment.revisions, appLogin);
    if (record !== null) return { comment, record };
  }
  return null;
}

function newestRecord(revisions: readonly Revision[], appLogin: string): StatusRecord | null {
  for (const { editor, text } of revisions.toReversed()) {
    const record = editor === appLogin ? recordIn(text) : null;
    if (record !== null) return record;
  }
  return null;
}

/** The last line: the app quotes text of people, and what it quotes is no record. */
function recordIn(text: string): StatusRecord | null {
  const last = text.trimEnd().split(/\r?\n/).at(-1) ?? "";
  if (!last.startsWith(RECORD_OPENING) || !last.endsWith(CLOSING)) return null;
  return readRecord(last.slice(RECORD_OPENING.length, -CLOSING.length));
}

/** Only this app writes records, but another build of it may have: what does not fit is no record. */
function readRecord(json: string): StatusRecord | null {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return null;
  }
  return isObject(value) && isStatus(value["status"]) ? value["status"] : null;
}

function isStatus(value: unknown): value is StatusRecord {
  return (
    isObject(value) && typeof value["line"] === "string" && typeof value["seen"] === "number" && Array.isArray(value["ticks"]) && value["ticks"].every(isTick)
  );
}

function isTick(value: unknown): value is Tick {
  return isObject(value) && ["gate", "item", "by"].every((key) => typeof value[key] === "string") && typeof value["at"] === "number";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
