// The forms that only a pull request has.
import { issuePath } from "../addresses.ts";
import { choiceOf, fieldOf, issueNamed } from "../find.ts";
import type { FormAction } from "../visit.ts";

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
};
