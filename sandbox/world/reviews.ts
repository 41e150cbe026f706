// Reviews of pull requests: each counts for the commit that the head was at. Who was asked for one, until it is given.
import { isCollaborator } from "./access.ts";
import { codeOwners, isBy } from "./code-owners.ts";
import { dismissesStale } from "./rules/merge-violations.ts";
import type { Stage } from "./events.ts";
import type { Operations, Reviewers } from "./operations.ts";
import { isAtLeast } from "./roles.ts";
import { isMemberOf, roleOfTeam } from "./teams.ts";
import { BODY_LIMIT, invalid, requireLength } from "./refusals.ts";
import { type Actor, ApiError, type Issue, type Pull, type Repository, type Review, type Team, type User } from "./types.ts";

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
  without(pull.requestedTeams, (team) => isMemberOf(team, author));
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

/** A team that may read there: it was given a role, or everybody may read. */
const mayBeAsked = (repository: Repository, team: Team): boolean =>
  team.organization === repository.owner &&
  (!repository.isPrivate || isAtLeast(roleOfTeam(repository, team) ?? team.organization.organization?.baseRole ?? "none", "read"));

const requireReviewers = (repository: Repository, issue: Issue, { users, teams }: Reviewers): void => {
  if (users.includes(issue.author)) throw new ApiError(422, "Review cannot be requested from pull request author.");
  const areStrangers = users.some((user) => !isCollaborator(repository, user)) || teams.some((team) => !mayBeAsked(repository, team));
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

/** Owners of what it changes are asked, but for its author; of those that are asked already nothing is said. A draft asks nobody. */
export const requestCodeOwners = async (stage: Stage, actor: Actor, repository: Repository, issue: Issue): Promise<void> => {
  const pull = pullOf(issue);
  if (pull.isDraft) return;
  const owners = [...new Set((await codeOwners(stage.world, repository, issue, pull)).flat())].filter((owner) => owner !== issue.author);
  const fresh = owners.filter((owner) => !pull.reviews.some(isBy(owner)));
  const users = fresh.filter((owner): owner is User => !("slug" in owner));
  const teams = fresh.filter((owner): owner is Team => "slug" in owner);
  await requestReviews(stage, actor, repository, issue, { users, teams });
};

/** A push takes back the approvals of what was there before, where a rule says so. */
export const dismissStaleReviews = async (stage: Stage, actor: Actor, repository: Repository, issue: Issue): Promise<void> => {
  const pull = pullOf(issue);
  if (!dismissesStale(repository, pull)) return;
  for (const one of pull.reviews) if (one.state === "APPROVED" && one.sha !== pull.headSha) await dismissReview(stage, actor, repository, issue, one);
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
