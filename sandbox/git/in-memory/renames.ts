// Which added file is a removed one under another name, as `git diff -M` pairs them: the same content first, then what has
// the same base name that only one removed and one added file have, then the most alike.
import { type Change, type File, kindOf, REGULAR } from "./changes.ts";
import { contentOf } from "./content.ts";
import type { MemoryObjects } from "./objects.ts";
import { similarity } from "./similarity.ts";

type Removed = { readonly path: string; readonly file: File };
type Added = Removed;
type Pair = { readonly removed: Removed; readonly added: Added; readonly score: number };

/** How much alike, from 0 to 1, two files must be; and two that share a base name that no others have. */
const ALIKE = 0.5;
const ALIKE_BY_NAME = 0.75;

const baseName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
const isSameName = (one: Removed, other: Added): boolean => baseName(one.path) === baseName(other.path);

/** @returns old paths by new path */
export function findRenames(objects: MemoryObjects, changes: readonly Change[]): ReadonlyMap<string, string> {
  const removed = new Set(changes.flatMap(({ path, before, after }) => (before !== null && after === null ? [{ path, file: before }] : [])));
  const added = new Set(changes.flatMap(({ path, before, after }) => (before === null && after !== null ? [{ path, file: after }] : [])));
  const renames = new Map<string, string>();
  const pair = (one: Removed, other: Added): void => {
    if (!removed.has(one) || !added.has(other)) return;
    removed.delete(one);
    added.delete(other);
    renames.set(other.path, one.path);
  };

  for (const other of added) {
    const same = [...removed].filter(
      (one) =>
        one.file.sha === other.file.sha && kindOf(one.file) === kindOf(other.file) && (kindOf(one.file) === REGULAR || one.file.mode === other.file.mode),
    );
    const one = same.find((each) => isSameName(each, other)) ?? same[0];
    if (one !== undefined) pair(one, other);
  }

  const score = (one: Removed, other: Added): number =>
    kindOf(one.file) === REGULAR && kindOf(other.file) === REGULAR ? similarity(contentOf(objects, one.file), contentOf(objects, other.file), ALIKE) : 0;
  for (const [one, other] of onlyOnesOfTheirName(removed, added)) if (score(one, other) >= ALIKE_BY_NAME) pair(one, other);

  const pairs: Pair[] = [...added].flatMap((other) => [...removed].map((one) => ({ removed: one, added: other, score: score(one, other) })));
  const byLikeness = pairs.filter((each) => each.score >= ALIKE).sort((one, other) => other.score - one.score || nameScore(other) - nameScore(one));
  for (const each of byLikeness) pair(each.removed, each.added);
  return renames;
}

const nameScore = (pair: Pair): number => (isSameName(pair.removed, pair.added) ? 1 : 0);

function onlyOnesOfTheirName(removed: Iterable<Removed>, added: Iterable<Added>): readonly (readonly [Removed, Added])[] {
  const names = (files: Iterable<Removed>): Partial<Record<string, Removed[]>> => Object.groupBy(files, ({ path }) => baseName(path));
  const others = names(added);
  return Object.entries(names(removed)).flatMap(([name, files = []]) => {
    const [one, ...more] = files;
    const [other, ...moreAdded] = others[name] ?? [];
    return one === undefined || other === undefined || more.length > 0 || moreAdded.length > 0 ? [] : [[one, other] as const];
  });
}
