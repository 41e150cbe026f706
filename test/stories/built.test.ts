// What people install is the built command: it has to run where there is nothing of ours but itself.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { privateKey, secret } from "../fixtures/door.ts";
import { freePort, startPostgres } from "../fixtures/postgres.ts";
import { until } from "../fixtures/until.ts";
import { scratchPath, scratchRepository } from "../fixtures/repository.ts";

const root = new URL("../../", import.meta.url).pathname;
let built = "";

beforeAll(() => {
  built = scratchPath();
  mkdirSync(built);
  // Node takes a file below a folder without a package.json for CommonJS unless this says otherwise.
  writeFileSync(join(built, "package.json"), '{"type":"module"}');
  execFileSync(process.execPath, [join(root, "scripts/build.ts"), join(built, "dist")], { stdio: "pipe" });
});

function command(...words: string[]): { exit: number | null; out: string; complaints: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(built, "dist/cli/main.js"), ...words], { cwd: built, encoding: "utf8" });
  return { exit: status, out: stdout, complaints: stderr };
}

test("plan, check, schema and replay run from the build alone", () => {
  const repository = scratchRepository();
  repository.commit("feat: begin", { "Chart.yaml": "name: harbour\nversion: 1.2.0\n" });
  repository.tag("v1.2.0");
  repository.commit("fix: close the door", { "door.txt": "closed\n" });
  writeFileSync(join(built, "playbook.yml"), "schema: 1\ncomponents: { harbour: { path: . } }\nversioning: { files: [{ file: Chart.yaml, yaml: version }] }\n");

  expect(command("plan", "--repo", repository.directory, "--playbook", "playbook.yml")).toMatchObject({
    exit: 0,
    out: expect.stringContaining("1.2.0 → 1.2.1"),
  });
  expect(command("replay", "--repo", repository.directory)).toMatchObject({ exit: 0, out: expect.stringContaining("1 release, 1 of them the first") });
  expect(command("check", "playbook.yml")).toMatchObject({ exit: 0, out: expect.stringContaining("harbour") });
  expect(command("schema").out).toMatch(/^\{\n/);
});

test("what goes wrong is told in words, with a way out, and without a stack", () => {
  expect(command("plam")).toMatchObject({ exit: 2, out: "", complaints: expect.stringContaining("there is no command `plam`") });
  expect(command("plan", "--frobnicate")).toMatchObject({ exit: 2, out: "", complaints: expect.stringContaining("--frobnicate") });
  const nowhere = command("plan", "--repo", built);
  expect(nowhere).toMatchObject({ exit: 1, out: "" });
  expect(nowhere.complaints).toMatch(/not a git repository/i);
  expect(nowhere.complaints).not.toMatch(/^\s+at /m);
});

// One character beyond Latin-1 and the running app keeps two bytes for each of three million. esbuild spells such
// characters as escapes in texts, but not in regular expressions.
test("the built app takes one byte a character", () => {
  const beyond = [...readFileSync(join(built, "dist/main.js"), "utf8").matchAll(/.{0,40}[^\0-\xFF].{0,40}/g)].map(([around]) => around);
  expect(beyond).toEqual([]);
});

test("the built app keeps its queue in PostgreSQL with nothing beside it", async () => {
  const postgres = await startPostgres();
  const port = await freePort();
  const variables = { APP_ID: "77", PRIVATE_KEY: privateKey, WEBHOOK_SECRET: secret, PORT: String(port), DATABASE_URL: postgres.url };
  const app = spawn(process.execPath, [join(built, "dist/main.js")], {
    cwd: built,
    env: { PATH: process.env["PATH"], GITHUB_API_URL: "http://127.0.0.1:1", ...variables },
    stdio: "ignore",
  });
  const exit = once(app, "exit");
  try {
    await until(
      () =>
        fetch(`http://127.0.0.1:${port}/readyz`).then(
          ({ ok }) => ok,
          () => false,
        ),
      "the built app to be ready",
    );
    expect(await postgres.query("SELECT count(*)::int AS keys FROM release_steward_wake")).toEqual([{ keys: 0 }]);
    expect(existsSync(join(built, "data"))).toBe(false);
  } finally {
    app.kill("SIGTERM");
    expect(await exit).toEqual([0, null]);
    await postgres.close();
  }
});
