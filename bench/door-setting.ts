// What the benchmarks of the door share: the built app, as production starts it, before a GitHub that takes requests and
// never answers. Every worker waits for it, so whatever arrives stays in the queue.
import type { ChildProcess } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WEBHOOK_PATH } from "../src/web/deliveries.ts";
import { endBuilt, startBuilt } from "./built-app.ts";

export type Setting = {
  readonly port: number;
  /** `http://127.0.0.1:3000/api/github/webhooks` */
  readonly url: string;
  readonly secret: string;
  /** Holds the queue. */
  readonly dataDirectory: string;
  /** Starts the app on what an earlier one left; resolves when it answers. */
  readonly start: () => Promise<ChildProcess>;
};

const HOST = "127.0.0.1";
const SECRET = "a long secret of this benchmark 4711";

/** Whatever the work does, nothing stays behind. */
export async function inSetting<Result>(work: (setting: Setting) => Promise<Result>): Promise<Result> {
  const dataDirectory = mkdtempSync(join(tmpdir(), "release-steward-bench-"));
  const log = openSync(join(dataDirectory, "log"), "a");
  const github = await listening(createServer((socket) => void socket.on("error", () => undefined).resume()));
  const port = await freePort();
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const started: ChildProcess[] = [];
  const start = async (): Promise<ChildProcess> => {
    const variables = {
      APP_ID: "77",
      PRIVATE_KEY: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      WEBHOOK_SECRET: SECRET,
      GITHUB_API_URL: `http://${HOST}:${String(portOf(github))}/api/v3`,
      DATA_DIRECTORY: dataDirectory,
      PORT: String(port),
    };
    const app = startBuilt(variables, log);
    started.push(app);
    await answering(app, port);
    return app;
  };
  try {
    return await work({ port, url: `http://${HOST}:${String(port)}${WEBHOOK_PATH}`, secret: SECRET, dataDirectory, start });
  } finally {
    for (const app of started) await endBuilt(app, "SIGKILL");
    github.close();
    closeSync(log);
    rmSync(dataDirectory, { recursive: true, force: true });
  }
}

export async function passed(ms: number): Promise<void> {
  await new Promise((resolve) => void setTimeout(resolve, ms));
}

/** Until the app answers there. */
export async function answering(app: ChildProcess, port: number): Promise<void> {
  const isUp = (): Promise<boolean> =>
    fetch(`http://${HOST}:${String(port)}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isUp())) {
    if (app.exitCode !== null) throw new Error(`the app ended with ${String(app.exitCode)} before it answered`);
    await passed(10);
  }
}

export async function freePort(): Promise<number> {
  const server = await listening(createServer());
  const port = portOf(server);
  server.close();
  return port;
}

async function listening(server: Server): Promise<Server> {
  server.listen(0, HOST);
  await once(server, "listening");
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server does not listen on a port");
  return address.port;
}
