// Beside a conversation: who reviews, who looks after it, labels and milestone, each with its form.
import type { Issue } from "../../world/types.ts";
import { repositoryPath } from "../addresses.ts";
import { choiceField, form, kept, pressForm, the } from "../form.ts";
import { html, type Html } from "../html.ts";
import type { Visit } from "../visit.ts";
import { assignees } from "./assignees.ts";
import { labelBadge } from "./badge.ts";
import { reviewers } from "./reviewers.ts";

export function aside(visit: Visit, issue: Issue): Html {
  return html`<aside class="aside" aria-label="Details">
    ${issue.pull !== null && reviewers(visit, issue, issue.pull)} ${assignees(visit, issue)}
    <section id="labels" aria-labelledby="labels-title">
      <h2 id="labels-title"><a href="${repositoryPath(visit.repository)}/labels">Labels</a></h2>
      ${
        issue.labels.length === 0
          ? html`<p class="quiet">None.</p>`
          : html`<ul class="labels">
              ${issue.labels.map((label) => html`<li>${labelBadge(label)} ${visit.viewer.person !== null && pressForm(visit, { does: "remove-label", subject: String(label.id) }, html`<span aria-hidden="true">✗</span><span class="hidden">Remove ${label.name}</span>`, { className: "quiet-button" })}</li>`)}
            </ul>`
      }
      ${visit.viewer.person !== null && labelForm(visit, issue)}
    </section>
    ${milestoneSection(visit, issue)}
  </aside>`;
}

function labelForm(visit: Visit, issue: Issue): Html {
  const name = the("add-label");
  const others = [...visit.repository.labels.values()].filter((label) => !issue.labels.includes(label));
  return form(
    visit,
    name,
    html`<label for="new-label">Add a label</label>
      <span class="together"
        ><input type="text" id="new-label" name="label" list="known-labels" value="${kept(visit, name, "label", "")}" required autocomplete="off" />
        <button type="submit" class="button">Add</button></span
      >
      <datalist id="known-labels">${others.map((label) => html`<option value="${label.name}"></option>`)}</datalist>`,
  );
}

function milestoneSection(visit: Visit, issue: Issue): Html {
  const { repository, viewer } = visit;
  const name = the("milestone");
  const milestones = [...repository.milestones.values()].map(({ number, title, state }) => ({
    value: String(number),
    label: state === "open" ? title : `${title} (closed)`,
  }));
  const path = repositoryPath(repository);
  return html`<section id="milestone" aria-labelledby="milestone-title">
    <h2 id="milestone-title"><a href="${path}/milestones">Milestone</a></h2>
    ${
      issue.milestone === null
        ? html`<p class="quiet">None.</p>`
        : html`<p><a href="${path}/milestone/${String(issue.milestone.number)}">${issue.milestone.title}</a></p>`
    }
    ${
      viewer.person !== null &&
      milestones.length > 0 &&
      form(
        visit,
        name,
        choiceField(visit, name, {
          name: "milestone",
          label: "Put into",
          value: issue.milestone === null ? "" : String(issue.milestone.number),
          options: [{ value: "", label: "none" }, ...milestones],
          press: "Set",
        }),
      )
    }
  </section>`;
}
