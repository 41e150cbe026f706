// Which components the repository has at this head: those the playbook names and those its manifests reveal.
import picomatch from "picomatch";
import type { Dependents, Playbook } from "../model/playbook.ts";
import type { Problem } from "../model/problem.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { locateValue } from "./files/index.ts";

export type Component = {
  readonly name: string;
  /** Folder from the root, without a final slash; `.` for the whole repository. */
  readonly path: string;
  readonly dependents: Dependents;
  /** False when the folder is not in the tree at this head: it was released once and has been removed or moved. */
  readonly isPresent: boolean;
};

export type Components = {
  readonly components: readonly Component[];
  readonly problems: readonly Problem[];
  /** Manifests that must be read before the components are known. */
  readonly unread: readonly string[];
};

/** Named components first, in the playbook's order, then discovered ones by path. */
export function componentsOf(playbook: Playbook, snapshot: Snapshot): Components {
  const named = playbook.components.named.map(({ name, path, dependents }) => ({ name, path, dependents, isPresent: isPresent(path, snapshot) }));
  const discovered = discover(playbook, snapshot);
  const taken = new Map(named.map((component) => [component.path, component]));
  const names = new Map(named.map((component) => [component.name, component.path]));
  const components: Component[] = [...named];
  const problems: Problem[] = [...discovered.problems];
  for (const { component, manifest } of discovered.found) {
    if (taken.has(component.path)) continue;
    const other = names.get(component.name);
    if (other !== undefined) problems.push(sameName(component.name, manifest, other));
    else {
      names.set(component.name, component.path);
      components.push(component);
    }
  }
  return { components, problems, unread: discovered.unread };
}

type Discovered = {
  readonly found: readonly { readonly component: Component; readonly manifest: string }[];
  readonly problems: readonly Problem[];
  readonly unread: readonly string[];
};

function discover(playbook: Playbook, snapshot: Snapshot): Discovered {
  const rule = playbook.components.discover;
  if (rule === null) return { found: [], problems: [], unread: [] };
  const matches = picomatch(rule.glob, { dot: true });
  const manifests = [...snapshot.paths].filter((path) => matches(path)).toSorted();
  const found: { component: Component; manifest: string }[] = [];
  const problems: Problem[] = [];
  const unread: string[] = [];
  for (const manifest of manifests) {
    const path = folderOf(manifest);
    const name = rule.name === "directory" ? lastSegment(path, snapshot) : manifestName(manifest, rule.name.yaml, snapshot, unread, problems);
    if (name === null) continue;
    if (isUsableName(name)) found.push({ component: { name, path, dependents: rule.dependents, isPresent: true }, manifest });
    else problems.push(unusableName(name, manifest));
  }
  if (manifests.length === 0) {
    problems.push({
      severity: "error",
      message: `components.discover: no file matches \`${rule.glob}\``,
      path: playbook.path,
      line: null,
      column: null,
      hint: null,
    });
  }
  return { found, problems, unread };
}

function manifestName(manifest: string, key: string, snapshot: Snapshot, unread: string[], problems: Problem[]): string | null {
  const state = snapshot.files.get(manifest);
  if (state === undefined) {
    unread.push(manifest);
    return null;
  }
  if (state.is !== "text") {
    problems.push({
      severity: "error",
      message: `expected a YAML file that names a component, found a ${state.is} one`,
      path: manifest,
      line: null,
      column: null,
      hint: null,
    });
    return null;
  }
  const located = locateValue(state.text, { by: "yaml", path: key }, manifest);
  if (located.ok) return located.value[0]?.value ?? null;
  problems.push(...located.problems);
  return null;
}

function isPresent(path: string, snapshot: Snapshot): boolean {
  if (path === ".") return true;
  const prefix = `${path}/`;
  for (const one of snapshot.paths) if (one.startsWith(prefix)) return true;
  return false;
}

function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash === -1 ? "." : path.slice(0, slash);
}

function lastSegment(path: string, snapshot: Snapshot): string {
  if (path === ".") return snapshot.repository.name?.split("/").at(-1) ?? "root";
  return path.slice(path.lastIndexOf("/") + 1);
}

/** A component's name becomes part of tags and branches: what git allows in both, and no glob or placeholder. */
function isUsableName(name: string): boolean {
  return /^[A-Za-z0-9][\w.-]{0,98}$/.test(name) && !name.includes("..") && !name.endsWith(".") && !name.endsWith(".lock");
}

function sameName(name: string, manifest: string, other: string): Problem {
  return {
    severity: "error",
    message: `two components are called \`${name}\`: this one and the one at ${other}`,
    path: manifest,
    line: null,
    column: null,
    hint: "rename one, or list both under `components` with different names",
  };
}

function unusableName(name: string, manifest: string): Problem {
  return {
    severity: "error",
    message: `${JSON.stringify(name)} can't be part of a tag: expected letters, digits, \`.\`, \`-\` and \`_\``,
    path: manifest,
    line: null,
    column: null,
    hint: "list the component under `components` with a name of your choice",
  };
}
