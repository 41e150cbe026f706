// DATABASE_URL: where the queue of several replicas is. Whatever is wrong with it is told without its password.
import { isLoopback, isNear } from "./hosts.ts";

type Complaint = { readonly message: string; readonly hint: string };

const SHAPE =
  "write it like postgres://user:password@db.example.com:5432/steward?sslmode=verify-full, with %-codes for signs in the password such as %40 for @";
const SSL_MODES = ["disable", "no-verify", "prefer", "require", "verify-ca", "verify-full"];

/**
 * The address to connect to. TLS that is asked for in any way is verified, unless `no-verify` says not to; without it the
 * password would cross a network in the clear, so only this machine and names without a dot may do so unsaid.
 */
export function readDatabaseUrl(given: string): { readonly url: string } | Complaint {
  const url = URL.parse(given);
  if (url === null || !/^postgres(?:ql)?:$/.test(url.protocol)) return { message: "DATABASE_URL is no address of a PostgreSQL database", hint: SHAPE };
  if (url.hash !== "" || url.pathname.length < 2 || url.pathname.indexOf("/", 1) > 0) {
    return { message: `DATABASE_URL does not name a database behind the host "${url.host}"`, hint: SHAPE };
  }
  const mode = url.searchParams.get("sslmode");
  if (mode !== null && !SSL_MODES.includes(mode)) {
    return { message: `DATABASE_URL: found sslmode=${mode}`, hint: `use one of ${SSL_MODES.join(", ")}` };
  }
  const host = url.searchParams.get("host") ?? url.hostname;
  if (mode === null && !host.startsWith("/") && !isNear(host) && !isLoopback(host)) {
    return {
      message: `DATABASE_URL: the password would go to ${host} in the clear`,
      hint: "add ?sslmode=verify-full, or sslmode=disable if the network is yours alone",
    };
  }
  if (mode === "prefer" || mode === "require" || mode === "verify-ca") url.searchParams.set("sslmode", "verify-full");
  return { url: url.href };
}
