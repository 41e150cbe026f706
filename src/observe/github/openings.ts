// Which folders are looked into to tell what a commit touched. Everything below any other folder counts as that folder.
import type { Wanted } from "../../model/snapshot.ts";

export type Openings = {
  /** Folders whose entries every commit is asked for: those that are wanted and all that lead to them, `.` first. Empty when none is wanted. */
  readonly folders: readonly string[];
  readonly isOpen: (folder: string) => boolean;
  /** The same for the same question. */
  readonly key: string;
};

export function openingsOf(wanted: Wanted["folders"]): Openings {
  const folders = [...new Set(wanted.flatMap(({ path }) => [...leadingTo(path), path]))].sort();
  const shallow = new Set(folders);
  const deep = wanted.filter(({ isDeep }) => isDeep).map(({ path }) => path);
  return {
    folders,
    isOpen: (folder) => shallow.has(folder) || deep.some((path) => path === "." || folder.startsWith(`${path}/`)),
    key: JSON.stringify([folders, deep.toSorted()]),
  };
}

export function parentOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "." : path.slice(0, slash);
}

/** `.`, `helm`, `helm/applications` for `helm/applications/cavern`. */
function leadingTo(path: string): string[] {
  return path === "." ? [] : [...leadingTo(parentOf(path)), parentOf(path)];
}
