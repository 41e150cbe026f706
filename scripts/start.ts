// `npm start -- plan`: the command line, on the bundled sample repository unless `--repo` names another.
// Relative folders mean where the person stands, not where npm runs.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const { INIT_CWD: standing = process.cwd() } = process.env;
const words = process.argv.slice(2);

const namesRepository = words.some((word) => word === "--repo" || word.startsWith("--repo="));
const readsRepository = words[0] === "plan" || words[0] === "replay";
const sample = readsRepository && !namesRepository && !words.includes("--help") ? loadSample() : null;
try {
  if (sample !== null) console.error(`The bundled sample repository. For your own: npm start -- ${words[0] ?? ""} --repo DIR\n`);
  const all = sample === null ? words : [...words, "--repo", sample];
  const run = spawnSync(process.execPath, [join(root, "src/cli/main.ts"), ...all], { stdio: "inherit", cwd: standing });
  process.exitCode = run.status ?? 1;
} finally {
  if (sample !== null) rmSync(sample, { recursive: true, force: true });
}

function loadSample(): string {
  const directory = mkdtempSync(join(tmpdir(), "release-steward-sample-"));
  git(["init", "--quiet", "--bare", "--initial-branch=main", directory], null);
  git(["-C", directory, "fast-import", "--quiet"], readFileSync(join(root, "examples/sample.fast-import")));
  git(["-C", directory, "remote", "add", "origin", "https://github.com/harbour/charts"], null);
  return directory;
}

function git(words: readonly string[], input: Buffer | null): void {
  const run = spawnSync("git", words, { input: input ?? "" });
  if (run.error !== undefined || run.status !== 0) throw new Error(`git ${words.join(" ")} failed: ${run.error?.message ?? run.stderr.toString()}`);
}
