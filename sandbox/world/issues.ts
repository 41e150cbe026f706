// Issues, and what pull requests have in common with them.
import { roleOf } from "./access.ts";
import { isAtLeast } from "./roles.ts";
import type { Changes, Stage } from "./events.ts";
import { addLabels } from "./labels.ts";
import type { Operations } from "./operations.ts";
import { BODY_LIMIT, invalid, requireLength } from "./refusals.ts";
import { changeState } from "./state.ts";
import { type Actor, ApiError, type Issue, type Pull, type Repository, type User } from "./types.ts";

/** A person needs triage to change what somebody else wrote. */
export const requireAuthor = (actor: Actor, repository: Repository, author: User): void => {
  if (actor.is !== "user" || actor.user.login === author.login || isAtLeast(roleOf(repository, actor.user), "triage")) return;
  throw new ApiError(403, "Must have triage access to repository.");
};

const TITLE_LIMIT = 256;
const requireTexts = (resource: string, title: string | null, body: string | null): void => {
  if (title !== null && title.trim() === "") throw invalid(resource, "title", "missing_field");
  requireLength(resource, "title", title, TITLE_LIMIT);
  requireLength(resource, "body", body, BODY_LIMIT);
};

/** Gives the next number; issues and pull requests share them. */
export const addIssue = (
  stage: Stage,
  actor: Actor,
  repository: Repository,
  fields: { readonly title: string; readonly body: string | null; readonly pull: Pull | null },
): Issue => {
  requireTexts(fields.pull === null ? "Issue" : "PullRequest", fields.title, fields.body);
  const at = stage.world.now();
  const issue: Issue = {
    ...fields,
    id: stage.world.nextId(),
    number: repository.issues.size + 1,
    author: actor.user,
    state: "open",
    labels: [],
    assignees: [],
    milestone: null,
    createdAt: at,
    updatedAt: at,
    closedAt: null,
    edits: [],
    reactions: [],
    changes: [],
    labelChanges: [],
  };
  repository.issues.set(issue.number, issue);
  return issue;
};

/** Who may label decides: labels of a person without triage are dropped in silence, as GitHub does. */
export const openIssue = async (stage: Stage, actor: Actor, repository: Repository, fields: Parameters<Operations["openIssue"]>[2]): Promise<Issue> => {
  const issue = addIssue(stage, actor, repository, { title: fields.title, body: fields.body, pull: null });
  const mayTriage = actor.is !== "user" || isAtLeast(roleOf(repository, actor.user), "triage");
  if (mayTriage) issue.milestone = fields.milestone;
  await stage.emit(repository, actor, { is: "issue", action: "opened", issue });
  if (mayTriage) await addLabels(stage, actor, repository, issue, fields.labels);
  return issue;
};

/** GitHub keeps the first text only when a second one comes. */
export const recordEdit = (stage: Stage, actor: Actor, subject: Pick<Issue, "edits" | "createdAt" | "author">, before: string, body: string): void => {
  if (subject.edits.length === 0) subject.edits.push({ editor: subject.author, at: subject.createdAt, body: before });
  subject.edits.push({ editor: actor.user, at: stage.world.now(), body });
};

/** @throws ApiError 422 for who can't be assigned; GitHub's REST passes such people over in silence */
export const assign = async (stage: Stage, actor: Actor, repository: Repository, issue: Issue, assignees: readonly User[]): Promise<void> => {
  for (const user of assignees) if (roleOf(repository, user) === "none") throw invalid("Issue", "assignees", "invalid");
  const [gone, come] = [issue.assignees.filter((user) => !assignees.includes(user)), assignees.filter((user) => !issue.assignees.includes(user))];
  if (gone.length + come.length === 0) return;
  issue.assignees.splice(0, issue.assignees.length, ...assignees);
  issue.updatedAt = stage.world.now();
  for (const assignee of gone) await stage.emit(repository, actor, { is: "issue", action: "unassigned", issue, assignee });
  for (const assignee of come) await stage.emit(repository, actor, { is: "issue", action: "assigned", issue, assignee });
};

const changeBase = (repository: Repository, pull: Pull, base: string): { readonly ref: string; readonly sha: string } => {
  const sha = repository.git.refs().get(`refs/heads/${base}`);
  if (sha === undefined) throw invalid("PullRequest", "base", "invalid");
  const before = { ref: pull.base, sha: pull.baseSha };
  pull.base = base;
  pull.baseSha = sha;
  return before;
};

const changeMilestone = async (stage: Stage, actor: Actor, repository: Repository, issue: Issue, milestone: Issue["milestone"]): Promise<void> => {
  const before = issue.milestone;
  if (before === milestone) return;
  issue.milestone = milestone;
  if (before !== null) await stage.emit(repository, actor, { is: "issue", action: "demilestoned", issue, milestone: before });
  if (milestone !== null) await stage.emit(repository, actor, { is: "issue", action: "milestoned", issue, milestone });
};

const reopenPull = async (repository: Repository, pull: Pull): Promise<void> => {
  const head = repository.git.refs().get(`refs/heads/${pull.head}`);
  const base = repository.git.refs().get(`refs/heads/${pull.base}`);
  const isGone = pull.merged !== null || head === undefined || base === undefined || !(await repository.git.isAncestor(pull.headSha, head));
  if (isGone || (await repository.git.isAncestor(head, base)))
    throw invalid("PullRequest", "state", "invalid", "state cannot be changed. The pull request cannot be reopened.");
  pull.headSha = head;
  pull.baseSha = base;
};

/** Texts and base first, then the milestone, then the state: each with its own webhook, none for what stays as it was. */
export const editIssue = async (
  stage: Stage,
  actor: Actor,
  repository: Repository,
  issue: Issue,
  change: Parameters<Operations["editIssue"]>[3],
): Promise<void> => {
  requireAuthor(actor, repository, issue.author);
  requireTexts(issue.pull === null ? "Issue" : "PullRequest", change.title ?? null, change.body ?? null);
  if (change.state === "open" && issue.state === "closed" && issue.pull !== null) await reopenPull(repository, issue.pull);
  const changes: Record<string, Changes[string]> = {};
  const base = change.base !== undefined && issue.pull !== null && change.base !== issue.pull.base ? changeBase(repository, issue.pull, change.base) : null;
  if (change.title !== undefined && change.title !== issue.title) {
    changes["title"] = { from: issue.title };
    issue.title = change.title;
  }
  if (change.body !== undefined && change.body !== (issue.body ?? "")) {
    changes["body"] = { from: issue.body ?? "" };
    recordEdit(stage, actor, issue, issue.body ?? "", change.body);
    issue.body = change.body;
  }
  const isEdited = base !== null || Object.keys(changes).length > 0;
  if (isEdited) {
    issue.updatedAt = stage.world.now();
    await stage.emit(repository, actor, { is: "issue", action: "edited", issue, changes, base });
  }
  if (change.milestone !== undefined) await changeMilestone(stage, actor, repository, issue, change.milestone);
  if (change.state !== undefined) await changeState(stage, actor, repository, issue, change.state);
};
