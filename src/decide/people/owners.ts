// Who owns what a release touches: the owners that the playbook gives a component, else those that CODEOWNERS gives the
// touched paths in it. Each set of owners is a group, and each group has to agree. What can't be told is a group of
// nobody, which nothing satisfies.
import type { Handle, Playbook } from "../../model/playbook.ts";
import type { FileState } from "../../model/snapshot.ts";
import type { Component } from "../components.ts";
import { type CodeOwners, type PathOwners, readCodeOwners } from "./codeowners.ts";
import type { Fault } from "./handles.ts";

export type Touched = {
  readonly playbook: Playbook;
  /** Components that are released. */
  readonly components: readonly Component[];
  /** What the release touches. A path that ends with `/` stands for something below that folder. */
  readonly paths: readonly string[];
  /** Undefined: it was not asked for yet. */
  readonly files: (path: string) => FileState | undefined;
};

type Group = { readonly handles: readonly Handle[]; readonly paths: readonly string[] };

export type Ownership = {
  readonly groups: readonly Group[];
  readonly faults: readonly Fault[];
  /** False: somebody may own something of it and is not in a group. */
  readonly isKnown: boolean;
  /** Where a handle is written, for people. */
  readonly placeOf: (handle: Handle) => string;
  /** Files that have to be read before this is known. */
  readonly unread: readonly string[];
};

/** GitHub takes the first of these that exists. */
const PLACES = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"] as const;

const MAX_SHOWN = 3;

export function ownershipOf(touched: Touched): Ownership {
  const byPlaybook = new Map(touched.playbook.components.named.map(({ name, owners }) => [name, owners]));
  const inside = insideOf(touched);
  const groups = new Map<string, { handles: readonly Handle[]; paths: string[] }>();
  const add = (handles: readonly Handle[], paths: readonly string[]): void => {
    const key = [...new Set(handles.map((handle) => handle.toLowerCase()))].toSorted().join(" ");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { handles, paths: [...paths] });
    else group.paths.push(...paths);
  };
  const looked: string[] = [];
  for (const { name } of touched.components) {
    const owners = byPlaybook.get(name) ?? [];
    const paths = inside.get(name) ?? [];
    if (owners.length > 0) add(owners, paths);
    else looked.push(...paths);
  }
  const needsFile = touched.components.some(({ name }) => (byPlaybook.get(name) ?? []).length === 0);
  const found = needsFile ? findCodeOwners(touched.files) : NOT_NEEDED;
  const judged = judge(looked, found);
  for (const { owners, path } of judged.owned) add(owners, [path]);
  const faults = [...judged.faults, ...found.faults];
  return {
    groups: [...groups.values()],
    faults: groups.size === 0 && found.unread.length === 0 ? [...faults, ownerless(touched, found.path)] : faults,
    isKnown: found.unread.length === 0 && [...groups.values()].every(({ handles }) => handles.length > 0),
    placeOf: (handle) => {
      const component = touched.components.find(({ name }) => byPlaybook.get(name)?.includes(handle) === true);
      return component === undefined ? `\`${found.path ?? PLACES[0]}\`` : `\`owners\` of ${component.name} in the playbook`;
    },
    unread: found.unread,
  };
}

/** Each touched path under the deepest released component that holds it. */
function insideOf({ components, paths }: Touched): ReadonlyMap<string, readonly string[]> {
  const inside = new Map<string, string[]>(components.map(({ name }) => [name, []]));
  const deepestFirst = components.toSorted((left, right) => depthOf(right) - depthOf(left));
  for (const path of paths) {
    const holder = deepestFirst.find((component) => component.path === "." || path === component.path || path.startsWith(`${component.path}/`));
    // A folder around a component stands for anything in it.
    const within = holder === undefined && path.endsWith("/") ? components.filter((one) => one.path.startsWith(path)) : [];
    if (holder !== undefined) inside.get(holder.name)?.push(path);
    for (const one of within) inside.get(one.name)?.push(`${one.path}/`);
  }
  return inside;
}

function depthOf({ path }: Component): number {
  return path === "." ? 0 : path.split("/").length;
}

type Found = { readonly path: string | null; readonly rules: CodeOwners | null; readonly faults: readonly Fault[]; readonly unread: readonly string[] };

const NOT_NEEDED: Found = { path: null, rules: null, faults: [], unread: [] };

function findCodeOwners(files: Touched["files"]): Found {
  const unread: string[] = [];
  for (const path of PLACES) {
    const state = files(path);
    if (state === undefined) unread.push(path);
    else if (state.is !== "missing" && unread.length === 0) return readAt(path, state);
  }
  const faults = unread.map((path) => fault(`\`${path}\` has not been read yet`, "nothing has to be done: the app reads it next"));
  return { ...NOT_NEEDED, rules: unread.length > 0 ? null : readCodeOwners(""), faults, unread };
}

function readAt(path: string, state: FileState): Found {
  if (state.is !== "text") return { path, rules: null, faults: [unreadable(path, state)], unread: [] };
  const rules = readCodeOwners(state.text);
  const faults = rules.mistakes
    .slice(0, MAX_SHOWN)
    .map(({ line, because }) => fault(`line ${line} of \`${path}\` is left out by GitHub: ${because}`, `correct line ${line} of \`${path}\``));
  const more = rules.mistakes.length - faults.length;
  return {
    path,
    rules,
    faults: more > 0 ? [...faults, fault(`${more} more lines of \`${path}\` are left out by GitHub`, `correct \`${path}\``)] : faults,
    unread: [],
  };
}

function unreadable(path: string, state: FileState): Fault {
  if (state.is === "too-large")
    return fault(`\`${path}\` has ${state.bytes} bytes: more than the app reads, and above 3 MB GitHub does not read it either`, `shorten \`${path}\``);
  return fault(`\`${path}\` is a ${state.is} and no text`, `put a text file at \`${path}\``);
}

const fault = (because: string, next: string): Fault => ({ because, next, isEmpty: false });

type Judged = { readonly owned: readonly { readonly owners: readonly Handle[]; readonly path: string }[]; readonly faults: readonly Fault[] };

function judge(paths: readonly string[], { path: file, rules }: Found): Judged {
  if (rules === null) return { owned: paths.map((path) => ({ owners: [], path })), faults: [] };
  const known = paths.map((path) => ({ path, owners: rules.ownersOf(path) }));
  const unsure = known.flatMap(({ path, owners }) => (owners === null ? [path] : []));
  const byMail = known.flatMap(({ path, owners }) =>
    owners !== null && owners.handles.length === 0 && owners.emails.length > 0 ? [{ path, emails: owners.emails }] : [],
  );
  return {
    owned: known.flatMap(({ path, owners }) => (isOwned(owners) ? [{ owners: owners?.handles ?? [], path }] : [])),
    faults: [
      ...unsure
        .slice(0, MAX_SHOWN)
        .map((path) =>
          fault(
            `which files in ${path} changed is not known, and \`${file}\` gives them different owners`,
            "name the `owners` of the component in the playbook",
          ),
        ),
      ...byMail
        .slice(0, MAX_SHOWN)
        .map(({ path, emails }) =>
          fault(`${path} belongs to ${emails[0]}, and the app can't tell whose address that is`, `write a \`@login\` in its place in \`${file}\``),
        ),
    ],
  };
}

function isOwned(owners: PathOwners | null): boolean {
  return owners === null || owners.handles.length + owners.emails.length > 0;
}

function ownerless({ components }: Touched, file: string | null): Fault {
  const names = components.map(({ name }) => name).join(", ");
  const next = `add the path to \`${file ?? PLACES[0]}\`, or \`owners\` to ${names} in the playbook`;
  return { because: `nothing that this release touches in ${names} has an owner`, next, isEmpty: true };
}
