// Folders of commits, by the names of their trees: what a tree holds never changes, so each is read once.
import { Transient } from "../../model/errors.ts";
import type { Sha } from "../../model/snapshot.ts";
import { type Fields, fieldsAt, fieldsOrNullAt, listAt, numberAt, textAt } from "./fields.ts";
import { EMPTY_TREES, type Listing, type TreeEntry, kindOf } from "./listing.ts";
import type { Asking } from "./moment.ts";
import { type Openings, parentOf } from "./openings.ts";
import type { Binding, Question } from "./question.ts";

/** What a folder's entries are worth in a document. */
const WEIGHT = 1500;
const NOTHING_LISTED: Listing = new Map();
const ENTRIES = "entries { name oid mode type }";

/** Selection on a commit that brings its root tree and every opened folder along; read by `keepTrees`. */
export function treesSelection({ folders }: Openings, bind: Binding): string {
  const inner = folders
    .filter((folder) => folder !== ".")
    .map((folder, index) => `f${index}: file(path: ${bind("String!", folder)}) { oid object { __typename ... on Tree { ${ENTRIES} } } }`);
  return ["tree { oid", ...(folders.length > 0 ? [ENTRIES] : []), "}", ...inner].join(" ");
}

export function keepTrees({ kept }: Pick<Asking, "kept">, commit: Fields): void {
  const root = fieldsAt(commit, "tree");
  const sha = textAt(root, "oid");
  kept.roots.set(textAt(commit, "oid"), sha);
  if ("entries" in root) kept.trees.set(sha, entriesAt(root));
  for (let index = 0; `f${index}` in commit; index += 1) {
    const file = fieldsOrNullAt(commit, `f${index}`);
    const folder = file === null ? null : fieldsOrNullAt(file, "object");
    if (file !== null && folder !== null && "entries" in folder) kept.trees.set(textAt(file, "oid"), entriesAt(folder));
  }
}

/** Puts the opened folders of a tree where they are looked for, if the whole tree was listed: as at the head now and at the last look. */
export function keepListed({ kept }: Pick<Asking, "kept">, root: Sha, openings: Openings): void {
  const listing = kept.listings.get(root) ?? NOTHING_LISTED;
  const folders = new Map<string, TreeEntry[]>();
  for (const [path, entry] of listing) {
    const parent = parentOf(path);
    if (!openings.isOpen(parent)) continue;
    const entries = folders.get(parent);
    if (entries === undefined) folders.set(parent, [entry]);
    else entries.push(entry);
  }
  for (const [folder, entries] of folders) {
    const sha = folder === "." ? root : listing.get(folder)?.sha;
    if (sha !== undefined) kept.trees.set(sha, entries);
  }
}

export async function entriesOf({ ask, kept }: Asking, tree: Sha): Promise<readonly TreeEntry[]> {
  const known = EMPTY_TREES.has(tree) ? [] : kept.trees.get(tree);
  if (known !== undefined) return known;
  const found = await ask(treeQuestion(tree));
  if (found === null) throw new Transient(`GitHub does not find the tree ${tree}.`);
  const entries = entriesAt(found);
  kept.trees.set(tree, entries);
  return entries;
}

export async function rootOf(asking: Asking, commit: Sha, openings: Openings): Promise<Sha> {
  const known = asking.kept.roots.get(commit);
  if (known !== undefined) return known;
  const found = await asking.ask(rootQuestion(commit, openings));
  if (found === null) throw new Transient(`GitHub does not find the commit ${commit}.`);
  keepTrees(asking, found);
  return textAt(fieldsAt(found, "tree"), "oid");
}

function entriesAt(tree: Fields): TreeEntry[] {
  return listAt(tree, "entries").map((entry) => ({
    name: textAt(entry, "name"),
    kind: kindOf(textAt(entry, "type")),
    mode: numberAt(entry, "mode"),
    sha: textAt(entry, "oid"),
  }));
}

function treeQuestion(sha: Sha): Question<Fields | null> {
  return {
    key: `tree ${sha}`,
    fields: (bind) => ({ tree: `object(oid: ${bind("GitObjectID!", sha)}) { __typename ... on Tree { ${ENTRIES} } }` }),
    fragments: [],
    weight: WEIGHT,
    read: (answer) => fieldsOrNullAt(answer, "tree"),
    again: null,
  };
}

function rootQuestion(commit: Sha, openings: Openings): Question<Fields | null> {
  return {
    key: `root ${commit} ${openings.key}`,
    fields: (bind) => ({ commit: `object(oid: ${bind("GitObjectID!", commit)}) { __typename ... on Commit { oid ${treesSelection(openings, bind)} } }` }),
    fragments: [],
    weight: WEIGHT * Math.max(1, openings.folders.length),
    read: (answer) => fieldsOrNullAt(answer, "commit"),
    again: null,
  };
}
