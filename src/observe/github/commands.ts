// Commands in a conversation: comments of people in which a line begins with `/release`, and what this app's own
// reaction says it did with them.
import type { CommandComment } from "../../model/snapshot.ts";
import { type Fields, fieldsAt, flagAt, listAt, textAt, textOrNullAt, timeAt } from "./fields.ts";
import { ACTOR, actorAt, isBot } from "./people.ts";
import type { Ask, Question } from "./question.ts";

/** Comments in one page, the newest first page. */
export const COMMANDS_PAGE = 100;

/** For comments of issues, as `...CommandComment`. */
export const COMMENT = `fragment CommandComment on IssueComment {
  id body createdAt lastEditedAt
  author ${ACTOR}
  reactionGroups { content viewerHasReacted }
}`;

/**
 * Every command of a pull request, oldest first. Most conversations end within the page that came along; of longer ones
 * the older pages are read, too: a command does not lapse because people kept talking.
 * @param pull with its newest `comments`
 */
export async function readCommands(ask: Ask, number: number, pull: Fields): Promise<CommandComment[]> {
  let page = fieldsAt(pull, "comments");
  const pages = [listAt(page, "nodes")];
  for (let info = fieldsAt(page, "pageInfo"); flagAt(info, "hasPreviousPage"); info = fieldsAt(page, "pageInfo")) {
    page = await ask(olderComments(number, textAt(info, "startCursor")));
    pages.unshift(listAt(page, "nodes"));
  }
  return pages.flat().flatMap(commandOf);
}

function commandOf(comment: Fields): CommandComment[] {
  const body = textAt(comment, "body");
  const author = actorAt(comment, "author");
  const isCommand = /^[^\S\r\n]*\/release\b/m.test(body) && textOrNullAt(comment, "lastEditedAt") === null;
  if (!isCommand || author === null || isBot(author)) return [];
  return [{ id: textAt(comment, "id"), author, body, createdAt: timeAt(comment, "createdAt"), answered: answerOf(comment) }];
}

function answerOf(comment: Fields): CommandComment["answered"] {
  const own = listAt(comment, "reactionGroups").filter((group) => flagAt(group, "viewerHasReacted"));
  const reacted = new Set(own.map((group) => textAt(group, "content")));
  if (reacted.has("ROCKET")) return "accepted";
  return reacted.has("CONFUSED") ? "refused" : null;
}

function olderComments(number: number, before: string): Question<Fields> {
  return {
    key: `comments ${number} ${before}`,
    fields: (bind) => ({
      pull: `pullRequest(number: ${bind("Int!", number)}) { comments(last: $page, before: ${bind("String", before)}) { pageInfo { hasPreviousPage startCursor } nodes { ...CommandComment } } }`,
    }),
    fragments: [COMMENT],
    weight: COMMANDS_PAGE,
    read: (answer) => fieldsAt(fieldsAt(answer, "pull"), "comments"),
    again: null,
  };
}
