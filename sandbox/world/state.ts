// Open and closed, for issues and pull requests alike.
import type { Stage } from "./events.ts";
import type { Actor, Issue, Repository } from "./types.ts";

/** Does nothing to an issue that is in that state already. */
export const changeState = async (stage: Stage, actor: Actor, repository: Repository, issue: Issue, state: Issue["state"]): Promise<void> => {
  if (issue.state === state) return;
  const at = stage.world.now();
  const change = state === "closed" ? "closed" : "reopened";
  issue.state = state;
  issue.closedAt = state === "closed" ? at : null;
  issue.updatedAt = at;
  issue.changes.push({ is: change, actor: actor.user, at });
  await stage.emit(repository, actor, { is: "issue", action: change, issue });
};
