// One job with its lease: kept alive by heartbeats, stopped when the lease is lost, the process drains or it takes too long.
import type { EpochMs } from "../model/time.ts";
import type { Clock } from "./clock.ts";
import type { Log } from "./log.ts";
import type { Lease, Taken } from "./types.ts";

/** Looks at one repository. Answers when it wants to look again, null when only an event can change anything. */
export type Job = (lease: Lease) => Promise<EpochMs | null>;

/** Why a job was told to stop. */
type Stop = "lost" | "drained" | "too long";

/** How a job came to its end. `ended` null: it was told to stop and did not, so it may still be about to do something. */
export type Ending = { readonly stopped: Stop | null; readonly ended: Ended | null };
type Ended = { readonly threw: false; readonly again: EpochMs | null } | { readonly threw: true; readonly error: unknown };

export type Run = { readonly ending: Promise<Ending>; readonly stop: (why: Stop) => void };

const JOB_MAX_MS = 15 * 60_000;

const HEARTBEAT_EVERY_MS = 10_000;
/** Outlasts two heartbeats: one may be missed. */
export const LEASE_MS = 3 * HEARTBEAT_EVERY_MS;

/** What a job has to end in after it was told to stop, before nobody waits for it any more. */
const GRACE_MS = 5_000;

/** Starts a job. Never rejects: what the job throws is part of the ending. */
export function startRun(taken: Taken, job: Job, clock: Clock, log: Log): Run {
  const controller = new AbortController();
  const given = Promise.withResolvers<null>();
  let stopped: Stop | null = null;
  let heldSince = clock.elapsed();
  let cancelGrace: (() => void) | null = null;
  let cancelHeartbeat: (() => void) | null = null;

  const stop = (why: Stop): void => {
    if (stopped !== null) return;
    stopped = why;
    controller.abort(new Error(`the job was told to stop: ${why}`));
    cancelGrace = clock.after(GRACE_MS, () => {
      given.resolve(null);
    });
  };

  const beat = async (missed: number): Promise<void> => {
    let held = true;
    let missedNow = 0;
    const askedAt = clock.elapsed();
    try {
      held = await taken.heartbeat();
      if (held) heldSince = askedAt;
    } catch (error) {
      log.error({ key: taken.key, err: error }, "a heartbeat failed");
      missedNow = missed + 1;
    }
    // After two that failed nobody knows whether another process has the key by now.
    if (!held || missedNow > 1) stop("lost");
    else if (!ended) beatLater(missedNow);
  };
  const beatLater = (missed: number): void => {
    cancelHeartbeat = clock.after(HEARTBEAT_EVERY_MS, () => void beat(missed));
  };

  const mayWrite = (): boolean => {
    // Of a machine whose clock was put back the lease would seem to last longer.
    if (clock.now() >= taken.heldUntil() || clock.elapsed() - heldSince >= LEASE_MS) stop("lost");
    return !controller.signal.aborted;
  };

  let ended = false;
  const cancelLimit = clock.after(JOB_MAX_MS, () => {
    stop("too long");
  });
  beatLater(0);

  const ending = async (): Promise<Ending> => {
    const end = await Promise.race([endOf(job, { key: taken.key, signal: controller.signal, mayWrite }), given.promise]);
    ended = true;
    cancelLimit();
    cancelGrace?.();
    cancelHeartbeat?.();
    return { stopped, ended: end };
  };
  return { ending: ending(), stop };
}

async function endOf(job: Job, lease: Lease): Promise<Ended> {
  try {
    return { threw: false, again: await job(lease) };
  } catch (error) {
    return { threw: true, error };
  }
}
