// Issues and pull requests, open or closed: all of a kind, or both kinds with one label or in one milestone.
import type { Issue } from "../../world/types.ts";
import { issuePath, repositoryPath } from "../addresses.ts";
import { fieldOf, milestoneChosen, personNamed } from "../find.ts";
import { html, joined, type Content, type Html } from "../html.ts";
import { moment } from "../moments.ts";
import { labelBadge, stateBadge, who } from "../parts/badge.ts";
import { checkMark, checksOf } from "../parts/checks.ts";
import { openIssueForm } from "../parts/open-issue.ts";
import { portionOf } from "../parts/portion.ts";
import type { FormAction, Page, Shown, Tab, Visit } from "../visit.ts";

const PAGE_SIZE = 25;
const OPEN: FormAction = async (submission) => {
  const { standIn, actor, repository, fields } = submission;
  const labels = fieldOf(submission, "labels")
    .split(",")
    .flatMap((label) => (label.trim() === "" ? [] : [label.trim()]));
  const assignee = fieldOf(submission, "assignee");
  const assignees = assignee === "" ? [] : [personNamed(submission, assignee)];
  const issue = await standIn.operations.openIssue(actor, repository, {
    title: fieldOf(submission, "title"),
    body: fields.get("body") ?? "",
    labels,
    milestone: milestoneChosen(submission),
  });
  if (assignees.length > 0) await standIn.operations.assign(actor, repository, issue, assignees);
  return issuePath(repository, issue);
};

type List = {
  readonly title: string;
  readonly tab: Tab;
  /** What follows `/owner/name`. */
  readonly path: string;
  readonly holds: (issue: Issue) => boolean;
  readonly above: Content;
};

export const pulls: Page = {
  path: /^\/pulls$/u,
  show: async (visit) => list(visit, { title: "Pull requests", tab: "pulls", path: "pulls", holds: ({ pull }) => pull !== null, above: null }),
  forms: {},
};
export const issues: Page = {
  path: /^\/issues$/u,
  show: async (visit) => list(visit, { title: "Issues", tab: "issues", path: "issues", holds: ({ pull }) => pull === null, above: aboveIssues(visit) }),
  forms: { "open-issue": OPEN },
};
export const labelled: Page = {
  path: /^\/labels\/(?<label>.+)$/u,
  show: async (visit) => {
    const label = visit.repository.labels.get((visit.parameters["label"] ?? "").toLowerCase());
    if (label === undefined) return null;
    const path = `labels/${encodeURIComponent(label.name)}`;
    return list(visit, { title: `Labelled ${label.name}`, tab: "issues", path, holds: (issue) => issue.labels.includes(label), above: label.description });
  },
  forms: {},
};
export const milestone: Page = {
  path: /^\/milestone\/(?<number>\d+)$/u,
  show: async (visit) => {
    const milestone = visit.repository.milestones.get(Number(visit.parameters["number"]));
    if (milestone === undefined) return null;
    const path = `milestone/${String(milestone.number)}`;
    const above = [milestone.description, milestone.state === "closed" && html`<p class="quiet">This milestone is closed.</p>`];
    return list(visit, { title: milestone.title, tab: "issues", path, holds: (issue) => issue.milestone === milestone, above });
  },
  forms: {},
};

// Every list asks nothing of others, but pages answer with a promise.
async function list(visit: Visit, { title, tab, path, holds, above }: List): Promise<Shown> {
  const all = [...visit.repository.issues.values()].filter(holds);
  const state = visit.url.searchParams.get("state") === "closed" ? "closed" : "open";
  const { items, links } = portionOf(
    all.filter((issue) => issue.state === state).sort((one, other) => other.number - one.number),
    visit.url,
    PAGE_SIZE,
  );
  const tabs = (["open", "closed"] as const).map(
    (choice) =>
      html`<a href="${repositoryPath(visit.repository)}/${path}?state=${choice}" ${choice === state && html`aria-current="page"`}
        >${choice === "open" ? "Open" : "Closed"} ${all.filter((issue) => issue.state === choice).length}</a
      >`,
  );
  const main = html`<h1>${title}</h1>
    ${above}
    <nav class="together choices" aria-label="Open or closed">${joined(tabs, " ")}</nav>
    ${
      items.length === 0
        ? html`<p class="quiet">None ${state === "open" ? "open" : "closed"}.</p>`
        : html`<ul class="rows card" id="list">
            ${items.map((issue) => line(visit, issue))}
          </ul>`
    }
    ${links}`;
  return Promise.resolve({ title, tab, main });
}

function aboveIssues(visit: Visit): Content {
  const path = repositoryPath(visit.repository);
  return html`${openIssueForm(visit)}
    <p class="together"><a href="${path}/labels">Labels</a> <a href="${path}/milestones">Milestones</a></p>`;
}

function line(visit: Visit, issue: Issue): Html {
  return html`<li class="row" id="issue-${issue.number}">
    ${stateBadge(issue)}
    <a class="grow" href="${issuePath(visit.repository, issue)}">${issue.title}</a> ${issue.labels.map((label) => [labelBadge(label), " "])}
    ${issue.pull !== null && checkMark(checksOf(visit.repository, issue.pull.headSha))}
    ${issue.milestone !== null && html`<span class="chip">${issue.milestone.title}</span>`}
    <span class="quiet"
      >#${issue.number} by ${who(issue.author)}
      ${moment(issue.createdAt, visit.standIn.world.now())}${issue.assignees.length > 0 && `, for ${issue.assignees.map(({ login }) => login).join(", ")}`}</span
    >
  </li>`;
}
