// `release-steward check`: whether a playbook is right. Everything that is wrong with it at once, each with its place.
import { open } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { Playbook } from "../model/playbook.ts";
import type { Problem } from "../model/problem.ts";
import { readPlaybook } from "../playbook/read.ts";
import { PLAYBOOK_PATHS } from "./playbook-for.ts";
import { renderProblem } from "./problems.ts";
import type { ExitCode, Terminal } from "./terminal.ts";

const USAGE = `release-steward check [FILE]

Whether a playbook is right: every problem with its file, line and column, what was expected, and what to do.

  FILE          the playbook (default: ${PLAYBOOK_PATHS.join(", then ")})
  --no-color    plain text on a terminal, too

Exit code: 0 fine, 1 problems, 2 wrong usage or a file that can't be read.
`;

export async function check(argumentsAfterCommand: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...argumentsAfterCommand],
    allowPositionals: true,
    options: { help: { type: "boolean", short: "h", default: false } },
  });
  if (values.help) {
    terminal.write(USAGE);
    return 0;
  }
  if (positionals.length > 1) {
    terminal.warn(`release-steward check: expected one file, found ${String(positionals.length)}\n\n${USAGE}`);
    return 2;
  }
  const found = await firstReadable(positionals.length === 1 ? positionals : PLAYBOOK_PATHS);
  if ("cause" in found) {
    terminal.warn(`release-steward check: ${found.cause}\n`);
    return 2;
  }
  const result = readPlaybook(found.text, found.path);
  const problems = result.ok ? result.value.warnings : result.problems;
  terminal.write(problems.map((problem) => `${renderProblem(problem, found.text, terminal.hasColor)}\n`).join("\n"));
  terminal.write(`${problems.length > 0 ? "\n" : ""}${result.ok ? summary(found.path, result.value.playbook) : verdict(found.path, problems)}`);
  return result.ok ? 0 : 1;
}

type Found = { readonly path: string; readonly text: string } | { readonly cause: string };

async function firstReadable(paths: readonly string[]): Promise<Found> {
  for (const path of paths) {
    const found = await read(path);
    if (found !== null) return found;
  }
  const [first] = paths;
  const hint = paths.length > 1 ? "name a file, or run it in the folder that holds .github" : "check the spelling";
  return { cause: `there is no ${first ?? "playbook"}\n  hint: ${hint}` };
}

/** More is refused by the reader; it only has to see that there is more. */
const BYTES_READ_MAX = 65_536 + 4;

/** Null when there is no such file. */
async function read(path: string): Promise<Found | null> {
  try {
    await using file = await open(path);
    const { buffer, bytesRead } = await file.read({ buffer: new Uint8Array(BYTES_READ_MAX) });
    const text = new TextDecoder("utf-8", { fatal: bytesRead < BYTES_READ_MAX, ignoreBOM: true }).decode(buffer.subarray(0, bytesRead));
    return { path, text };
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT") return null;
    if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") return { cause: `${path} is no text in UTF-8` };
    return { cause: `${path} can't be read: ${code === "EISDIR" ? "it is a folder" : String(error)}` };
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : null;
}

function verdict(path: string, problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  return `✗ refused: ${path} has ${errors === 1 ? "one problem" : `${String(errors)} problems`}\n`;
}

function summary(path: string, playbook: Playbook): string {
  const { components, versioning, changelog, release, gates, environments, notActedOn } = playbook;
  const { named, discover } = components;
  const rows: readonly (readonly [string, string])[] = [
    ["components", [...named.map(({ name }) => name), ...(discover === null ? [] : [`found by ${discover.glob}`])].join(", ")],
    [
      "versions",
      `${versioning.scheme === "semver" ? "SemVer" : `CalVer ${versioning.calver}`} from ${versioning.source.replace("-", " ")}; without a signal: ${versioning.noSignal}`,
    ],
    ["files", versioning.files.map(({ file, at }) => `${file} (${at.by === "regex" ? at.pattern : at.by === "marker" ? at.word : at.path})`).join(", ")],
    ["changelog", changelog.file === null ? "" : `${changelog.file} (${changelog.style})`],
    ["tags", release.tag.name],
    ["gates", Object.keys(gates).join(", ")],
    ["environments", environments.map(({ name }) => name).join(" → ")],
  ];
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  const table = rows.filter(([, text]) => text !== "").map(([name, text]) => `  ${name.padEnd(width)}${text}\n`);
  const later = notActedOn.length === 0 ? "" : `\nunderstood, not acted on yet: ${notActedOn.join(", ")}\n`;
  return `✓ fine: ${path}\n\n${table.join("")}${later}`;
}
