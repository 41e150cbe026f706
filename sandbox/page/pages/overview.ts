// A repository's first page: what this is, what waits, what to try, where things stand.
import type { Issue, Release, Repository } from "../../world/types.ts";
import { cloneAddress, issuePath, releasePath, repositoryPath, revisionPath } from "../addresses.ts";
import { html, type Content, type Html } from "../html.ts";
import { renderMarkdown } from "../markdown/render.ts";
import { moment } from "../moments.ts";
import { badge, stateBadge, who } from "../parts/badge.ts";
import { checkMark, checksOf } from "../parts/checks.ts";
import { commitList, readCommits } from "../parts/commits.ts";
import { copyable } from "../parts/copyable.ts";
import { guidePanel } from "../parts/guide.ts";
import { taggedCommits } from "../parts/tagged.ts";
import type { Page, Shown, Visit } from "../visit.ts";

const LAST_COMMITS = 8;
const LAST_TAGS = 5;

export const overview: Page = { path: /^$/u, show, forms: {} };

async function show(visit: Visit): Promise<Shown> {
  const { repository, standIn } = visit;
  const head = repository.git.refs().get(`refs/heads/${repository.defaultBranch}`) ?? null;
  const commits = head === null ? [] : await readCommits(visit, await repository.git.log({ include: [head], limit: LAST_COMMITS }));
  const guide = await guidePanel(visit);
  const main = html`<p class="lead">
      A stand-in for GitHub, on this machine only: a real git repository with pull requests, issues, checks and webhooks around it, so that Release Steward can
      be tried without touching anything of yours.
    </p>
    ${releasePulls(visit)} ${desk(visit)} ${guide}
    ${
      guide === null &&
      html`<section class="clone" aria-labelledby="clone-title">
        <h2 id="clone-title">Clone</h2>
        ${copyable([`git clone ${cloneAddress(standIn.world.url, repository)}`])}
      </section>`
    }
    <div class="columns">
      <section class="card" aria-labelledby="release-title">
        <header><h2 id="release-title">Latest release</h2></header>
        <div class="pad">${await latestRelease(visit)}</div>
      </section>
      <section class="card" aria-labelledby="tags-title">
        <header>
          <h2 id="tags-title">Newest tags</h2>
          <a href="${repositoryPath(repository)}/tags">all tags</a>
        </header>
        ${await newestTags(visit)}
      </section>
    </div>
    <section class="card" aria-labelledby="commits-title">
      <header>
        <h2 id="commits-title">Last commits on <code>${repository.defaultBranch}</code></h2>
        <a href="${revisionPath(repository, "commits", repository.defaultBranch)}">all commits</a>
      </header>
      ${commits.length === 0 ? html`<p class="quiet pad">Nothing was pushed yet.</p>` : commitList(visit, commits)}
    </section>`;
  return { title: "Overview", tab: "overview", main };
}

/** Open pull requests that an app keeps: they are the ones to look at. */
function releasePulls(visit: Visit): Html {
  const pulls = [...visit.repository.issues.values()].filter((issue) => issue.pull !== null && issue.state === "open" && issue.author.type === "Bot");
  if (pulls.length > 0) return html`<div id="release-pulls">${pulls.toReversed().map((issue) => releasePull(visit, issue))}</div>`;
  const latest = latestOf(visit.repository);
  return html`<section class="hero calm" id="release-pulls" aria-labelledby="no-release-title">
    <h2 id="no-release-title">No release pull request is open</h2>
    <p>
      Release Steward opens one when something is merged that is worth a
      release.${latest !== null && html` The latest release is <a href="${releasePath(visit.repository, latest)}">${latest.name ?? latest.tag}</a>.`}
    </p>
  </section>`;
}

function releasePull(visit: Visit, issue: Issue): Content {
  if (issue.pull === null) return null;
  const lines = checksOf(visit.repository, issue.pull.headSha);
  const own = lines.find(({ run }) => run !== null && run.suite.app.bot === issue.author);
  return html`<section class="hero" id="release-pull-${issue.number}" aria-labelledby="pull-${issue.number}-title">
    <p class="quiet">Open pull request, kept by ${who(issue.author)}</p>
    <h2 id="pull-${issue.number}-title"><a href="${issuePath(visit.repository, issue)}">${issue.title}</a> <span class="quiet">#${issue.number}</span></h2>
    <p>
      ${stateBadge(issue)} ${checkMark(lines)} ${own !== undefined && own.title !== null && html`<strong>${own.title}</strong>`}
      <span class="quiet">updated ${moment(issue.updatedAt, visit.standIn.world.now())}</span>
    </p>
  </section>`;
}

/** The issue that an app keeps open: it shows every line at once. */
function desk({ repository, standIn }: Visit): Content {
  const issue = [...repository.issues.values()].find(({ pull, state, author }) => pull === null && state === "open" && author.type === "Bot");
  if (issue === undefined) return null;
  return html`<p class="card pad" id="desk">
    <a href="${issuePath(repository, issue)}"><strong>${issue.title}</strong></a> <span class="quiet">#${issue.number}</span> shows every line, what each waits
    for, and takes commands. <span class="quiet">updated ${moment(issue.updatedAt, standIn.world.now())}</span>
  </p>`;
}

function latestOf({ releases }: Repository): Release | null {
  return [...releases.values()].find(({ isLatest, isDraft }) => isLatest && !isDraft) ?? null;
}

async function latestRelease({ repository, standIn }: Visit): Promise<Html> {
  const release = latestOf(repository);
  if (release === null) return html`<p class="quiet">Nothing was released yet.</p>`;
  const notes = release.body === null ? null : await renderMarkdown(release.body, { repository, world: standIn.world, taskForm: null });
  return html`<p>
      <a href="${releasePath(repository, release)}"><strong>${release.name ?? release.tag}</strong></a> ${badge("good", "Latest")}
      <span class="quiet">${moment(release.publishedAt ?? release.createdAt, standIn.world.now())}</span>
    </p>
    ${
      notes !== null &&
      html`<details id="latest-notes">
        <summary>Notes</summary>
        ${notes}
      </details>`
    }`;
}

async function newestTags(visit: Visit): Promise<Html> {
  const tags = (await taggedCommits(visit.repository)).slice(0, LAST_TAGS);
  if (tags.length === 0) return html`<p class="quiet pad">No tags yet.</p>`;
  return html`<ul class="rows">
    ${tags.map(({ name, at }) => html`<li class="row"><a class="grow" href="${revisionPath(visit.repository, "tree", name)}">${name}</a> <span class="quiet">${moment(at, visit.standIn.world.now())}</span></li>`)}
  </ul>`;
}
