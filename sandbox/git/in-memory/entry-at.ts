// What stands at a path below a tree.
import { FOLDER, type RawEntry } from "../tree-bytes.ts";
import type { Sha } from "../types.ts";
import type { MemoryObjects } from "./objects.ts";

/** @param path a character a byte */
export function entryAt({ entries }: MemoryObjects, root: Sha, path: string): RawEntry | null {
  let found: RawEntry = { name: "", mode: FOLDER, sha: root };
  for (const name of path.split("/")) {
    const next = found.mode === FOLDER ? entries(found.sha).find((entry) => entry.name === name) : undefined;
    if (next === undefined) return null;
    found = next;
  }
  return found;
}
