// A file that one side renamed and the other changed is merged where it is now. Folders are not followed as git follows them:
// what one side adds to a folder stays there though the other side renamed all that was in it.
import { type Change, isSameFile } from "./changes.ts";
import type { Versions } from "./merge-file.ts";
import type { MemoryObjects } from "./objects.ts";
import { findRenames } from "./renames.ts";

const EMPTY_BLOB = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";
const NOTHING: Versions = { base: null, ours: null, theirs: null };

/** What is to be merged at a path instead of what stands there, where a side renamed a file that the other one changed. */
export function followRenames(
  objects: MemoryObjects,
  versions: ReadonlyMap<string, Versions>,
  ourChanges: readonly Change[],
  theirChanges: readonly Change[],
): { readonly apart: ReadonlyMap<string, Versions>; readonly conflicts: Set<string> } {
  const [our, their] = [renamesOf(objects, ourChanges), renamesOf(objects, theirChanges)];
  const apart = new Map<string, Versions>();
  const conflicts = new Set<string>();
  for (const from of new Set([...our.keys(), ...their.keys()])) {
    const [ourTo, theirTo] = [our.get(from), their.get(from)];
    const old = versions.get(from) ?? NOTHING;
    const to = ourTo ?? theirTo ?? from;
    const now = versions.get(to) ?? NOTHING;
    if (ourTo !== undefined && theirTo !== undefined) {
      if (ourTo !== theirTo) for (const path of [from, ourTo, theirTo]) conflicts.add(path);
      apart.set(from, NOTHING).set(to, { base: old.base, ours: now.ours, theirs: now.theirs });
      continue;
    }
    const elsewhere = ourTo === undefined ? old.ours : old.theirs;
    if (isSameFile(elsewhere, old.base)) continue;
    const isTaken = (ourTo === undefined ? now.ours : now.theirs) !== null;
    if (elsewhere === null || isTaken) conflicts.add(to);
    apart
      .set(from, NOTHING)
      .set(to, ourTo === undefined ? { base: old.base, ours: elsewhere, theirs: now.theirs } : { base: old.base, ours: now.ours, theirs: elsewhere });
  }
  return { apart, conflicts };
}

/** New paths by old path. All empty files are the same: they say nothing about renames. */
function renamesOf(objects: MemoryObjects, changes: readonly Change[]): ReadonlyMap<string, string> {
  const telling = changes.filter(({ before, after }) => (before ?? after)?.sha !== EMPTY_BLOB);
  return new Map([...findRenames(objects, telling)].map(([to, from]) => [from, to]));
}
