// What a decision still has to know, so that observers answer questions and never choose.
import type { Playbook } from "../model/playbook.ts";
import type { Snapshot, Wanted } from "../model/snapshot.ts";
import { type Component, componentsOf } from "./components.ts";
import { fill } from "./fill.ts";
import { classifyTags } from "./versions/index.ts";

/** Range key of the release train; no component can be called so. */
export const TRAIN = "(train)";

/** Where an earlier release tool kept the versions: read to report that it no longer agrees, never believed. */
export const MANIFEST = ".release-please-manifest.json";

/** Empty lists when nothing more is needed. Asks in two rounds when manifests have to name the components first. */
export function wanted(playbook: Playbook, snapshot: Snapshot): Wanted {
  const { components, unread } = componentsOf(playbook, snapshot);
  if (unread.length > 0) return { files: unread, ranges: [] };
  const present = components.filter(({ isPresent }) => isPresent);
  const files = new Set(present.flatMap((component) => filesOf(playbook, component)));
  if (snapshot.paths.has(MANIFEST)) files.add(MANIFEST);
  if (components.some(({ dependents }) => dependents === "cascade")) for (const path of snapshot.paths) if (isChart(path)) files.add(path);
  return { files: [...files].filter((path) => !snapshot.files.has(path)), ranges: rangesOf(playbook, snapshot, components, present) };
}

/** Tags are sorted out only while the commits of a line are still missing. */
function rangesOf(playbook: Playbook, snapshot: Snapshot, components: readonly Component[], present: readonly Component[]): Wanted["ranges"] {
  const keys = present.map(({ name }) => name);
  if (playbook.release.train !== null) keys.push(TRAIN);
  const missing = keys.filter((key) => !snapshot.ranges.has(key));
  if (missing.length === 0) return [];
  const { releases, trains } = classifyTags(snapshot.tags, {
    components: components.map(({ name }) => name),
    release: playbook.release,
    versioning: playbook.versioning,
  });
  return missing.map((key) => ({ key, newestFirst: (key === TRAIN ? trains : (releases.get(key) ?? [])).map(({ tag }) => tag) }));
}

/** Files that a component's release reads and may write, changelog included. */
function filesOf({ versioning, changelog }: Playbook, component: Component): string[] {
  const templates = versioning.files.map(({ file }) => file);
  if (changelog.file !== null) templates.push(changelog.file);
  return templates.map((template) => pathIn(template, component));
}

/** `{path}/Chart.yaml` of the root component is `Chart.yaml`, not `./Chart.yaml`. */
export function pathIn(template: string, { name, path }: Component): string {
  const filled = fill(template, { component: name, path });
  return filled.startsWith("./") ? filled.slice(2) : filled;
}

export function isChart(path: string): boolean {
  return path === "Chart.yaml" || path.endsWith("/Chart.yaml");
}
