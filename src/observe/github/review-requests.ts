// Of whom a review is still asked for.
import { Refused } from "../../model/errors.ts";
import { type Fields, fieldsAt, fieldsOf, fieldsOrNullAt, listAt, nodesAt, textAt } from "./fields.ts";
import type { Named } from "./moment.ts";
import { accountAt } from "./people.ts";
import type { Question } from "./question.ts";

/** GitHub takes no more than 100 people and teams. */
const REQUESTS_MAX = 100;
const REVIEWER = "{ __typename ... on User { login } ... on Bot { login } ... on Team { combinedSlug } }";

/** Logins and `organisation/team`. GraphQL hides teams from an app that may not read members; REST names them all the same. */
export async function readReviewRequests(named: Named, number: number): Promise<string[]> {
  try {
    return (await named.ask(requestsQuestion(number))).flatMap((request) => reviewerAt(request) ?? []);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return await byRest(named, number);
  }
}

/** Null for one whose account is gone: it can't review any more. */
function reviewerAt(request: Fields): string | null {
  const reviewer = fieldsOrNullAt(request, "requestedReviewer");
  return reviewer !== null && "combinedSlug" in reviewer ? textAt(reviewer, "combinedSlug") : accountAt(request, "requestedReviewer");
}

/** Only teams of the repository's own organization can be asked. */
async function byRest({ rest, owner, repo }: Named, number: number): Promise<string[]> {
  const { data } = await rest("GET /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers", { owner, repo, pull_number: number });
  const answer = fieldsOf(data, "requested reviewers");
  return [...listAt(answer, "users").map((user) => textAt(user, "login")), ...listAt(answer, "teams").map((team) => `${owner}/${textAt(team, "slug")}`)];
}

export function requestsQuestion(number: number): Question<Fields[]> {
  return {
    key: `review requests ${number}`,
    fields: (bind) => ({
      pull: `pullRequest(number: ${bind("Int!", number)}) { reviewRequests(first: ${REQUESTS_MAX}) { nodes { requestedReviewer ${REVIEWER} } } }`,
    }),
    fragments: [],
    weight: REQUESTS_MAX,
    read: (answer) => nodesAt(fieldsAt(answer, "pull"), "reviewRequests"),
    again: () => requestsQuestion(number),
  };
}
