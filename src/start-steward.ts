// What works behind the door: worker, sweep and redelivery on one queue, with a way to GitHub. Everything that differs between
// production and the simulator comes in.
import { clientsOf, type WayToGitHub } from "./clients.ts";
import type { GitHub } from "./github/types.ts";
import type { EpochMs } from "./model/time.ts";
import type { App } from "./observe/github/index.ts";
import type { Environment } from "./settings/environment.ts";
import type { Clock } from "./wake/clock.ts";
import { everyKey } from "./wake/installations.ts";
import { startRedelivery } from "./wake/redelivery.ts";
import { startSweeper } from "./wake/sweep.ts";
import type { Key, Lease, Queue } from "./wake/types.ts";
import type { Outcome } from "./wake/worker.ts";
import { startWorker } from "./wake/worker.ts";
import type { Logger } from "./web/log.ts";
import { type Identity, learnIdentity } from "./web/self.ts";

/** GitHub's numbers of a repository and of the installation through which it is reached. */
type RepositoryIds = { readonly installationId: number; readonly repositoryId: number };

/**
 * One look at one repository: observe, decide, act. `github` speaks as the installation, `app` is who that is.
 * @returns when to look again; null when only an event can change anything
 */
export type ReconcileRepository = (lease: Lease, github: GitHub, repository: RepositoryIds, app: App) => Promise<EpochMs | null>;

export type StewardOptions = {
  readonly queue: Queue;
  readonly clock: Clock;
  readonly log: Logger;
  readonly reconcile: ReconcileRepository;
  readonly appId: number;
  readonly github: WayToGitHub;
  readonly environment: Pick<Environment, "githubApiUrl" | "writeSpacingMs" | "sweepMs">;
  readonly redeliveryEveryMs: number;
  /** How often the queue is asked for what another process put. */
  readonly lookEveryMs?: number;
  readonly onOutcome?: (outcome: Outcome) => void;
};

export type Steward = {
  readonly identity: Identity;
  /** Resolves when the key is on disk: it will be looked at. */
  readonly wakeKey: (key: Key) => Promise<void>;
  /** Looks for due keys at once. */
  readonly wake: () => void;
  /** Takes no new work and lets running jobs end, for so long at most. */
  readonly stop: (drainMs: number) => Promise<void>;
};

/** Repositories worked on at the same time. Each waits for GitHub most of its time; the pace is kept an installation. */
const CONCURRENCY = 8;

export function startSteward(options: StewardOptions): Steward {
  const { queue, clock, log, environment, appId, reconcile, redeliveryEveryMs, lookEveryMs, onOutcome } = options;
  const { asApp, asInstallation, forLook } = clientsOf(options.github, environment, clock);
  const identity = learnIdentity(asApp, appId, log);

  const job = async (lease: Lease): Promise<EpochMs | null> => {
    const ids = idsOf(lease.key);
    const github = await forLook(lease, ids.installationId);
    return await reconcile(lease, github, ids, await identity.of(github));
  };
  const worker = startWorker(queue, job, {
    concurrency: CONCURRENCY,
    clock,
    log,
    ...(lookEveryMs === undefined ? {} : { lookEveryMs }),
    ...(onOutcome === undefined ? {} : { onOutcome }),
  });
  const list = () => everyKey(asApp, asInstallation);
  const sweeper = startSweeper({ list, queue, clock, everyMs: environment.sweepMs, log, leads: queue.leads, wake: worker.wake });
  const redelivery = startRedelivery({ deliveries: asApp, clock, everyMs: redeliveryEveryMs, log, leads: queue.leads });

  return {
    identity,
    wakeKey: async (key) => {
      await queue.put(key, clock.now());
      worker.wake();
    },
    wake: worker.wake,
    stop: async (drainMs) => {
      sweeper.stop();
      redelivery.stop();
      await worker.drain(drainMs);
    },
  };
}

function idsOf(key: Key): RepositoryIds {
  const [installationId = "", repositoryId = ""] = key.split("/");
  return { installationId: Number(installationId), repositoryId: Number(repositoryId) };
}
