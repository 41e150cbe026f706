// Another attempt of a run. One that goes on already is what was wanted: an earlier request may have been answered with
// nothing.
import type { RerunWorkflow } from "../model/plan.ts";
import { Refused, Stale } from "../model/errors.ts";
import { valueAt } from "./answer.ts";
import type { Place } from "./place.ts";

export async function rerunWorkflow({ run, jobs, step }: RerunWorkflow, { github, repository }: Place): Promise<void> {
  const route = jobs === "failed" ? "POST /repositories/{id}/actions/runs/{run}/rerun-failed-jobs" : "POST /repositories/{id}/actions/runs/{run}/rerun";
  const answer = await github.rest(route, { id: repository.id, run }, { expected: [403] });
  if (answer.status !== 403) return;
  const said = String(valueAt(answer.data, "message"));
  if (/already running/i.test(said)) throw new Stale(`run ${String(run)} goes on already`);
  throw new Refused(`running ${step} again`, said, null);
}
