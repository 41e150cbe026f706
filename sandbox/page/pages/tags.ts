// Every tag with its commit.
import { commitPath, repositoryPath, revisionPath } from "../addresses.ts";
import { html } from "../html.ts";
import { moment } from "../moments.ts";
import { badge, verifiedBadge } from "../parts/badge.ts";
import { portionOf } from "../parts/portion.ts";
import { taggedCommits } from "../parts/tagged.ts";
import type { Page } from "../visit.ts";

const PAGE_SIZE = 50;

export const tags: Page = {
  path: /^\/tags$/u,
  show: async (visit) => {
    const { repository } = visit;
    const { items, links } = portionOf(await taggedCommits(repository), visit.url, PAGE_SIZE);
    const released = new Set([...repository.releases.values()].filter(({ isDraft }) => !isDraft).map(({ tag }) => tag));
    const lines = items.map(
      ({ name, commit, at, isAnnotated }) =>
        html`<li class="row">
          <a class="grow" href="${revisionPath(repository, "tree", name)}"><strong>${name}</strong></a> ${verifiedBadge(commit)}
          ${isAnnotated && badge("calm", "annotated")} ${released.has(name) && html`<a href="${repositoryPath(repository)}/releases">release</a>`}
          <a href="${commitPath(repository, commit.sha)}"><code>${commit.sha.slice(0, 7)}</code></a>
          <span class="quiet">${moment(at, visit.standIn.world.now())}</span>
        </li>`,
    );
    const main = html`<h1>Tags</h1>
      ${
        lines.length === 0
          ? html`<p class="quiet">No tags yet.</p>`
          : html`<ul class="rows card">
              ${lines}
            </ul>`
      }
      ${links}`;
    return { title: "Tags", tab: "tags", main };
  },
  forms: {},
};
