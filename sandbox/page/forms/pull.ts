// The forms that only a pull request has.
import type { Reviewers } from "../../world/operations.ts";
import { issuePath } from "../addresses.ts";
import { choiceOf, fieldOf, found, issueNamed, personNamed } from "../find.ts";
import type { FormAction, Submission } from "../visit.ts";

export const pullForms: Readonly<Record<string, FormAction>> = {
  merge: async (submission) => {
    const issue = issueNamed(submission);
    const method = choiceOf(submission, "method", ["merge", "squash", "rebase"]);
    const title = fieldOf(submission, `title-${method}`);
    // The head that was shown: a push in between is refused, as by GitHub's own button.
    const how = { method, sha: fieldOf(submission, "sha"), title: title === "" ? null : title, message: null };
    await submission.standIn.operations.mergePullRequest(submission.actor, submission.repository, issue, how);
    return issuePath(submission.repository, issue);
  },
  draft: async (submission) => {
    const issue = issueNamed(submission);
    await submission.standIn.operations.setDraft(submission.actor, submission.repository, issue, issue.pull?.isDraft === false);
    return issuePath(submission.repository, issue);
  },
  review: async (submission) => {
    const issue = issueNamed(submission);
    const state = choiceOf(submission, "verdict", ["APPROVED", "CHANGES_REQUESTED", "COMMENTED"]);
    const review = await submission.standIn.operations.review(submission.actor, submission.repository, issue, {
      state,
      body: submission.fields.get("body") ?? "",
    });
    return `${issuePath(submission.repository, issue)}#review-${review.id}`;
  },
  "request-review": async (submission) => {
    const issue = issueNamed(submission);
    const { standIn, actor, repository } = submission;
    await standIn.operations.requestReviews(actor, repository, issue, reviewersNamed(submission, fieldOf(submission, "reviewer")));
    return issuePath(repository, issue);
  },
  "unrequest-review": async (submission) => {
    const issue = issueNamed(submission);
    const { standIn, actor, repository } = submission;
    await standIn.operations.removeReviewRequests(actor, repository, issue, reviewersNamed(submission, fieldOf(submission, "subject")));
    return issuePath(repository, issue);
  },
  "dismiss-review": async (submission) => {
    const issue = issueNamed(submission);
    const review = found(issue.pull?.reviews.find(({ id }) => String(id) === submission.fields.get("subject")));
    await submission.standIn.operations.dismissReview(submission.actor, submission.repository, issue, review);
    return issuePath(submission.repository, issue);
  },
};

/** `login`, or `organization/slug` for a team. */
function reviewersNamed(submission: Submission, name: string): Reviewers {
  if (!name.includes("/")) return { users: [personNamed(submission, name)], teams: [] };
  return { users: [], teams: [found(submission.standIn.world.teams.get(name.toLowerCase()))] };
}
