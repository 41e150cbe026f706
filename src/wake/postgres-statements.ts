// The queue's table in PostgreSQL and every statement on it. Each is atomic by itself, so a process can die between any two.
// `now()` is the database's: whoever asks says how many milliseconds from now.

export const SCHEMA_VERSION = 1;

// A row is a key that waits or runs; a quiet key has none. `next` is when it may be taken: while it waits, its due time;
// while it runs, the end of its lease, held by the session with the number `holder`.
export const CREATE = `
  CREATE TABLE release_steward_wake (
    key      text        PRIMARY KEY,
    next     timestamptz NOT NULL,
    lease    uuid,
    holder   integer,
    again    timestamptz,
    failures integer     NOT NULL DEFAULT 0
  );
  CREATE INDEX release_steward_wake_next ON release_steward_wake (next);
  COMMENT ON TABLE release_steward_wake IS 'schema ${SCHEMA_VERSION}'`;

/** Null before the first start; otherwise the comment that CREATE left, and the number that tells this table's locks from others'. */
export const READ_TABLE = `
  SELECT obj_description(oid, 'pg_class') AS comment, (oid::bigint % 2147483648)::int AS space
  FROM pg_class WHERE oid = to_regclass('release_steward_wake')`;

const from = (ms: string): string => `now() + ${ms}::float8 * interval '1 millisecond'`;

// A lease that ran out frees its key once the session of its holder has ended as well: a process that is stopped in the
// middle of a job goes on there when it is continued, and until it is ended its session tells that it may.
const isFree = (space: string, holder: string): string => `(
  lease IS NULL OR next <= now() AND NOT EXISTS (
    SELECT FROM pg_locks AS held
    WHERE held.locktype = 'advisory' AND held.granted AND held.classid::bigint = ${space}::int AND held.objid::bigint = wake.holder AND held.objsubid = 2
      AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND wake.holder IS DISTINCT FROM ${holder}::int))`;

// The condition leaves a row alone that needs no change: such a put costs no write.
export const PUT = `
  INSERT INTO release_steward_wake AS wake (key, next) VALUES ($1, ${from("$2")})
  ON CONFLICT (key) DO UPDATE SET
    next  = CASE WHEN wake.lease IS NULL THEN excluded.next ELSE wake.next END,
    again = CASE WHEN wake.lease IS NULL THEN NULL ELSE excluded.next END
  WHERE CASE WHEN wake.lease IS NULL THEN excluded.next < wake.next ELSE wake.again IS NULL OR excluded.next < wake.again END`;

// A key whose lease ran out has killed or outlived its process: that counts as a failure. What was put while it ran and is
// due is answered by this run; a later time is kept.
export const TAKE = `
  UPDATE release_steward_wake SET
    next     = ${from("$1")},
    lease    = $2,
    holder   = $3,
    again    = CASE WHEN again > now() THEN again END,
    failures = failures + CASE WHEN lease IS NULL THEN 0 ELSE 1 END
  WHERE key = (
    SELECT key FROM release_steward_wake AS wake WHERE next <= now() AND ${isFree("$4", "$3")}
    ORDER BY next, key COLLATE "C" LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING key, failures`;

export const HEARTBEAT = `UPDATE release_steward_wake SET next = ${from("$1")}, holder = $4 WHERE key = $2 AND lease = $3`;
export const REST = "DELETE FROM release_steward_wake WHERE key = $1 AND lease = $2 AND again IS NULL";
export const END = `
  UPDATE release_steward_wake SET next = least(${from("$3")}, again), lease = NULL, holder = NULL, again = NULL, failures = $4
  WHERE key = $1 AND lease = $2`;
export const END_FOR_AGAIN =
  "UPDATE release_steward_wake SET next = again, lease = NULL, holder = NULL, again = NULL, failures = 0 WHERE key = $1 AND lease = $2";
export const NEXT_DUE = `
  SELECT (extract(epoch FROM min(next) - now()) * 1000)::float8 AS ms FROM release_steward_wake AS wake WHERE ${isFree("$1", "$2")}`;
export const COUNTS = `
  SELECT count(*) FILTER (WHERE is_free)::int AS waiting, count(*) FILTER (WHERE NOT is_free)::int AS running, count(*) FILTER (WHERE failures > 0)::int AS failing
  FROM (SELECT failures, ${isFree("$1", "$2")} AS is_free FROM release_steward_wake AS wake) AS keys`;
