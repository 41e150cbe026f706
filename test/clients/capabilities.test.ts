import { expect, it } from "@jest/globals";
import { App, Octokit } from "octokit";
import { inScene, type Scene } from "../../sandbox/fixture.ts";
import { watchContract } from "../contract/watch.ts";
import { gitRows } from "./capabilities/git.ts";
import { pullRows } from "./capabilities/pulls.ts";
import { releaseRows } from "./capabilities/releases.ts";
import type { On } from "./capabilities/row.ts";
import { ABSENT, ruleRows } from "./capabilities/rules.ts";

const ROWS = [...gitRows, ...pullRows, ...releaseRows, ...ruleRows];
const PERMISSIONS = {
  contents: "write",
  pull_requests: "write",
  issues: "write",
  checks: "write",
  statuses: "write",
  actions: "write",
  workflows: "write",
} as const;

const clients = async (scene: Scene): Promise<On> => {
  const { standIn } = scene;
  const url = await standIn.listen(0);
  standIn.acceptPermissions(scene.installation, { metadata: "read", ...PERMISSIONS });
  standIn.advance(Date.now() - standIn.world.now());
  const Kit = Octokit.defaults({ baseUrl: `${url}/api/v3`, throttle: { enabled: false }, retry: { enabled: false } });
  const app = new App({ appId: scene.app.id, privateKey: scene.privateKey, webhooks: { secret: "secret" }, Octokit: Kit });
  const person = (login: string) => new Kit({ auth: standIn.tokenFor(login) });
  return { scene, app: app.octokit, bot: await app.getInstallationOctokit(scene.installation.id), kim: person("kim"), sam: person("sam"), kept: new Map() };
};

/** Each line that does not hold, with why. */
const failing = async (on: On): Promise<string[]> => {
  const failed: string[] = [];
  for (const { capability, holds, expected } of ROWS) {
    try {
      expect(await holds(on)).toEqual(expected);
    } catch (error) {
      failed.push(`${capability}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return failed;
};

it("gives an app what GitHub gives it, row by row", () =>
  inScene(async (scene) => {
    const { complaints } = watchContract(scene.standIn);
    const failed = await failing(await clients(scene));
    process.stdout.write(`capabilities: ${ROWS.length - failed.length} of ${ROWS.length}\n`);
    expect(failed).toEqual([]);
    expect(complaints()).toEqual([]);
  }));

it("answers what it has not as GitHub answers what it does not know, and counts it", () =>
  inScene(async ({ kim, standIn }) => {
    for (const { method, path } of ABSENT) expect([path, (await kim(method, path)).status]).toEqual([path, 404]);
    expect(standIn.world.unknownRoutes).toEqual(ABSENT.map(({ method, path }) => `${method} ${path}`));
  }));
