// Which folders have to be told apart to say what a commit touches. GitHub lists no files of a commit in bulk: an
// observer there compares the entries of these folders and leaves every other folder whole.
import picomatch from "picomatch";
import type { Playbook } from "../model/playbook.ts";
import type { Wanted } from "../model/snapshot.ts";
import type { Component } from "./components.ts";

/** By path, the root first; empty when every change is the root component's and no rule looks at paths. */
export function wantedFolders({ versioning, changelog }: Playbook, components: readonly Component[]): Wanted["folders"] {
  const folders = new Map<string, boolean>();
  const tellApart = (path: string, isDeep: boolean): void => {
    folders.set(path, isDeep || (folders.get(path) ?? false));
    if (path !== ".") tellApart(parentOf(path), false);
  };
  for (const { path } of components) if (path !== ".") tellApart(parentOf(path), false);
  for (const glob of [...Object.values(versioning.minimum).flat(), ...changelog.configPaths]) {
    const { base, glob: rest } = picomatch.scan(glob);
    const folder = base === "" ? "." : base;
    // `charts/**` holds all of its folder; a file or a finer pattern has to be looked for in it.
    if (rest === "**" && folder !== ".") tellApart(parentOf(folder), false);
    else if (rest === "") tellApart(parentOf(folder), false);
    else tellApart(folder, true);
  }
  return [...folders].map(([path, isDeep]) => ({ path, isDeep })).toSorted((left, right) => (left.path < right.path ? -1 : 1));
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash === -1 ? "." : path.slice(0, slash);
}
