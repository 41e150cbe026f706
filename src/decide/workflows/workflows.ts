// The workflows of a repository at its head. What is left out, and what can't be read, is said.
import type { Problem } from "../../model/problem.ts";
import type { FileState, Snapshot } from "../../model/snapshot.ts";
import { counted } from "../gates/phrases.ts";
import { INSTEAD_OF_TEXT } from "../gates/unread.ts";
import { readWorkflow, type Triggers } from "./read-workflow.ts";

const FOLDER = ".github/workflows/";
const FILES_MAX = 100;
/** In UTF-16 units: more than any person wrote. */
const TEXT_MAX = 262_144;

export type Workflow = {
  /** Its name in the folder, `release.yml`. */
  readonly file: string;
  readonly path: string;
  /** Null: nobody can tell what starts it. */
  readonly on: Triggers | null;
};

export function workflowPath(file: string): string {
  return `${FOLDER}${file}`;
}

/** The files to read, sorted; GitHub looks into no folder below. */
export function workflowPaths(tree: ReadonlySet<string>): readonly string[] {
  return allPaths(tree).slice(0, FILES_MAX);
}

function allPaths(tree: ReadonlySet<string>): string[] {
  return [...tree].filter((path) => path.startsWith(FOLDER) && /\.ya?ml$/.test(path) && !path.includes("/", FOLDER.length)).toSorted();
}

export function readWorkflows({ paths, files }: Pick<Snapshot, "paths" | "files">): {
  readonly workflows: readonly Workflow[];
  readonly problems: readonly Problem[];
} {
  const all = allPaths(paths);
  const problems: Problem[] = all.length > FILES_MAX ? [tooMany(all.length)] : [];
  const workflows = all.map((path, index): Workflow => {
    const file = path.slice(FOLDER.length);
    if (index >= FILES_MAX) return { file, path, on: null };
    const read = readState(files.get(path), path);
    problems.push(...read.problems);
    return { file, path, on: read.on };
  });
  return { workflows, problems };
}

function readState(state: FileState | undefined, path: string): ReturnType<typeof readWorkflow> {
  if (state === undefined) throw new Error(`Bug: ${path} was never asked for`);
  if (state.is === "text" && state.text.length <= TEXT_MAX) return readWorkflow(state.text, path);
  const message = `what starts this workflow can't be told: the file ${INSTEAD_OF_TEXT[state.is === "text" ? "too-large" : state.is]}`;
  return { on: null, problems: [{ severity: "warning", message, path, line: null, column: null, hint: null }] };
}

function tooMany(count: number): Problem {
  return {
    severity: "warning",
    message: `${counted(count, "workflow")} in \`${FOLDER}\`: the first ${String(FILES_MAX)} by name are looked at, what starts the others can't be told`,
    path: null,
    line: null,
    column: null,
    hint: null,
  };
}
