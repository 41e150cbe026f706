// What a decision still has to know, so that observers answer questions and never choose.
import type { Playbook } from "../model/playbook.ts";
import { NOTHING_HOSTED_WANTED, NOTHING_WANTED, type Snapshot, type Wanted } from "../model/snapshot.ts";
import { type Component, componentsOf } from "./components.ts";
import { wantedOfHost, wantedOfTree } from "./lines/wanted.ts";
import { templatePaths } from "./rollout/announcements/index.ts";
import { tagsOf } from "./tags-of.ts";
import { wantedOf } from "./wants.ts";
import { filesOf, isChart, MANIFEST, notesFiles, TRAIN } from "./wanted-files.ts";
import { wantedFolders } from "./wanted-folders.ts";
import { automationFiles, contextFolders, foldersTogether } from "./workflows/index.ts";

/**
 * Empty lists when nothing more is needed. Asks in several rounds where one answer raises the next question: manifests
 * name components, commits name pull requests, and the version names the branch.
 */
export function wanted(playbook: Playbook, snapshot: Snapshot): Wanted {
  const { components, unread } = componentsOf(playbook, snapshot);
  if (unread.length > 0) return { ...NOTHING_WANTED, files: unread };
  const present = components.filter(({ isPresent }) => isPresent);
  const files = new Set(present.flatMap((component) => filesOf(playbook, component)));
  for (const path of [...notesFiles(playbook), ...templatePaths(playbook.communications)]) files.add(path);
  if (snapshot.paths.has(MANIFEST)) files.add(MANIFEST);
  if (components.some(({ dependents }) => dependents === "cascade")) for (const path of snapshot.paths) if (isChart(path)) files.add(path);
  for (const path of automationFiles(snapshot.paths)) files.add(path);
  const missing = [...files].filter((path) => !snapshot.files.has(path));
  const ranges = rangesOf(playbook, snapshot, components, present);
  if (missing.length > 0 || ranges.length > 0)
    return {
      files: missing,
      ranges,
      folders: foldersTogether(wantedFolders(playbook, components), contextFolders(snapshot.paths)),
      hosted: guessOf(ranges, snapshot),
    };
  const { hosted } = snapshot;
  const repository = { components, tags: tagsOf(playbook, snapshot, components), playbook, snapshot };
  const more = wantedOf(hosted === null ? wantedOfTree(repository) : wantedOfHost(repository, hosted));
  return more.ranges.length === 0 ? more : { ...more, folders: wantedFolders(playbook, components) };
}

/**
 * The newest tag of a line is nearly always its previous release: what it led to is asked for in the same breath, and so
 * are the pull requests of people, which every decision looks at.
 */
function guessOf(ranges: Wanted["ranges"], { hosted }: Snapshot): Wanted["hosted"] {
  if (hosted === null) return null;
  const tags = ranges
    .filter(({ key }) => key !== TRAIN)
    .flatMap(({ newestFirst: [newest] }) => (newest === undefined || hosted.tagged.has(newest.name) ? [] : [newest.name]));
  const contributions = hosted.contributions === null;
  if (tags.length === 0 && !contributions) return null;
  return { ...NOTHING_HOSTED_WANTED, tags: [...new Set(tags)].map((name) => ({ name, at: null })), contributions };
}

/** Tags are sorted out only while the commits of a line are still missing. */
function rangesOf(playbook: Playbook, snapshot: Snapshot, components: readonly Component[], present: readonly Component[]): Wanted["ranges"] {
  const keys = present.map(({ name }) => name);
  if (playbook.release.train !== null) keys.push(TRAIN);
  const missing = keys.filter((key) => !snapshot.ranges.has(key));
  if (missing.length === 0) return [];
  const { releases, trains } = tagsOf(playbook, snapshot, components);
  return missing.map((key) => ({ key, newestFirst: (key === TRAIN ? trains : (releases.get(key) ?? [])).map(({ tag }) => tag) }));
}
