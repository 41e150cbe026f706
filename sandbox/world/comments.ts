// Comments on issues and pull requests, and reactions to either.
import type { Stage } from "./events.ts";
import { recordEdit, requireAuthor } from "./issues.ts";
import { BODY_LIMIT, invalid, requireLength } from "./refusals.ts";
import { type Actor, ApiError, type Comment, type Issue, type Reaction, type Repository } from "./types.ts";

const requireBody = (body: string): void => {
  if (body.trim() === "") throw invalid("IssueComment", "body", "custom", "body cannot be blank");
  requireLength("IssueComment", "body", body, BODY_LIMIT);
};

export const comment = async (stage: Stage, actor: Actor, repository: Repository, issue: Issue, body: string): Promise<Comment> => {
  requireBody(body);
  const at = stage.world.now();
  const made: Comment = { id: stage.world.nextId(), issue, author: actor.user, body, createdAt: at, updatedAt: at, edits: [], reactions: [] };
  repository.comments.set(made.id, made);
  issue.updatedAt = at;
  await stage.emit(repository, actor, { is: "comment", action: "created", comment: made, changes: {} });
  return made;
};

export const editComment = async (stage: Stage, actor: Actor, repository: Repository, subject: Comment, body: string): Promise<void> => {
  requireAuthor(actor, repository, subject.author);
  requireBody(body);
  const from = subject.body;
  if (from === body) return;
  recordEdit(stage, actor, subject, from, body);
  subject.body = body;
  subject.updatedAt = stage.world.now();
  await stage.emit(repository, actor, { is: "comment", action: "edited", comment: subject, changes: { body: { from } } });
};

export const deleteComment = async (stage: Stage, actor: Actor, repository: Repository, subject: Comment): Promise<void> => {
  requireAuthor(actor, repository, subject.author);
  repository.comments.delete(subject.id);
  await stage.emit(repository, actor, { is: "comment", action: "deleted", comment: subject, changes: {} });
};

/** One reaction of a kind for each person: a second one is the first. GitHub sends no webhook for it. */
export const react = (stage: Stage, actor: Actor, _repository: Repository, subject: Issue | Comment, content: Reaction["content"]): Promise<Reaction> => {
  const known = ownReaction(actor, subject, content);
  if (known !== undefined) return Promise.resolve(known);
  const reaction: Reaction = { id: stage.world.nextId(), user: actor.user, content, createdAt: stage.world.now() };
  subject.reactions.push(reaction);
  return Promise.resolve(reaction);
};

/**
 * Takes one's own back.
 * @throws ApiError 403 when it is not there, in the words that users of GitHub report of it
 */
export const unreact = (_stage: Stage, actor: Actor, _repository: Repository, subject: Issue | Comment, content: Reaction["content"]): Promise<Reaction> => {
  const known = ownReaction(actor, subject, content);
  if (known === undefined) throw new ApiError(403, `${actor.user.login} does not have the correct permissions to execute \`RemoveReaction\``);
  subject.reactions.splice(subject.reactions.indexOf(known), 1);
  return Promise.resolve(known);
};

const ownReaction = (actor: Actor, subject: Issue | Comment, content: Reaction["content"]): Reaction | undefined =>
  subject.reactions.find((reaction) => reaction.user.login === actor.user.login && reaction.content === content);
