// Runs of workflows, each with its jobs and the buttons that move it: nothing runs here, so a person says what happens.
import { jobsOf } from "../../actions/runs.ts";
import { may, need } from "../../world/access.ts";
import type { WorkflowRun } from "../../world/types.ts";
import { commitPath, runPath } from "../addresses.ts";
import { pressForm } from "../form.ts";
import { html, type Content, type Html } from "../html.ts";
import { moment } from "../moments.ts";
import type { Visit } from "../visit.ts";
import { badge, who } from "./badge.ts";
import { wordsFor } from "./checks.ts";

export const MOVE_RUNS = need("actions", "write");

/** Newest first. */
export function runList(visit: Visit, runs: readonly WorkflowRun[]): Html {
  return html`<ul class="rows card" id="runs">
    ${runs.toReversed().map((run) => runLine(visit, run))}
  </ul>`;
}

/** Of one commit: where they stand, and the way to their buttons. Null without any. */
export function runsOfCommit({ repository }: Visit, sha: string): Content {
  const runs = [...repository.actions.runs.values()].filter(({ headSha }) => headSha === sha);
  if (runs.length === 0) return null;
  return html`<ul class="rows" aria-label="Runs of workflows">
    ${runs.toReversed().map((run) => html`<li class="row still">${stateOf(run)} <a href="${runPath(repository, run)}">${run.name} #${run.number}</a> <span class="quiet">${run.event}</span></li>`)}
  </ul>`;
}

function stateOf(run: WorkflowRun): Html {
  const { tone, word } = wordsFor(run.conclusion ?? run.status);
  return badge(tone, word);
}

function runLine(visit: Visit, run: WorkflowRun): Html {
  const { repository, standIn } = visit;
  const attempt = run.attempt > 1 && badge("calm", `attempt ${run.attempt}`);
  return html`<li id="run-${run.id}">
    <div class="row">
      ${stateOf(run)} <a class="grow" href="${runPath(repository, run)}"><strong>${run.title}</strong></a> ${attempt}
      <span class="quiet"
        >${run.name} #${run.number}: ${run.event} of ${run.headBranch} at
        <a href="${commitPath(repository, run.headSha)}"><code>${run.headSha.slice(0, 7)}</code></a></span
      >
      <span class="quiet">by</span> ${who(run.triggeringActor)} <span class="quiet">${moment(run.startedAt, standIn.world.now())}</span>
    </div>
    <div class="pad">${jobsLine(run)} ${buttonsOf(visit, run)}</div>
  </li>`;
}

function jobsLine(run: WorkflowRun): Content {
  const begun = jobsOf(run, run.attempt).filter(({ name }) => run.pending.every((job) => job.name !== name));
  const words = [
    ...run.pending.map(({ name }) => [badge("wait", "○ not begun"), ` ${name} `]),
    ...begun.map(({ name, check }) => {
      const { tone, word } = wordsFor(check.conclusion ?? check.status);
      return [badge(tone, word), ` ${name} `];
    }),
  ];
  return words.length > 0 && html`<p>${words}</p>`;
}

function buttonsOf(visit: Visit, run: WorkflowRun): Content {
  const { viewer, standIn, repository } = visit;
  if (viewer.person === null || !may(standIn.actorFor(viewer.person.login), repository, MOVE_RUNS)) return null;
  const press = (move: string, label: string): Content => [
    pressForm(visit, { does: "move-run", subject: `${run.id}-${move}` }, label, { fields: { run: String(run.id), move } }),
    " ",
  ];
  if (run.status === "completed")
    return html`<div class="together">${run.conclusion !== "success" && press("rerun-failed", "Re-run failed jobs")}${press("rerun", "Re-run all jobs")}</div>`;
  const start = run.status === "in_progress" ? press("hold", "Wait for approval") : press("start", "Start");
  return html`<div class="together">
    ${start}${press("success", "Let it succeed")}${press("failure", "Let it fail")}${press("timed_out", "Let it time out")}${press("cancel", "Cancel")}
  </div>`;
}
