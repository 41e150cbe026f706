// The whole app in one process: door, queue, worker, sweep. Everything that differs between production and a test comes in:
// the settings, the clock, the way to GitHub, and what is done for a repository.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { wakeOnEvents } from "./app.ts";
import type { AppCredentials, Environment } from "./settings/environment.ts";
import { githubClient } from "./github/client.ts";
import { type Pace, pacePerInstallation } from "./github/pace.ts";
import type { RequestLike } from "./github/request.ts";
import { openShares } from "./github/share.ts";
import type { GitHub } from "./github/types.ts";
import { everyKey } from "./wake/installations.ts";
import type { EpochMs } from "./model/time.ts";
import { namingWhatIsMissing } from "./github/name-what-is-missing.ts";
import type { App } from "./observe/github/index.ts";
import type { Clock } from "./wake/clock.ts";
import { openSqliteQueue } from "./wake/engine-sqlite.ts";
import { startRedelivery } from "./wake/redelivery.ts";
import { HEARTBEAT_EVERY_MS } from "./wake/run.ts";
import { startSweeper } from "./wake/sweep.ts";
import type { Key, Lease, Queue } from "./wake/types.ts";
import type { Outcome } from "./wake/worker.ts";
import { startWorker } from "./wake/worker.ts";
import { watchContact } from "./web/contact.ts";
import { addDeliveries } from "./web/deliveries.ts";
import { hangUp, openDoor } from "./web/door.ts";
import { addFrontPage } from "./web/front-page.ts";
import { addHealth } from "./web/health.ts";
import type { Logger } from "./web/log.ts";
import type { GitHubApp } from "./web/probot.ts";
import { openProbot } from "./web/probot.ts";
import { learnIdentity } from "./web/self.ts";

/** GitHub's numbers of a repository and of the installation through which it is reached. */
type RepositoryIds = { readonly installationId: number; readonly repositoryId: number };

/**
 * One look at one repository: observe, decide, act. `github` speaks as the installation, `app` is who that is.
 * @returns when to look again; null when only an event can change anything
 */
export type ReconcileRepository = (lease: Lease, github: GitHub, repository: RepositoryIds, app: App) => Promise<EpochMs | null>;

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

/** Repositories worked on at the same time. Each waits for GitHub most of its time; the pace is kept an installation. */
const CONCURRENCY = 8;
/** One heartbeat may be missed. */
const LEASE_MS = 3 * HEARTBEAT_EVERY_MS;
const REDELIVERY_EVERY_MS = 5 * 60_000;
/** Until running jobs are told to stop; they then have 5 s. Together less than the 10 s after which Docker kills. */
const DRAIN_MS = 2000;

/** @throws when the port is taken or the data directory can't be written; a GitHub that is down is no reason. */
export async function startApp(options: AppOptions): Promise<RunningApp> {
  const { environment, clock, log, fetch = globalThis.fetch } = options;
  mkdirSync(environment.dataDirectory, { recursive: true, mode: 0o700 });
  const queue = openSqliteQueue({ path: join(environment.dataDirectory, "queue.sqlite"), now: clock.now, leaseMs: LEASE_MS });
  const watched = watchContact(fetch, clock);
  const github = await openProbot({ credentials: environment.app, githubApiUrl: environment.githubApiUrl, log, fetch: watched.fetch });
  const { asApp, asInstallation, forLook } = clients(github, environment, clock);
  const identity = learnIdentity(asApp, environment.app.appId, log);

  const job = async (lease: Lease): Promise<EpochMs | null> => {
    const ids = idsOf(lease.key);
    const github = await forLook(lease);
    return await options.reconcile(lease, github, ids, await identity.of(github));
  };
  const worker = startWorker(queue, job, {
    concurrency: CONCURRENCY,
    clock,
    log,
    ...(options.onOutcome === undefined ? {} : { onOutcome: options.onOutcome }),
  });
  const wakeKey = async (key: Key): Promise<void> => {
    await queue.put(key, clock.now());
    worker.wake();
  };
  wakeOnEvents(github.probot, wakeKey, identity.known);

  let isDraining = false;
  const door = await openDoor({ log });
  await addDeliveries(door, github.probot.webhooks);
  addHealth(door, { queue, isDraining: () => isDraining, contact: watched.contact });
  addFrontPage(door);
  const address = await door.listen({ host: environment.host, port: environment.port });

  const sweeper = startSweeper({ list: () => everyKey(asApp, asInstallation), queue, clock, everyMs: environment.sweepMs, log, wake: worker.wake });
  const redelivery = startRedelivery({ deliveries: asApp, clock, everyMs: REDELIVERY_EVERY_MS, log });

  return {
    address,
    queue,
    wake: worker.wake,
    stop: async () => {
      isDraining = true;
      sweeper.stop();
      redelivery.stop();
      // Deliveries that still arrive go to the disk; only then the door closes, and the queue last.
      await worker.drain(DRAIN_MS);
      await hangUp(door);
      await queue.close();
      log.info({}, "stopped");
    },
  };
}

/** GitHub's API as the app and as each installation, every one at its own pace, and each repository within its share. */
function clients({ appRequest, installationRequest, forgetToken }: GitHubApp, environment: Environment, clock: Clock) {
  const paces = pacePerInstallation({ clock, writeSpacingMs: environment.writeSpacingMs });
  const graphqlRoute = `POST ${graphqlAddress(environment.githubApiUrl)}`;
  const shares = openShares(clock);
  const client = (request: RequestLike, pace: Pace, signal?: AbortSignal) =>
    githubClient({
      request,
      clock,
      pace,
      graphqlRoute,
      parkedWhenMissing: ["GET /repositories/{repository_id}"],
      ...(signal === undefined ? {} : { signal }),
    });
  const asApp = client(async (route, parameters) => appRequest(route, parameters), paces.of(0));
  const asPaced = async (installationId: number, pace: Pace, signal?: AbortSignal): Promise<GitHub> =>
    namingWhatIsMissing(client(await installationRequest(installationId), pace, signal), async () => {
      forgetToken(installationId);
      const { data } = await asApp.rest("GET /app/installations/{installation_id}", { installation_id: installationId });
      return Installation.parse(data).permissions;
    });
  return {
    asApp,
    asInstallation: async (installationId: number): Promise<GitHub> => asPaced(installationId, paces.of(installationId)),
    /** For one look at one repository, within its share. */
    forLook: async ({ key, signal }: Lease): Promise<GitHub> => {
      const { installationId } = idsOf(key);
      return asPaced(installationId, shares.forLook(key, paces.of(installationId)), signal);
    },
  };
}

const Installation = z.object({ permissions: z.record(z.string(), z.string()) });

/** An Enterprise Server has its GraphQL beside its REST, at /api/graphql. */
function graphqlAddress(githubApiUrl: string): string {
  return `${githubApiUrl.replace(/\/v3$/, "")}/graphql`;
}

function idsOf(key: Key): RepositoryIds {
  const [installationId = "", repositoryId = ""] = key.split("/");
  return { installationId: Number(installationId), repositoryId: Number(repositoryId) };
}
