// The process: reads the environment, wires the world, and starts the door and the worker, or the set-up when there is no
// app yet. Imported by none.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { setFlagsFromString } from "node:v8";
import { openSigner } from "./act/signing/open-signer.ts";
import type { TagSigner } from "./act/signing/tag-signer.ts";
import type { Problem, Result } from "./model/problem.ts";
import type { AppCredentials, Environment, Variables } from "./settings/environment.ts";
import { readEnvironment } from "./settings/environment.ts";
import { reconcilerFor } from "./reconcile-repository.ts";
import { startApp } from "./start-app.ts";
import { startSetup } from "./start-setup.ts";
import { VARIABLES } from "./settings/variables.ts";
import { systemClock } from "./wake/clock.ts";
import { createLog } from "./web/log.ts";
import { stopOnSignals } from "./web/stop.ts";

/** Variables of the process win over those that the set-up wrote. */
function variables(): Variables {
  const directory = process.env["DATA_DIRECTORY"] ?? VARIABLES.DATA_DIRECTORY.fallback;
  try {
    return { ...parseEnv(readFileSync(join(directory, ".env"), "utf8")), ...process.env };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return process.env;
    throw error;
  }
}

/** Null after telling what is wrong. */
function settings(): Environment | null {
  const result = readEnvironment(variables(), (path) => readFileSync(path, "utf8"));
  if (result.ok) return result.value;
  tell(result.problems);
  return null;
}

/** Its value is null for whoever signs nothing. */
async function signerOf({ signing }: Environment): Promise<Result<TagSigner | null>> {
  return signing === null ? { ok: true, value: null } : await openSigner(signing);
}

function tell(problems: readonly Problem[]): void {
  const lines = problems.map(({ message, hint }) => `  ${message}\n    hint: ${hint ?? ""}\n`);
  process.stderr.write(`Release Steward can't start:\n${lines.join("")}`);
}

function hasApp(environment: Environment): environment is Environment & { readonly app: AppCredentials } {
  return environment.app !== null;
}

/**
 * The app waits most of its time, and what a look leaves behind is garbage at once. Left to itself V8 collects it rarely and
 * keeps the room: 128 MB for new objects alone, however few live. Collecting more often costs 6 ms of processor time a look.
 * V8 reads this flag at each collection, so it can be set here, for every way of starting the app.
 */
function preferMemoryToSpeed(): void {
  setFlagsFromString("--optimize-for-size");
}

async function main(): Promise<void> {
  preferMemoryToSpeed();
  let running: { readonly stop: () => Promise<void> } | null = null;
  stopOnSignals(async () => running?.stop(), createLog("info"));
  for (let environment = settings(); environment !== null; environment = settings()) {
    const log = createLog(environment.logLevel);
    if (hasApp(environment)) {
      const signer = await signerOf(environment);
      if (!signer.ok) {
        tell(signer.problems);
        break;
      }
      running = await startApp({ environment, clock: systemClock, log, reconcile: reconcilerFor({ now: systemClock.now, log, signer: signer.value }) });
      return;
    }
    const setup = await startSetup({ environment, log });
    running = setup;
    await setup.registered;
    await setup.stop();
  }
  process.exitCode = 1;
}

await main();
