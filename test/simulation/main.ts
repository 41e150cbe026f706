// npm run simulate -- --histories 300 --seed 1: random histories, every invariant held after every step. What breaks is cut
// short and printed as a test to keep.
import { availableParallelism } from "node:os";
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual, parseArgs, styleText } from "node:util";
import { pointsOf, SCENARIOS, tell as tellRelease } from "./crash-points.ts";
import type { History } from "./history.ts";
import { historyOf } from "./random.ts";
import { type Broken, runHistory } from "./run-history.ts";
import { asTest, brokenIn, shrunk } from "./shrink.ts";

const USAGE = `npm run simulate -- [--histories N] [--seed S] [--processes P]   N histories, numbered from S on
npm run simulate -- --only S                                      one of them, with everything that it asked of GitHub
npm run simulate -- --crash-points                                whole releases, with the app dying at each call and each commit\n`;

/** What one process tells of one history. */
type Told = {
  readonly seed: number;
  readonly broken: Broken | null;
  readonly story: string | null;
  readonly steps: number;
  readonly requests: number;
  readonly looks: number;
  readonly tags: number;
  readonly simulatedMs: number;
};

async function tell(seed: number): Promise<Told> {
  const history = historyOf(seed);
  const { broken, requests, looks, tags, simulatedMs } = await runHistory(history);
  const story = broken === null ? null : await storyOf(history, broken);
  return { seed, broken, story, steps: history.steps.length, requests, looks, tags, simulatedMs };
}

async function storyOf(history: History, broken: Broken): Promise<string> {
  const short = await shrunk(history, broken);
  return asTest(short, (await brokenIn(short)) ?? broken);
}

async function only(seed: number): Promise<void> {
  const { broken, trace } = await runHistory(historyOf(seed));
  process.stdout.write(`${trace}\n${broken === null ? "everything held" : `${broken.says}: ${broken.because}`}\n`);
  process.exitCode = broken === null ? 0 : 1;
}

/** Some histories, told to the process that asked for them. */
async function work(from: number, to: number): Promise<void> {
  for (let seed = from; seed < to; seed += 1) process.send?.(await tell(seed));
  process.disconnect();
}

/** A process ends after so many: what it remembers of them would only grow. */
const A_PROCESS = 50;

async function all(seed: number, histories: number, processes: number): Promise<void> {
  const told: Told[] = [];
  let next = seed;
  const hear = (one: Told): void => {
    told.push(one);
    if (one.broken !== null) process.stdout.write(`\n${styleText("red", `history ${String(one.seed)}`)}\n${one.story ?? ""}\n`);
    const broken = told.filter((other) => other.broken !== null).length;
    if (process.stdout.isTTY) process.stdout.write(`\r${String(told.length)} of ${String(histories)} histories, ${String(broken)} broken `);
    else if (told.length % 500 === 0) process.stdout.write(`${String(told.length)} of ${String(histories)} histories\n`);
  };
  const oneAfterAnother = async (): Promise<void> => {
    while (next < seed + histories) {
      const from = next;
      next = Math.min(from + A_PROCESS, seed + histories);
      const child = fork(fileURLToPath(import.meta.url), ["--work", `${String(from)}-${String(next)}`]);
      child.on("message", hear);
      const [code] = (await once(child, "exit")) as [number | null];
      if (code !== 0) throw new Error(`the process that ran histories ${String(from)} to ${String(next - 1)} ended with ${String(code)}`);
    }
  };
  await Promise.all(Array.from({ length: processes }, oneAfterAnother));
  process.stdout.write(summary(told, histories, seed));
  process.exitCode = told.length === histories && told.every(({ broken }) => broken === null) ? 0 : 1;
}

/** Each in a process of its own. */
async function everyScenario(): Promise<void> {
  const codes = await Promise.all(
    SCENARIOS.map(async (_, index) => {
      const child = fork(fileURLToPath(import.meta.url), ["--scenario", String(index)]);
      const [code] = (await once(child, "exit")) as [number | null];
      return code;
    }),
  );
  process.exitCode = codes.every((code) => code === 0) ? 0 : 1;
}

async function dieEverywhere(index: number): Promise<void> {
  const scenario = SCENARIOS[index];
  if (scenario === undefined) throw new Error(`there is no scenario ${String(index)}`);
  const undisturbed = await tellRelease(scenario, null);
  let asked = 0;
  const different: string[] = [];
  const points = pointsOf(undisturbed);
  for (const point of points) {
    const { outcome } = await tellRelease(scenario, point);
    if (outcome.asked > 0) asked += 1;
    if (!isDeepStrictEqual({ ...outcome, asked: 0 }, undisturbed.outcome))
      different.push(`${point.when} ${point.at} ${String(point.count)}: ${JSON.stringify(outcome)}`);
  }
  const [all, good] = [points.length, points.length - different.length].map(String);
  const line = `${good} of ${all} crash points of "${scenario.name}" end with one tag, one release and one dispatch each; ${String(asked)} asked a person`;
  process.stdout.write(`${[...different, styleText(different.length === 0 ? "green" : "red", line)].join("\n")}\n`);
  process.exitCode = different.length === 0 ? 0 : 1;
}

const YEAR_MS = 365 * 24 * 3_600_000;

function summary(told: readonly Told[], histories: number, seed: number): string {
  const sum = (of: (one: Told) => number): string => told.reduce((total, one) => total + of(one), 0).toLocaleString("en");
  const broken = told.filter((one) => one.broken !== null).map((one) => one.seed);
  const years = (told.reduce((total, one) => total + one.simulatedMs, 0) / YEAR_MS).toFixed(1);
  const held = `${String(told.length - broken.length)} of ${String(histories)} histories from seed ${String(seed)} held all 15 invariants`;
  return [
    "",
    broken.length === 0 ? styleText("green", held) : styleText("red", `${held}; broken: ${broken.join(", ")}`),
    `${sum(({ steps }) => steps)} steps, ${sum(({ looks }) => looks)} looks, ${sum(({ requests }) => requests)} requests, ${sum(({ tags }) => tags)} tags made, ${years} simulated years`,
    "",
  ].join("\n");
}

function numberOf(text: string | undefined, otherwise: number): number {
  const number = text === undefined ? otherwise : Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new Error(`expected a number from 1 on, found ${String(text)}\n${USAGE}`);
  return number;
}

const { values } = parseArgs({
  options: {
    histories: { type: "string" },
    seed: { type: "string" },
    processes: { type: "string" },
    only: { type: "string" },
    work: { type: "string" },
    "crash-points": { type: "boolean" },
    scenario: { type: "string" },
    help: { type: "boolean" },
  },
});
if (values.help === true) process.stdout.write(USAGE);
else if (values["crash-points"] === true) await everyScenario();
else if (values.scenario !== undefined) await dieEverywhere(Number(values.scenario));
else if (values.only !== undefined) await only(numberOf(values.only, 1));
else if (values.work !== undefined) {
  const [from = 1, to = 1] = values.work.split("-").map(Number);
  await work(from, to);
} else await all(numberOf(values.seed, 1), numberOf(values.histories, 300), numberOf(values.processes, availableParallelism()));
