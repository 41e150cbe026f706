// What this process remembers between two looks, so that the next look is cheaper. Nothing in it is ever believed in
// place of GitHub: contents are kept by object name, which fixes them, and questions are only asked again sooner.
// What one repository has taught is never shown to another.
import type { Commit, FileState, Sha } from "../../model/snapshot.ts";
import type { EpochMs } from "../../model/time.ts";
import { type Bounded, bounded } from "./bounded.ts";
import type { Listing, TreeEntry } from "./listing.ts";
import type { Question } from "./question.ts";

/** All repositories of a process share one, whatever their number: what was used longest ago goes first. */
export type Memory = { readonly of: (repository: number) => Kept };

/** What is kept about one repository. */
export type Kept = {
  /** Its node id and the questions of the last look; undefined after a cold start. */
  readonly known: Slot<{ readonly nodeId: string; readonly questions: readonly Question<unknown>[] }>;
  /** Every path of a tree, by the tree's name. */
  readonly listings: Bounded<Listing>;
  /** What stands in a file, by the blob's name, and in files at other commits, by `sha:path`. */
  readonly blobs: Bounded<FileState>;
  /** Entries of one folder, by the tree's name. */
  readonly trees: Bounded<readonly TreeEntry[]>;
  /** The root tree of a commit. */
  readonly roots: Bounded<Sha>;
  /** All that was unreleased at the last look, without paths, by the commit it is counted from. */
  readonly ranges: Bounded<{ readonly readAt: EpochMs; readonly commits: readonly Commit[] }>;
  /** What a commit touched, by its name and the folders that were told apart. */
  readonly paths: Bounded<readonly string[]>;
  /** What a workflow reported, by the artifact's id. */
  readonly reports: Bounded<Readonly<Record<string, string>>>;
};
type Value<Map> = Map extends Bounded<infer Held> ? Held : never;
type Slot<Value> = { readonly get: () => Value | undefined; readonly set: (value: Value) => void; readonly clear: () => void };

/** In characters, over all repositories. */
const LISTINGS_MAX = 20_000_000;
const BLOBS_MAX = 20_000_000;
const TREES_MAX = 20_000_000;
const ROOTS_MAX = 5_000_000;
const RANGES_MAX = 40_000_000;
const PATHS_MAX = 10_000_000;
const REPORTS_MAX = 5_000_000;
/** A name in hex and what a record costs beside its texts. */
const RECORD_SIZE = 80;
/** A commit beside its message. */
const COMMIT_SIZE = 500;
const REPOSITORIES_MAX = 10_000;

export function openMemory(): Memory {
  const known = bounded<{ readonly nodeId: string; readonly questions: readonly Question<unknown>[] }>(REPOSITORIES_MAX * RECORD_SIZE, () => RECORD_SIZE);
  const listings = bounded<Value<Kept["listings"]>>(LISTINGS_MAX, sizeOfListing);
  const blobs = bounded<Value<Kept["blobs"]>>(BLOBS_MAX, (state) => RECORD_SIZE + (state.is === "text" ? state.text.length : 0));
  const trees = bounded<Value<Kept["trees"]>>(TREES_MAX, (entries) => entries.reduce((sum, { name }) => sum + name.length + RECORD_SIZE, RECORD_SIZE));
  const roots = bounded<Value<Kept["roots"]>>(ROOTS_MAX, () => RECORD_SIZE);
  const ranges = bounded<Value<Kept["ranges"]>>(RANGES_MAX, ({ commits }) =>
    commits.reduce((sum, { message }) => sum + message.length + COMMIT_SIZE, RECORD_SIZE),
  );
  const paths = bounded<Value<Kept["paths"]>>(PATHS_MAX, (some) => some.reduce((sum, path) => sum + path.length, RECORD_SIZE));
  const reports = bounded<Value<Kept["reports"]>>(REPORTS_MAX, (report) =>
    Object.entries(report).reduce((sum, [name, value]) => sum + name.length + value.length, RECORD_SIZE),
  );
  return {
    of(repository) {
      const key = String(repository);
      return {
        known: { get: () => known.get(key), set: (value) => known.set(key, value), clear: () => known.delete(key) },
        listings: within(listings, key),
        blobs: within(blobs, key),
        trees: within(trees, key),
        roots: within(roots, key),
        ranges: within(ranges, key),
        paths: within(paths, key),
        reports: within(reports, key),
      };
    },
  };
}

function within<Value>(all: Bounded<Value>, repository: string): Bounded<Value> {
  return {
    get: (key) => all.get(`${repository}/${key}`),
    set: (key, value) => all.set(`${repository}/${key}`, value),
    delete: (key) => all.delete(`${repository}/${key}`),
  };
}

function sizeOfListing(listing: Listing): number {
  let size = 0;
  for (const path of listing.keys()) size += path.length + RECORD_SIZE;
  return size;
}
