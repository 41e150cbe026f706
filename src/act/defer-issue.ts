import type { DeferIssue } from "../model/plan.ts";
import type { Place } from "./place.ts";

export async function deferIssue({ issue, milestone }: DeferIssue, { github, repository }: Place): Promise<void> {
  await github.rest("PATCH /repositories/{id}/issues/{number}", { id: repository.id, number: issue, milestone: milestone.number });
}
