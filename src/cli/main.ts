#!/usr/bin/env node
// The command line's entry: finds the command, gives it a terminal, sets the exit code. Commands are loaded when
// they are named, so that `plan` does not pay for what `check` needs.
import { enableCompileCache } from "node:module";
import { setFlagsFromString } from "node:v8";
import type { ExitCode, Terminal } from "./terminal.ts";

enableCompileCache();
// Reading a long history leaves much short-lived garbage. Collecting it a little sooner takes 200 MB instead of 350 for
// 26,000 commits, and about a tenth of a second. Both are limits that the collector looks up each time.
setFlagsFromString("--semi-space-growth-factor=1");
setFlagsFromString("--heap-growing-percent=40");

type Command = { readonly summary: string; readonly load: () => Promise<(words: readonly string[], terminal: Terminal) => Promise<ExitCode>> };

const COMMANDS: Readonly<Record<string, Command>> = {
  plan: { summary: "what the next release of each component would be, and why", load: async () => (await import("./plan.ts")).plan },
  explain: { summary: "why a release does not move, and what would move it", load: async () => (await import("./explain.ts")).explain },
  replay: { summary: "the same question at every release that was ever made", load: async () => (await import("./replay.ts")).replay },
  check: { summary: "whether a playbook is right, with the place of every problem", load: async () => (await import("./check.ts")).check },
  schema: { summary: "the playbook's JSON Schema, for editors", load: async () => (await import("./schema.ts")).schema },
};

const USAGE = `release-steward <command> [options]

${Object.entries(COMMANDS)
  .map(([name, { summary }]) => `  ${name.padEnd(8)}${summary}`)
  .join("\n")}

release-steward <command> --help tells a command's options.
`;

async function main(words: readonly string[]): Promise<ExitCode> {
  const { terminal, rest } = terminalFor(words);
  const [name, ...after] = rest;
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    terminal.write(USAGE);
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    terminal.warn(`release-steward: there is no command \`${name}\`\n\n${USAGE}`);
    return 2;
  }
  const run = await command.load();
  return run(after, terminal);
}

/** Colour and progress are for people at a terminal: a pipe, `NO_COLOR` and `--no-color` get plain text. */
function terminalFor(words: readonly string[]): { terminal: Terminal; rest: string[] } {
  const rest = words.filter((word) => word !== "--no-color");
  const { NO_COLOR: refused, TERM: kind } = process.env;
  const isColorRefused = rest.length < words.length || (refused !== undefined && refused !== "") || kind === "dumb";
  const hasProgress = process.stderr.isTTY && kind !== "dumb";
  const terminal: Terminal = {
    write: (text) => void process.stdout.write(text),
    warn: (text) => void process.stderr.write(text),
    hasColor: process.stdout.isTTY && !isColorRefused,
    progress: (line) => {
      if (hasProgress) process.stderr.write(line === null ? "\r\u001B[K" : `\r\u001B[K${line.slice(0, Math.max(20, (process.stderr.columns || 80) - 1))}`);
    },
  };
  return { terminal, rest };
}

/** What happened, where, and what to do: a stack is for the developers and comes with `DEBUG=release-steward`. */
function report(error: unknown): ExitCode {
  const { DEBUG: debug } = process.env;
  const text = error instanceof Error ? (debug === "release-steward" ? (error.stack ?? error.message) : error.message) : String(error);
  const hint = error instanceof Error && "hint" in error && typeof error.hint === "string" ? `\n  hint: ${error.hint}` : "";
  process.stderr.write(`release-steward: ${text}${hint}\n`);
  return error instanceof Error && "code" in error && typeof error.code === "string" && error.code.startsWith("ERR_PARSE_ARGS") ? 2 : 1;
}

// A reader that has seen enough (`| head`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

process.exitCode = await main(process.argv.slice(2)).catch(report);
