// What happens in a repository moves its queues: checks of a group, its base, the heads and the states of what is queued.
import type { Stage, WorldEvent } from "../events.ts";
import type { Actor, Issue, Repository } from "../types.ts";
import { dequeue, entriesOf, entryOf, goOn } from "./queue.ts";

const leaves = async (stage: Stage, actor: Actor, repository: Repository, issue: Issue): Promise<void> => {
  if (entryOf(repository, issue) !== null) await dequeue(stage, actor, repository, issue);
};

/** Which group is looked at again. */
const baseOf = ({ queue }: Repository, event: WorldEvent): string | null => {
  if (event.is === "push") return queue.find(({ issue }) => `refs/heads/${issue.pull?.base ?? ""}` === event.name)?.issue.pull?.base ?? null;
  const sha = event.is === "check run" ? event.run.headSha : event.is === "status" ? event.status.sha : null;
  return queue.find(({ group }) => group !== null && group.headSha === sha)?.issue.pull?.base ?? null;
};

export const followQueue = async (stage: Stage, actor: Actor, repository: Repository, event: WorldEvent): Promise<void> => {
  if (repository.queue.length === 0) return;
  // What is pushed to, closed or made a draft leaves the queue.
  if (event.is === "issue" && ["synchronize", "closed", "converted_to_draft"].includes(event.action)) return leaves(stage, actor, repository, event.issue);
  const base = baseOf(repository, event);
  if (base !== null) await goOn(stage, repository, base);
};

/** Groups whose checks have taken too long are put out. */
export const passTimeInQueue = async (stage: Stage, repository: Repository): Promise<void> => {
  const bases = new Set(repository.queue.map(({ issue }) => issue.pull?.base ?? ""));
  for (const base of bases) if (entriesOf(repository, base).length > 0) await goOn(stage, repository, base);
};
