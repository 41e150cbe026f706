// What each commit touched. GitHub's GraphQL lists no files of a commit, and REST takes a request for each; but trees
// tell: where two folders have one name, nothing in them differs. So folders are compared from the root down, opening
// those that matter, and all commits together cost one request for each level that is not known yet.
import type { Commit, Sha } from "../../model/snapshot.ts";
import type { TreeEntry } from "./listing.ts";
import type { Moment } from "./moment.ts";
import type { Openings } from "./openings.ts";
import { entriesOf, keepListed, rootOf } from "./trees.ts";

/** By commit: every path that differs from the first parent, a folder that is not opened with a final `/`. Empty for merges, and when no folder is wanted. */
export async function readPaths(moment: Moment, commits: readonly Commit[], openings: Openings): Promise<ReadonlyMap<Sha, readonly string[]>> {
  if (openings.folders.length === 0 || commits.length === 0) return new Map();
  const found = await Promise.all(commits.map(async (commit) => [commit.sha, await pathsOfCommit(moment, commit, openings)] as const));
  return new Map(found);
}

async function pathsOfCommit(moment: Moment, { sha, parents }: Commit, openings: Openings): Promise<readonly string[]> {
  const [parent = null, ...others] = parents;
  if (others.length > 0) return [];
  const key = `${sha} ${openings.key}`;
  const known = moment.kept.paths.get(key);
  if (known !== undefined) return known;
  const [before, after] = await Promise.all([parent === null ? null : rootOf(moment, parent, openings), rootOf(moment, sha, openings)]);
  for (const root of [before, after]) if (root !== null) keepListed(moment, root, openings);
  // Sorted, so that a look tells the same wherever its folders came from.
  const paths = (await differing(moment, openings, { folder: ".", before, after })).toSorted((one, other) => (one < other ? -1 : 1));
  moment.kept.paths.set(key, paths);
  return paths;
}

/** `before` and `after` name trees; null where the folder is not there. */
type Pair = { readonly folder: string; readonly before: Sha | null; readonly after: Sha | null };

async function differing(moment: Moment, openings: Openings, { folder, before, after }: Pair): Promise<string[]> {
  if (before === after) return [];
  const [old, now] = await Promise.all([before, after].map(async (tree) => (tree === null ? [] : entriesOf(moment, tree))));
  const were = byName(old ?? []);
  const are = byName(now ?? []);
  const found = await Promise.all(
    [...new Set([...were.keys(), ...are.keys()])].map((name) => {
      const path = folder === "." ? name : `${folder}/${name}`;
      return differingAt(moment, openings, path, were.get(name), are.get(name));
    }),
  );
  return found.flat();
}

/** A name can have been a file and be a folder now: then both differ. */
async function differingAt(moment: Moment, openings: Openings, path: string, was: TreeEntry | undefined, is: TreeEntry | undefined): Promise<string[]> {
  if (was?.sha === is?.sha && was?.mode === is?.mode) return [];
  const file = (was !== undefined && was.kind !== "tree") || (is !== undefined && is.kind !== "tree") ? [path] : [];
  const before = was?.kind === "tree" ? was.sha : null;
  const after = is?.kind === "tree" ? is.sha : null;
  if (before === after) return file;
  const inside = openings.isOpen(path) ? await differing(moment, openings, { folder: path, before, after }) : [`${path}/`];
  return [...file, ...inside];
}

function byName(entries: readonly TreeEntry[]): ReadonlyMap<string, TreeEntry> {
  return new Map(entries.map((entry) => [entry.name, entry]));
}
