// Issues and pull requests, open or closed.
import type { Issue } from "../../world/types.ts";
import { issuePath, repositoryPath } from "../addresses.ts";
import { form, longField, textField, the, wasRefused } from "../form.ts";
import { fieldOf } from "../find.ts";
import { html, joined, type Content, type Html } from "../html.ts";
import { moment } from "../moments.ts";
import { labelBadge, stateBadge, who } from "../parts/badge.ts";
import { checkMark, checksOf } from "../parts/checks.ts";
import { portionOf } from "../parts/portion.ts";
import type { FormAction, Page, Shown, Visit } from "../visit.ts";

const PAGE_SIZE = 25;
const OPEN: FormAction = async (submission) => {
  const { standIn, actor, repository, fields } = submission;
  const labels = fieldOf(submission, "labels")
    .split(",")
    .flatMap((label) => (label.trim() === "" ? [] : [label.trim()]));
  const issue = await standIn.operations.openIssue(actor, repository, {
    title: fieldOf(submission, "title"),
    body: fields.get("body") ?? "",
    labels,
    milestone: null,
  });
  return issuePath(repository, issue);
};

export const pulls: Page = { path: /^\/pulls$/u, show: async (visit) => list(visit, "pull"), forms: {} };
export const issues: Page = { path: /^\/issues$/u, show: async (visit) => list(visit, "issue"), forms: { "open-issue": OPEN } };

async function list(visit: Visit, kind: "pull" | "issue"): Promise<Shown> {
  const all = [...visit.repository.issues.values()].filter((issue) => (issue.pull === null) === (kind === "issue"));
  const state = visit.url.searchParams.get("state") === "closed" ? "closed" : "open";
  const { items, links } = portionOf(
    all.filter((issue) => issue.state === state).sort((one, other) => other.number - one.number),
    visit.url,
    PAGE_SIZE,
  );
  const title = kind === "pull" ? "Pull requests" : "Issues";
  const path = `${repositoryPath(visit.repository)}/${kind === "pull" ? "pulls" : "issues"}`;
  const tabs = (["open", "closed"] as const).map(
    (choice) =>
      html`<a href="${path}?state=${choice}" ${choice === state && html`aria-current="page"`}
        >${choice === "open" ? "Open" : "Closed"} ${all.filter((issue) => issue.state === choice).length}</a
      >`,
  );
  const main = html`<h1>${title}</h1>
    ${kind === "issue" && opening(visit)}
    <nav class="together choices" aria-label="Open or closed">${joined(tabs, " ")}</nav>
    ${
      items.length === 0
        ? html`<p class="quiet">None ${state === "open" ? "open" : "closed"}.</p>`
        : html`<ul class="rows card" id="list">
            ${items.map((issue) => line(visit, issue))}
          </ul>`
    }
    ${links}`;
  return { title, tab: kind === "pull" ? "pulls" : "issues", main };
}

function line(visit: Visit, issue: Issue): Html {
  return html`<li class="row" id="issue-${issue.number}">
    ${stateBadge(issue)}
    <a class="grow" href="${issuePath(visit.repository, issue)}">${issue.title}</a> ${issue.labels.map((label) => [labelBadge(label), " "])}
    ${issue.pull !== null && checkMark(checksOf(visit.repository, issue.pull.headSha))}
    <span class="quiet">#${issue.number} by ${who(issue.author)} ${moment(issue.createdAt, visit.standIn.world.now())}</span>
  </li>`;
}

function opening(visit: Visit): Content {
  if (visit.viewer.person === null) return null;
  const name = the("open-issue");
  return html`<details class="card" id="open-issue" ${wasRefused(visit, name) && html`open`}>
    <summary>Open an issue</summary>
    <div class="pad">
      ${form(visit, name, [
        textField(visit, name, { name: "title", label: "Title", value: "", isRequired: true }),
        longField(visit, name, { name: "body", label: "Text, in Markdown", value: "" }),
        textField(visit, name, { name: "labels", label: "Labels", value: "", hint: "With commas between them; new ones are made." }),
        html`<button type="submit" class="button main">Open as ${visit.viewer.person.login}</button>`,
      ])}
    </div>
  </details>`;
}
