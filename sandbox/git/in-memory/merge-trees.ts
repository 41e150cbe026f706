// Two trees that come from a third, merged file by file, renames followed. As git's "ort" strategy, but for renamed folders:
// a file that one side adds to a folder stays there though the other side renamed the folder.
import { editTree } from "../edit-tree.ts";
import { EMPTY_TREE } from "../object-store.ts";
import { FOLDER, textOf } from "../tree-bytes.ts";
import type { Sha } from "../types.ts";
import { type Change, changedFiles, type File, isSameFile } from "./changes.ts";
import { mergeFile, type Versions } from "./merge-file.ts";
import type { MemoryObjects } from "./objects.ts";
import { findRenames } from "./renames.ts";

/** Trees, and what a file is called that has to step aside for a folder: `file~label`. */
export type Sides = { readonly base: Sha; readonly ours: Sha; readonly theirs: Sha; readonly labels: { readonly ours: string; readonly theirs: string } };
/** `tree` of a conflict: what stands for it in a merge base that is itself merged. */
export type MergedTree = { readonly tree: Sha; readonly conflicts: readonly string[] };

const EMPTY_BLOB = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";

export async function mergeTrees(objects: MemoryObjects, { base, ours, theirs, labels }: Sides): Promise<MergedTree> {
  const [our, their] = [changedFiles(objects, base, ours), changedFiles(objects, base, theirs)];
  const versions = versionsOf(our, their);
  const { apart, conflicts } = followRenames(versions, renamesOf(objects, our), renamesOf(objects, their));
  const outcome = new Map<string, File | null>();
  for (const [path, each] of versions) {
    const { isClean, file } = mergeFile(objects, apart.get(path) ?? each);
    outcome.set(path, file);
    if (!isClean) conflicts.add(path);
  }
  for (const path of inTheWay(objects, ours, outcome)) conflicts.add(`${path}~${(versions.get(path)?.ours ?? null) === null ? labels.theirs : labels.ours}`);

  const edits = [...outcome].flatMap(([path, file]) =>
    isSameFile(file, versions.get(path)?.ours ?? null) ? [] : [{ path, mode: file?.mode ?? "", sha: file?.sha ?? null }],
  );
  const tree = await editTree({ entriesOf: async (sha) => objects.entries(sha), write: objects.store.write }, ours, edits);
  return { tree, conflicts: [...conflicts].sort().map(textOf) };
}

/** Of every path that a side changed. */
function versionsOf(our: readonly Change[], their: readonly Change[]): Map<string, Versions> {
  const versions = new Map(our.map(({ path, before, after }): [string, Versions] => [path, { base: before, ours: after, theirs: before }]));
  for (const { path, before, after } of their) versions.set(path, { base: before, ours: before, ...versions.get(path), theirs: after });
  return versions;
}

/** All empty files are the same: they say nothing about renames. */
function renamesOf(objects: MemoryObjects, changes: readonly Change[]): ReadonlyMap<string, string> {
  const telling = changes.filter(({ before, after }) => (before ?? after)?.sha !== EMPTY_BLOB);
  return new Map([...findRenames(objects, telling)].map(([to, from]) => [from, to]));
}

const NOTHING: Versions = { base: null, ours: null, theirs: null };

/**
 * What is to be merged at a path instead of what stands there, where a side renamed a file that the other one changed.
 * @param our new paths by old path
 */
function followRenames(
  versions: ReadonlyMap<string, Versions>,
  our: ReadonlyMap<string, string>,
  their: ReadonlyMap<string, string>,
): { readonly apart: ReadonlyMap<string, Versions>; readonly conflicts: Set<string> } {
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

/** Files of the outcome that stand where others need a folder. */
function inTheWay(objects: MemoryObjects, ours: Sha, outcome: ReadonlyMap<string, File | null>): ReadonlySet<string> {
  const isFile = (path: string): boolean => {
    const changed = outcome.get(path);
    if (changed !== undefined) return changed !== null;
    const mode = modeAt(objects, ours, path);
    return mode !== null && mode !== FOLDER;
  };
  const found = new Set<string>();
  for (const [path, file] of outcome) {
    if (file === null) continue;
    for (let slash = path.indexOf("/"); slash >= 0; slash = path.indexOf("/", slash + 1)) if (isFile(path.slice(0, slash))) found.add(path.slice(0, slash));
    const below = modeAt(objects, ours, path) === FOLDER ? changedFiles(objects, EMPTY_TREE, ours) : [];
    if (below.some((each) => each.path.startsWith(`${path}/`) && isFile(each.path))) found.add(path);
  }
  return found;
}

function modeAt({ entries }: MemoryObjects, root: Sha, path: string): string | null {
  let [mode, sha] = [FOLDER, root];
  for (const name of path.split("/")) {
    const next = mode === FOLDER ? entries(sha).find((entry) => entry.name === name) : undefined;
    if (next === undefined) return null;
    ({ mode, sha } = next);
  }
  return mode;
}
