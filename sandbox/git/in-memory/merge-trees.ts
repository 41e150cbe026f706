// Two trees that come from a third, merged file by file, as git's "ort" strategy does it.
import { editTree } from "../edit-tree.ts";
import { EMPTY_TREE } from "../object-store.ts";
import { FOLDER, textOf } from "../tree-bytes.ts";
import type { Sha } from "../types.ts";
import { type Change, changedFiles, type File, isSameFile } from "./changes.ts";
import { entryAt } from "./entry-at.ts";
import { mergeFile, type Versions } from "./merge-file.ts";
import { followRenames } from "./merge-renames.ts";
import type { MemoryObjects } from "./objects.ts";

/** Trees, and what a file is called that has to step aside for a folder: `file~label`. */
export type Sides = { readonly base: Sha; readonly ours: Sha; readonly theirs: Sha; readonly labels: { readonly ours: string; readonly theirs: string } };
/** `tree` of a conflict: what stands for it in a merge base that is itself merged. */
export type MergedTree = { readonly tree: Sha; readonly conflicts: readonly string[] };

export async function mergeTrees(objects: MemoryObjects, { base, ours, theirs, labels }: Sides): Promise<MergedTree> {
  const [our, their] = [changedFiles(objects, base, ours), changedFiles(objects, base, theirs)];
  const versions = versionsOf(our, their);
  const { apart, conflicts } = followRenames(objects, versions, our, their);
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

/** Files of the outcome that stand where others need a folder. */
function inTheWay(objects: MemoryObjects, ours: Sha, outcome: ReadonlyMap<string, File | null>): ReadonlySet<string> {
  const isFile = (path: string): boolean => {
    const changed = outcome.get(path);
    if (changed !== undefined) return changed !== null;
    const standing = entryAt(objects, ours, path);
    return standing !== null && standing.mode !== FOLDER;
  };
  const found = new Set<string>();
  for (const [path, file] of outcome) {
    if (file === null) continue;
    for (let slash = path.indexOf("/"); slash >= 0; slash = path.indexOf("/", slash + 1)) if (isFile(path.slice(0, slash))) found.add(path.slice(0, slash));
    const below = entryAt(objects, ours, path)?.mode === FOLDER ? changedFiles(objects, EMPTY_TREE, ours) : [];
    if (below.some((each) => each.path.startsWith(`${path}/`) && isFile(each.path))) found.add(path);
  }
  return found;
}
