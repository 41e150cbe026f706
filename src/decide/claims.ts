// What files at the head say the version of a component is: its version files, its changelog, and the manifest of an
// earlier release tool. Read to be held against the tags.
import type { Playbook } from "../model/playbook.ts";
import type { Problem } from "../model/problem.ts";
import type { FileState, Snapshot } from "../model/snapshot.ts";
import { newestVersion } from "./changelog/index.ts";
import type { Component } from "./components.ts";
import { locateValue } from "./files/index.ts";
import type { Claim } from "./versions/index.ts";
import { MANIFEST, pathIn } from "./wanted-files.ts";

export type Claims = { readonly versionFiles: readonly Claim[]; readonly others: readonly Claim[]; readonly problems: readonly Problem[] };

/** A version file that is missing or can't be read is a problem with its place; a missing changelog or manifest claims nothing. */
export function claimsOf(component: Component, playbook: Playbook, snapshot: Snapshot): Claims {
  const versionFiles: Claim[] = [];
  const problems: Problem[] = [];
  for (const { file, at, value } of playbook.versioning.files) {
    const path = pathIn(file, component);
    const state = snapshot.files.get(path);
    if (state?.is !== "text") {
      problems.push(unreadable(path, state));
      continue;
    }
    const located = locateValue(state.text, at, path);
    if (!located.ok) problems.push(...located.problems);
    else
      for (const spot of located.value)
        versionFiles.push({ by: "version-file", path, line: spot.line, column: spot.column, value: spot.value, template: value });
  }
  return { versionFiles, others: [...changelogClaim(component, playbook, snapshot), ...manifestClaim(component, snapshot)], problems };
}

function changelogClaim(component: Component, { changelog }: Playbook, snapshot: Snapshot): Claim[] {
  if (changelog.file === null) return [];
  const path = pathIn(changelog.file, component);
  const state = snapshot.files.get(path);
  const newest = state?.is === "text" ? newestVersion(state.text) : null;
  // The heading's own decoration is a matter of taste: only the number is held against the tags.
  return newest === null ? [] : [{ by: "changelog", path, line: newest.line, column: null, value: newest.version, template: "{version}" }];
}

function manifestClaim({ path: folder }: Component, snapshot: Snapshot): Claim[] {
  const state = snapshot.files.get(MANIFEST);
  if (state?.is !== "text") return [];
  const located = locateValue(state.text, { by: "json", path: JSON.stringify(folder) }, MANIFEST);
  if (!located.ok) return [];
  return located.value.map((spot) => ({ by: "manifest", path: MANIFEST, line: spot.line, column: spot.column, value: spot.value, template: "{version}" }));
}

const INSTEAD: Readonly<Record<Exclude<FileState["is"], "text">, string>> = {
  missing: "nothing",
  "too-large": "a file of more than 1 MB",
  binary: "a binary file",
  symlink: "a symbolic link",
  submodule: "a submodule",
};

function unreadable(path: string, state: FileState | undefined): Problem {
  if (state === undefined) throw new Error(`Bug: ${path} was never asked for`);
  const found = state.is === "text" ? "a text" : INSTEAD[state.is];
  return {
    severity: "error",
    message: `expected the version file that \`versioning.files\` names, found ${found}`,
    path,
    line: null,
    column: null,
    hint: state.is === "symlink" ? "name the file that it leads to" : "correct `versioning.files`, or add the file",
  };
}
