// Labels of a repository, and on issues and pull requests.
import type { Changes, Stage } from "./events.ts";
import type { Operations } from "./operations.ts";
import { invalid, requireLength } from "./refusals.ts";
import { type Actor, ApiError, type Issue, type Label, type LabelChange, type Repository } from "./types.ts";

const DEFAULT_COLOR = "ededed";
const NAME_LIMIT = 50;

export const createLabel = async (stage: Stage, actor: Actor, repository: Repository, fields: Parameters<Operations["createLabel"]>[2]): Promise<Label> => {
  const key = fields.name.toLowerCase();
  if (fields.name.trim() === "") throw invalid("Label", "name", "missing_field");
  requireLength("Label", "name", fields.name, NAME_LIMIT);
  if (repository.labels.has(key)) throw invalid("Label", "name", "already_exists");
  const label: Label = { id: stage.world.nextId(), ...fields };
  repository.labels.set(key, label);
  await stage.emit(repository, actor, { is: "label", action: "created", label, changes: {} });
  return label;
};

export const editLabel = async (
  stage: Stage,
  actor: Actor,
  repository: Repository,
  label: Label,
  change: Parameters<Operations["editLabel"]>[3],
): Promise<void> => {
  const changes: Record<string, Changes[string]> = {};
  if (change.name !== undefined && change.name !== label.name) {
    const key = change.name.toLowerCase();
    const other = repository.labels.get(key);
    if (other !== undefined && other !== label) throw invalid("Label", "name", "already_exists");
    changes["name"] = { from: label.name };
    repository.labels.delete(label.name.toLowerCase());
    label.name = change.name;
    repository.labels.set(key, label);
  }
  if (change.color !== undefined && change.color !== label.color) {
    changes["color"] = { from: label.color };
    label.color = change.color;
  }
  if (change.description !== undefined && change.description !== label.description) {
    changes["description"] = { from: label.description ?? "" };
    label.description = change.description;
  }
  if (Object.keys(changes).length > 0) await stage.emit(repository, actor, { is: "label", action: "edited", label, changes });
};

export const deleteLabel = async (stage: Stage, actor: Actor, repository: Repository, label: Label): Promise<void> => {
  repository.labels.delete(label.name.toLowerCase());
  for (const issue of repository.issues.values()) if (issue.labels.includes(label)) issue.labels.splice(issue.labels.indexOf(label), 1);
  await stage.emit(repository, actor, { is: "label", action: "deleted", label, changes: {} });
};

const recordLabel = (stage: Stage, actor: Actor, issue: Issue, is: LabelChange["is"], label: Label): void => {
  const at = stage.world.now();
  issue.labelChanges.push({ is, label, actor: actor.user, at });
  issue.updatedAt = at;
};

/** Makes the labels that are missing; says nothing of those that the issue has. */
export const addLabels = async (stage: Stage, actor: Actor, repository: Repository, issue: Issue, names: readonly string[]): Promise<void> => {
  for (const name of names) {
    const label = repository.labels.get(name.toLowerCase()) ?? (await createLabel(stage, actor, repository, { name, color: DEFAULT_COLOR, description: null }));
    if (issue.labels.includes(label)) continue;
    issue.labels.push(label);
    recordLabel(stage, actor, issue, "labeled", label);
    await stage.emit(repository, actor, { is: "issue", action: "labeled", issue, label });
  }
};

/** @throws ApiError 404 when the issue has no such label */
export const removeLabel = async (stage: Stage, actor: Actor, repository: Repository, issue: Issue, name: string): Promise<void> => {
  const index = issue.labels.findIndex((label) => label.name.toLowerCase() === name.toLowerCase());
  const [label] = index < 0 ? [] : issue.labels.splice(index, 1);
  if (label === undefined) throw new ApiError(404, "Label does not exist");
  recordLabel(stage, actor, issue, "unlabeled", label);
  await stage.emit(repository, actor, { is: "issue", action: "unlabeled", issue, label });
};
