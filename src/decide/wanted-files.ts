// Names under which things are asked for, and which files a component's release reads and may write.
import type { Playbook } from "../model/playbook.ts";
import type { Component } from "./components.ts";
import { fill } from "./fill.ts";

/** Range key of the release train; no component can be called so. */
export const TRAIN = "(train)";

/** Where an earlier release tool kept the versions: read to report that it no longer agrees, never believed. */
export const MANIFEST = ".release-please-manifest.json";

/** Its version files and its changelog. */
export function filesOf({ versioning, changelog }: Playbook, component: Component): string[] {
  const templates = versioning.files.map(({ file }) => file);
  if (changelog.file !== null) templates.push(changelog.file);
  return templates.map((template) => pathIn(template, component));
}

/** The text that the notes of a release start from: at the merged commit, and at the head for whoever wants to see it before. */
export function notesFiles({ release }: Playbook): readonly string[] {
  return release.notes.template === null ? [] : [release.notes.template];
}

/** `{path}/Chart.yaml` of the root component is `Chart.yaml`, not `./Chart.yaml`. */
export function pathIn(template: string, { name, path }: Component): string {
  const filled = fill(template, { component: name, path });
  return filled.startsWith("./") ? filled.slice(2) : filled;
}

export function isChart(path: string): boolean {
  return path === "Chart.yaml" || path.endsWith("/Chart.yaml");
}
