// Who ticked which box, and when, told from who edited the comment. The app's own edits tick nothing.
import type { Tick } from "../../model/agreement.ts";
import type { Revision } from "../../model/snapshot.ts";
import { boxesIn, keyOf } from "./boxes.ts";
import type { StatusComment, StatusRecord } from "./record.ts";
import type { Step } from "./steps.ts";

/** What is remembered of a line that has no status comment yet. */
export function emptyRecord(line: string): StatusRecord {
  return { line, seen: 0, ticks: [] };
}

/**
 * The record as it is after everything that people did to the comment since the app wrote it. A box that an edit ticked
 * is a tick of its editor; a box that an edit unticked or took away loses its tick, whoever did it. An edit by somebody
 * whose account is gone ticks nothing. Only steps of the list count. Each tick is kept whoever made it: who may is for
 * the gate to say.
 */
export function recordNow({ comment, record }: StatusComment, appLogin: string, steps: readonly Step[]): StatusRecord {
  const ticks = new Map(record.ticks.map((tick) => [keyOf(tick), tick]));
  let seen = record.seen;
  for (const [index, after] of comment.revisions.entries()) {
    const before = comment.revisions[index - 1];
    // GitHub's times have whole seconds: what was edited within the same second is looked at again, which changes nothing that was seen.
    if (before === undefined || after.editor === appLogin || after.at < record.seen) continue;
    apply(after, before, steps, ticks);
    seen = Math.max(seen, after.at);
  }
  return { line: record.line, seen, ticks: [...ticks.values()] };
}

function apply(after: Revision, before: Revision, steps: readonly Step[], ticks: Map<string, Tick>): void {
  const [then, now] = [boxesIn(before.text, steps), boxesIn(after.text, steps)];
  for (const step of steps) {
    const key = keyOf(step);
    const [wasTicked, isTicked] = [then.get(key) === true, now.get(key) === true];
    if (wasTicked && !isTicked) ticks.delete(key);
    if (isTicked && !wasTicked && after.editor !== null) ticks.set(key, { gate: step.gate, item: step.item, by: after.editor, at: after.at });
  }
}
