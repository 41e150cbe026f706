// Reviews of a pull request.
import type { Review } from "../../model/snapshot.ts";
import { type Fields, fieldsAt, fieldsOrNullAt, textAt, timeOrNullAt } from "./fields.ts";
import { PAGE, type Page, pageAt, readOn } from "./pages.ts";
import { ACTOR, actorAt } from "./people.ts";
import type { Ask, Question } from "./question.ts";

const REVIEWS_PAGE = 100;

/** Nodes that the selection counts for. */
export const REVIEWS_WEIGHT = 2 * REVIEWS_PAGE;

const REVIEW = `id url state submittedAt author ${ACTOR} commit { oid }`;

/** Selection on a pull request, read with `readReviews`. */
export const REVIEWS = `reviews(first: ${REVIEWS_PAGE}) { ${PAGE} nodes { ${REVIEW} } }`;

const STATES: Readonly<Record<string, Review["state"]>> = {
  APPROVED: "approved",
  CHANGES_REQUESTED: "changes-requested",
  COMMENTED: "commented",
  DISMISSED: "dismissed",
};

/** Every review that was handed in, oldest first. */
export async function readReviews(ask: Ask, number: number, pull: Fields): Promise<Review[]> {
  const nodes = await readOn(`reviews of #${number}`, pageAt(pull, "reviews"), (after) => ask(reviewsPage(number, after)), "id");
  return nodes.flatMap(reviewOf).sort((one, other) => one.at - other.at);
}

/** One that its author has not handed in yet is none. */
function reviewOf(review: Fields): Review[] {
  const at = timeOrNullAt(review, "submittedAt");
  const said = textAt(review, "state");
  if (said === "PENDING" || at === null) return [];
  const state = STATES[said];
  if (state === undefined) throw new Error(`GitHub's answer: \`state\` of a review is "${said}".`);
  const commit = fieldsOrNullAt(review, "commit");
  return [{ url: textAt(review, "url"), author: actorAt(review, "author"), state, sha: commit === null ? null : textAt(commit, "oid"), at }];
}

function reviewsPage(number: number, after: string): Question<Page> {
  return {
    key: `reviews ${number} ${after}`,
    fields: (bind) => ({
      pull: `pullRequest(number: ${bind("Int!", number)}) { reviews(first: $page, after: ${bind("String", after)}) { ${PAGE} nodes { ${REVIEW} } } }`,
    }),
    fragments: [],
    weight: REVIEWS_WEIGHT,
    read: (answer) => pageAt(fieldsAt(answer, "pull"), "reviews"),
    again: () => reviewsPage(number, after),
  };
}
