// The files of one component's release: its version files, its changelog, and the charts that require it by `file://`.
import type { Change } from "../model/change.ts";
import type { FileEdit } from "../model/plan.ts";
import type { Playbook } from "../model/playbook.ts";
import type { Problem } from "../model/problem.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { VersionText } from "../model/version.ts";
import { writeChangelog } from "./changelog/index.ts";
import type { Component } from "./components.ts";
import { fill } from "./fill.ts";
import { updateValue } from "./files/index.ts";
import { cascade } from "./files/dependents.ts";
import { isoDate } from "./versions/index.ts";
import { isChart, pathIn } from "./wanted-files.ts";

export type ReleaseFiles = {
  readonly edits: readonly FileEdit[];
  /** The new section of the changelog; empty when it could not be written. */
  readonly section: string;
  /** Folders of charts whose requirement was raised. */
  readonly dependents: readonly string[];
  readonly problems: readonly Problem[];
  /** Why the changelog is unfinished; null when it is fine. */
  readonly unfinished: string | null;
};

type Release = {
  readonly component: Component;
  readonly version: VersionText;
  readonly tag: string;
  readonly previousTag: string | null;
  readonly changes: readonly Change[];
};

/** Edits are whole texts: what stood there and what will. A file that already says so is not among them. */
export function releaseFiles(release: Release, playbook: Playbook, snapshot: Snapshot): ReleaseFiles {
  const desk = editor(snapshot);
  const problems = [...writeVersions(release, playbook, desk)];
  const { section, unfinished, problems: complaints } = writeSection(release, playbook, snapshot, desk);
  const raised = release.component.dependents === "cascade" ? raiseDependents(release, snapshot, desk) : { folders: [], problems: [] };
  return { edits: desk.edits(), section, dependents: raised.folders, problems: [...problems, ...complaints, ...raised.problems], unfinished };
}

/** Texts as this release has left them so far, so that two edits of one file come together. */
type Editor = { readonly read: (path: string) => string | null; readonly write: (path: string, text: string) => void; readonly edits: () => FileEdit[] };

function editor(snapshot: Snapshot): Editor {
  const written = new Map<string, string>();
  const original = (path: string): string | null => {
    const state = snapshot.files.get(path);
    return state?.is === "text" ? state.text : null;
  };
  return {
    read: (path) => written.get(path) ?? original(path),
    write: (path, text) => void written.set(path, text),
    edits: () => [...written].map(([path, after]) => ({ path, before: original(path), after })).filter(({ before, after }) => before !== after),
  };
}

/** Files that can't be read have been reported by `claimsOf` already. */
function writeVersions({ component, version, tag }: Release, playbook: Playbook, desk: Editor): Problem[] {
  return playbook.versioning.files.flatMap(({ file, at, value }) => {
    const path = pathIn(file, component);
    const text = desk.read(path);
    if (text === null) return [];
    const updated = updateValue(text, at, fill(value, { version, tag, component: component.name, path: component.path }), path);
    if (!updated.ok) return updated.problems;
    desk.write(path, updated.value);
    return [];
  });
}

type Written = { readonly section: string; readonly unfinished: string | null; readonly problems: readonly Problem[] };

function writeSection(
  { component, version, tag, previousTag, changes }: Release,
  { changelog, versioning }: Playbook,
  snapshot: Snapshot,
  desk: Editor,
): Written {
  const path = changelog.file === null ? null : pathIn(changelog.file, component);
  const state = path === null ? undefined : snapshot.files.get(path);
  if (path !== null && state !== undefined && state.is !== "text" && state.is !== "missing") {
    const message = `expected a changelog in a text file of at most 1 MB, found a ${state.is} one`;
    return { section: "", unfinished: null, problems: [{ severity: "error", message, path, line: null, column: null, hint: "correct `changelog.file`" }] };
  }
  const written = writeChangelog({
    playbookChangelog: changelog,
    current: path === null ? null : desk.read(path),
    path,
    version,
    tag,
    previousTag,
    date: isoDate(snapshot.takenAt),
    // Where the changelog decides, people wrote all of it: what commits say is not added to their words.
    changes: versioning.source === "changelog" ? [] : changes,
    component: component.name,
    repositoryUrl: snapshot.repository.url,
  });
  if (!written.ok) return { section: "", unfinished: written.problems[0]?.message ?? null, problems: written.problems };
  if (path !== null) desk.write(path, written.value.text);
  return { section: written.value.section, unfinished: null, problems: written.value.problems };
}

function raiseDependents({ component, version }: Release, snapshot: Snapshot, desk: Editor): { folders: string[]; problems: readonly Problem[] } {
  const charts = new Map([...snapshot.files.keys()].filter((path) => isChart(path)).flatMap((path) => entry(path, desk.read(path))));
  const { edits, problems } = cascade(charts, new Map([[component.path, version]]), snapshot.paths);
  for (const { path, after } of edits) desk.write(path, after);
  return { folders: edits.map(({ path }) => (path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".")), problems };
}

function entry(path: string, text: string | null): [string, string][] {
  return text === null ? [] : [[path, text]];
}
