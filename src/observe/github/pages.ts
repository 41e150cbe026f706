// Lists that come in pages: read to their end, or an error. A short list never passes for a whole one.
import { Transient } from "../../model/errors.ts";
import { type Fields, fieldsAt, flagAt, listAt, numberAt, textAt } from "./fields.ts";
import type { Ask, Question } from "./question.ts";

export type Page = {
  readonly nodes: readonly Fields[];
  readonly total: number;
  /** Where the next page begins; null after the last. */ readonly next: string | null;
};

/** To be selected of every connection that is read by `pageAt`. */
export const PAGE = "totalCount pageInfo { hasNextPage endCursor }";

export function pageAt(of: Fields, connection: string): Page {
  const found = fieldsAt(of, connection);
  const info = fieldsAt(found, "pageInfo");
  return { nodes: listAt(found, "nodes"), total: numberAt(found, "totalCount"), next: flagAt(info, "hasNextPage") ? textAt(info, "endCursor") : null };
}

/**
 * Follows the pages one by one. Pages that were asked for ahead are there already: when a list has not grown since the
 * last look, all of it comes in one request, and a cursor that is no longer right is simply never asked for.
 * @param identity of a node: pages that moved between two requests show a node twice
 * @throws Transient when the list changed while it was read
 */
export async function readPages(ask: Ask, what: string, page: (after: string | null) => Question<Page>, identity: string): Promise<readonly Fields[]> {
  return readOn(what, await ask(page(null)), (after) => ask(page(after)), identity);
}

/**
 * The same for a list whose first page came along with something else.
 * @param next null when what the list hangs on is there no more
 */
export async function readOn(what: string, first: Page, next: (after: string) => Promise<Page | null>, identity: string): Promise<readonly Fields[]> {
  const found = new Map<unknown, Fields>();
  let page = first;
  for (;;) {
    for (const node of page.nodes) found.set(node[identity], node);
    if (page.next === null) break;
    const read = await next(page.next);
    if (read === null) throw new Transient(`The ${what} vanished while they were read.`);
    page = read;
  }
  if (found.size !== page.total) throw new Transient(`The ${what} changed while they were read: ${found.size} of ${page.total} came.`);
  return [...found.values()];
}
