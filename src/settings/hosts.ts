// Whether what is sent to a host crosses a network that others may read.
import { isIP } from "node:net";

/** This machine. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, "");
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}

/** This machine, or a name that only a private network resolves. */
export function isNear(host: string): boolean {
  return isLoopback(host) || (!host.includes(".") && !host.startsWith("["));
}
