import { Refused } from "../model/errors.ts";
import type { RequestReviews } from "../model/plan.ts";
import type { Place } from "./place.ts";
import { stringAt } from "./answer.ts";

/**
 * GitHub asks nobody when it may not ask one of them: each is asked alone then, so that one name does not keep the others
 * from being asked.
 * @throws Refused naming those who can't be asked
 */
export async function requestReviews(action: RequestReviews, place: Place): Promise<void> {
  const { reviewers } = action;
  if ((await ask(reviewers, action, place)) === null) return;
  const refusals: string[] = [];
  for (const reviewer of reviewers) {
    const refused = await ask([reviewer], action, place);
    if (refused !== null) refusals.push(`@${reviewer} (${refused})`);
  }
  if (refusals.length > 0)
    throw new Refused(`asking for reviews of #${String(action.pullRequest)}`, `GitHub does not let the app ask ${refusals.join(", ")}`, null);
}

/** @returns GitHub's reason when it refuses; null when they were asked */
async function ask(reviewers: readonly string[], { pullRequest }: RequestReviews, { github, repository }: Place): Promise<string | null> {
  const teams = reviewers.filter((one) => one.includes("/")).map((one) => one.slice(one.indexOf("/") + 1));
  const people = reviewers.filter((one) => !one.includes("/"));
  const { status, data } = await github.rest(
    "POST /repositories/{id}/pulls/{number}/requested_reviewers",
    { id: repository.id, number: pullRequest, reviewers: people, team_reviewers: teams },
    { expected: [422] },
  );
  return status === 422 ? stringAt(data, "message") : null;
}
