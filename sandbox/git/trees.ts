// Reads trees, whole folders or one path, and writes a new tree like an old one.
import { editTree } from "./edit-tree.ts";
import { EMPTY_TREE, type ObjectStore } from "./object-store.ts";
import { remembered } from "./remember.ts";
import { bytesOf, FOLDER, readTree, textOf, typeOfMode, type RawEntry } from "./tree-bytes.ts";
import type { GitRepository, Sha, TreeEntry } from "./types.ts";

export function openTrees(objects: ObjectStore): Pick<GitRepository, "tree" | "entry" | "writeTree"> {
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

  return {
    tree: (sha, recursive) => tree(sha, recursive),
    entry,
    async writeTree(base, edits) {
      for (const edit of edits) assertPath(edit.path);
      return editTree(
        { entriesOf, write: objects.write },
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
