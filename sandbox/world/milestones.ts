// Milestones of a repository.
import type { Changes, Stage } from "./events.ts";
import type { Operations } from "./operations.ts";
import { invalid } from "./refusals.ts";
import type { Actor, Milestone, Repository } from "./types.ts";

const requireTitle = (repository: Repository, title: string): void => {
  if (title.trim() === "") throw invalid("Milestone", "title", "missing_field");
  if ([...repository.milestones.values()].some((milestone) => milestone.title === title)) throw invalid("Milestone", "title", "already_exists");
};

export const createMilestone = async (
  stage: Stage,
  actor: Actor,
  repository: Repository,
  fields: Parameters<Operations["createMilestone"]>[2],
): Promise<Milestone> => {
  requireTitle(repository, fields.title);
  const at = stage.world.now();
  const number = repository.milestones.size + 1;
  const milestone: Milestone = {
    id: stage.world.nextId(),
    number,
    title: fields.title,
    description: fields.description,
    state: "open",
    creator: actor.user,
    createdAt: at,
    updatedAt: at,
    closedAt: null,
    dueOn: fields.dueOn ?? null,
  };
  repository.milestones.set(number, milestone);
  await stage.emit(repository, actor, { is: "milestone", action: "created", milestone, changes: {} });
  return milestone;
};

export const editMilestone = async (
  stage: Stage,
  actor: Actor,
  repository: Repository,
  milestone: Milestone,
  change: Parameters<Operations["editMilestone"]>[3],
): Promise<void> => {
  const changes: Record<string, Changes[string]> = {};
  const at = stage.world.now();
  if (change.title !== undefined && change.title !== milestone.title) {
    requireTitle(repository, change.title);
    changes["title"] = { from: milestone.title };
    milestone.title = change.title;
  }
  if (change.dueOn !== undefined && change.dueOn !== milestone.dueOn) {
    changes["due_on"] = { from: milestone.dueOn === null ? "" : new Date(milestone.dueOn).toISOString() };
    milestone.dueOn = change.dueOn;
  }
  if (Object.keys(changes).length > 0) {
    milestone.updatedAt = at;
    await stage.emit(repository, actor, { is: "milestone", action: "edited", milestone, changes });
  }
  if (change.state === undefined || change.state === milestone.state) return;
  milestone.state = change.state;
  milestone.closedAt = change.state === "closed" ? at : null;
  milestone.updatedAt = at;
  await stage.emit(repository, actor, { is: "milestone", action: change.state === "closed" ? "closed" : "opened", milestone, changes: {} });
};
