// The runs of the repository's workflows, or one of them.
import { runForms } from "../forms/runs.ts";
import { html } from "../html.ts";
import { runList } from "../parts/runs.ts";
import type { Page } from "../visit.ts";

const LAST_RUNS = 50;

export const actions: Page = {
  path: /^\/actions$/u,
  show: (visit) => {
    const runs = [...visit.repository.actions.runs.values()];
    const none = html`<p class="quiet">Nothing has run yet. A workflow in <code>.github/workflows</code> begins when what it listens to happens.</p>`;
    const main = html`<h1>Runs of workflows</h1>
      <p class="quiet">
        Nothing is executed here: each run ${visit.repository.actions.runsSucceed ? "succeeds by itself" : "waits until somebody says how it goes"}.
      </p>
      ${runs.length === 0 ? none : runList(visit, runs.slice(-LAST_RUNS))}
      ${runs.length > LAST_RUNS && html`<p class="quiet">The newest ${LAST_RUNS} of ${runs.length}.</p>`}`;
    return Promise.resolve({ title: "Runs", tab: "actions", main });
  },
  forms: runForms,
};

/** The address of a job leads to its run. */
export const run: Page = {
  path: /^\/actions\/runs\/(?<run>\d+)(?:\/job\/\d+)?$/u,
  show: (visit) => {
    const found = visit.repository.actions.runs.get(Number(visit.parameters["run"]));
    if (found === undefined) return Promise.resolve(null);
    const main = html`<h1>${found.name} <span class="quiet">#${found.number}</span></h1>
      ${runList(visit, [found])}
      ${
        Object.keys(found.given).length > 0 &&
        html`<h2>What it was given</h2>
          <pre>${JSON.stringify(found.given, null, 2)}</pre>`
      }`;
    return Promise.resolve({ title: `${found.name} #${found.number}`, tab: "actions", main });
  },
  forms: runForms,
};
