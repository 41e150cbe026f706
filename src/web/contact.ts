// Whether GitHub was reached the last time it was asked, for `/readyz`.
import type { EpochMs } from "../model/time.ts";
import type { Clock } from "../wake/clock.ts";
import type { GitHubContact } from "./health.ts";

/** The same fetch, remembered. A refusal is an answer; a server error or none at all is not. */
export function watchContact(fetch: typeof globalThis.fetch, clock: Clock): { readonly fetch: typeof globalThis.fetch; readonly contact: () => GitHubContact } {
  let last: GitHubContact = { at: null, isWell: false };
  const remember = (isWell: boolean, at: EpochMs) => (last = { at, isWell });
  return {
    fetch: async (input, init) => {
      try {
        const response = await fetch(input, init);
        remember(response.status < 500, clock.now());
        return response;
      } catch (error) {
        remember(false, clock.now());
        throw error;
      }
    },
    contact: () => last,
  };
}
