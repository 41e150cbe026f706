// Finds what no event told: wakes every repository once a period, evenly spread, so that a sweep is no burst of work.
import type { EpochMs } from "../model/time.ts";
import type { Clock } from "./clock.ts";
import type { Log } from "./log.ts";
import type { Key, Queue } from "./types.ts";

/** How soon a listing that failed is tried again, and a process that does not lead asks whether it does now. */
const AGAIN_MS = 60_000;

/**
 * Starts the first sweep at once. A listing counts only when it is complete: one that fails is tried again after a minute.
 * @param options.list every key there is, of all installations; throws when it cannot name them all
 * @param options.leads of several processes only the one that leads sweeps: a look costs requests
 * @param options.wake called after each put, so that the worker of this process looks at once
 */
export function startSweeper(options: {
  readonly list: () => AsyncIterable<Key>;
  readonly queue: Pick<Queue, "put">;
  readonly clock: Clock;
  readonly everyMs: number;
  readonly log: Log;
  readonly leads?: () => Promise<boolean>;
  readonly wake?: () => void;
}): { readonly stop: () => void } {
  const { list, queue, clock, everyMs, log, leads = async () => true, wake } = options;
  let stopped = false;
  let cancel: (() => void) | null = null;
  const later = (ms: number, next: () => Promise<void>): void => {
    if (!stopped) cancel = clock.after(ms, () => void next());
  };

  const sweep = async (): Promise<void> => {
    if (!(await leads())) {
      later(AGAIN_MS, sweep);
      return;
    }
    const keys = new Set<Key>();
    try {
      for await (const key of list()) keys.add(key);
    } catch (error) {
      log.error({ err: error, listed: keys.size }, "the repositories could not be listed; trying again in a minute");
      later(AGAIN_MS, sweep);
      return;
    }
    log.info({ repositories: keys.size, everyMs }, "sweeping");
    await wakeFrom([...keys], 0, clock.now());
  };

  const wakeFrom = async (keys: readonly Key[], first: number, startedAt: EpochMs): Promise<void> => {
    const dueAt = (index: number): EpochMs => startedAt + (index * everyMs) / keys.length;
    let index = first;
    for (; index < keys.length && dueAt(index) <= clock.now(); index += 1) await put(keys[index] ?? "");
    if (index < keys.length) later(dueAt(index) - clock.now(), () => wakeFrom(keys, index, startedAt));
    else later(startedAt + everyMs - clock.now(), sweep);
  };

  const put = async (key: Key): Promise<void> => {
    if (stopped) return;
    try {
      await queue.put(key, clock.now());
      wake?.();
    } catch (error) {
      log.error({ key, err: error }, "a sweep could not wake a repository; the next one will");
    }
  };

  void sweep();
  return {
    stop: () => {
      stopped = true;
      cancel?.();
    },
  };
}
