// The process while no app is registered: the set-up page and nothing else.
import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import type { Environment } from "./settings/environment.ts";
import { hangUp, openDoor } from "./web/door.ts";
import type { Logger } from "./web/log.ts";
import { websiteOf } from "./web/manifest.ts";
import { addSetup } from "./web/setup.ts";

export type RunningSetup = {
  /** Where the person begins; it carries the token. */
  readonly address: string;
  /** Resolves when the credentials are on disk. */
  readonly registered: Promise<void>;
  readonly stop: () => Promise<void>;
};

/** @param environment.publicUrl must be known: it is where GitHub will deliver to */
export async function startSetup(options: {
  readonly environment: Environment;
  readonly log: Logger;
  readonly fetch?: typeof globalThis.fetch;
}): Promise<RunningSetup> {
  const { environment, log, fetch = globalThis.fetch } = options;
  const { publicUrl, githubApiUrl, dataDirectory } = environment;
  if (publicUrl === null) throw new Error("Bug: the set-up needs PUBLIC_URL, and the environment was not checked.");
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  const token = environment.setupToken ?? randomBytes(24).toString("base64url");
  const registered = Promise.withResolvers<void>();
  const door = await openDoor({ log, formTargets: [websiteOf(githubApiUrl)] });
  addSetup(door, { token, publicUrl, githubApiUrl, dataDirectory, fetch, onRegistered: registered.resolve });
  door.get("/healthz", async () => ({ status: "alive" }));
  const listening = await door.listen({ host: environment.host, port: environment.port });
  const address = `${listening}/?token=${token}`;
  // A token that the operator chose is known to them; one made here is shown once and worth nothing after the set-up.
  if (environment.setupToken === null) log.info({ address }, "no app is registered yet: open this address");
  else log.info({ address: publicUrl }, "no app is registered yet: open this address with ?token= and the SETUP_TOKEN");
  return { address, registered: registered.promise, stop: () => hangUp(door) };
}
