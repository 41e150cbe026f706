// The app's status comment, and what the app remembers in it. Whoever may write can edit the comment, so the record is
// believed only where the app itself wrote it.
import type { Tick } from "../../model/agreement.ts";
import type { OwnComment, Revision } from "../../model/snapshot.ts";
import type { EpochMs } from "../../model/time.ts";
import { hiddenRecord, hiddenRecordIn, isFields } from "../hidden-record.ts";

export type StatusRecord = {
  /** A component's name, or `*` for the whole repository. */
  readonly line: string;
  /** When the newest edit by a person was made of those that the ticks take into account; 0 when there was none. */
  readonly seen: EpochMs;
  /** The newest of each step. */
  readonly ticks: readonly Tick[];
};

export type StatusComment = { readonly comment: OwnComment; readonly record: StatusRecord };

export function statusRecordAsComment(status: StatusRecord): string {
  return hiddenRecord({ status });
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

function recordIn(text: string): StatusRecord | null {
  const value = hiddenRecordIn(text);
  return isFields(value) && isStatus(value["status"]) ? value["status"] : null;
}

function isStatus(value: unknown): value is StatusRecord {
  return (
    isFields(value) && typeof value["line"] === "string" && typeof value["seen"] === "number" && Array.isArray(value["ticks"]) && value["ticks"].every(isTick)
  );
}

function isTick(value: unknown): value is Tick {
  return isFields(value) && ["gate", "item", "by"].every((key) => typeof value[key] === "string") && typeof value["at"] === "number";
}
