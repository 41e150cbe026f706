// What one repository may use of its installation's limits, so that one that is huge, flooded or broken leaves the others
// theirs. GitHub counts an installation as a whole: 5,000 requests an hour, 80 pieces of content a minute and 500 an hour.
// https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
import { Refused, Transient } from "../model/errors.ts";
import type { Clock } from "../wake/clock.ts";
import { type Budget, createBudget } from "./budget.ts";
import type { Pace } from "./pace.ts";
import { CONTENT } from "./write-turns.ts";

const HOUR_MS = 3_600_000;
/** A quarter. A look that has begun goes on, so that every repository gets to the end of one. */
const REQUESTS_AN_HOUR = 1_250;
/** Half. */
const REQUESTS_A_LOOK = 2_500;
/** Half. */
const CONTENT_OF_ONE = CONTENT.map(({ most, inMs }) => ({ most: most / 2, inMs }));

type Share = { readonly requests: Budget; readonly content: Budget };

/** The shares of all repositories of a process. */
export function openShares(clock: Clock): {
  /**
   * The pace of an installation for one look at one repository.
   * @throws Transient while the repository has used its share; nothing is sent then
   */
  readonly forLook: (repository: string, pace: Pace) => Pace;
} {
  const shares = new Map<string, Share>();
  const shareOf = (repository: string): Share => {
    const share = shares.get(repository) ?? { requests: createBudget([{ most: REQUESTS_AN_HOUR, inMs: HOUR_MS }]), content: createBudget(CONTENT_OF_ONE) };
    shares.set(repository, share);
    return share;
  };
  return {
    forLook: (repository, pace) => {
      const { requests, content } = shareOf(repository);
      assertOpen(requests, 1, `this repository has used its share of ${REQUESTS_AN_HOUR} requests an hour`);
      let sent = 0;
      return {
        ...pace,
        send: async (nature, request) => {
          if (sent >= REQUESTS_A_LOOK) {
            throw new Refused("a look at the repository", `it takes more than ${REQUESTS_A_LOOK} requests, half of what its installation has in an hour`, null);
          }
          if (nature.creates > 0) assertOpen(content, nature.creates, "this repository has used its share of what may be created");
          sent += 1;
          requests.spend(1, clock.now());
          content.spend(nature.creates, clock.now());
          return await pace.send(nature, request, repository);
        },
      };
    },
  };

  function assertOpen(budget: Budget, count: number, why: string): void {
    const opensAt = budget.opensAt(count, clock.now());
    if (opensAt > clock.now()) throw new Transient(why, opensAt);
  }
}
