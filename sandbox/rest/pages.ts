// Pages of lists: `page`, `per_page` and the Link header (https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api).
import { type Answer, answer, type Call } from "./call.ts";
import { apiOf } from "./shapes/links.ts";

const USUAL = 30;
const MOST = 100;

export type Window = { readonly page: number; readonly size: number; readonly skip: number };

const positive = (text: string | null, usual: number): number => (text !== null && /^\d+$/u.test(text) ? Math.max(1, Number(text)) : usual);

export const windowOf = (call: Call, usual = USUAL): Window => {
  const page = positive(call.query.get("page"), 1);
  const size = Math.min(MOST, positive(call.query.get("per_page"), usual));
  return { page, size, skip: (page - 1) * size };
};

/** `last` is null when nobody counted; then `hasMore` says whether there is a next page. */
export const linkHeader = (call: Call, { page }: Window, last: number | null, hasMore: boolean): Record<string, string> => {
  const link = (to: number, relation: string): string => {
    const query = new URLSearchParams(call.query);
    query.set("page", String(to));
    return `<${apiOf(call.world)}${call.path}?${query.toString()}>; rel="${relation}"`;
  };
  const links = [
    ...(page > 1 ? [link(page - 1, "prev")] : []),
    ...(hasMore ? [link(page + 1, "next")] : []),
    ...(hasMore && last !== null ? [link(last, "last")] : []),
    ...(page > 1 ? [link(1, "first")] : []),
  ];
  return links.length === 0 ? {} : { link: links.join(", ") };
};

/** One page of `items`, each in its shape; `wrap` puts the page and the count of all into an object. */
export const paged = async <Item>(
  call: Call,
  items: readonly Item[],
  shape: (item: Item) => unknown,
  wrap: (page: readonly unknown[], total: number) => unknown = (page) => page,
): Promise<Answer> => {
  const window = windowOf(call);
  const last = Math.max(1, Math.ceil(items.length / window.size));
  const page = await Promise.all(items.slice(window.skip, window.skip + window.size).map(async (item) => shape(item)));
  return answer(200, wrap(page, items.length), linkHeader(call, window, last, window.page < last));
};
