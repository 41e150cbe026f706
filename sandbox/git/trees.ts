// Reads and edits trees: whole folders, one path, or a new tree like an old one.
import type { ObjectReader } from "./read-objects.ts";
import { remembered } from "./remember.ts";
import { bytesOf, FOLDER, readTree, textOf, treeBytes, typeOfMode, type RawEntry } from "./tree-bytes.ts";
import type { GitRepository, Sha, TreeEntry } from "./types.ts";
import { writeObject } from "./write-object.ts";

/** Git knows it even where it was never stored. */
export const EMPTY_TREE: Sha = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

type Edit = { readonly path: string; readonly mode: string; readonly sha: Sha | null };

export function openTrees(directory: string, objects: ObjectReader): Pick<GitRepository, "tree" | "entry" | "writeTree"> {
  const entriesOf = remembered(async (sha: Sha): Promise<readonly RawEntry[] | null> => {
    if (sha === EMPTY_TREE) return [];
    const object = await objects.contents(`${sha}^{tree}`);
    return object === null ? null : readTree(object.body);
  });
  const sizeOf = remembered(async (sha: Sha) => (await objects.summary(sha))?.size ?? null, 100_000);

  async function described(entry: RawEntry, path: string): Promise<TreeEntry> {
    const type = typeOfMode(entry.mode);
    return { path, mode: entry.mode, type, sha: entry.sha, size: type === "blob" ? await sizeOf(entry.sha) : null };
  }

  async function tree(sha: Sha, recursive = false, folder = ""): Promise<readonly TreeEntry[] | null> {
    const entries = await entriesOf(sha);
    if (entries === null) return null;
    const listed = entries.map(async (entry) => {
      const path = folder + textOf(entry.name);
      const inside = recursive && entry.mode === FOLDER ? await tree(entry.sha, true, `${path}/`) : null;
      return [await described(entry, path), ...(inside ?? [])];
    });
    return (await Promise.all(listed)).flat();
  }

  async function entry(revision: Sha, path: string): Promise<TreeEntry | null> {
    const root = await objects.summary(`${revision}^{tree}`);
    if (root === null) return null;
    let found: RawEntry = { name: "", mode: FOLDER, sha: root.sha };
    for (const name of path === "" ? [] : bytesOf(path).split("/")) {
      const next = found.mode === FOLDER ? (await entriesOf(found.sha))?.find((candidate) => candidate.name === name) : undefined;
      if (next === undefined) return null;
      found = next;
    }
    return described(found, path);
  }

  /** Edits of the folder itself go before those inside its folders: replacing a folder and filling the new one works in one go. */
  async function edited(base: Sha | null, edits: readonly Edit[]): Promise<Sha> {
    const old = base === null ? [] : await entriesOf(base);
    if (old === null) throw new Error(`There is no tree ${base ?? ""}`);
    const entries = new Map(old.map((each) => [each.name, each]));
    const inside = new Map<string, Edit[]>();
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
      const sha = await edited(isFolder ? current.sha : null, folderEdits);
      if (sha !== EMPTY_TREE) entries.set(name, { name, mode: FOLDER, sha });
      else if (isFolder) entries.delete(name);
    }
    return writeObject(directory, "tree", treeBytes(entries.values()));
  }

  return {
    tree: (sha, recursive) => tree(sha, recursive),
    entry,
    async writeTree(base, edits) {
      for (const edit of edits) assertPath(edit.path);
      return edited(
        base,
        edits.map((edit) => ({ ...edit, path: bytesOf(edit.path) })),
      );
    },
  };
}

/** What git refuses to check out, it may not store. @throws Error */
function assertPath(path: string): void {
  const isMalformed = path.split("/").some((name) => name === "" || name === "." || name === ".." || name.toLowerCase() === ".git");
  if (isMalformed || path.includes("\0")) throw new Error(`The path ${JSON.stringify(path)} has a malformed component`);
}
