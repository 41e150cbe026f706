// Pull requests and issues that a release contains: what they close, and what this app said there already.
import type { Contained } from "../../model/snapshot.ts";
import { type Fields, fieldsAt, fieldsOrNullAt, flagAt, nodesAt, numberAt, textAt } from "./fields.ts";
import type { Named } from "./moment.ts";
import { ACTOR, actorAt } from "./people.ts";
import type { Question } from "./question.ts";
import { nullIfRefused } from "./refusal.ts";

/** A release may contain hundreds: so many in one document. */
const AT_ONCE = 50;
const COMMENTS_MAX = 50;
/** Those beyond it hear nothing of the release. */
const CLOSES_MAX = 50;

const COMMENTS = `comments(last: ${COMMENTS_MAX}) { nodes { body author ${ACTOR} } }`;
const CLOSES = `closingIssuesReferences(first: ${CLOSES_MAX}) { nodes { number repository { nameWithOwner } } }`;

type Place = Pick<Named, "ask" | "app" | "owner" | "repo">;

/** By number; null for what is gone, locked, or may not be read: nothing can be said there. */
export async function readContained(place: Place, numbers: readonly number[]): Promise<[number, Contained | null][]> {
  const found: [number, Contained | null][] = [];
  for (let from = 0; from < numbers.length; from += AT_ONCE) {
    const some = numbers.slice(from, from + AT_ONCE);
    found.push(...(await Promise.all(some.map(async (number): Promise<[number, Contained | null]> => [number, await readOne(place, number)]))));
  }
  return found;
}

async function readOne({ ask, app, owner, repo }: Place, number: number): Promise<Contained | null> {
  const subject = await ask(containedQuestion(number)).catch(nullIfRefused);
  if (subject === null || flagAt(subject, "locked")) return null;
  const isPullRequest = textAt(subject, "__typename") === "PullRequest";
  return {
    id: textAt(subject, "id"),
    number,
    isPullRequest,
    closes: isPullRequest ? closesOf(subject, `${owner}/${repo}`) : [],
    own: nodesAt(subject, "comments").flatMap((comment) => (actorAt(comment, "author") === app.login ? [textAt(comment, "body")] : [])),
  };
}

/** Issues of this repository: others have releases of their own. */
function closesOf(pull: Fields, repository: string): readonly number[] {
  return nodesAt(pull, "closingIssuesReferences").flatMap((issue) =>
    textAt(fieldsAt(issue, "repository"), "nameWithOwner") === repository ? [numberAt(issue, "number")] : [],
  );
}

/** Asked once a release, so never ahead. */
function containedQuestion(number: number): Question<Fields | null> {
  return {
    key: `contained ${number}`,
    fields: (bind) => ({
      subject: `issueOrPullRequest(number: ${bind("Int!", number)}) { __typename ... on PullRequest { id locked ${CLOSES} ${COMMENTS} } ... on Issue { id locked ${COMMENTS} } }`,
    }),
    fragments: [],
    weight: 1 + CLOSES_MAX + COMMENTS_MAX,
    read: (answer) => fieldsOrNullAt(answer, "subject"),
    again: null,
  };
}
