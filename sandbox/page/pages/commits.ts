// The history of a branch, tag or commit, and one commit with what it changed.
import { commitPath } from "../addresses.ts";
import { checkForms } from "../forms/checks.ts";
import { html, joined } from "../html.ts";
import { moment } from "../moments.ts";
import { badge, verifiedBadge } from "../parts/badge.ts";
import { checkPanel } from "../parts/check-panel.ts";
import { checksOf } from "../parts/checks.ts";
import { commitList, readCommits, subject } from "../parts/commits.ts";
import { fileChanges } from "../parts/diff.ts";
import { pageLinks, pageNumber } from "../parts/portion.ts";
import { ciOf } from "../parts/report-check.ts";
import { revisionIn } from "../parts/revision.ts";
import type { Page, Visit } from "../visit.ts";

const PAGE_SIZE = 35;

export const commits: Page = {
  path: /^\/commits(?:\/(?<rest>.+))?$/u,
  show: async (visit) => {
    const { git, defaultBranch } = visit.repository;
    const revision = await revisionIn(visit.repository, visit.parameters["rest"] ?? defaultBranch);
    if (revision === null) return null;
    const page = pageNumber(visit.url);
    const paths = revision.path === "" ? {} : { paths: [revision.path] };
    const shas = await git.log({ include: [revision.sha], ...paths, limit: PAGE_SIZE + 1, skip: (page - 1) * PAGE_SIZE });
    const shown = await readCommits(visit, shas.slice(0, PAGE_SIZE));
    const main = html`<h1>Commits on <code>${revision.name}</code>${revision.path !== "" && html` to <code>${revision.path}</code>`}</h1>
      <div class="card">${commitList(visit, shown)}</div>
      ${pageLinks(visit.url, page, shas.length > PAGE_SIZE)}`;
    return { title: `Commits on ${revision.name}`, tab: "commits", main };
  },
  forms: {},
};

export const commit: Page = {
  path: /^\/commit\/(?<sha>[0-9a-f]{7,40})$/u,
  show: async (visit) => {
    const { git } = visit.repository;
    const sha = await git.resolve(visit.parameters["sha"] ?? "");
    const found = sha === null ? null : await git.commit(sha);
    if (found === null) return null;
    const [title, body] = [subject(found), found.message.split("\n").slice(1).join("\n").trim()];
    const names = [...git.refs()].filter(([, target]) => target === found.sha).map(([name]) => name.replace(/^refs\/(?:heads|tags)\//u, ""));
    const parents = found.parents.map((parent) => html`<a href="${commitPath(visit.repository, parent)}"><code>${parent.slice(0, 7)}</code></a>`);
    const main = html`<h1>${title}</h1>
      ${body !== "" && html`<pre class="message">${body}</pre>`}
      <p>
        <strong>${found.author.name}</strong> ${moment(found.committer.at, visit.standIn.world.now())} ${verifiedBadge(found)}
        ${names.map((name) => [badge("calm", name), " "])}
        <span class="quiet"
          >commit <code>${found.sha}</code>${parents.length > 0 && html`, ${parents.length === 1 ? "parent" : "parents"} ${joined(parents, " ")}`}</span
        >
      </p>
      ${hasChecks(visit, found.sha) && (await checkPanel(visit, found.sha))} ${fileChanges(await git.diff(found.parents[0] ?? null, found.sha))}`;
    return { title, tab: "commits", main };
  },
  forms: checkForms,
};

/** Whether anybody has reported on it, or could be made to, or a workflow was started. */
function hasChecks({ repository, standIn }: Visit, sha: string): boolean {
  const hasRuns = [...repository.actions.runs.values()].some(({ headSha }) => headSha === sha);
  return hasRuns || checksOf(repository, sha).length > 0 || ciOf(standIn.world, repository) !== null;
}
