// Which folders have to be told apart to say what a commit touches. GitHub lists no files of a commit in bulk: an
// observer there compares the entries of these folders and leaves every other folder whole.
import picomatch from "picomatch";
import type { Playbook } from "../model/playbook.ts";
import type { Wanted } from "../model/snapshot.ts";
import type { Component } from "./components.ts";
import { OWNERS } from "./people/people.ts";
import { parentOf } from "./parent-of.ts";

/** By path, the root first; empty when every change is the root component's and no rule looks at paths. */
export function wantedFolders({ versioning, changelog, gates, components: playbookComponents }: Playbook, components: readonly Component[]): Wanted["folders"] {
  const folders = new Map<string, boolean>();
  const tellApart = (path: string, isDeep: boolean): void => {
    folders.set(path, isDeep || (folders.get(path) ?? false));
    if (path !== ".") tellApart(parentOf(path), false);
  };
  for (const { path } of components) if (path !== ".") tellApart(parentOf(path), false);
  // Code owners are those of files: rules may differ anywhere below a component.
  if (asksOwners(gates)) for (const { path, name } of components) if (!hasOwnOwners(name, playbookComponents)) tellApart(path, true);
  for (const glob of [...Object.values(versioning.minimum).flat(), ...changelog.configPaths, ...globsOf(gates)]) {
    const { base, glob: rest } = picomatch.scan(glob);
    const folder = base === "" ? "." : base;
    // `charts/**` holds all of its folder; a file or a finer pattern has to be looked for in it.
    if (rest === "**" && folder !== ".") tellApart(parentOf(folder), false);
    else if (rest === "") tellApart(parentOf(folder), false);
    else tellApart(folder, true);
  }
  return [...folders].map(([path, isDeep]) => ({ path, isDeep })).toSorted((left, right) => (left.path < right.path ? -1 : 1));
}

/** Globs over what has changed; those of `forbid` are over the tree, which every observer knows. */
function globsOf(gates: Playbook["gates"]): readonly string[] {
  return Object.values(gates).flatMap((gate) => [...gate.whenPaths, ...(gate.kind === "paths_together" ? gate.options.paths : [])]);
}

function asksOwners(gates: Playbook["gates"]): boolean {
  return Object.values(gates).some((gate) => gate.by === OWNERS || (gate.kind === "approval" && gate.options.role === OWNERS));
}

function hasOwnOwners(component: string, { named }: Playbook["components"]): boolean {
  return named.some(({ name, owners }) => name === component && owners.length > 0);
}
