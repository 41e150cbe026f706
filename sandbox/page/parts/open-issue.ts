// The form that opens an issue.
import { form, longField, selectField, textField, the, wasRefused } from "../form.ts";
import { html, type Content } from "../html.ts";
import type { Visit } from "../visit.ts";
import { mayAt } from "./rights.ts";

const NONE = { value: "", label: "none" };

/** Null when there is nobody to act as. */
export function openIssueForm(visit: Visit): Content {
  const { viewer } = visit;
  if (viewer.person === null) return null;
  const name = the("open-issue");
  return html`<details class="card" id="open-issue" ${wasRefused(visit, name) && html`open`}>
    <summary>Open an issue</summary>
    <div class="pad">
      ${form(visit, name, [
        textField(visit, name, { name: "title", label: "Title", value: "", isRequired: true }),
        longField(visit, name, { name: "body", label: "Text, in Markdown", value: "" }),
        mayAt(visit, "triage") && sorting(visit),
        html`<button type="submit" class="button main">Open as ${viewer.person.login}</button>`,
      ])}
    </div>
  </details>`;
}

/** Labels, assignee and milestone: GitHub drops those of people without triage. */
function sorting(visit: Visit): Content {
  const { repository, viewer } = visit;
  const name = the("open-issue");
  const people = viewer.people.filter((user) => repository.collaborators.has(user.login) || user === repository.owner);
  const milestones = [...repository.milestones.values()].filter(({ state }) => state === "open");
  return [
    textField(visit, name, { name: "labels", label: "Labels", value: "", hint: "With commas between them; new ones are made." }),
    selectField(visit, name, {
      name: "assignee",
      label: "Assignee",
      value: "",
      options: [NONE, ...people.map(({ login }) => ({ value: login, label: login }))],
    }),
    milestones.length > 0 &&
      selectField(visit, name, {
        name: "milestone",
        label: "Milestone",
        value: "",
        options: [NONE, ...milestones.map(({ number, title }) => ({ value: String(number), label: title }))],
      }),
  ];
}
