// Reviews of pull requests: each counts for the commit that the head was at.
import type { Stage } from "./events.ts";
import { BODY_LIMIT, invalid, requireLength } from "./refusals.ts";
import { type Actor, ApiError, type Issue, type Repository, type Review } from "./types.ts";

/** @throws ApiError 422 for one's own pull request, except a comment */
export const review = async (stage: Stage, actor: Actor, repository: Repository, issue: Issue, fields: Pick<Review, "state" | "body">): Promise<Review> => {
  if (issue.pull === null) throw new ApiError(404, "Not Found");
  if (fields.state !== "COMMENTED" && issue.author.login === actor.user.login)
    throw new ApiError(422, `Can not ${fields.state === "APPROVED" ? "approve" : "request changes on"} your own pull request`);
  if (fields.state !== "APPROVED" && fields.body.trim() === "") throw invalid("PullRequestReview", "body", "missing_field");
  requireLength("PullRequestReview", "body", fields.body, BODY_LIMIT);
  const made: Review = { id: stage.world.nextId(), author: actor.user, ...fields, sha: issue.pull.headSha, submittedAt: stage.world.now() };
  issue.pull.reviews.push(made);
  issue.updatedAt = made.submittedAt;
  await stage.emit(repository, actor, { is: "review", issue, review: made });
  return made;
};
