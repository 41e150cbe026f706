// What people wrote into the description of a pull request. GitHub compares no text before it writes one: what somebody
// saves between the app's look and its write is gone from the description. It still stands in the history of edits.
import { Transient } from "../../model/errors.ts";
import { type Fields, fieldsAt, fieldsOrNullAt, nodesAt, numberAt, textAt, textOrNullAt } from "./fields.ts";
import type { Named } from "./moment.ts";
import { ACTOR, actorAt } from "./people.ts";
import type { Question } from "./question.ts";

/**
 * Versions that are looked through, newest first. What was lost is found in the look after the write that lost it, so it is
 * the second; the others are for looks that were shown something old and wrote once more.
 */
const EDITS = 10;

/** Selection on a pull request, read with `readWritten`. The texts are not in it: each may have 64 kB. */
export const EDITORS = `userContentEdits(first: ${EDITS}) { nodes { id editor ${ACTOR} } }`;

/** Nodes that the selection counts for. */
export const EDITORS_WEIGHT = EDITS;

/**
 * The newest version that somebody else than this app wrote, where the app has written since; else what stands there. The
 * app's own versions keep what people wrote as it was when it looked, and never have news from them.
 * @param pull with `number`, `body` and EDITORS
 * @throws Transient when it is edited meanwhile
 */
export async function readWritten({ ask, app }: Pick<Named, "ask" | "app">, pull: Fields): Promise<string> {
  const body = textAt(pull, "body");
  const edits = fieldsOrNullAt(pull, "userContentEdits") === null ? [] : nodesAt(pull, "userContentEdits");
  const index = edits.findIndex((edit) => actorAt(edit, "editor") !== app.login);
  const byPeople = edits[index];
  if (index <= 0 || byPeople === undefined) return body;
  const id = textAt(byPeople, "id");
  const texts = await ask(textsQuestion(numberAt(pull, "number"), index + 1));
  const found = texts.find((edit) => textAt(edit, "id") === id);
  if (found === undefined) throw new Transient("The description of a pull request was edited while it was read.");
  // Whoever deletes a version from the history wants it to be gone.
  return textOrNullAt(found, "diff") ?? body;
}

function textsQuestion(number: number, count: number): Question<Fields[]> {
  return {
    key: `versions ${number} ${count}`,
    fields: (bind) => ({ pull: `pullRequest(number: ${bind("Int!", number)}) { userContentEdits(first: ${count}) { nodes { id diff } } }` }),
    fragments: [],
    weight: count,
    read: (answer) => nodesAt(fieldsAt(answer, "pull"), "userContentEdits"),
    again: () => textsQuestion(number, count),
  };
}
