// Reviews of pull requests: each counts for the commit that the head was at. Who was asked for one, until it is given.
import type { Stage } from "./events.ts";
import type { Operations, Reviewers } from "./operations.ts";
import { BODY_LIMIT, invalid, requireLength } from "./refusals.ts";
import { type Actor, ApiError, type Issue, type Pull, type Repository, type Review, type User } from "./types.ts";

const pullOf = (issue: Issue): Pull => {
  if (issue.pull === null) throw new ApiError(404, "Not Found");
  return issue.pull;
};

const without = <Thing>(list: Thing[], gone: (thing: Thing) => boolean): void => {
  list.splice(0, list.length, ...list.filter((thing) => !gone(thing)));
};

/** Whatever the review says: the request of its author is answered, and that of each team that the author is in. */
const clearRequests = (pull: Pull, author: User): void => {
  without(pull.requestedUsers, (user) => user === author);
  without(pull.requestedTeams, ({ members }) => members.includes(author));
};

/** @throws ApiError 422 for one's own pull request, except a comment */
export const review = async (
  stage: Stage,
  actor: Actor,
  repository: Repository,
  issue: Issue,
  fields: Parameters<Operations["review"]>[3],
): Promise<Review> => {
  const pull = pullOf(issue);
  if (fields.state !== "COMMENTED" && issue.author.login === actor.user.login)
    throw new ApiError(422, `Can not ${fields.state === "APPROVED" ? "approve" : "request changes on"} your own pull request`);
  if (fields.state !== "APPROVED" && fields.body.trim() === "") throw invalid("PullRequestReview", "body", "missing_field");
  requireLength("PullRequestReview", "body", fields.body, BODY_LIMIT);
  const made: Review = { id: stage.world.nextId(), author: actor.user, ...fields, sha: pull.headSha, submittedAt: stage.world.now() };
  pull.reviews.push(made);
  clearRequests(pull, actor.user);
  issue.updatedAt = made.submittedAt;
  await stage.emit(repository, actor, { is: "review", action: "submitted", issue, review: made });
  return made;
};

/** @throws ApiError 422 for a comment, and for what is dismissed already */
export const dismissReview = async (stage: Stage, actor: Actor, repository: Repository, issue: Issue, subject: Review): Promise<void> => {
  if (subject.state === "COMMENTED" || subject.state === "DISMISSED")
    throw new ApiError(422, `Can not dismiss a ${subject.state.toLowerCase()} pull request review`);
  subject.state = "DISMISSED";
  issue.updatedAt = stage.world.now();
  await stage.emit(repository, actor, { is: "review", action: "dismissed", issue, review: subject });
};

const isCollaborator = ({ owner, collaborators }: Repository, { login, type }: User): boolean =>
  type === "User" && (login === owner.login || (collaborators.get(login) ?? "none") !== "none");

const requireReviewers = (repository: Repository, issue: Issue, { users, teams }: Reviewers): void => {
  if (users.includes(issue.author)) throw new ApiError(422, "Review cannot be requested from pull request author.");
  const areStrangers = users.some((user) => !isCollaborator(repository, user)) || teams.some(({ organization }) => organization !== repository.owner);
  if (areStrangers)
    throw new ApiError(
      422,
      `Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the ${repository.owner.login}/${repository.name} repository.`,
    );
};

/** All or none. @throws ApiError 422 for the author and for who is no collaborator */
export const requestReviews = async (stage: Stage, actor: Actor, repository: Repository, issue: Issue, reviewers: Reviewers): Promise<void> => {
  const { requestedUsers, requestedTeams } = pullOf(issue);
  requireReviewers(repository, issue, reviewers);
  const users = reviewers.users.filter((user) => !requestedUsers.includes(user));
  const teams = reviewers.teams.filter((team) => !requestedTeams.includes(team));
  requestedUsers.push(...users);
  requestedTeams.push(...teams);
  for (const reviewer of [...users, ...teams]) {
    issue.updatedAt = stage.world.now();
    await stage.emit(repository, actor, { is: "issue", action: "review_requested", issue, reviewer });
  }
};

/** Who was not asked is passed over. */
export const removeReviewRequests = async (stage: Stage, actor: Actor, repository: Repository, issue: Issue, reviewers: Reviewers): Promise<void> => {
  const { requestedUsers, requestedTeams } = pullOf(issue);
  const users = requestedUsers.filter((user) => reviewers.users.includes(user));
  const teams = requestedTeams.filter((team) => reviewers.teams.includes(team));
  without(requestedUsers, (user) => users.includes(user));
  without(requestedTeams, (team) => teams.includes(team));
  for (const reviewer of [...users, ...teams]) {
    issue.updatedAt = stage.world.now();
    await stage.emit(repository, actor, { is: "issue", action: "review_request_removed", issue, reviewer });
  }
};
