// Long lists, a page at a time.
import { html, type Content } from "../html.ts";

export type Portion<Item> = { readonly items: readonly Item[]; readonly links: Content };

/** The part of a list that `?page=` of the address asks for, and links to the parts beside it. */
export function portionOf<Item>(all: readonly Item[], url: URL, size: number): Portion<Item> {
  const page = pageNumber(url);
  return { items: all.slice((page - 1) * size, page * size), links: pageLinks(url, page, page * size < all.length) };
}

/** From 1. */
export function pageNumber(url: URL): number {
  const page = Number(url.searchParams.get("page") ?? "1");
  return Number.isSafeInteger(page) && page > 0 ? page : 1;
}

export function pageLinks(url: URL, page: number, hasMore: boolean): Content {
  if (page === 1 && !hasMore) return null;
  return html`<nav class="together pages" aria-label="Pages">
    ${page > 1 && html`<a href="${addressOf(url, page - 1)}" rel="prev">Newer</a>`}
    <span class="quiet">page ${page}</span> ${hasMore && html`<a href="${addressOf(url, page + 1)}" rel="next">Older</a>`}
  </nav>`;
}

function addressOf(url: URL, page: number): string {
  const parameters = new URLSearchParams(url.searchParams);
  parameters.set("page", String(page));
  return `${url.pathname}?${parameters.toString()}`;
}
