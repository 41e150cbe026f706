// Keeps one session with PostgreSQL: when it breaks, or can't be opened yet, it is opened again until it can.
import { backoffMs } from "./backoff.ts";
import type { Clock } from "./clock.ts";
import type { Log } from "./log.ts";
import { nameOfDatabase, remedyFor } from "./postgres-connection.ts";
import { NewerTable, openSession, type Session } from "./postgres-session.ts";

const RETRY_MAX_MS = 15_000;

/**
 * @param options.heard another process put a key, or may have
 * @returns once there is a session, or the database could not be reached: that is no reason not to start
 * @throws Error, in words for the operator, when no waiting helps
 */
export async function keepSession(options: { readonly url: string; readonly clock: Clock; readonly log: Log; readonly heard: () => void }): Promise<{
  /** @throws Error while there is none */
  readonly session: () => Session;
  /** False while there is none. */
  readonly leads: () => Promise<boolean>;
  readonly close: () => Promise<void>;
}> {
  const { url, clock, log, heard } = options;
  const name = nameOfDatabase(url);
  let session: Session | null = null;
  let isClosed = false;
  let cancel: (() => void) | null = null;

  const open = async (): Promise<void> => {
    session = await openSession(url, { put: heard, broken });
    if (isClosed) await session.close();
  };
  const broken = (error: Error): void => {
    session = null;
    log.error({ err: error }, `the session with PostgreSQL at ${name} broke; opening it again`);
    later(1);
  };
  const later = (failures: number): void => {
    if (!isClosed) cancel = clock.after(Math.min(backoffMs(failures, Math.random), RETRY_MAX_MS), () => void again(failures));
  };
  const again = async (failures: number): Promise<void> => {
    try {
      await open();
      log.info({}, `PostgreSQL at ${name} answers`);
      heard();
    } catch (error) {
      log.error({ err: error, hint: remedyFor(error) ?? undefined }, `PostgreSQL at ${name} can't be reached; trying again`);
      later(failures + 1);
    }
  };

  try {
    await open();
  } catch (error) {
    const remedy = error instanceof NewerTable ? error.message : remedyFor(error);
    if (remedy !== null) throw new Error(`PostgreSQL at ${name}: ${remedy}`, { cause: error });
    log.error({ err: error }, `PostgreSQL at ${name} can't be reached; deliveries are refused until it can, GitHub keeps them`);
    later(1);
  }
  return {
    session: () => {
      if (session === null) throw new Error(`PostgreSQL at ${name} can't be reached`);
      return session;
    },
    leads: async () => (await session?.leads()) ?? false,
    close: async () => {
      isClosed = true;
      cancel?.();
      await session?.close();
    },
  };
}
