// GitHub's own command line, `gh`, as Debian packages it, beside a stand-in. It speaks TLS to every server but over a
// Unix socket, which its settings may name: a bridge carries that to the stand-in's port.
import { execFile, execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { inSceneOnDisk, type Scene } from "../../sandbox/fixture.ts";
import { watchContract } from "../contract/watch.ts";

const run = promisify(execFile);

/** Null where the machine has none. */
export const ghVersion = ((): string | null => {
  try {
    return execFileSync("gh", ["--version"], { encoding: "utf8" }).split("\n", 1)[0] ?? null;
  } catch {
    return null;
  }
})();

export type WithGh = {
  readonly scene: Scene;
  /** What it printed. @throws with what it complained of, when it ends badly */
  readonly gh: (...words: string[]) => Promise<string>;
  /** A folder with a clone of the repository, where `gh` runs. */
  readonly folder: string;
  /** What of the traffic so far breaks GitHub's contract. */
  readonly complaints: () => readonly string[];
};

const bridgeTo = async (port: number, path: string): Promise<() => Promise<void>> => {
  const server = createServer((client) => {
    const upstream = connect(port, "127.0.0.1");
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      from.pipe(to);
      from.on("error", () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(path, resolve);
  });
  return () => new Promise((resolve) => void server.close(() => resolve()));
};

/** As kim, who administrates `acme/app`. */
export const withGh = (use: (given: WithGh) => Promise<void>): Promise<void> =>
  inSceneOnDisk(async (scene) => {
    const { standIn } = scene;
    const { complaints } = watchContract(standIn);
    const url = new URL(await standIn.listen(0));
    const home = await mkdtemp(join(tmpdir(), "gh-"));
    const socket = join(home, "socket");
    const closeBridge = await bridgeTo(Number(url.port), socket);
    const token = standIn.tokenFor("kim");
    const folder = join(home, "app");
    const env = {
      PATH: process.env["PATH"] ?? "",
      HOME: home,
      GH_CONFIG_DIR: home,
      GH_HOST: url.hostname,
      GH_ENTERPRISE_TOKEN: token,
      GH_PROMPT_DISABLED: "1",
      NO_COLOR: "1",
      GIT_CONFIG_NOSYSTEM: "1",
    };
    try {
      await writeFile(join(home, "config.yml"), `http_unix_socket: ${socket}\n`);
      await run("git", ["clone", "--quiet", `http://kim:${token}@${url.host}/acme/app.git`, folder], { env });
      await use({ scene, folder, complaints, gh: async (...words) => (await run("gh", words, { env, cwd: folder })).stdout.trim() });
    } finally {
      await closeBridge();
      await rm(home, { recursive: true, force: true });
    }
  });
