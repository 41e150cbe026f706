// What a path or a form names, in the repository it is about.
import { ApiError, type Comment, type Issue, type Milestone, type User } from "../world/types.ts";
import type { Submission, Visit } from "./visit.ts";

/** The issue or pull request of `number`, or null when there is none of that kind. */
export function issueAt(visit: Visit, kind: "issue" | "pull"): Issue | null {
  const issue = visit.repository.issues.get(Number(visit.parameters["number"]));
  return issue !== undefined && (issue.pull === null) === (kind === "issue") ? issue : null;
}

/** What a form is sent to. @throws ApiError 404 */
export function issueNamed(submission: Submission): Issue {
  return found(submission.repository.issues.get(Number(submission.parameters["number"])));
}

/** The comment that a form is about, of this conversation; null when it is about its description. @throws ApiError 404 */
export function commentNamed(submission: Submission, issue: Issue): Comment | null {
  const subject = submission.fields.get("subject");
  if (subject === "body") return null;
  const comment = found(submission.repository.comments.get(Number(subject)));
  return comment.issue === issue ? comment : found<Comment>(undefined);
}

/** A field's text, without blanks around it; empty when it was not sent. */
export function fieldOf(submission: Submission, name: string): string {
  return submission.fields.get(name)?.trim() ?? "";
}

/** @throws ApiError 404 */
export function personNamed({ viewer }: Submission, login: string): User {
  return found(viewer.people.find((person) => person.login === login));
}

/** Of the field `milestone`; null for none. @throws ApiError 404 */
export function milestoneChosen(submission: Submission): Milestone | null {
  const number = fieldOf(submission, "milestone");
  return number === "" ? null : found(submission.repository.milestones.get(Number(number)));
}

/** One of the allowed words. @throws ApiError 422 */
export function choiceOf<Word extends string>(submission: Submission, name: string, words: readonly Word[]): Word {
  const choice = words.find((word) => word === submission.fields.get(name));
  if (choice === undefined) throw new ApiError(422, `Choose one of ${words.join(", ")}.`);
  return choice;
}

/** @throws ApiError 404 */
export function found<Thing>(thing: Thing | null | undefined): Thing {
  if (thing === null || thing === undefined) throw new ApiError(404, "That is no longer there.");
  return thing;
}
