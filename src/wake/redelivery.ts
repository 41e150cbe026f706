// Asks GitHub to deliver again what this app missed: GitHub itself tries each webhook once. What is missed even so costs
// time only, the sweep finds it.
import { Refused } from "../model/errors.ts";
import type { EpochMs } from "../model/time.ts";
import type { Clock } from "./clock.ts";
import { type Delivery, nextCursor, readDeliveries } from "./delivery.ts";
import type { Log } from "./log.ts";

/** What is needed of a GitHub client that speaks as the app itself, with its JWT. */
export type DeliveriesClient = {
  readonly rest: (
    route: string,
    parameters: Readonly<Record<string, unknown>>,
  ) => Promise<{ readonly data: unknown; readonly headers: Readonly<Record<string, string | number | undefined>> }>;
};

/** GitHub keeps deliveries for three days. */
const KEPT_MS = 3 * 24 * 3_600_000;

/** How far a check reaches back behind the last one: a delivery is listed only once it has ended. */
const OVERLAP_MS = 60_000;

const REDELIVERIES_MAX = 3;
const PAGES_MAX = 200;

/** What was asked for an event: how often, and after which attempt last. */
type Asked = { readonly times: number; readonly after: string; readonly at: EpochMs };

/**
 * Checks now and then once a period: lists the attempts since the last complete check, three days at most, and asks again
 * for each event whose newest attempt failed, three times at most.
 * @param options.leads of several processes only the one that leads asks: each event would be delivered once for every other
 */
export function startRedelivery(options: {
  readonly deliveries: DeliveriesClient;
  readonly clock: Clock;
  readonly everyMs: number;
  readonly log: Log;
  readonly leads?: () => Promise<boolean>;
}): { readonly stop: () => void } {
  const { deliveries, clock, everyMs, log, leads = async () => true } = options;
  const asked = new Map<string, Asked>();
  let checkedAt: EpochMs | null = null;
  let stopped = false;
  let cancel: (() => void) | null = null;

  const check = async (): Promise<void> => {
    if (await leads()) await checkOnce();
    if (!stopped) cancel = clock.after(everyMs, () => void check());
  };

  const checkOnce = async (): Promise<void> => {
    const startedAt = clock.now();
    const since = Math.max(startedAt - KEPT_MS, checkedAt === null ? 0 : checkedAt - OVERLAP_MS);
    try {
      for (const attempts of byEvent(await listSince(since))) await askAgain(attempts);
      checkedAt = startedAt;
      for (const [guid, { at }] of asked) if (at < startedAt - KEPT_MS) asked.delete(guid);
    } catch (error) {
      log.error({ err: error }, "missed deliveries could not be checked; the next check reaches back as far");
    }
  };

  const listSince = async (since: EpochMs): Promise<readonly Delivery[]> => {
    const found: Delivery[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < PAGES_MAX; page += 1) {
      const { data, headers } = await deliveries.rest("GET /app/hook/deliveries", { per_page: 100, ...(cursor === null ? {} : { cursor }) });
      const listed = readDeliveries(data);
      found.push(...listed.filter(({ deliveredAt }) => deliveredAt >= since));
      cursor = nextCursor(headers["link"]);
      if (cursor === null || listed.some(({ deliveredAt }) => deliveredAt < since)) return found;
    }
    log.warn({ deliveries: found.length }, "more deliveries than one check reads; the older ones are left to the sweep");
    return found;
  };

  const askAgain = async (attempts: readonly Delivery[]): Promise<void> => {
    const newest = attempts.reduce((one, other) => (other.deliveredAt > one.deliveredAt ? other : one));
    const before = asked.get(newest.guid);
    // After a restart only GitHub's list knows what was asked.
    const times = Math.max(before?.times ?? 0, attempts.filter(({ redelivery }) => redelivery).length);
    if (attempts.some(({ succeeded }) => succeeded) || times >= REDELIVERIES_MAX || before?.after === newest.id) return;
    try {
      await deliveries.rest("POST /app/hook/deliveries/{delivery_id}/attempts", { delivery_id: newest.id });
      log.info({ guid: newest.guid, delivery: newest.id, times: times + 1 }, "asked for a missed delivery");
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      log.warn({ guid: newest.guid, delivery: newest.id, err: error }, "a missed delivery is not delivered again");
    }
    asked.set(newest.guid, { times: times + 1, after: newest.id, at: newest.deliveredAt });
  };

  void check();
  return {
    stop: () => {
      stopped = true;
      cancel?.();
    },
  };
}

function byEvent(found: readonly Delivery[]): readonly (readonly Delivery[])[] {
  return [...Map.groupBy(found, ({ guid }) => guid).values()];
}
