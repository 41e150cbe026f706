// Helm charts that require another chart of the same repository by `file://`: who follows whom, and what a release of
// the one has to change in the other. A requirement that the new version satisfies is left alone.
import { valid } from "semver";
import type { Problem } from "../../model/problem.ts";
import { satisfiesHelm } from "./helm-range.ts";
import { updateValue } from "./index.ts";
import type { Step } from "./path.ts";
import { type Failure, refuse, sourceOf } from "./spot.ts";
import { find, textOf } from "./tree.ts";
import { readYaml } from "./yaml-tree.ts";

/** Directories are from the repository's root, without a final slash; `.` for the root itself. */
type Directory = string;
/** Texts by path of every Chart.yaml that may depend on another. */
type Charts = ReadonlyMap<string, string>;

export type Cascade = { readonly edits: readonly { readonly path: string; readonly after: string }[]; readonly problems: readonly Problem[] };

/**
 * The charts whose requirement of a released chart has to become its new version, in order of path. `released` gives the
 * new version by directory; `repositoryPaths` is every path of the repository, to know the lock files that become stale.
 */
export function cascade(charts: Charts, released: ReadonlyMap<Directory, string>, repositoryPaths: ReadonlySet<string>): Cascade {
  const edits: { path: string; after: string }[] = [];
  const problems: Problem[] = [];
  for (const [path, before] of sorted(charts)) {
    const chart = readChart(path, before);
    problems.push(...chart.problems);
    const concerned = chart.requirements.filter(({ directory }) => released.has(directory));
    let after = before;
    for (const requirement of concerned) {
      const result = raise(path, after, requirement, released.get(requirement.directory) ?? "");
      if (result.ok) after = result.value;
      else problems.push(...result.problems);
    }
    if (after !== before) edits.push({ path, after });
    const lock = `${path.slice(0, path.lastIndexOf("/") + 1)}Chart.lock`;
    if (concerned.length > 0 && repositoryPaths.has(lock)) problems.push(staleLock(lock, directoryOf(path), concerned));
  }
  return { edits, problems };
}

/** One `dependencies[index]` whose repository is a directory of this one; `range` is null without a version. */
type Requirement = { readonly index: number; readonly directory: Directory; readonly range: string | null; readonly start: number };
type Chart = { readonly requirements: readonly Requirement[]; readonly problems: readonly Problem[] };

function readChart(path: string, text: string): Chart {
  // Most charts depend on nothing here; what can't be read and can't matter is none of this file's business.
  if (!text.includes("file:")) return { requirements: [], problems: [] };
  const source = sourceOf(text, path);
  const documents = readYaml(source);
  if (!documents.ok) return { requirements: [], problems: documents.problems };
  const [document] = documents.value;
  const list = document === undefined ? null : find(source, document.root, keyOf("dependencies"));
  if (list === null || !list.ok) return { requirements: [], problems: list === null || list.isMissing ? [] : list.problems };
  const items = list.value.end.is === "list" ? list.value.end.items() : [];
  const requirements: Requirement[] = [];
  const problems: Problem[] = [];
  for (const [index, item] of items.entries()) {
    const repository = find(source, item, keyOf("repository"));
    if (!repository.ok && !repository.isMissing) problems.push(...repository.problems);
    const directory = localDirectory(directoryOf(path), textOf(item, "repository") ?? "");
    if (directory !== null) requirements.push({ index, directory, range: textOf(item, "version"), start: item.start });
  }
  return { requirements, problems };
}

function keyOf(key: string): readonly Step[] {
  return [{ by: "key", key, upTo: key }];
}

/** Where `file://…` leads from a chart; null for any other repository and for one outside this repository. */
function localDirectory(from: Directory, repository: string): Directory | null {
  const path = /^file:\/\/(?!\/)(.*)$/.exec(repository)?.[1];
  if (path === undefined) return null;
  const parts = from === "." ? [] : from.split("/");
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join("/") || ".";
}

function raise(path: string, text: string, { index, directory, range, start }: Requirement, version: string): ReturnType<typeof updateValue> {
  const place = { by: "yaml", path: `dependencies[${index}].version` } as const;
  if (valid(version) === null)
    return refuseAt(path, text, start, `${directory} is to become ${version}, which is no SemVer version, so no chart can require it`);
  const isSatisfied = range === null || range === "" ? false : satisfiesHelm(version, range);
  if (isSatisfied === true) return { ok: true, value: text };
  if (isSatisfied === null) return refuseAt(path, text, start, `can't read the version ${JSON.stringify(range)} that is required of ${directory}`);
  return updateValue(text, place, version, path);
}

function refuseAt(path: string, text: string, start: number, message: string): Failure {
  return refuse(sourceOf(text, path), start, message, "write a range as Helm reads it, such as `^1.2.0`");
}

function staleLock(path: string, chart: Directory, concerned: readonly Requirement[]): Problem {
  const names = [...new Set(concerned.map(({ directory }) => directory))].join(", ");
  return {
    severity: "warning",
    message: `holds the old version of ${names}`,
    path,
    line: null,
    column: null,
    hint: `run \`helm dependency update ${chart}\` and commit the result`,
  };
}

function directoryOf(path: string): Directory {
  const slash = path.lastIndexOf("/");
  return slash === -1 ? "." : path.slice(0, slash);
}

function sorted(charts: Charts): readonly (readonly [path: string, text: string])[] {
  return [...charts].toSorted(([one], [other]) => (one < other ? -1 : 1));
}
