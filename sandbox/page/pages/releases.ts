// Releases with their notes, all or the one of a tag; drafts first, as only collaborators see them on GitHub.
import type { Release } from "../../world/types.ts";
import { releasePath, repositoryPath, revisionPath } from "../addresses.ts";
import { html, type Html } from "../html.ts";
import { renderMarkdown } from "../markdown/render.ts";
import { moment } from "../moments.ts";
import { badge, who } from "../parts/badge.ts";
import { portionOf } from "../parts/portion.ts";
import type { Page, Visit } from "../visit.ts";

const PAGE_SIZE = 10;

export const releases: Page = {
  path: /^\/releases(?:\/tag\/(?<tag>.+))?$/u,
  show: async (visit) => {
    const { tag } = visit.parameters;
    const all = [...visit.repository.releases.values()]
      .filter((release) => tag === undefined || (release.tag === tag && !release.isDraft))
      .sort((one, other) => Number(other.isDraft) - Number(one.isDraft) || other.id - one.id);
    if (tag !== undefined && all.length === 0) return null;
    const { items, links } = portionOf(all, visit.url, PAGE_SIZE);
    const boxes = await Promise.all(items.map(async (release) => box(visit, release)));
    const main = html`<h1>
        ${tag === undefined ? "Releases" : html`<a href="${repositoryPath(visit.repository)}/releases">Releases</a> <span class="quiet">/ ${tag}</span>`}
      </h1>
      ${boxes.length === 0 ? html`<p class="quiet">Nothing was released yet.</p>` : boxes} ${links}`;
    return { title: "Releases", tab: "releases", main };
  },
  forms: {},
};

async function box({ repository, standIn }: Visit, release: Release): Promise<Html> {
  const notes = await renderMarkdown(release.body ?? "", { repository, world: standIn.world, taskForm: null });
  return html`<article class="card" id="release-${release.id}" aria-labelledby="release-${release.id}-title">
    <header>
      <h2 id="release-${release.id}-title">
        ${release.isDraft ? (release.name ?? release.tag) : html`<a href="${releasePath(repository, release)}">${release.name ?? release.tag}</a>`}
      </h2>
      ${release.isDraft && badge("wait", "Draft: not published")} ${release.isPrerelease && badge("calm", "Pre-release")}
      ${release.isLatest && !release.isDraft && badge("good", "Latest")}
    </header>
    <div class="pad">
      <p class="quiet">
        ${release.isDraft ? html`will tag <code>${release.tag}</code> at <code>${release.target}</code>` : html`<a href="${revisionPath(repository, "tree", release.tag)}"><code>${release.tag}</code></a>`}
        by ${who(release.author)} ${moment(release.publishedAt ?? release.createdAt, standIn.world.now())}
      </p>
      ${release.assets.length > 0 && html`<p>With ${release.assets.map(({ name }) => html`<code>${name}</code> `)}</p>`}
      ${(release.body ?? "").trim() === "" ? html`<p class="quiet">No notes.</p>` : notes}
    </div>
  </article>`;
}
