// The checks of a commit, each with what it says and the buttons that GitHub would show.
import type { CheckRun } from "../../world/types.ts";
import { revisionPath } from "../addresses.ts";
import { pressForm } from "../form.ts";
import { html, type Content, type Html } from "../html.ts";
import { renderMarkdown } from "../markdown/render.ts";
import { duration, moment } from "../moments.ts";
import type { Visit } from "../visit.ts";
import { badge } from "./badge.ts";
import { checkMark, checksOf, type CheckLine } from "./checks.ts";
import { reportForm } from "./report-check.ts";
import { runsOfCommit } from "./runs.ts";

const LEVELS = { notice: "calm", warning: "wait", failure: "bad" } as const;

export async function checkPanel(visit: Visit, sha: string): Promise<Html> {
  const lines = checksOf(visit.repository, sha);
  const shown = await Promise.all(lines.map(async (line) => checkLine(visit, line)));
  const none = html`<p class="quiet pad">Nobody has reported on this commit yet.</p>`;
  return html`<section class="card" id="checks" aria-labelledby="checks-title">
    <header>
      <h2 id="checks-title">Checks</h2>
      ${checkMark(lines)} <span class="quiet">on <code>${sha.slice(0, 7)}</code></span>
    </header>
    ${
      lines.length === 0
        ? none
        : html`<ul class="rows">
            ${shown}
          </ul>`
    }
    ${runsOfCommit(visit, sha)} ${reportForm(visit, sha)}
  </section>`;
}

async function checkLine(visit: Visit, { name, by, tone, word, title, link, run }: CheckLine): Promise<Html> {
  const head = html`${badge(tone, word)} <strong>${name}</strong> ${title !== null && html`<span>${title}</span>`} <span class="quiet">by ${by}</span>`;
  const details = link !== null && html`<a href="${link}" rel="nofollow noopener">Details of ${name}</a>`;
  if (run === null) return html`<li class="row still">${head} ${details}</li>`;
  return html`<li>
    <details id="check-${run.id}">
      <summary class="row">${head}</summary>
      <div class="pad">
        ${await outputOf(visit, run)}${annotationsOf(visit, run)}${timesOf(visit, run)} ${details && html`<p>${details}</p>`} ${buttonsOf(visit, run)}
      </div>
    </details>
  </li>`;
}

async function outputOf(visit: Visit, { output }: CheckRun): Promise<Content> {
  const place = { repository: visit.repository, world: visit.standIn.world, taskForm: null };
  const texts = [output.summary, output.text].filter((text) => text !== null && text.trim() !== "");
  if (texts.length === 0 && output.annotations.length === 0) return html`<p class="quiet">It says nothing more.</p>`;
  return Promise.all(texts.map(async (text) => renderMarkdown(text ?? "", place)));
}

function annotationsOf({ repository }: Visit, { output, headSha }: CheckRun): Content {
  if (output.annotations.length === 0) return null;
  return html`<ul class="annotations" aria-label="Annotations">
    ${output.annotations.map(
      ({ level, path, startLine, title, message }) =>
        html`<li>
          ${badge(LEVELS[level], level)}
          <a href="${revisionPath(repository, "blob", headSha, path)}#L${startLine}"><code>${path}:${startLine}</code></a>
          ${title !== null && html`<strong>${title}</strong>`}
          <pre>${message}</pre>
        </li>`,
    )}
  </ul>`;
}

function timesOf(visit: Visit, { startedAt, completedAt }: CheckRun): Content {
  if (completedAt === null) return null;
  const took = startedAt !== null && completedAt > startedAt && ` after ${duration(completedAt - startedAt)}`;
  return html`<p class="quiet">Finished ${moment(completedAt, visit.standIn.world.now())}${took}.</p>`;
}

function buttonsOf(visit: Visit, run: CheckRun): Content {
  if (visit.viewer.person === null) return null;
  const subject = String(run.id);
  const own = run.actions.map(({ identifier, label, description }) => [
    pressForm(visit, { does: "check-action", subject: `${subject}-${identifier}` }, label, { fields: { run: subject, identifier }, hint: description }),
    " ",
  ]);
  return html`<div class="together">${own}${pressForm(visit, { does: "rerun", subject }, "Re-run", { fields: { run: subject } })}</div>`;
}
