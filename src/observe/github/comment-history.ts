// What a comment said, and when, and who wrote that. GitHub keeps every version of a comment that was edited.
import { Transient } from "../../model/errors.ts";
import type { Revision } from "../../model/snapshot.ts";
import { type Fields, fieldsOrNullAt, textAt, textOrNullAt, timeAt, timeOrNullAt } from "./fields.ts";
import { PAGE, type Page, pageAt, readOn } from "./pages.ts";
import { ACTOR, actorAt } from "./people.ts";
import type { Ask, Question } from "./question.ts";

const EDITS_PAGE = 100;

/**
 * Oldest first; the last one is what stands there. A comment that was never edited costs no question.
 * @param comment with the fields of COMMENT
 * @param reach `newest`: the newest 100 at least
 * @throws Transient when the comment is edited or deleted meanwhile
 */
export async function readRevisions(ask: Ask, comment: Fields, reach: "everything" | "newest"): Promise<readonly Revision[]> {
  const text = textAt(comment, "body");
  const editedAt = timeOrNullAt(comment, "lastEditedAt");
  if (editedAt === null) return [{ at: timeAt(comment, "createdAt"), editor: actorAt(comment, "author"), text }];
  const id = textAt(comment, "id");
  const first = await ask(editsPage(id, null));
  const isEnough = reach === "newest" && isNewest(first, text);
  const edits = isEnough ? first.nodes : await readOn(`versions of the comment ${textAt(comment, "url")}`, first, (after) => ask(editsPage(id, after)), "id");
  // GitHub has forgotten what stood there before: then all that stands there is of whoever edited it last.
  if (edits.length === 0) return [{ at: editedAt, editor: actorAt(comment, "editor"), text }];
  const revisions = edits
    .map(revisionOf)
    .toReversed()
    .sort((one, other) => one.at - other.at);
  const last = revisions.at(-1);
  if (last === undefined || !sameText(last.text ?? text, text)) throw new Transient(`The comment ${textAt(comment, "url")} was edited while it was read.`);
  return [...revisions.slice(0, -1).map((revision) => ({ ...revision, text: revision.text ?? "" })), { ...last, text }];
}

/** The text is null when somebody deleted that version from the history: that it was there is still known. */
function revisionOf(edit: Fields): Omit<Revision, "text"> & { readonly text: string | null } {
  return { at: timeAt(edit, "editedAt"), editor: actorAt(edit, "editor"), text: textOrNullAt(edit, "diff") };
}

/** GitHub lists the newest first; should it ever not, all of them are read. */
function isNewest({ nodes: [first] }: Page, text: string): boolean {
  return first !== undefined && sameText(revisionOf(first).text, text);
}

/** Forms send other line ends than the API, and GitHub trims. */
function sameText(one: string | null, other: string): boolean {
  return one !== null && comparable(one) === comparable(other);
}

function comparable(text: string): string {
  return text.replaceAll("\r\n", "\n").trim();
}

function editsPage(id: string, after: string | null): Question<Page> {
  return {
    key: `edits ${id} ${after}`,
    fields: (bind) => ({
      comment: `node(id: ${bind("ID!", id)}) { ... on IssueComment { userContentEdits(first: ${EDITS_PAGE}, after: ${bind("String", after)}) { ${PAGE} nodes { id editedAt diff editor ${ACTOR} } } } }`,
    }),
    fragments: [],
    isAtRoot: true,
    weight: EDITS_PAGE,
    read(answer) {
      const comment = fieldsOrNullAt(answer, "comment");
      if (comment === null) throw new Transient("A comment was deleted while it was read.");
      return fieldsOrNullAt(comment, "userContentEdits") === null ? { nodes: [], total: 0, next: null } : pageAt(comment, "userContentEdits");
    },
    again: () => editsPage(id, after),
  };
}
