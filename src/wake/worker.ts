// Takes due keys and runs their jobs, so many at once. Whatever one job does, the others go on.
import { Refused } from "../model/errors.ts";
import type { EpochMs } from "../model/time.ts";
import { BACKOFF_MAX_MS } from "./backoff.ts";
import type { Clock } from "./clock.ts";
import type { Log } from "./log.ts";
import { judge, type OutcomeKind, PATIENCE, type Verdict } from "./outcome.ts";
import { keepRests } from "./rest.ts";
import { type Job, type Run, startRun } from "./run.ts";
import type { Key, Queue, Taken } from "./types.ts";

export type Outcome = { readonly key: Key; readonly kind: OutcomeKind; readonly tookMs: number };

export type Worker = {
  /** Looks for due keys at once; to be called after a put. */
  readonly wake: () => void;
  /**
   * Takes nothing new and waits for the running jobs; after `ms` it aborts their signals and gives them 5 s more.
   * Resolves when no job runs that anybody waits for; then the queue can be closed.
   */
  readonly drain: (ms: number) => Promise<void>;
};

/** At least this often the queue is asked: what other processes put may be told, what they left behind is told by nobody. */
const LOOK_EVERY_MS = 5_000;

/** A key that is due but was not given: another process was faster. No reason to ask in a tight loop. */
const LOOK_AGAIN_MS = 100;

/**
 * Starts to work. A job's `Transient` is tried again at its time, `Stale` at once, five times in a row at most; `Parked` is
 * quiet until the next event; anything else is logged as an error and backed off, and after five in a row such a key runs
 * every 300 s at most, whatever wakes it. A key that is woken over and over rests between its looks.
 * @param job must ask its lease before every write; it has 15 minutes
 */
export function startWorker(
  queue: Queue,
  job: Job,
  options: {
    readonly concurrency: number;
    readonly clock: Clock;
    readonly log: Log;
    readonly lookEveryMs?: number;
    readonly onOutcome?: (outcome: Outcome) => void;
  },
): Worker {
  const { concurrency, clock, log, lookEveryMs = LOOK_EVERY_MS, onOutcome } = options;
  const runs = new Map<Run, Promise<void>>();
  /** Keys that failed too often, and until when no event brings them back. */
  const nuisances = new Map<Key, EpochMs>();
  const rests = keepRests();
  let draining = false;
  let looking: Promise<void> | null = null;
  let lookAgain = false;
  let cancelLook: (() => void) | null = null;

  const wake = (): void => {
    if (draining) return;
    lookAgain = true;
    looking ??= look().finally(() => {
      looking = null;
      if (lookAgain) wake();
    });
  };

  const look = async (): Promise<void> => {
    cancelLook?.();
    let waitMs = lookEveryMs;
    try {
      while (lookAgain) {
        lookAgain = false;
        await takeDue();
        // With every place taken there is nothing to look for until a job ends, and then it looks by itself.
        const due = runs.size < concurrency ? await queue.nextDue() : null;
        if (due !== null) waitMs = Math.min(lookEveryMs, Math.max(due - clock.now(), LOOK_AGAIN_MS));
      }
    } catch (error) {
      log.error({ err: error }, "the queue cannot be read");
    }
    if (!draining) cancelLook = clock.after(waitMs, wake);
  };

  const takeDue = async (): Promise<void> => {
    while (runs.size < concurrency) {
      const taken = await queue.take();
      if (taken === null) return;
      if (draining) return giveBack(taken);
      const now = clock.now();
      const notBefore = nuisances.get(taken.key) ?? 0;
      const rested = rests.until(taken.key, now);
      if (now < notBefore) await taken.failed(notBefore);
      // One that failed has a rest of its own.
      else if (now < rested && taken.failures === 0) await taken.done(rested);
      else begin(taken);
    }
  };

  const giveBack = (taken: Taken): Promise<void> => (taken.failures === 0 ? taken.done(clock.now()) : taken.failed(clock.now()));

  const begin = (taken: Taken): void => {
    const startedAt = clock.now();
    const run = startRun(taken, job, clock, log);
    runs.set(run, finish(taken, run, startedAt));
  };

  const finish = async (taken: Taken, run: Run, startedAt: EpochMs): Promise<void> => {
    const ending = await run.ending;
    const verdict = judge(ending, taken.failures, clock.now());
    const { key } = taken;
    const endedAt = clock.now();
    const tookMs = endedAt - startedAt;
    rests.ended(key, startedAt, endedAt);
    try {
      say(log, verdict, { key, failures: taken.failures, tookMs });
      onOutcome?.({ key, kind: verdict.kind, tookMs });
      rememberNuisance(taken, verdict.kind);
      await settle(taken, verdict);
    } catch (error) {
      log.error({ key, err: error }, "the end of a job could not be recorded; its lease will run out");
    }
    runs.delete(run);
    wake();
  };

  const rememberNuisance = ({ key, failures }: Taken, kind: OutcomeKind): void => {
    if ((kind === "refused" || kind === "bug" || kind === "too long") && failures + 1 >= PATIENCE) nuisances.set(key, clock.now() + BACKOFF_MAX_MS);
    else nuisances.delete(key);
  };

  const settle = async (taken: Taken, { next }: Verdict): Promise<void> => {
    switch (next.is) {
      case "done":
        return taken.done(next.again);
      case "failed":
        return taken.failed(next.retryAt);
      case "given back":
        return giveBack(taken);
      case "left":
        return;
    }
  };

  const drain = async (ms: number): Promise<void> => {
    draining = true;
    cancelLook?.();
    await looking;
    const cancel = clock.after(ms, () => {
      for (const run of runs.keys()) run.stop("drained");
    });
    await Promise.all(runs.values());
    cancel();
  };

  queue.onPut(wake);
  wake();
  return { wake, drain };
}

function say(log: Log, { kind, error }: Verdict, about: Readonly<Record<string, unknown>>): void {
  switch (kind) {
    case "done":
      log.info(about, "looked at");
      return;
    case "parked":
      if (error instanceof Error && error.cause instanceof Refused) {
        log.error({ ...about, err: error }, "GitHub refuses what the app needs: nothing is done until an event comes");
        return;
      }
      log.info({ ...about, err: error }, "parked: nothing is done until an event comes");
      return;
    case "stale":
    case "transient":
      log.warn({ ...about, err: error }, "to be tried again");
      return;
    case "drained":
      log.warn(about, "stopped because the process ends");
      return;
    case "lost":
      log.warn(about, "stopped because another process has the key");
      return;
    case "too long":
      log.error({ ...about, err: error }, "stopped because it took too long");
      return;
    case "refused":
    case "bug":
      log.error({ ...about, err: error }, "failed");
  }
}
