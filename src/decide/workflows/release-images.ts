// `release-images.json`: the images that a release rebuilds. Each build context has to be in the tree, and a context that
// has changed and that nobody listed is named, because its image would stay as it was.
import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import type { Problem } from "../../model/problem.ts";
import type { Snapshot, Wanted } from "../../model/snapshot.ts";
import type { Component } from "../components.ts";
import { positionAt, type Source, sourceOf } from "../files/spot.ts";
import { code, counted } from "../gates/phrases.ts";
import { INSTEAD_OF_TEXT } from "../gates/unread.ts";
import { parentOf } from "../parent-of.ts";

const PATHS = ["release-images.json", ".github/release-images.json"];

/** Folders that are told apart on the host cost it a look each. */
const CONTEXTS_MAX = 100;

export type ReleaseImages = {
  readonly path: string;
  /** Folders that an entry builds from, or that hold the file it builds with; null when the list can't be read. */
  readonly listed: ReadonlySet<string> | null;
};

/** The list's path, when there is one: the root comes first. */
export function imageListPath(tree: ReadonlySet<string>): string | null {
  return PATHS.find((path) => tree.has(path)) ?? null;
}

/** Folders that have to be told apart so that a changed context is seen; none without a list. */
export function contextFolders(tree: ReadonlySet<string>): Wanted["folders"] {
  const contexts = imageListPath(tree) === null ? [] : contextsIn(tree);
  if (contexts.length === 0 || contexts.length > CONTEXTS_MAX) return [];
  const folders = new Set(["."]);
  for (const context of contexts) for (let folder = parentOf(context); folder !== "."; folder = parentOf(folder)) folders.add(folder);
  return [...folders].map((path) => ({ path, isDeep: false }));
}

/** Each folder once, told apart as deeply as anybody needs. */
export function foldersTogether(some: Wanted["folders"], others: Wanted["folders"]): Wanted["folders"] {
  const folders = new Map(some.map(({ path, isDeep }) => [path, isDeep]));
  for (const { path, isDeep } of others) folders.set(path, isDeep || (folders.get(path) ?? false));
  return [...folders].map(([path, isDeep]) => ({ path, isDeep })).toSorted((left, right) => (left.path < right.path ? -1 : 1));
}

/** Null without a list. Problems are warnings. */
export function readReleaseImages({
  paths,
  files,
}: Pick<Snapshot, "paths" | "files">): { readonly images: ReleaseImages; readonly problems: readonly Problem[] } | null {
  const path = imageListPath(paths);
  if (path === null) return null;
  const state = files.get(path);
  if (state === undefined) throw new Error(`Bug: ${path} was never asked for`);
  if (state.is !== "text") return unreadable(path, `the list of images ${INSTEAD_OF_TEXT[state.is]}`, null);
  const source = sourceOf(state.text, path);
  const errors: ParseError[] = [];
  const root = parseTree(state.text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined) return unreadable(path, `not valid JSON: ${printParseErrorCode(error.error)}`, positionAt(source, error.offset));
  const entries = root?.type === "object" ? childOf(root, "images") : root;
  if (entries?.type !== "array") return unreadable(path, "expected a list, or a list at `images`", root === undefined ? null : positionAt(source, root.offset));
  const folders = foldersOf(paths);
  const problems: Problem[] = [];
  const listed = new Set<string>();
  for (const entry of entries.children ?? []) {
    const context = textAt(entry, "context");
    if (context === null) problems.push(problemAt(source, entry.offset, "an image names no build `context`"));
    else if (!isAddress(context.text)) {
      const folder = folderOf(context.text);
      if (folder === null || !folders.has(folder)) problems.push(problemAt(source, context.offset, `the build context ${code(context.text)} does not exist`));
      else for (const one of [folder, ...dockerfileFolders(folder, textAt(entry, "dockerfile")?.text ?? "")]) listed.add(one);
    }
  }
  if (contextsIn(paths).length > CONTEXTS_MAX)
    problems.push(
      problemAt(source, 0, `the repository has more than ${counted(CONTEXTS_MAX, "build context")}: changed ones that are not listed here are not looked for`),
    );
  return { images: { path, listed }, problems };
}

/**
 * A warning for each folder that holds a Dockerfile, that no entry lists, and in which something has changed that this
 * release carries: what is the component's own, and what is in no component's folder.
 */
export function changedAndNotListed(
  component: Component,
  components: readonly Component[],
  { path, listed }: ReleaseImages,
  { paths, ranges }: Snapshot,
): Problem[] {
  if (listed === null) return [];
  const contexts = new Set(contextsIn(paths));
  if (contexts.size > CONTEXTS_MAX) return [];
  const others = components.filter((other) => other.path !== component.path && other.path !== ".").map((other) => `${other.path}/`);
  const touched = new Set<string>();
  for (const commit of ranges.get(component.name)?.commits ?? []) {
    for (const changed of commit.paths) {
      if (others.some((folder) => changed.startsWith(folder) && !component.path.startsWith(folder))) continue;
      const context = homeOf(changed, contexts);
      if (context !== null && !listed.has(context)) touched.add(context);
    }
  }
  return [...touched].toSorted().map((context) => ({
    severity: "warning",
    message: `${code(context === "." ? "Dockerfile" : context)} has changed, and no image of ${code(path)} is built from it`,
    path,
    line: null,
    column: null,
    hint: "list it, if its image belongs to this release",
  }));
}

/** Folders with a Dockerfile, sorted; those of tools, such as `.devcontainer`, build nothing that is released. */
function contextsIn(tree: ReadonlySet<string>): readonly string[] {
  const contexts = new Set<string>();
  for (const path of tree) {
    const name = path.slice(path.lastIndexOf("/") + 1);
    if (/^(?:Dockerfile|Containerfile)(?:\.|$)|\.(?:Dockerfile|Containerfile)$/.test(name) && !/(?:^|\/)\.[^/]*\//.test(path)) contexts.add(parentOf(path));
  }
  return [...contexts].toSorted();
}

/** The deepest context that holds the path. A path that stands for a whole folder may hold one itself: it is taken as changed. */
function homeOf(path: string, contexts: ReadonlySet<string>): string | null {
  for (let folder = path.endsWith("/") ? path.slice(0, -1) : parentOf(path); folder !== "."; folder = parentOf(folder)) if (contexts.has(folder)) return folder;
  return contexts.has(".") ? "." : null;
}

function foldersOf(tree: ReadonlySet<string>): ReadonlySet<string> {
  const folders = new Set(["."]);
  for (const path of tree) for (let folder = parentOf(path); !folders.has(folder); folder = parentOf(folder)) folders.add(folder);
  return folders;
}

/** A context that is fetched: nothing of it is in the tree. */
function isAddress(context: string): boolean {
  return /^[a-z]+:\/\/|^git@/.test(context);
}

/** Where the file may stand that an image is built with: tools count from the root or from the context. A bare name is in the context. */
function dockerfileFolders(context: string, dockerfile: string): readonly string[] {
  if (!dockerfile.includes("/")) return [];
  return [dockerfile, `${context}/${dockerfile}`].flatMap((path) => folderOf(parentOf(path)) ?? []);
}

/** From the root, without `./` and a final slash; null for a way out of the repository. */
function folderOf(context: string): string | null {
  const parts = context.split("/").filter((part) => part !== "" && part !== ".");
  if (context.startsWith("/") || parts.includes("..")) return null;
  return parts.length === 0 ? "." : parts.join("/");
}

function childOf(node: Node, key: string): Node | undefined {
  return node.children?.find(({ children }) => children?.[0]?.value === key)?.children?.[1];
}

function textAt(entry: Node, key: string): { readonly text: string; readonly offset: number } | null {
  const value = entry.type === "object" ? childOf(entry, key) : undefined;
  return value?.type === "string" ? { text: String(value.value), offset: value.offset } : null;
}

function problemAt(source: Source, offset: number, message: string): Problem {
  return { severity: "warning", message, path: source.path, ...positionAt(source, offset), hint: null };
}

function unreadable(path: string, message: string, place: { readonly line: number; readonly column: number } | null): ReturnType<typeof readReleaseImages> {
  const problem: Problem = {
    severity: "warning",
    message: `which images a release rebuilds can't be told: ${message}`,
    path,
    line: null,
    column: null,
    ...place,
    hint: null,
  };
  return { images: { path, listed: null }, problems: [problem] };
}
