// What people and this app said to each other on a pull request or an issue.
import type { CommandComment, Conversation, OwnComment } from "../../model/snapshot.ts";
import { readRevisions } from "./comment-history.ts";
import { type Fields, fieldsAt, textAt, textOrNullAt, timeAt } from "./fields.ts";
import type { Asking } from "./moment.ts";
import { PAGE, type Page, pageAt, readOn } from "./pages.ts";
import { ACTOR, actorAt, isBot } from "./people.ts";
import type { Question } from "./question.ts";
import { REACTIONS, ownReactions, reactedAt } from "./reactions.ts";

/** Comments that come along; of longer conversations the other pages are read, too: nothing lapses because people kept talking. */
export const COMMENTS_PAGE = 100;

/** Selection on a pull request or an issue, with COMMENT among the fragments; read with `readComments`. */
export const COMMENTS = `comments(first: ${COMMENTS_PAGE}) { ${PAGE} nodes { ...SaidComment } }`;
export const COMMENT = `fragment SaidComment on IssueComment {
  id url body createdAt lastEditedAt
  author ${ACTOR}
  editor ${ACTOR}
  ${REACTIONS}
}`;

type Place = { readonly is: "pullRequest" | "issue"; readonly number: number };

/** @param discussion with its COMMENTS */
export async function readComments(asking: Pick<Asking, "ask" | "app">, place: Place, discussion: Fields): Promise<Conversation> {
  const { ask, app } = asking;
  const comments = await readOn(`comments of #${place.number}`, pageAt(discussion, "comments"), (after) => ask(commentsPage(place, after)), "id");
  const [requests, own] = await Promise.all([
    Promise.all(comments.map((comment) => requestOf(asking, comment))),
    Promise.all(comments.filter((comment) => actorAt(comment, "author") === app.login).map((comment) => ownOf(asking, comment))),
  ]);
  return { requests: requests.flat(), own };
}

/** A line begins with a command. */
function asks(text: string): boolean {
  return /^[^\S\r\n]*\/release\b/m.test(text);
}

/** Of an edited comment only its history tells; one in which neither a trace of a command nor one of an answer is left never was one that counted. */
function mayHoldRequest(comment: Fields): boolean {
  const body = textAt(comment, "body");
  return isEdited(comment) ? body.includes("/release") || ownReactions(comment).size > 0 : asks(body);
}

function isEdited(comment: Fields): boolean {
  return textOrNullAt(comment, "lastEditedAt") !== null;
}

async function requestOf({ ask, app }: Pick<Asking, "ask" | "app">, comment: Fields): Promise<CommandComment[]> {
  const author = actorAt(comment, "author");
  if (author === null || isBot(author) || !mayHoldRequest(comment)) return [];
  const revisions = await readRevisions(ask, comment, "everything");
  if (!revisions.some(({ text }) => asks(text))) return [];
  const id = textAt(comment, "id");
  const createdAt = timeAt(comment, "createdAt");
  const own = ownReactions(comment);
  const answer = answerIn(own);
  const isSeen = own.has("EYES");
  // What was answered and never edited is over: nothing depends on when it was, so the time of the comment stands for it.
  const isExact = isEdited(comment) || (isSeen && answer === null);
  const timeOf = (content: string): Promise<number> | number => (isExact ? reactedAt(ask, app, id, content) : createdAt);
  const [seenAt, answeredAt] = await Promise.all([isSeen ? timeOf("EYES") : null, answer === null ? null : timeOf(answer.content)]);
  const answered = answer === null || answeredAt === null ? null : { is: answer.is, at: answeredAt };
  return [{ id, url: textAt(comment, "url"), author, createdAt, revisions, seenAt, answered }];
}

function answerIn(own: ReadonlySet<string>): { readonly is: "accepted" | "refused"; readonly content: string } | null {
  if (own.has("ROCKET")) return { is: "accepted", content: "ROCKET" };
  return own.has("CONFUSED") ? { is: "refused", content: "CONFUSED" } : null;
}

async function ownOf({ ask }: Pick<Asking, "ask">, comment: Fields): Promise<OwnComment> {
  return {
    id: textAt(comment, "id"),
    url: textAt(comment, "url"),
    createdAt: timeAt(comment, "createdAt"),
    revisions: await readRevisions(ask, comment, "newest"),
  };
}

function commentsPage(place: Place, after: string): Question<Page> {
  return {
    key: `comments ${place.is} ${place.number} ${after}`,
    fields: (bind) => ({
      place: `${place.is}(number: ${bind("Int!", place.number)}) { comments(first: $page, after: ${bind("String", after)}) { ${PAGE} nodes { ...SaidComment } } }`,
    }),
    fragments: [COMMENT],
    weight: COMMENTS_PAGE,
    read: (answer) => pageAt(fieldsAt(answer, "place"), "comments"),
    again: () => commentsPage(place, after),
  };
}
