// What a tree holds, whoever listed it.
import type { Sha } from "../../model/snapshot.ts";

export type Kind = "blob" | "tree" | "commit";
/** `mode` as a number, as GraphQL has it: 0o100644 a file, 0o120000 a symlink, 0o160000 a submodule, 0o40000 a folder. */
export type TreeEntry = { readonly name: string; readonly kind: Kind; readonly mode: number; readonly sha: Sha };
/** By path from the root, folders included. `bytes` of a file; null for the rest. */
export type Listing = ReadonlyMap<string, TreeEntry & { readonly bytes: number | null }>;

export const SYMLINK = 0o120000;
export const EXECUTABLE = 0o100755;

/** GitHub has no object for the empty tree, of SHA-1 or of SHA-256. */
export const EMPTY_TREES: ReadonlySet<Sha> = new Set([
  "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
  "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
]);

export function kindOf(type: string): Kind {
  if (type === "blob" || type === "tree" || type === "commit") return type;
  throw new Error(`GitHub's answer: \`type\` of a tree's entry is "${type}".`);
}

/** Files that may be run, as git marks them. */
export function executablesOf(listing: Listing): Set<string> {
  const paths = new Set<string>();
  for (const [path, { mode }] of listing) if (mode === EXECUTABLE) paths.add(path);
  return paths;
}

/** What stands in each file, by its path: neither links nor submodules. Made once a listing, which most looks share. */
export function blobsOf(listing: Listing): ReadonlyMap<string, Sha> {
  const known = blobs.get(listing);
  if (known !== undefined) return known;
  const made = new Map<string, Sha>();
  for (const [path, { kind, mode, sha }] of listing) if (kind === "blob" && mode !== SYMLINK) made.set(path, sha);
  blobs.set(listing, made);
  return made;
}

const blobs = new WeakMap<Listing, ReadonlyMap<string, Sha>>();

/** Paths of files, links and submodules: a folder is no path of its own. */
export function pathsOf(listing: Listing): Set<string> {
  const paths = new Set<string>();
  for (const [path, { kind }] of listing) if (kind !== "tree") paths.add(path);
  return paths;
}
