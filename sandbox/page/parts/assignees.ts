// Who looks after an issue or pull request.
import type { Issue } from "../../world/types.ts";
import { choiceField, form, pressForm, the } from "../form.ts";
import { html, type Content, type Html } from "../html.ts";
import type { Visit } from "../visit.ts";
import { who } from "./badge.ts";
import { mayAt } from "./rights.ts";

export function assignees(visit: Visit, issue: Issue): Html {
  const mayAssign = mayAt(visit, "triage");
  const lines = issue.assignees.map(
    (user) =>
      html`<li>
        ${who(user)}
        ${mayAssign && pressForm(visit, { does: "unassign", subject: user.login }, html`<span aria-hidden="true">✗</span><span class="hidden">Unassign ${user.login}</span>`, { className: "quiet-button" })}
      </li>`,
  );
  return html`<section id="assignees" aria-labelledby="assignees-title">
    <h2 id="assignees-title">Assignees</h2>
    ${
      lines.length === 0
        ? html`<p class="quiet">Nobody.</p>`
        : html`<ul class="plain">
            ${lines}
          </ul>`
    }
    ${mayAssign && assignForm(visit, issue)}
  </section>`;
}

function assignForm(visit: Visit, issue: Issue): Content {
  const { repository, viewer } = visit;
  const options = viewer.people
    .filter((user) => (repository.collaborators.has(user.login) || user === repository.owner) && !issue.assignees.includes(user))
    .map(({ login }) => ({ value: login, label: login }));
  if (options.length === 0) return null;
  const name = the("assign");
  return form(visit, name, choiceField(visit, name, { name: "assignee", label: "Assign somebody", value: "", options, press: "Assign" }));
}
