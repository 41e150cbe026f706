// What is around every page: the bar with who acts, the repository's tabs, and notices.
import { roleOf } from "../world/access.ts";
import type { Repository } from "../world/types.ts";
import { repositoryPath, revisionPath } from "./addresses.ts";
import { html, type Content, type Html } from "./html.ts";
import { badge } from "./parts/badge.ts";
import type { Refusal, Tab, Viewer } from "./visit.ts";

export type Frame = {
  readonly title: string;
  readonly url: URL;
  readonly viewer: Viewer;
  readonly repository: Repository | null;
  readonly tab: Tab | null;
  readonly refusal: Refusal | null;
  /** Of what the page shows; empty where nothing lives. */
  readonly version: string;
  readonly nonce: string;
  readonly main: Html;
};

export function framed(frame: Frame): Html {
  const { title, repository, nonce, main } = frame;
  const live = repository === null ? null : html`data-version-address="${repositoryPath(repository)}/version" data-version="${frame.version}"`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}${repository !== null && ` · ${repository.owner.login}/${repository.name}`}</title>
        <link rel="stylesheet" href="/-/style.css" />
        <link rel="icon" href="data:," />
        <script src="/-/live.js" nonce="${nonce}" defer></script>
      </head>
      <body ${live}>
        <a class="skip" href="#main">Skip to the content</a>
        <header class="bar">
          <p class="brand"><a href="/">GitHub stand-in</a></p>
          ${personSwitcher(frame)}
        </header>
        ${repository !== null && repositoryBar(repository, frame.tab)}
        <main id="main" tabindex="-1">${notice(frame.refusal)}${main}</main>
        <footer class="foot quiet"><p>This is a stand-in on this machine, not GitHub. What it holds is gone when it stops.</p></footer>
      </body>
    </html>`;
}

function personSwitcher({ viewer, url, repository }: Frame): Content {
  if (viewer.person === null) return html`<p class="quiet">Nobody to act as</p>`;
  return html`<form method="post" action="/-/person" class="person" id="person">
    <input type="hidden" name="token" value="${viewer.token}" /><input type="hidden" name="back" value="${url.pathname}${url.search}" />
    <label for="acting-as">Acting as</label>
    <select id="acting-as" name="login">
      ${viewer.people.map((person) => html`<option value="${person.login}" ${person === viewer.person && html`selected`}>${person.login}${repository !== null && ` (${roleOf(repository, person)})`}</option>`)}
    </select>
    <button type="submit" class="button">Switch</button>
  </form>`;
}

function repositoryBar(repository: Repository, current: Tab | null): Html {
  const path = repositoryPath(repository);
  const open = [...repository.issues.values()].filter(({ state }) => state === "open");
  const { actions } = repository;
  const unfinished = [...actions.runs.values()].filter(({ status }) => status !== "completed").length;
  const tabs: readonly { readonly tab: Tab; readonly name: string; readonly href: string; readonly count: number | null }[] = [
    { tab: "overview", name: "Overview", href: path, count: null },
    { tab: "code", name: "Code", href: revisionPath(repository, "tree", repository.defaultBranch), count: null },
    { tab: "pulls", name: "Pull requests", href: `${path}/pulls`, count: open.filter(({ pull }) => pull !== null).length },
    { tab: "issues", name: "Issues", href: `${path}/issues`, count: open.filter(({ pull }) => pull === null).length },
    { tab: "commits", name: "Commits", href: revisionPath(repository, "commits", repository.defaultBranch), count: null },
    { tab: "tags", name: "Tags", href: `${path}/tags`, count: null },
    { tab: "releases", name: "Releases", href: `${path}/releases`, count: repository.releases.size },
    // Without workflows there is nothing to see.
    ...(actions.workflows.size > 0 ? [{ tab: "actions", name: "Runs", href: `${path}/actions`, count: unfinished } as const] : []),
    { tab: "deliveries", name: "Webhooks", href: `${path}/deliveries`, count: null },
    { tab: "requests", name: "Requests", href: `${path}/requests`, count: null },
  ];
  return html`<div class="repository">
    <p class="name">
      ${repository.owner.login} / <a href="${path}"><strong>${repository.name}</strong></a> ${repository.isPrivate && badge("calm", "private")}
      ${repository.isArchived && badge("wait", "archived")}
    </p>
    <nav aria-label="Repository">
      <ul>
        ${tabs.map(({ tab, name, href, count }) => html`<li><a href="${href}" ${tab === current && html`aria-current="page"`}>${name}${count !== null && count > 0 && html` <span class="count">${count}</span>`}</a></li>`)}
      </ul>
    </nav>
  </div>`;
}

function notice(refusal: Refusal | null): Content {
  if (refusal === null) return null;
  return html`<div class="notice" role="alert" id="notice" data-keep tabindex="-1"><strong>✗ Refused (${refusal.status}).</strong> ${refusal.message}</div>`;
}
