// Milestones of a repository: how far each is, when it is due, and forms for a new one, to close and to reopen.
import { repositoryPath } from "../addresses.ts";
import { fieldOf, found } from "../find.ts";
import { form, pressForm, textField, the, wasRefused } from "../form.ts";
import { html, type Content, type Html } from "../html.ts";
import { badge } from "../parts/badge.ts";
import { mayAt } from "../parts/rights.ts";
import type { FormAction, Page, Submission, Visit } from "../visit.ts";
import { ApiError, type Milestone } from "../../world/types.ts";

const CREATE: FormAction = async (submission) => {
  const description = fieldOf(submission, "description");
  const milestone = { title: fieldOf(submission, "title"), description: description === "" ? null : description, dueOn: dueOf(submission) };
  await submission.standIn.operations.createMilestone(submission.actor, submission.repository, milestone);
  return milestonesPath(submission);
};
const TURN: FormAction = async (submission) => {
  const { repository, standIn, actor, fields } = submission;
  const milestone = found([...repository.milestones.values()].find(({ id }) => String(id) === fields.get("subject")));
  await standIn.operations.editMilestone(actor, repository, milestone, { state: milestone.state === "open" ? "closed" : "open" });
  return milestonesPath(submission);
};

export const milestones: Page = {
  path: /^\/milestones$/u,
  show: async (visit) => {
    const all = [...visit.repository.milestones.values()].sort((one, other) => other.state.localeCompare(one.state) || one.number - other.number);
    const main = html`<h1>Milestones</h1>
      ${creating(visit)}
      ${
        all.length === 0
          ? html`<p class="quiet">None yet.</p>`
          : html`<ul class="rows card" id="list">
              ${all.map((milestone) => line(visit, milestone))}
            </ul>`
      }`;
    return Promise.resolve({ title: "Milestones", tab: "issues", main });
  },
  forms: { "create-milestone": CREATE, "turn-milestone": TURN },
};

function milestonesPath({ repository }: Visit | Submission): string {
  return `${repositoryPath(repository)}/milestones`;
}

/** The day at noon UTC, so that it is the same day nearly everywhere; null for none. @throws ApiError 422 */
function dueOf(submission: Submission): number | null {
  const day = fieldOf(submission, "due");
  if (day === "") return null;
  const due = /^\d{4}-\d{2}-\d{2}$/u.test(day) ? Date.parse(`${day}T12:00:00Z`) : Number.NaN;
  if (Number.isNaN(due)) throw new ApiError(422, "Due on a day such as 2026-12-24.");
  return due;
}

function line(visit: Visit, milestone: Milestone): Html {
  const inIt = [...visit.repository.issues.values()].filter((issue) => issue.milestone === milestone);
  const open = inIt.filter(({ state }) => state === "open").length;
  const turn = { does: "turn-milestone", subject: String(milestone.id) };
  return html`<li class="row" id="milestone-${milestone.number}">
    ${milestone.state === "open" ? badge("good", "Open") : badge("done", "✓ Closed")}
    <a href="${repositoryPath(visit.repository)}/milestone/${String(milestone.number)}"><strong>${milestone.title}</strong></a>
    <span class="grow">${milestone.description}</span>
    <span class="quiet"
      >${milestone.dueOn !== null && `due ${new Date(milestone.dueOn).toISOString().slice(0, 10)} · `}${open} open, ${inIt.length - open} closed</span
    >
    ${mayAt(visit, "write") && pressForm(visit, turn, html`${milestone.state === "open" ? "Close" : "Reopen"}<span class="hidden"> ${milestone.title}</span>`, { className: "link-button" })}
  </li>`;
}

function creating(visit: Visit): Content {
  const name = the("create-milestone");
  if (!mayAt(visit, "write") && !wasRefused(visit, name)) return null;
  return html`<details class="card" id="create-milestone" ${wasRefused(visit, name) && html`open`}>
    <summary>Make a milestone</summary>
    <div class="pad">
      ${form(visit, name, [
        textField(visit, name, { name: "title", label: "Title", value: "", isRequired: true }),
        textField(visit, name, { name: "description", label: "Description", value: "" }),
        textField(visit, name, { name: "due", label: "Due on", value: "", type: "date" }),
        html`<button type="submit" class="button main">Make milestone</button>`,
      ])}
    </div>
  </details>`;
}
