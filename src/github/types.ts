// GitHub as this app speaks to it. One implementation: client.ts.
// Every method throws Transient (rate limits with the time they end, 5xx, time-outs, dropped connections), Refused (403
// and 404 for want of a permission, a ruleset), Parked (suspended, archived, gone) or Stale (409, a ref that moved).
// Nothing is retried in here: on an ambiguous answer the caller reads again and decides anew.
import type { Refused } from "../model/errors.ts";

export type GitHub = {
  /**
   * One GraphQL document. A document that begins with `mutation` is a write. `data` is returned only when GitHub reports
   * no error at all. Who gives `onRefused` is told of each field that is refused (FORBIDDEN) or does not exist
   * (NOT_FOUND), and gets the rest: there that field is null, or whatever is around it where the schema allows no null. Of
   * a mutation every refusal counts for its field.
   */
  readonly graphql: (document: string, variables: Readonly<Record<string, unknown>>, options?: { readonly onRefused?: OnRefused }) => Promise<unknown>;
  /** One REST request, `GET /repos/{owner}/{repo}/git/trees/{sha}`; statuses in `expected` are returned instead of thrown. Redirects of writes are refused, never followed. */
  readonly rest: (
    route: string,
    parameters: Readonly<Record<string, unknown>>,
    options?: { readonly expected?: readonly number[] },
  ) => Promise<{ readonly status: number; readonly data: unknown; readonly headers: Readonly<Record<string, string | number | undefined>> }>;
};

/** @param path aliases and positions in lists that lead to the field, `["repository", "issues"]` */
export type OnRefused = (path: readonly string[], error: Refused) => void;

/** Thrown by `graphql` when GitHub answers 502, 504 or a time-out: a smaller page may pass. A Transient. */
export { TooMuchAtOnce } from "./errors.ts";
