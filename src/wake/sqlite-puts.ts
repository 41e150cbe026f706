// Puts of the embedded engine: those that arrive together are committed together. A disk may sync a hundred times a second
// only, while a thousand deliveries come in one.
import type { DatabaseSync } from "node:sqlite";
import type { EpochMs } from "../model/time.ts";
import type { Key } from "./types.ts";

// The conditions of both updates leave a row alone that needs no change: such a put costs no write.
const PUT = `
  INSERT INTO wake (key, next) VALUES (:key, :at)
  ON CONFLICT (key) DO UPDATE SET
    next  = iif(lease IS NULL, excluded.next, next),
    again = iif(lease IS NULL, NULL, excluded.next)
  WHERE (lease IS NULL AND excluded.next < next) OR (lease IS NOT NULL AND excluded.next < ifnull(again, excluded.next + 1))`;

type Put = { readonly key: Key; readonly at: EpochMs };

export type Puts = {
  /** Resolves when it is on disk. */
  readonly add: (put: Put) => Promise<void>;
  /** Commits what was added and is not on disk yet. */
  readonly commit: () => void;
};

/** What is added in one round of the event loop is committed at its end, all of it or nothing. */
export function putTogether(database: DatabaseSync): Puts {
  const statement = database.prepare(PUT);
  let batch: (Put & PromiseWithResolvers<void>)[] = [];

  const write = (puts: readonly Put[]): void => {
    database.exec("BEGIN IMMEDIATE");
    try {
      for (const { key, at } of puts) statement.run({ key, at });
      database.exec("COMMIT");
    } catch (error) {
      // A full disk has ended the transaction already.
      if (database.isTransaction) database.exec("ROLLBACK");
      throw error;
    }
  };

  const commit = (): void => {
    const puts = batch;
    batch = [];
    if (puts.length === 0) return;
    try {
      write(puts);
      for (const { resolve } of puts) resolve();
    } catch (error) {
      for (const { reject } of puts) reject(error);
    }
  };

  return {
    add: (put) => {
      if (batch.length === 0) setImmediate(commit);
      const kept = Promise.withResolvers<void>();
      batch.push({ ...put, ...kept });
      return kept.promise;
    },
    commit,
  };
}
