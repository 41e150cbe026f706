// Which playbook rules a local plan: the file named on the command line, the repository's own at the planned commit
// (as the app would read it), or defaults detected from what the repository already shows.
import { readFile } from "node:fs/promises";
import { detectPlaybook, filesToDetect } from "../decide/detect.ts";
import type { Playbook } from "../model/playbook.ts";
import type { Problem } from "../model/problem.ts";
import { NOTHING_WANTED, type Snapshot } from "../model/snapshot.ts";
import type { Observer } from "../reconcile.ts";
import type { Terminal } from "./terminal.ts";

export const PLAYBOOK_PATHS = [".github/release-steward.yml", ".github/release-steward.yaml"];

export type Found = { readonly playbook: Playbook; readonly snapshot: Snapshot; readonly notices: readonly Problem[] };

/** Null when the playbook has problems: they have been printed, with their places. */
export async function playbookFor(observer: Observer, file: string | null, terminal: Terminal): Promise<Found | null> {
  const first = await observer.first();
  if (file !== null) return read(await readFile(file, "utf8").catch(unreadable(file)), file, first, terminal);
  const own = PLAYBOOK_PATHS.find((path) => first.paths.has(path));
  if (own === undefined) {
    const snapshot = await observer.answer(first, { ...NOTHING_WANTED, files: filesToDetect(first) });
    return { playbook: detectPlaybook(snapshot), snapshot, notices: [] };
  }
  const snapshot = await observer.answer(first, { ...NOTHING_WANTED, files: [own] });
  const state = snapshot.files.get(own);
  if (state?.is !== "text") throw new Error(`${own}: expected a text file of at most 64 KB, found ${state === undefined ? "nothing" : `a ${state.is} one`}`);
  return read(state.text, own, snapshot, terminal);
}

async function read(text: string, path: string, snapshot: Snapshot, terminal: Terminal): Promise<Found | null> {
  const { readPlaybook } = await import("../playbook/read.ts");
  const result = readPlaybook(text, path);
  if (result.ok) return { playbook: result.value.playbook, snapshot, notices: result.value.warnings };
  const { renderProblem } = await import("./problems.ts");
  terminal.progress(null);
  for (const problem of result.problems) terminal.warn(`${renderProblem(problem, text, terminal.hasColor)}\n`);
  return null;
}

function unreadable(file: string): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    throw Object.assign(new Error(`--playbook ${file}: ${error.code === "ENOENT" ? "there is no such file" : error.message}`), {
      hint: "name a YAML file, or leave --playbook out to use the repository's own",
    });
  };
}
