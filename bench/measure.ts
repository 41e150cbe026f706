// Whole processes, start included: how long, and how much memory with everything they started.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

export type Subject = {
  readonly name: string;
  readonly command: string;
  readonly words: readonly string[];
  readonly cwd: string;
  /** Exit codes that are an answer. */ readonly answers: readonly number[];
};

const SAMPLE_EVERY_MS = 4;

/** Medians in milliseconds. One warm-up round, then the subjects take turns, so that all meet the same machine. */
export async function timeInTurns(subjects: readonly Subject[], runs: number): Promise<number[]> {
  const times = subjects.map((): number[] => []);
  for (let round = 0; round <= runs; round += 1) {
    for (const [index, subject] of subjects.entries()) {
      const started = performance.now();
      await run(subject, () => undefined);
      if (round > 0) times[index]?.push(performance.now() - started);
    }
  }
  return times.map(median);
}

/** Megabytes, an upper bound; null where /proc is not Linux's. */
export async function peakMemory(subject: Subject): Promise<number | null> {
  let peak = 0;
  let timer: NodeJS.Timeout | null = null;
  await run(subject, (pid) => {
    timer = setInterval(() => {
      peak = Math.max(peak, treeKilobytes(pid));
    }, SAMPLE_EVERY_MS);
  }).finally(() => {
    if (timer !== null) clearInterval(timer);
  });
  return peak === 0 ? null : peak / 1024;
}

/** A process that fails has no time: what it did not do would be compared. */
function run({ name, command, words, cwd, answers }: Subject, onStart: (pid: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, { cwd, stdio: ["ignore", "pipe", "pipe"] });
    let complaints = "";
    child.stdout.resume();
    child.stderr.on("data", (chunk: Buffer) => {
      complaints = (complaints + chunk.toString()).slice(0, 2000);
    });
    child.on("error", reject);
    child.on("close", (code) => (answers.includes(code ?? -1) ? resolve() : reject(new Error(`${name} ended with ${String(code)}: ${complaints}`))));
    if (child.pid !== undefined) onStart(child.pid);
  });
}

function treeKilobytes(pid: number): number {
  const status = procFile(`/proc/${pid}/status`);
  const own = Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0);
  const children = procFile(`/proc/${pid}/task/${pid}/children`).split(" ").filter(Boolean).map(Number);
  return children.reduce((sum, child) => sum + treeKilobytes(child), own);
}

/** Empty for a process that has ended. */
function procFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
