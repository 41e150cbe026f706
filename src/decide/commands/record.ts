// How a reply says, for the app itself, which revision of which comment it answers. A comment of the app can be edited by
// whoever may write to the repository, so only what it was written with is believed.
import type { OwnComment } from "../../model/snapshot.ts";
import { hiddenRecord, hiddenRecordIn, isFields } from "../hidden-record.ts";

export type Answer = {
  /** Index of the revision that was judged. */
  readonly revision: number;
  /** Index of the revision that had been answered before; null for the first answer. */
  readonly after: number | null;
  readonly is: "accepted" | "refused";
};
type Recorded = Answer & { /** Node id of the comment. */ readonly answers: string };

/** For the end of a reply. */
export function answerRecord({ answers, revision, after, is }: Recorded): string {
  return hiddenRecord({ answers, revision, after, is });
}

/** What this app's replies say, by the node id of the comment that they answer; oldest first. */
export function answersIn(own: readonly OwnComment[], appLogin: string): ReadonlyMap<string, readonly Answer[]> {
  const found = new Map<string, Answer[]>();
  for (const { revisions } of own) {
    const [first] = revisions;
    const recorded = first?.editor === appLogin ? recordIn(first.text) : null;
    if (recorded === null) continue;
    const { answers, ...answer } = recorded;
    const known = found.get(answers);
    if (known === undefined) found.set(answers, [answer]);
    else known.push(answer);
  }
  return found;
}

function recordIn(text: string): Recorded | null {
  const value = hiddenRecordIn(text);
  return isRecorded(value) ? value : null;
}

function isRecorded(value: unknown): value is Recorded {
  if (!isFields(value)) return false;
  const { answers, revision, after, is } = value;
  return typeof answers === "string" && isIndex(revision) && (after === null || isIndex(after)) && (is === "accepted" || is === "refused");
}

function isIndex(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
