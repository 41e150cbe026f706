// A session with PostgreSQL that lasts as long as its process: while it does, the others see that this one lives.
import { randomInt } from "node:crypto";
import { Client } from "pg";
import { connectionTo } from "./postgres-connection.ts";
import { CREATE, READ_TABLE, SCHEMA_VERSION } from "./postgres-statements.ts";

/** On which a put is told to the other processes, with the number of the session that put. */
export const CHANNEL = "release_steward_wake";

export type Session = {
  /** Tells the locks of this queue from others' in the same database. */
  readonly space: number;
  /** Locked by this session: whoever finds it free knows that this process has no session any more. */
  readonly holder: number;
  /** Whether this process leads: one of all at most, until its session ends. False when it does not answer. */
  readonly leads: () => Promise<boolean>;
  readonly close: () => Promise<void>;
};

/** The lock of whoever leads. Sessions have numbers above. */
const LEADER = 0;
const NUMBERS = 2 ** 31;

// The server notices within 25 s that a machine is gone, before its leases have run out. Without effect on a socket file.
const NOTICE_SOON = "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3";

/**
 * Opens a session, and makes the table when there is none.
 * @param on.put another process put a key
 * @param on.broken the session ended without being closed; called once
 */
export async function openSession(url: string, on: { readonly put: () => void; readonly broken: (error: Error) => void }): Promise<Session> {
  const client = new Client(connectionTo(url));
  const holder = randomInt(LEADER + 1, NUMBERS);
  let state: "opening" | "open" | "over" = "opening";
  const end = (error: Error): void => {
    const wasOpen = state === "open";
    state = "over";
    if (!wasOpen) return;
    on.broken(error);
    hangUp();
  };
  /** Not waited for: a server that is gone without a word answers no farewell. */
  const hangUp = (): void => void client.end().catch(() => {});
  client.on("error", end);
  client.on("end", () => {
    end(new Error("the server closed the connection"));
  });
  client.on("notification", ({ payload }) => {
    if (payload !== String(holder)) on.put();
  });
  const close = async (): Promise<void> => {
    state = "over";
    await client.end();
  };

  try {
    await client.connect();
    const space = await prepareTable(client);
    await client.query(NOTICE_SOON);
    await client.query("SELECT pg_advisory_lock($1, $2)", [space, holder]);
    await client.query(`LISTEN ${CHANNEL}`);
    state = "open";
    const leads = inTurn(async () => {
      try {
        const { rows } = await client.query<{ leads: boolean }>(TRY_TO_LEAD, [space, LEADER]);
        return rows[0]?.leads === true;
      } catch (error) {
        end(new Error("the session does not answer", { cause: error }));
        return false;
      }
    });
    return { space, holder, leads, close };
  } catch (error) {
    hangUp();
    throw error;
  }
}

// A session that has the lock may lock it again, so one that leads goes on to.
const TRY_TO_LEAD = "SELECT pg_try_advisory_lock($1, $2) AS leads";

/** Whoever asks while an answer is under way gets that one. */
function inTurn<T>(ask: () => Promise<T>): () => Promise<T> {
  let asking: Promise<T> | null = null;
  return () =>
    (asking ??= ask().finally(() => {
      asking = null;
    }));
}

/** @returns the number that is this table's own in its database */
async function prepareTable(client: Client): Promise<number> {
  const read = async () => (await client.query<{ comment: string | null; space: number }>(READ_TABLE)).rows[0];
  let table = await read();
  if (table === undefined) {
    // Replicas that start together make it one after the other.
    await client.query("BEGIN; SELECT pg_advisory_xact_lock(hashtext('release_steward_wake'))");
    if ((await read()) === undefined) await client.query(CREATE);
    await client.query("COMMIT");
    table = await read();
  }
  const version = Number(table?.comment?.replace("schema ", "") ?? Number.NaN);
  if (table === undefined || version !== SCHEMA_VERSION) throw new NewerTable(table?.comment ?? "no version");
  return table.space;
}

/** No waiting helps. */
export class NewerTable extends Error {
  constructor(found: string) {
    super(
      `the table release_steward_wake says "${found}" and this program knows "schema ${SCHEMA_VERSION}": start the version that wrote it, or drop the table`,
    );
    this.name = "NewerTable";
  }
}
