// Beside a conversation: labels, milestone and who reviewed, each with its form.
import type { Issue } from "../../world/types.ts";
import { form, kept, pressForm, the } from "../form.ts";
import { html, type Content, type Html } from "../html.ts";
import type { Visit } from "../visit.ts";
import { badge, labelBadge, who } from "./badge.ts";

export function aside(visit: Visit, issue: Issue): Html {
  return html`<aside class="aside" aria-label="Details">
    <section id="labels" aria-labelledby="labels-title">
      <h2 id="labels-title">Labels</h2>
      ${
        issue.labels.length === 0
          ? html`<p class="quiet">None.</p>`
          : html`<ul class="labels">
              ${issue.labels.map((label) => html`<li>${labelBadge(label)} ${visit.viewer.person !== null && pressForm(visit, { does: "remove-label", subject: String(label.id) }, html`<span aria-hidden="true">✗</span><span class="hidden">Remove ${label.name}</span>`, { className: "quiet-button" })}</li>`)}
            </ul>`
      }
      ${visit.viewer.person !== null && labelForm(visit, issue)}
    </section>
    ${visit.repository.milestones.size > 0 && milestoneSection(visit, issue)} ${issue.pull !== null && issue.pull.reviews.length > 0 && reviewSection(issue)}
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

function milestoneSection(visit: Visit, issue: Issue): Content {
  return html`<section id="milestone" aria-labelledby="milestone-title">
    <h2 id="milestone-title">Milestone</h2>
    ${form(
      visit,
      the("milestone"),
      html`<label for="milestone-choice" class="hidden">Milestone</label>
        <span class="together"
          ><select id="milestone-choice" name="milestone">
            <option value="">none</option>
            ${[...visit.repository.milestones.values()].map((milestone) => html`<option value="${String(milestone.number)}" ${issue.milestone === milestone && html`selected`}>${milestone.title} (${milestone.state})</option>`)}
          </select>
          <button type="submit" class="button">Set</button></span
        >`,
    )}
  </section>`;
}

function reviewSection(issue: Issue): Content {
  const newest = new Map((issue.pull?.reviews ?? []).filter(({ state }) => state !== "COMMENTED").map((review) => [review.author.login, review]));
  return html`<section id="reviewers" aria-labelledby="reviewers-title">
    <h2 id="reviewers-title">Reviews</h2>
    <ul class="plain">
      ${[...newest.values()].map((review) => html`<li>${who(review.author)} ${review.state === "APPROVED" ? badge("good", "✓ approved") : badge("bad", "✗ asked for changes")} ${review.sha !== issue.pull?.headSha && html`<span class="quiet">an older commit</span>`}</li>`)}
    </ul>
  </section>`;
}
