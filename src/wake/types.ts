// The queue between the door and the worker. A key says only *which repository* to look at; everything is read again.
// Engines: engine-sqlite.ts for one machine, engine-postgres.ts for several. The contract test test/contract/queue.ts runs on every engine.
import type { EpochMs } from "../model/time.ts";

/** `installation/repository`, both GitHub's numeric ids: no key of one installation can name another's repository. */
export type Key = string;

/** What the worker gives to a job: proof that it is the only one for its key, and a way to notice that it no longer is. */
export type Lease = {
  readonly key: Key;
  /** Aborted when the lease is lost or the process drains. */
  readonly signal: AbortSignal;
  /** Asked right before every write to GitHub. False once the signal is aborted, and once the lease has run out unnoticed: a process that was stopped and goes on has heard of nothing yet. */
  readonly mayWrite: () => boolean;
};

export type Queue = {
  /**
   * Wakes a key at a time (now, when it has passed). Resolves when it is on disk. A key that waits already waits once,
   * until the earlier of both times; a key that runs runs once more afterwards.
   */
  readonly put: (key: Key, at: EpochMs) => Promise<void>;
  /** The next due key that nobody runs, leased; null when there is none. */
  readonly take: () => Promise<Taken | null>;
  /** When the next key is due; null when none waits. */
  readonly nextDue: () => Promise<EpochMs | null>;
  readonly counts: () => Promise<{ readonly waiting: number; readonly running: number; readonly failing: number }>;
  /** Has `hear` called when another process may have put a key, by an engine that is told. A hint: some are missed. */
  readonly onPut: (hear: () => void) => void;
  /** Whether this process does what one of all is to do. True in one at most, for as long as it is connected. */
  readonly leads: () => Promise<boolean>;
  readonly close: () => Promise<void>;
};

export type Taken = {
  readonly key: Key;
  /** Failures in a row so far. */
  readonly failures: number;
  /** Until when, by this process's clock, nobody else has the key: at most as long as the queue keeps it. */
  readonly heldUntil: () => EpochMs;
  /** Extends the lease. False when it was lost. */
  readonly heartbeat: () => Promise<boolean>;
  /** Ends the job: quiet, or to run again at a time. A put that came while it ran is kept. */
  readonly done: (again: EpochMs | null) => Promise<void>;
  /** Ends the job in failure: it runs again at `retryAt`, or after a backoff of 1 s doubling up to 300 s. */
  readonly failed: (retryAt: EpochMs | null) => Promise<void>;
};
