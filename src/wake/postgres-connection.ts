// One connection to PostgreSQL: how it is made, what it is called, and what its failures mean. Nothing here tells a password.
import type { ClientConfig } from "pg";

/** Less than the 10 s that GitHub waits for the answer to a delivery. */
const TIMEOUT_MS = 5_000;

export function connectionTo(url: string): ClientConfig {
  return {
    connectionString: url,
    application_name: "release-steward",
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: TIMEOUT_MS,
    query_timeout: TIMEOUT_MS,
    statement_timeout: TIMEOUT_MS,
    // A process that is stopped in the middle of a statement holds its row no longer than this.
    idle_in_transaction_session_timeout: TIMEOUT_MS,
  };
}

/** `db.example.com:5432/steward`. */
export function nameOfDatabase(url: string): string {
  const { host, pathname, searchParams } = new URL(url);
  return `${searchParams.get("host") ?? host}${pathname}`;
}

/** What an operator has to do about a connection that failed; null when waiting may help. */
export function remedyFor(error: unknown): string | null {
  const { code, syscall, message } = saidBy(error);
  if (code.startsWith("28")) return "the server refuses the user or the password: correct DATABASE_URL";
  if (code === "3D000") return "there is no such database: create it, or correct DATABASE_URL";
  if (code === "42501") return "the user may not create a table: make it the owner of the database, or GRANT CREATE ON SCHEMA public";
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") return "its certificate is for another name: correct the host in DATABASE_URL";
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code))
    return "its certificate can't be verified: name the authority with sslrootcert=/path/ca.pem in DATABASE_URL";
  if (/does not support SSL/.test(message)) return "it speaks no TLS: switch it on there, or say sslmode=disable in DATABASE_URL";
  if (syscall === "open") return `${message}: correct DATABASE_URL`;
  return null;
}

function saidBy(error: unknown): { readonly code: string; readonly syscall: string; readonly message: string } {
  const field = (name: string): string => {
    const value: unknown = typeof error === "object" && error !== null ? Reflect.get(error, name) : null;
    return typeof value === "string" ? value : "";
  };
  return { code: field("code"), syscall: field("syscall"), message: field("message") };
}
