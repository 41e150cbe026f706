// Since when this app's own reactions stand on a comment.
import { Transient } from "../../model/errors.ts";
import type { EpochMs } from "../../model/time.ts";
import { type Fields, fieldsAt, fieldsOrNullAt, flagAt, listAt, textAt, textOrNullAt, timeAt } from "./fields.ts";
import { ACCOUNT, type App, accountAt } from "./people.ts";
import type { Ask, Question } from "./question.ts";

/** Selection for `ownReactions`: it says whether this app has reacted, but not when. */
export const REACTIONS = "reactionGroups { content viewerHasReacted }";
const REACTORS_PAGE = 100;

/** Contents of this app's own reactions, `ROCKET`. */
export function ownReactions(comment: Fields): ReadonlySet<string> {
  return new Set(listAt(comment, "reactionGroups").flatMap((group) => (flagAt(group, "viewerHasReacted") ? [textAt(group, "content")] : [])));
}

/** @throws Transient when the reaction is not there any more */
export async function reactedAt(ask: Ask, app: App, comment: string, content: string): Promise<EpochMs> {
  for (let after: string | null = null, isFirst = true; isFirst || after !== null; isFirst = false) {
    const groups: readonly Fields[] = await ask(reactorsPage(comment, after));
    const reactors = groups.find((group) => textAt(group, "content") === content);
    if (reactors === undefined) break;
    const list = fieldsAt(reactors, "reactors");
    const own = listAt(list, "edges").find((edge) => accountAt(edge, "node") === app.login);
    if (own !== undefined) return timeAt(own, "reactedAt");
    const info = fieldsAt(list, "pageInfo");
    after = flagAt(info, "hasNextPage") ? textOrNullAt(info, "endCursor") : null;
  }
  throw new Transient("A reaction of this app went while it was read.");
}

/** Of every kind of reaction: a comment has eight groups at most. */
function reactorsPage(comment: string, after: string | null): Question<readonly Fields[]> {
  return {
    key: `reactors ${comment} ${after}`,
    fields: (bind) => ({
      comment: `node(id: ${bind("ID!", comment)}) { ... on IssueComment { reactionGroups { content reactors(first: ${REACTORS_PAGE}, after: ${bind("String", after)}) { pageInfo { hasNextPage endCursor } edges { reactedAt node ${ACCOUNT} } } } } }`,
    }),
    fragments: [],
    isAtRoot: true,
    weight: REACTORS_PAGE,
    read(answer) {
      const found = fieldsOrNullAt(answer, "comment");
      return found === null ? [] : listAt(found, "reactionGroups");
    },
    again: () => reactorsPage(comment, after),
  };
}
