// The stand-in and the app side by side in one process, as GitHub and a server would be: over sockets, with signed
// webhooks, tokens that expire, and a queue on disk.
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reconcilerFor } from "../src/reconcile-repository.ts";
import { type RunningApp, startApp } from "../src/start-app.ts";
import { systemClock } from "../src/wake/clock.ts";
import type { Outcome } from "../src/wake/worker.ts";
import { WEBHOOK_PATH } from "../src/web/deliveries.ts";
import type { Logger } from "../src/web/log.ts";
import { addSteward } from "./add-steward.ts";
import type { StandIn, StandInOptions } from "./stand-in.ts";
import { startStandIn } from "./start.ts";
import type { Repository, World } from "./world/types.ts";

export type WithApp = {
  readonly standIn: StandIn;
  /** The app as it runs now. @throws while it is stopped */
  readonly app: () => RunningApp;
  readonly repository: Repository;
  /** Where the stand-in listens. */
  readonly address: string;
  /** Ends the app as SIGTERM does. Webhooks find nobody then. */
  readonly stop: () => Promise<void>;
  /** Starts the app anew on the data that it left. */
  readonly start: (options?: { readonly writeSpacingMs: number }) => Promise<void>;
  /** Ends both and leaves nothing behind. */
  readonly close: () => Promise<void>;
};

type Options = {
  /** Makes the repository that the app is installed on, with its owner and people. */
  readonly populate: (standIn: StandIn) => Promise<Repository>;
  /** Of the stand-in; 0 for any that is free. */
  readonly port: number;
  readonly log: Logger;
  /** Least time between two writes of the app; GitHub asks for 1,000. */
  readonly writeSpacingMs: number;
  /** As a stand-in takes them. */
  readonly git?: StandInOptions["git"];
  readonly limits?: World["limits"];
  readonly onOutcome?: (outcome: Outcome) => void;
};

export async function startWithApp({ populate, port, log, writeSpacingMs, git = "disk", limits = "counted", onOutcome }: Options): Promise<WithApp> {
  const dataDirectory = await mkdtemp(join(tmpdir(), "release-steward-sandbox-"));
  let running: RunningApp | null = null;
  const standIn = await startStandIn({
    clock: "real",
    git,
    limits,
    async deliver({ body }, headers) {
      if (running === null) return 0;
      const answer = await fetch(running.address + WEBHOOK_PATH, { method: "POST", body, headers });
      return answer.status;
    },
  });
  const stop = async (): Promise<void> => {
    const stopping = running;
    running = null;
    await stopping?.stop();
  };
  const closing: (() => Promise<void>)[] = [() => rm(dataDirectory, { recursive: true, force: true }), standIn.close, stop];
  const close = async (): Promise<void> => {
    for (const one of closing.splice(0).toReversed()) await one();
  };
  try {
    const address = await standIn.listen(port);
    const repository = await populate(standIn);
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const secret = randomBytes(32).toString("hex");
    const registered = addSteward(standIn, { publicKey: publicKey.export({ type: "spki", format: "pem" }).toString(), publicUrl: address, secret });
    const start: WithApp["start"] = async (spacing = { writeSpacingMs }) => {
      running = await startApp({
        environment: {
          app: { appId: registered.id, privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(), webhookSecret: secret },
          host: "127.0.0.1",
          port: 0,
          databaseUrl: null,
          dataDirectory,
          logLevel: "error",
          githubApiUrl: `${address}/api/v3`,
          publicUrl: null,
          setupToken: null,
          signing: null,
          sweepMs: 30 * 60_000,
          ...spacing,
        },
        clock: systemClock,
        log,
        reconcile: reconcilerFor({ now: systemClock.now, log, signer: null }),
        ...(onOutcome === undefined ? {} : { onOutcome }),
      });
    };
    const app = (): RunningApp => {
      if (running === null) throw new Error("the app is stopped");
      return running;
    };
    await start();
    standIn.install(registered, repository.owner.login);
    return { standIn, app, repository, address, stop, start, close };
  } catch (error) {
    await close();
    throw error;
  }
}
