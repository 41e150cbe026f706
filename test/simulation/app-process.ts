// One process of the app on simulated time: the real wiring behind the door, on a queue that outlives it. It can be killed at
// any call to GitHub and at any commit of its queue, and frozen.
import { AsyncLocalStorage } from "node:async_hooks";
import { request as octokitRequest } from "@octokit/request";
import type { When } from "../../sandbox/faults/spoil.ts";
import type { StandIn } from "../../sandbox/stand-in.ts";
import type { App } from "../../sandbox/world/types.ts";
import { wakeOnDeliveries } from "../../src/app.ts";
import type { RequestLike } from "../../src/github/request.ts";
import { reconcilerFor } from "../../src/reconcile-repository.ts";
import { type ReconcileRepository, startSteward } from "../../src/start-steward.ts";
import type { Queue, Taken } from "../../src/wake/types.ts";
import type { Outcome } from "../../src/wake/worker.ts";
import type { Logger } from "../../src/web/log.ts";
import { handled } from "../fixtures/handled.ts";
import type { Time } from "./time.ts";

/** One look at one repository. */
export type Look = {
  readonly id: number;
  readonly process: number;
  readonly key: string;
  readonly startedAt: number;
};

export type AppProcess = {
  readonly id: number;
  /** What came of a webhook that was sent to it: what the sender sees. */
  readonly hear: (event: string, body: string) => Promise<number>;
  readonly wakeKey: (key: string) => Promise<void>;
  /** Nothing that it was about to do is done. */
  readonly kill: () => void;
  /** It does nothing until it is thawed, and does not know that it did nothing. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  readonly isAlive: () => boolean;
  readonly isFrozen: () => boolean;
};

export type ProcessOptions = {
  readonly id: number;
  readonly standIn: StandIn;
  readonly app: App;
  readonly queue: Queue;
  readonly time: Time;
  readonly sweepMs: number;
  /** How often the queue is asked for what another process put or left behind. */
  readonly lookEveryMs: number;
  readonly onLook: (look: Look) => void;
  readonly onOutcome: (outcome: Outcome) => void;
  readonly onError: (message: string, error: unknown) => void;
  /** Asked at each commit of the queue: where the process dies, before it or after it. */
  readonly diesAtCommit: () => When | null;
};

const DAY_MS = 24 * 3_600_000;
/** As production caches a token. */
const TOKEN_MS = 59 * 60_000;

const never = <Result>(): Promise<Result> => new Promise(() => undefined);

/** Which look a request belongs to, whoever sends it at last. */
const looking = new AsyncLocalStorage<Look>();
export const lookOf = (): Look | null => looking.getStore() ?? null;

export function startProcess(options: ProcessOptions): AppProcess {
  const { id, standIn, app, queue, time, sweepMs, lookEveryMs, onLook, onOutcome, onError, diesAtCommit } = options;
  const { world } = standIn;
  let isDead = false;
  let ice: PromiseWithResolvers<void> | null = null;
  const died = Promise.withResolvers<void>();
  let froze = Promise.withResolvers<void>();
  const clock = time.clockOf({ isRunning: () => !isDead && ice === null });

  const kill = (): void => {
    isDead = true;
    died.resolve();
  };
  /** Nothing goes on in a process that is frozen, and nothing any more in one that is dead. */
  const goOn = async (): Promise<void> => {
    if (ice !== null) await ice.promise;
    if (isDead) await never();
  };

  const send = async (address: string, init: RequestInit): Promise<Response> => {
    await goOn();
    let outcome: { readonly response: Response } | { readonly error: unknown };
    try {
      outcome = { response: await time.during(handled(standIn, address, init)) };
    } catch (error) {
      outcome = { error };
    }
    await goOn();
    if ("error" in outcome) throw outcome.error;
    return outcome.response;
  };

  const requestWith = (token: () => Promise<string> | string): RequestLike => {
    const request = octokitRequest.defaults({ baseUrl: `${world.url}/api/v3`, request: { fetch: send } });
    return async (route, parameters) => {
      const authorization = `token ${await token()}`;
      return await request(route, { ...parameters, headers: { ...(parameters["headers"] as object | undefined), authorization } });
    };
  };

  const appToken = `app-token-${String(app.id)}`;
  world.tokens.set(appToken, { text: appToken, actor: { is: "app", user: app.bot, app }, expiresAt: null });
  const appRequest = requestWith(() => appToken);
  const tokens = new Map<number, { readonly text: string; readonly until: number }>();
  const tokenOf = async (installation: number): Promise<string> => {
    const known = tokens.get(installation);
    if (known !== undefined && known.until > clock.now()) return known.text;
    const { data } = await appRequest("POST /app/installations/{installation_id}/access_tokens", { installation_id: installation });
    const text = (data as { readonly token: string }).token;
    tokens.set(installation, { text, until: clock.now() + TOKEN_MS });
    return text;
  };

  const committed = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    await goOn();
    const dies = diesAtCommit();
    if (dies === "before") kill();
    await goOn();
    const result = await work();
    if (dies === "after") kill();
    await goOn();
    return result;
  };
  const taken = (one: Taken): Taken => ({
    ...one,
    heartbeat: () => committed(one.heartbeat),
    done: (again) => committed(() => one.done(again)),
    failed: (retryAt) => committed(() => one.failed(retryAt)),
  });
  const ownQueue: Queue = {
    put: (key, at) => committed(() => queue.put(key, at)),
    take: async () => {
      await goOn();
      const one = await queue.take();
      // What is taken is a commit; looking for something in vain is none.
      return one === null ? null : await committed(() => Promise.resolve(taken(one)));
    },
    nextDue: async () => {
      await goOn();
      return await queue.nextDue();
    },
    counts: queue.counts,
    onPut: queue.onPut,
    leads: queue.leads,
    close: () => Promise.resolve(),
  };

  const log = logTo(onError);
  const reconcileReally = reconcilerFor({ now: clock.now, log, signer: null });
  const reconcile: ReconcileRepository = (lease, github, repository, self) => {
    const look: Look = { id: world.nextId(), process: id, key: lease.key, startedAt: world.now() };
    onLook(look);
    return looking.run(look, () => reconcileReally(lease, github, repository, self));
  };
  const steward = startSteward({
    queue: ownQueue,
    clock,
    log,
    reconcile,
    appId: app.id,
    github: {
      appRequest,
      installationRequest: (installation) =>
        Promise.resolve(async (route, parameters) => {
          try {
            return await requestWith(() => tokenOf(installation))(route, parameters);
          } catch (error) {
            if (error instanceof Error && "status" in error && error.status === 401) tokens.delete(installation);
            throw error;
          }
        }),
      forgetToken: (installation) => void tokens.delete(installation),
    },
    environment: { githubApiUrl: `${world.url}/api/v3`, writeSpacingMs: 1_000, sweepMs },
    redeliveryEveryMs: DAY_MS,
    lookEveryMs,
    onOutcome,
  });

  const keep = wakeOnDeliveries(steward.wakeKey, steward.identity.known, { debug: silent });

  return {
    id,
    async hear(event, body) {
      await goOn();
      const kept = keep({ id: "", event, payload: JSON.parse(body) as object }).then(
        () => 200,
        () => 500,
      );
      // Whoever sends it waits for ten seconds, and no longer.
      return await Promise.race([kept, died.promise.then(() => 0), froze.promise.then(() => 0)]);
    },
    wakeKey: steward.wakeKey,
    kill,
    freeze() {
      ice ??= Promise.withResolvers();
      froze.resolve();
      froze = Promise.withResolvers();
    },
    thaw() {
      ice?.resolve();
      ice = null;
    },
    isAlive: () => !isDead,
    isFrozen: () => ice !== null,
  };
}

const silent = (): void => undefined;

/** Only what is said of a bug is kept. */
function logTo(onError: (message: string, error: unknown) => void): Logger {
  const error = (fields: { readonly err?: unknown }, message: string): void => onError(message, fields.err);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of a logger only these are called here
  return { debug: silent, info: silent, warn: silent, error } as unknown as Logger;
}
