import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "@jest/globals";
import { inScene, REPO } from "../../sandbox/fixture.ts";
import { watchContract } from "../contract/watch.ts";

const PROGRAM = join(import.meta.dirname, "../../bench/node_modules/release-please/build/src/bin/release-please.js");
const whereInstalled = existsSync(PROGRAM) ? describe : describe.skip;
const run = promisify(execFile);

const PACKAGE = `${JSON.stringify({ name: "app", version: "1.0.0" }, null, 2)}\n`;

whereInstalled("release-please, unchanged, which is not here without `npm ci --prefix bench`,".replace(existsSync(PROGRAM) ? / which .*,$/u : /$/u, ""), () => {
  it("opens its release pull request, updates it, releases what was merged, and proposes nothing afterwards", () =>
    inScene(async ({ standIn, push, kim }) => {
      const { complaints } = watchContract(standIn);
      await push("main", { "package.json": PACKAGE, "CHANGELOG.md": "# Changelog\n" }, "chore: begin");
      await kim("POST", `${REPO}/releases`, { tag_name: "v1.0.0" });
      await push("main", { "a.ts": "a" }, "feat: a door");
      const url = await standIn.listen(0);
      const address = ["--token", standIn.tokenFor("kim"), "--repo-url", "acme/app", "--api-url", `${url}/api/v3`, "--graphql-url", `${url}/api`];
      const releasePlease = async (command: string) => (await run(process.execPath, [PROGRAM, command, ...address, "--release-type", "node"])).stdout;
      const open = async () => (await kim("GET", `${REPO}/pulls?state=open`)).body;

      await releasePlease("release-pr");
      expect(await open()).toMatchObject([{ title: "chore(main): release 1.1.0", labels: [{ name: "autorelease: pending" }] }]);
      await push("main", { "b.ts": "b" }, "fix: its handle");
      await releasePlease("release-pr");
      const [pull] = await open();
      expect(pull.body).toContain("its handle");
      expect((await kim("PUT", `${REPO}/pulls/${pull.number}/merge`, { merge_method: "squash" })).status).toBe(200);
      await releasePlease("github-release");
      expect((await kim("GET", `${REPO}/releases/latest`)).body).toMatchObject({ tag_name: "v1.1.0", body: expect.stringContaining("a door") });
      expect((await kim("GET", `${REPO}/contents/package.json`)).status).toBe(200);
      await releasePlease("release-pr");
      expect(await open()).toEqual([]);
      expect([...standIn.world.unknownRoutes, ...standIn.world.unknownFields]).toEqual([]);
      expect(complaints()).toEqual([]);
    }));
});
