// Moves what is left open in a milestone, then closes it. Cut short, it leaves fewer issues to move and a milestone to close.
import type { CloseMilestone } from "../model/plan.ts";
import type { Place } from "./place.ts";

export async function closeMilestone({ milestone, move }: CloseMilestone, { github, repository: { id } }: Place): Promise<void> {
  for (const issue of move?.issues ?? []) await github.rest("PATCH /repositories/{id}/issues/{number}", { id, number: issue, milestone: move?.to });
  await github.rest("PATCH /repositories/{id}/milestones/{number}", { id, number: milestone.number, state: "closed" });
}
