// The forms of a conversation, each done as the chosen person through the operations that the API uses as well.
import { ApiError, REACTIONS, type Comment, type Issue } from "../../world/types.ts";
import { issuePath } from "../addresses.ts";
import { choiceOf, commentNamed, fieldOf, found, issueNamed, milestoneChosen, personNamed } from "../find.ts";
import { readTaskValue, turnTask } from "../markdown/tasks.ts";
import type { FormAction, Submission } from "../visit.ts";

const EDITED_MEANWHILE = "Somebody changed this text while you were writing. What you wrote is still here; compare it with the text above and save again.";

export const conversationForms: Readonly<Record<string, FormAction>> = {
  comment: async (submission) => {
    const { standIn, actor, repository, fields } = submission;
    const issue = issueNamed(submission);
    const body = fields.get("body") ?? "";
    const state = fields.get("state");
    if (body.trim() === "" && state === null) throw new ApiError(422, "Write something first.");
    const comment = body.trim() === "" ? null : await standIn.operations.comment(actor, repository, issue, body);
    if (state === "open" || state === "closed") await standIn.operations.editIssue(actor, repository, issue, { state });
    return comment === null ? issuePath(repository, issue) : `${issuePath(repository, issue)}#issuecomment-${comment.id}`;
  },
  edit: async (submission) => {
    const { issue, comment } = namedIn(submission);
    const text = submission.fields.get("body") ?? "";
    if (submission.fields.get("seen") !== String((comment ?? issue).edits.length)) throw new ApiError(409, EDITED_MEANWHILE);
    const title = fieldOf(submission, "title");
    if (comment === null && title === "") throw new ApiError(422, "A title can't be empty.");
    await write(submission, issue, comment, text, title);
    return issuePath(submission.repository, issue);
  },
  delete: async (submission) => {
    const { issue, comment } = namedIn(submission);
    await submission.standIn.operations.deleteComment(submission.actor, submission.repository, found(comment));
    return issuePath(submission.repository, issue);
  },
  "turn-task": async (submission) => {
    const { issue, comment } = namedIn(submission);
    const seen = readTaskValue(submission.fields.get("task") ?? "");
    const turned = seen === null ? null : turnTask((comment ?? issue).body ?? "", seen.number, seen.task);
    if (turned === null) throw new ApiError(409, "That task list has changed meanwhile: look again and tick what you meant.");
    await write(submission, issue, comment, turned, issue.title);
    return `${issuePath(submission.repository, issue)}#post-${submission.fields.get("subject") ?? ""}`;
  },
  react: async (submission) => {
    const { standIn, actor, repository } = submission;
    const { issue, comment } = namedIn(submission);
    const subject = comment ?? issue;
    const chosen = choiceOf(submission, "content", REACTIONS);
    const isGiven = subject.reactions.some(({ content, user }) => content === chosen && user.id === actor.user.id);
    await standIn.operations[isGiven ? "unreact" : "react"](actor, repository, subject, chosen);
    return `${issuePath(submission.repository, issue)}#post-${submission.fields.get("subject") ?? ""}`;
  },
  "add-label": async (submission) => {
    const issue = issueNamed(submission);
    const label = fieldOf(submission, "label");
    if (label === "") throw new ApiError(422, "A label needs a name.");
    await submission.standIn.operations.addLabels(submission.actor, submission.repository, issue, [label]);
    return issuePath(submission.repository, issue);
  },
  "remove-label": async (submission) => {
    const issue = issueNamed(submission);
    const label = found(issue.labels.find(({ id }) => String(id) === submission.fields.get("subject")));
    await submission.standIn.operations.removeLabel(submission.actor, submission.repository, issue, label.name);
    return issuePath(submission.repository, issue);
  },
  milestone: async (submission) => {
    const issue = issueNamed(submission);
    await submission.standIn.operations.editIssue(submission.actor, submission.repository, issue, { milestone: milestoneChosen(submission) });
    return issuePath(submission.repository, issue);
  },
  assign: async (submission) => {
    const issue = issueNamed(submission);
    const chosen = personNamed(submission, fieldOf(submission, "assignee"));
    await submission.standIn.operations.assign(submission.actor, submission.repository, issue, [...new Set([...issue.assignees, chosen])]);
    return issuePath(submission.repository, issue);
  },
  unassign: async (submission) => {
    const issue = issueNamed(submission);
    const others = issue.assignees.filter(({ login }) => login !== submission.fields.get("subject"));
    await submission.standIn.operations.assign(submission.actor, submission.repository, issue, others);
    return issuePath(submission.repository, issue);
  },
};

function namedIn(submission: Submission): { readonly issue: Issue; readonly comment: Comment | null } {
  const issue = issueNamed(submission);
  return { issue, comment: commentNamed(submission, issue) };
}

async function write({ standIn, actor, repository }: Submission, issue: Issue, comment: Comment | null, text: string, title: string): Promise<void> {
  if (comment !== null) return standIn.operations.editComment(actor, repository, comment, text);
  // Only what changed: an edit of the title is another webhook than one of the text.
  return standIn.operations.editIssue(actor, repository, issue, {
    ...(title === issue.title ? {} : { title }),
    ...(text === (issue.body ?? "") ? {} : { body: text }),
  });
}
