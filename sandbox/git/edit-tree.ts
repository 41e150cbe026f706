// A new tree like an old one, with some paths set or removed. Names are a character a byte, as in tree-bytes.ts.
import { EMPTY_TREE, type ObjectStore } from "./object-store.ts";
import { FOLDER, treeBytes, type RawEntry } from "./tree-bytes.ts";
import type { Sha } from "./types.ts";

/** Sets what stands at `path`; removes it where `sha` is null. */
export type TreeEdit = { readonly path: string; readonly mode: string; readonly sha: Sha | null };

type Trees = Pick<ObjectStore, "write"> & { readonly entriesOf: (sha: Sha) => Promise<readonly RawEntry[] | null> };

/**
 * Edits of the folder itself go before those inside its folders: replacing a folder and filling the new one works in one go.
 * @param base null: the empty tree
 * @throws Error when there is no tree `base`
 */
export async function editTree(trees: Trees, base: Sha | null, edits: readonly TreeEdit[]): Promise<Sha> {
  const old = base === null ? [] : await trees.entriesOf(base);
  if (old === null) throw new Error(`There is no tree ${base ?? ""}`);
  const entries = new Map(old.map((each) => [each.name, each]));
  const inside = new Map<string, TreeEdit[]>();
  for (const edit of edits) {
    const slash = edit.path.indexOf("/");
    const name = slash < 0 ? edit.path : edit.path.slice(0, slash);
    if (slash >= 0) inside.set(name, [...(inside.get(name) ?? []), { ...edit, path: edit.path.slice(slash + 1) }]);
    else if (edit.sha === null || edit.sha === EMPTY_TREE) entries.delete(name);
    else entries.set(name, { name, mode: edit.mode, sha: edit.sha });
  }
  for (const [name, folderEdits] of inside) {
    const current = entries.get(name);
    const isFolder = current?.mode === FOLDER;
    const sha = await editTree(trees, isFolder ? current.sha : null, folderEdits);
    if (sha !== EMPTY_TREE) entries.set(name, { name, mode: FOLDER, sha });
    else if (isFolder) entries.delete(name);
  }
  return trees.write("tree", treeBytes(entries.values()));
}
