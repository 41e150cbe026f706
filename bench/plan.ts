// `npm run bench -- [REPO] [--runs N]`: what `plan` takes beside git-cliff, and how it grows. All ratios of a report
// come from one run on one machine.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Subject, peakMemory, timeInTurns } from "./measure.ts";
import { type Shape, makeRepository } from "./synthetic.ts";

const BUILT = resolve(import.meta.dirname, "../dist/cli/main.js");
const DEFAULT_SHAPE: Shape = { history: 7960, tags: 600, unreleased: 40 };
/** Targets of the product. */
const AT_LEAST_FASTER = 20;
const AT_MOST_SLOWER = 4;

const GROWTH: readonly { readonly title: string; readonly shapes: readonly Shape[] }[] = [
  { title: "the history grows, 50 commits stay unreleased", shapes: [1000, 4000, 16_000].map((history) => ({ history, tags: 60, unreleased: 50 })) },
  { title: "what is unreleased grows, 4,000 commits before it stay", shapes: [10, 100, 1000].map((unreleased) => ({ history: 4000, tags: 60, unreleased })) },
];

const scratch = mkdtempSync(join(tmpdir(), "release-steward-bench-"));
try {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { runs: { type: "string", default: "5" } } });
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs: expected a number from 1, found "${values.runs}"`);
  if (!existsSync(BUILT)) throw new Error("dist/cli/main.js is missing: npm run build");
  const { INIT_CWD: standing = process.cwd() } = process.env;
  await compare(positionals[0] === undefined ? synthetic(DEFAULT_SHAPE) : resolve(standing, positionals[0]), runs);
  for (const { title, shapes } of GROWTH) await showGrowth(title, shapes, runs);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function compare(repository: string, runs: number): Promise<void> {
  const peer = gitCliff();
  const plan = planOf(repository);
  const peers = peer === null ? [] : ["--unreleased", "--bumped-version"].map((option) => cliffOf(peer.binary, option, repository));
  const count = (...words: string[]): string =>
    execFileSync("git", ["-C", repository, ...words], { maxBuffer: 1 << 28 })
      .toString()
      .trim();
  const tags = count("tag", "--list").split("\n").filter(Boolean).length;
  console.log(`${repository}: ${Number(count("rev-list", "--count", "HEAD")).toLocaleString("en")} commits, ${tags.toLocaleString("en")} tags`);
  console.log(`median of ${runs} runs in turns, process start included, Node ${process.version}\n`);
  const [own = 0, ...others] = await timeInTurns([plan, ...peers], runs);
  const rows = [row(plan.name, own, "", await peakMemory(plan))];
  for (const [index, subject] of peers.entries()) rows.push(row(subject.name, others[index] ?? 0, ratio(own, others[index] ?? 0), await peakMemory(subject)));
  console.log(rows.join("\n"));
  const [unreleased, bumped] = others;
  if (peer === null || unreleased === undefined || bumped === undefined) {
    console.log("\ngit-cliff is not installed, so nothing is compared: npm ci --prefix bench");
    return;
  }
  console.log(`\ngit-cliff ${peer.version}`);
  console.log(
    `${(bumped / own).toFixed(1)} times as fast as --bumped-version: ${bumped / own >= AT_LEAST_FASTER ? "met" : "MISSED"} (at least ${AT_LEAST_FASTER})`,
  );
  console.log(
    `${(own / unreleased).toFixed(1)} times the time of --unreleased: ${own / unreleased <= AT_MOST_SLOWER ? "met" : "MISSED"} (at most ${AT_MOST_SLOWER})`,
  );
}

async function showGrowth(title: string, shapes: readonly Shape[], runs: number): Promise<void> {
  console.log(`\n${title}`);
  const subjects = shapes.map((shape) => planOf(synthetic(shape)));
  const times = await timeInTurns(subjects, runs);
  for (const [index, { history, unreleased }] of shapes.entries()) {
    const took = times[index] ?? 0;
    console.log(
      `${history.toLocaleString("en").padStart(8)} + ${unreleased.toLocaleString("en").padStart(5)} ${ms(took)}  ${(took / (times[0] ?? took)).toFixed(2)}×`,
    );
  }
}

function synthetic(shape: Shape): string {
  const directory = join(scratch, `${shape.history}-${shape.tags}-${shape.unreleased}`);
  if (!existsSync(directory)) makeRepository(directory, shape);
  return directory;
}

/** Exit code 1 says that it found problems in the repository. */
function planOf(repository: string): Subject {
  return {
    name: "release-steward plan",
    command: process.execPath,
    words: [BUILT, "plan", "--format", "json", "--repo", repository],
    cwd: scratch,
    answers: [0, 1],
  };
}

/** Started in an empty folder: its default configuration holds, for every repository the same. */
function cliffOf(binary: string, option: string, repository: string): Subject {
  return { name: `git-cliff ${option}`, command: binary, words: [option, "--offline", "--repository", repository], cwd: scratch, answers: [0] };
}

/** The native binary that the package's wrapper would start; null when it is not installed. */
function gitCliff(): { readonly binary: string; readonly version: string } | null {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  try {
    const file = createRequire(import.meta.url).resolve(`git-cliff-${platform}-${process.arch}/package.json`);
    const binary = join(dirname(file), "bin", process.platform === "win32" ? "git-cliff.exe" : "git-cliff");
    return { binary, version: execFileSync(binary, ["--version"]).toString().trim().replace("git-cliff ", "") };
  } catch {
    return null;
  }
}

function row(name: string, took: number, compared: string, megabytes: number | null): string {
  return `${name.padEnd(28)}${ms(took)}  ${compared.padStart(8)}  ${megabytes === null ? "" : `${megabytes.toFixed(0).padStart(5)} MB`}`.trimEnd();
}

function ms(took: number): string {
  return `${took.toFixed(0).padStart(8)} ms`;
}

function ratio(own: number, other: number): string {
  return `${(other / own).toFixed(2)}×`;
}
