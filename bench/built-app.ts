// The built app in a process of its own, as `node dist/main.js` runs it, and the memory that it takes.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { LogLevel } from "../src/settings/environment.ts";
import type { VariableName } from "../src/settings/variables.ts";

/** @param output where the app's log goes: a file descriptor, or nowhere */
export function startBuilt(
  variables: Partial<Record<Exclude<VariableName, "LOG_LEVEL">, string>> & { readonly LOG_LEVEL?: LogLevel },
  output: number | "ignore" = "ignore",
): ChildProcess {
  return spawn(process.execPath, [resolve(import.meta.dirname, "../dist/main.js")], {
    stdio: ["ignore", output, "inherit"],
    env: { HOST: "127.0.0.1", PORT: "0", ...variables },
  });
}

/** Ends the app and waits for its end; harmless when it has ended. */
export async function endBuilt(app: ChildProcess, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  if (app.exitCode !== null || app.signalCode !== null) return;
  const exit = once(app, "exit");
  app.kill(signal);
  await exit;
}

/** Resident memory: now, or the most since the process began or since `forgetPeak`. */
export function megabytes({ pid }: ChildProcess, field: "VmRSS" | "VmHWM"): number {
  const found = new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${String(pid)}/status`, "utf8"))?.[1];
  if (found === undefined) throw new Error("memory is measured on Linux only");
  return Number(found) / 1024;
}

/** From here on the peak is counted anew: proc(5), clear_refs. */
export function forgetPeak({ pid }: ChildProcess): void {
  writeFileSync(`/proc/${String(pid)}/clear_refs`, "5");
}
