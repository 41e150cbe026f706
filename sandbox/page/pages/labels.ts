// Labels of a repository: what each is for, where it is in use, and a form for a new one.
import { repositoryPath } from "../addresses.ts";
import { fieldOf, found } from "../find.ts";
import { form, pressForm, textField, the, wasRefused } from "../form.ts";
import { html, type Content, type Html } from "../html.ts";
import { labelBadge } from "../parts/badge.ts";
import { mayAt } from "../parts/rights.ts";
import type { FormAction, Page, Submission, Visit } from "../visit.ts";
import { ApiError, type Label } from "../../world/types.ts";

const CREATE: FormAction = async (submission) => {
  const color = fieldOf(submission, "color").replace(/^#/u, "").toLowerCase();
  if (!/^[0-9a-f]{6}$/u.test(color)) throw new ApiError(422, "A colour is six hexadecimal digits, such as d73a4a.");
  const description = fieldOf(submission, "description");
  const label = { name: fieldOf(submission, "name"), color, description: description === "" ? null : description };
  await submission.standIn.operations.createLabel(submission.actor, submission.repository, label);
  return labelsPath(submission);
};
const DELETE: FormAction = async (submission) => {
  const { labels } = submission.repository;
  const label = found([...labels.values()].find(({ id }) => String(id) === submission.fields.get("subject")));
  await submission.standIn.operations.deleteLabel(submission.actor, submission.repository, label);
  return labelsPath(submission);
};

export const labels: Page = {
  path: /^\/labels$/u,
  show: async (visit) => {
    const all = [...visit.repository.labels.values()].sort((one, other) => one.name.localeCompare(other.name));
    const main = html`<h1>Labels</h1>
      ${creating(visit)}
      ${
        all.length === 0
          ? html`<p class="quiet">None yet.</p>`
          : html`<ul class="rows card" id="list">
              ${all.map((label) => line(visit, label))}
            </ul>`
      }`;
    return Promise.resolve({ title: "Labels", tab: "issues", main });
  },
  forms: { "create-label": CREATE, "delete-label": DELETE },
};

function labelsPath({ repository }: Visit | Submission): string {
  return `${repositoryPath(repository)}/labels`;
}

function line(visit: Visit, label: Label): Html {
  const inUse = [...visit.repository.issues.values()].filter((issue) => issue.state === "open" && issue.labels.includes(label)).length;
  return html`<li class="row" id="label-${label.id}">
    <a class="bare" href="${labelsPath(visit)}/${encodeURIComponent(label.name)}">${labelBadge(label)}</a>
    <span class="grow">${label.description}</span>
    <span class="quiet">${inUse === 0 ? "not in use" : `on ${inUse} open`}</span>
    ${mayAt(visit, "write") && pressForm(visit, { does: "delete-label", subject: String(label.id) }, html`Delete<span class="hidden"> ${label.name}</span>`, { className: "link-button" })}
  </li>`;
}

function creating(visit: Visit): Content {
  const name = the("create-label");
  if (!mayAt(visit, "write") && !wasRefused(visit, name)) return null;
  return html`<details class="card" id="create-label" ${wasRefused(visit, name) && html`open`}>
    <summary>Make a label</summary>
    <div class="pad">
      ${form(visit, name, [
        textField(visit, name, { name: "name", label: "Name", value: "", isRequired: true }),
        textField(visit, name, { name: "description", label: "What it says of an issue", value: "" }),
        textField(visit, name, { name: "color", label: "Colour", value: "d73a4a", hint: "Six hexadecimal digits." }),
        html`<button type="submit" class="button main">Make label</button>`,
      ])}
    </div>
  </details>`;
}
