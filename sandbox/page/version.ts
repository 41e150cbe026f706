// A cheap word that changes whenever anything on a repository's pages might have: what the live script asks for.
import type { Reaction, Repository, World } from "../world/types.ts";

export function versionOf(repository: Repository, world: World): string {
  const issues = [...repository.issues.values()];
  const comments = [...repository.comments.values()];
  const counts = [
    world.requests.length,
    world.deliveries.length,
    world.deliveries.filter(({ status }) => status === null).length,
    repository.pushedAt,
    issues.length,
    issues.reduce((newest, { updatedAt }) => Math.max(newest, updatedAt), 0),
    issues.reduce(
      (sum, { reactions, labelChanges, changes, edits, pull }) =>
        sum + givenIn(reactions) + labelChanges.length + changes.length + edits.length + (pull?.reviews.length ?? 0),
      0,
    ),
    issues.reduce((sum, { milestone }) => sum + (milestone?.number ?? 0), 0),
    repository.labels.size,
    repository.milestones.size,
    [...repository.milestones.values()].filter(({ state }) => state === "open").length,
    comments.length,
    comments.reduce((sum, { reactions, edits }) => sum + givenIn(reactions) + edits.length, 0),
    repository.checkRuns.size,
    [...repository.checkRuns.values()].filter(({ status }) => status === "completed").length,
    repository.actions.runs.size,
    [...repository.actions.runs.values()].reduce((sum, { attempt, updatedAt }) => sum + attempt + updatedAt, 0),
    repository.rulesets.length,
    repository.rulesets.reduce((sum, { updatedAt }) => sum + updatedAt, 0),
    repository.statuses.length,
    repository.releases.size,
  ];
  return counts.map((count) => count.toString(36)).join("-");
}

/** By their ids, not their number: one may be taken back while another is given. */
function givenIn(reactions: readonly Reaction[]): number {
  return reactions.reduce((sum, { id }) => sum + id, 0);
}
