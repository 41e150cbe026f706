// Which files differ between two trees. Folders that are the same are not opened.
import { FOLDER, type RawEntry } from "../tree-bytes.ts";
import type { Sha } from "../types.ts";
import type { MemoryObjects } from "./objects.ts";

/** What stands at a path that is no folder. */
export type File = Pick<RawEntry, "mode" | "sha">;
/** `path`: a character a byte. At least one of the two is there. */
export type Change = { readonly path: string; readonly before: File | null; readonly after: File | null };

/** @returns the changes by path, in the order of its bytes */
export function changedFiles(objects: MemoryObjects, before: Sha, after: Sha): readonly Change[] {
  return changesIn(objects, before, after, "").sort((one, other) => (one.path < other.path ? -1 : 1));
}

export const isSameFile = (one: File | null, other: File | null): boolean => one?.sha === other?.sha && one?.mode === other?.mode;

/** What the mode says of a file's kind: a regular one, a link or a submodule; whether it may be run does not matter. */
export const kindOf = ({ mode }: File): string => mode.slice(0, 3);
export const REGULAR = "100";

function changesIn(objects: MemoryObjects, before: Sha | null, after: Sha | null, folder: string): Change[] {
  if (before === after) return [];
  const old = new Map((before === null ? [] : objects.entries(before)).map((entry) => [entry.name, entry]));
  const now = new Map((after === null ? [] : objects.entries(after)).map((entry) => [entry.name, entry]));
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name) => {
    const [one, other] = [old.get(name) ?? null, now.get(name) ?? null];
    if (isSameFile(one, other)) return [];
    const path = folder + name;
    const [before, after] = [fileIn(one), fileIn(other)];
    const inside = changesIn(objects, folderIn(one), folderIn(other), `${path}/`);
    return before === null && after === null ? inside : [{ path, before, after }, ...inside];
  });
}

const folderIn = (entry: RawEntry | null): Sha | null => (entry?.mode === FOLDER ? entry.sha : null);
const fileIn = (entry: RawEntry | null): File | null => (entry === null || entry.mode === FOLDER ? null : { mode: entry.mode, sha: entry.sha });
