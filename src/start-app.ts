// The whole app in one process: the door, the queue, and what works behind it. Everything that differs between production and
// a test comes in: the settings, the clock, the way to GitHub, and what is done for a repository.
import { wakeOnDeliveries } from "./app.ts";
import type { AppCredentials, Environment } from "./settings/environment.ts";
import { type ReconcileRepository, startSteward } from "./start-steward.ts";
import type { Clock } from "./wake/clock.ts";
import { openQueue } from "./wake/open-queue.ts";
import type { Queue } from "./wake/types.ts";
import type { Outcome } from "./wake/worker.ts";
import { watchContact } from "./web/contact.ts";
import { addDeliveries } from "./web/deliveries.ts";
import { hangUp, openDoor } from "./web/door.ts";
import { addFrontPage } from "./web/front-page.ts";
import { addHealth } from "./web/health.ts";
import type { Logger } from "./web/log.ts";
import { openProbot } from "./web/probot.ts";

export type AppOptions = {
  readonly environment: Environment & { readonly app: AppCredentials };
  readonly clock: Clock;
  readonly log: Logger;
  readonly reconcile: ReconcileRepository;
  /** The way to GitHub; the platform's when left out. */
  readonly fetch?: typeof globalThis.fetch;
  readonly onOutcome?: (outcome: Outcome) => void;
};

export type RunningApp = {
  /** `http://127.0.0.1:3000`. */
  readonly address: string;
  /** For tests: what waits, and what to wake. */
  readonly queue: Pick<Queue, "put" | "counts" | "nextDue">;
  /** Looks for due keys at once; after a `put` or when a simulated clock moved. */
  readonly wake: () => void;
  /** Takes no new work, lets running jobs end, hangs up, closes the queue: 8 s at most. */
  readonly stop: () => Promise<void>;
};

const REDELIVERY_EVERY_MS = 5 * 60_000;
/** Until running jobs are told to stop; they then have 5 s. Together less than the 10 s after which Docker kills. */
const DRAIN_MS = 2000;

/** @throws when the port is taken, the data directory can't be written or the database refuses; a GitHub or a database that is down is no reason. */
export async function startApp(options: AppOptions): Promise<RunningApp> {
  const { environment, clock, log, fetch = globalThis.fetch } = options;
  const queue = await openQueue({ ...environment, clock, log });
  const watched = watchContact(fetch, clock);
  const github = await openProbot({ credentials: environment.app, githubApiUrl: environment.githubApiUrl, log, fetch: watched.fetch });
  const steward = startSteward({
    queue,
    clock,
    log,
    environment,
    appId: environment.app.appId,
    reconcile: options.reconcile,
    github: { ...github, appRequest: async (route, parameters) => github.appRequest(route, parameters) },
    redeliveryEveryMs: REDELIVERY_EVERY_MS,
    ...(options.onOutcome === undefined ? {} : { onOutcome: options.onOutcome }),
  });

  let isDraining = false;
  const door = await openDoor({ log });
  await addDeliveries(door, github.probot.webhooks.verify, wakeOnDeliveries(steward.wakeKey, steward.identity.known, log));
  addHealth(door, { queue, isDraining: () => isDraining, contact: watched.contact });
  addFrontPage(door);
  const address = await door.listen({ host: environment.host, port: environment.port });

  return {
    address,
    queue,
    wake: steward.wake,
    stop: async () => {
      isDraining = true;
      // Deliveries that still arrive go to the disk; only then the door closes, and the queue last.
      await steward.stop(DRAIN_MS);
      await hangUp(door);
      await queue.close();
      log.info({}, "stopped");
    },
  };
}
