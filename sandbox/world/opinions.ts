// Which reviews of a pull request count.
import { roleOf } from "./access.ts";
import { isAtLeast } from "./roles.ts";
import type { Pull, Repository, Review } from "./types.ts";

/** The last one of each author. */
export const latestReviews = (reviews: readonly Review[]): readonly Review[] => [...new Map(reviews.map((review) => [review.author.id, review])).values()];

/** The last approval or refusal of each author; a comment does not take it back. */
export const opinions = (repository: Repository, { reviews }: Pull, writersOnly: boolean): readonly Review[] =>
  latestReviews(
    reviews.filter(({ state, author }) => state !== "COMMENTED" && state !== "DISMISSED" && (!writersOnly || isAtLeast(roleOf(repository, author), "write"))),
  );
