// The secondary limits: how many requests a client may have under way, how many points a minute, how much it may write
// (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits). Time on
// GitHub's processors is limited too; that is not counted here.
import type { Actor, Milliseconds, World } from "../world/types.ts";
import { clientOf } from "./hourly.ts";

/** What of a request is counted. A document that changes something is a write whatever else is in it. */
type Weighed = { readonly api: "rest" | "graphql"; readonly isWrite: boolean; readonly createsContent: boolean };
type Spent = Weighed & { readonly at: Milliseconds };
type Client = { underWay: number; readonly spent: Spent[] };

const CONCURRENT = 100;
const POINTS_A_MINUTE = { rest: 900, graphql: 2000 } as const;
const POINTS_OF_A_WRITE = 5;
const CONTENT_A_MINUTE = 80;
const CONTENT_AN_HOUR = 500;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** What GitHub asks for where it does not know better. */
const USUAL_WAIT_MS = 60_000;

const pointsOf = ({ isWrite }: Weighed): number => (isWrite ? POINTS_OF_A_WRITE : 1);

/** How long until the span has room for one more; 0 when it has. */
const waitFor = (counted: readonly { readonly at: Milliseconds; readonly points: number }[], more: number, limit: number, span: Milliseconds, now: number) => {
  let sum = more;
  for (const { at, points } of counted.toReversed()) {
    if (at <= now - span) return 0;
    sum += points;
    if (sum > limit) return at + span - now;
  }
  return 0;
};

const waitOf = (client: Client, wanted: Weighed, now: Milliseconds): Milliseconds => {
  if (client.underWay >= CONCURRENT) return USUAL_WAIT_MS;
  const points = client.spent.filter(({ api }) => api === wanted.api).map((spent) => ({ at: spent.at, points: pointsOf(spent) }));
  const contents = client.spent.filter(({ createsContent }) => createsContent).map(({ at }) => ({ at, points: 1 }));
  const content = wanted.createsContent ? 1 : 0;
  return Math.max(
    waitFor(points, pointsOf(wanted), POINTS_A_MINUTE[wanted.api], MINUTE_MS, now),
    content * waitFor(contents, content, CONTENT_A_MINUTE, MINUTE_MS, now),
    content * waitFor(contents, content, CONTENT_AN_HOUR, HOUR_MS, now),
  );
};

export type Secondary = {
  /** Lets a request in, or says after how many seconds it may come again. Who was let in leaves once. */
  readonly enter: (actor: Actor | null, wanted: Weighed) => { readonly leave: () => void } | { readonly retryAfter: number };
};

export const secondaryLimits = (world: World): Secondary => {
  const clients = new Map<string, Client>();
  return {
    enter(actor, wanted) {
      if (world.limits !== "enforced") return { leave: () => {} };
      const name = clientOf(actor);
      const client = clients.get(name) ?? { underWay: 0, spent: [] };
      clients.set(name, client);
      const now = world.now();
      const old = client.spent.findIndex(({ at }) => at > now - HOUR_MS);
      client.spent.splice(0, old < 0 ? client.spent.length : old);
      const wait = waitOf(client, wanted, now);
      if (wait > 0) return { retryAfter: Math.ceil(wait / 1000) };
      client.spent.push({ ...wanted, at: now });
      client.underWay += 1;
      return {
        leave: () => {
          client.underWay -= 1;
        },
      };
    },
  };
};
