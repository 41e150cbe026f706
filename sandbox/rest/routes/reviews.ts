// Reviews of pull requests, and who is asked for one.
import { z } from "zod";
import { need } from "../../world/access.ts";
import type { Reviewers } from "../../world/operations.ts";
import { ApiError, type Review } from "../../world/types.ts";
import { type Answer, created, found, numberOf, ok, read, type RepositoryCall, writer } from "../call.ts";
import { paged } from "../pages.ts";
import type { RepositoryRoute } from "../routes.ts";
import { pullShape, type PullRequest, reviewShape } from "../shapes/pull.ts";
import { teamWithParentShape } from "../shapes/team.ts";
import { userShape } from "../shapes/user.ts";
import { pullOf } from "./pulls.ts";

const READ = need("pull_requests", "read");
const REVIEW = need("pull_requests", "write", "read");
const ASK = need("pull_requests", "write", "triage");

const newReview = z.object({ body: z.string().default(""), event: z.enum(["APPROVE", "REQUEST_CHANGES", "COMMENT"]).default("COMMENT") });
const REVIEWED = { APPROVE: "APPROVED", REQUEST_CHANGES: "CHANGES_REQUESTED", COMMENT: "COMMENTED" } as const;
const dismissal = z.object({ message: z.string().min(1) });
const named = z.object({ reviewers: z.array(z.string()).default([]), team_reviewers: z.array(z.string()).default([]) });

const review = async (call: RepositoryCall): Promise<Answer> => {
  const issue = pullOf(call);
  const { body, event } = read(call, newReview);
  const made = await call.operations.review(writer(call), call.repository, issue, { state: REVIEWED[event], body });
  return ok(reviewShape(call.world, call.repository, issue, made));
};

const dismiss = async (call: RepositoryCall): Promise<Answer> => {
  const issue = pullOf(call);
  read(call, dismissal);
  const id = numberOf(call, "id");
  const subject = found<Review>(issue.pull.reviews.find((one) => one.id === id));
  await call.operations.dismissReview(writer(call), call.repository, issue, subject);
  return ok(reviewShape(call.world, call.repository, issue, subject));
};

/** @throws ApiError 422 for a login or a slug that nobody has: GitHub refuses them as it refuses strangers */
const reviewersOf = (call: RepositoryCall): Reviewers => {
  const { world, repository } = call;
  const { reviewers, team_reviewers: slugs } = read(call, named);
  const users = reviewers.map((login) => world.users.get(login));
  const teams = slugs.map((slug) => world.teams.get(`${repository.owner.login}/${slug}`.toLowerCase()));
  const known = { users: users.filter((user) => user !== undefined), teams: teams.filter((team) => team !== undefined) };
  if (known.users.length < users.length || known.teams.length < teams.length)
    throw new ApiError(422, "Reviews may only be requested from collaborators. One or more of the users or teams you specified does not exist.");
  return known;
};

const short = ({ world, repository }: RepositoryCall, issue: PullRequest) => pullShape(world, repository, issue);

export const reviewRoutes: readonly RepositoryRoute[] = [
  {
    method: "GET",
    template: "/pulls/{number}/reviews",
    needs: READ,
    handle: (call) => {
      const issue = pullOf(call);
      return paged(call, issue.pull.reviews, (one) => reviewShape(call.world, call.repository, issue, one));
    },
  },
  { method: "POST", template: "/pulls/{number}/reviews", needs: REVIEW, handle: review },
  { method: "PUT", template: "/pulls/{number}/reviews/{id}/dismissals", needs: need("pull_requests", "write"), handle: dismiss },
  {
    method: "GET",
    template: "/pulls/{number}/requested_reviewers",
    needs: READ,
    handle: (call) => {
      const { requestedUsers, requestedTeams } = pullOf(call).pull;
      return ok({
        users: requestedUsers.map((user) => userShape(call.world, user)),
        teams: requestedTeams.map((team) => teamWithParentShape(call.world, team)),
      });
    },
  },
  {
    method: "POST",
    template: "/pulls/{number}/requested_reviewers",
    needs: ASK,
    handle: async (call) => {
      const issue = pullOf(call);
      await call.operations.requestReviews(writer(call), call.repository, issue, reviewersOf(call));
      return created(short(call, issue));
    },
  },
  {
    method: "DELETE",
    template: "/pulls/{number}/requested_reviewers",
    needs: ASK,
    handle: async (call) => {
      const issue = pullOf(call);
      await call.operations.removeReviewRequests(writer(call), call.repository, issue, reviewersOf(call));
      return ok(short(call, issue));
    },
  },
];
