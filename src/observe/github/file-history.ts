// Earlier texts of a file on the default branch: what stood there before somebody broke it.
import type { Sha } from "../../model/snapshot.ts";
import { Transient } from "../../model/errors.ts";
import { type Fields, fieldsOrNullAt, nodesAt, textAt } from "./fields.ts";
import { readFileAt } from "./files.ts";
import type { Moment } from "./moment.ts";
import type { Question } from "./question.ts";

/** Commits that touched the file, newest first, of which the text is looked at. */
const COMMITS_MAX = 20;

/**
 * Each version of the file as text, newest first, with the commit that wrote it; versions that are no text are left out.
 * One request more for each version that is looked at: read on only as long as it takes.
 */
export async function* readFileHistory(moment: Moment, path: string): AsyncGenerator<{ readonly sha: Sha; readonly text: string }> {
  const head = await moment.ask(historyQuestion(moment.head.sha, path));
  if (head === null) throw new Transient(`GitHub does not find the commit ${moment.head.sha}.`);
  for (const commit of nodesAt(head, "history")) {
    const sha = textAt(commit, "oid");
    const state = await readFileAt(moment, sha, path);
    if (state.is === "text") yield { sha, text: state.text };
  }
}

function historyQuestion(sha: Sha, path: string): Question<Fields | null> {
  return {
    key: `history ${sha} ${path}`,
    fields: (bind) => ({
      touched: `object(oid: ${bind("GitObjectID!", sha)}) { __typename ... on Commit { history(path: ${bind("String!", path)}, first: ${COMMITS_MAX}) { nodes { oid } } } }`,
    }),
    fragments: [],
    weight: COMMITS_MAX,
    read: (answer) => fieldsOrNullAt(answer, "touched"),
    again: null,
  };
}
