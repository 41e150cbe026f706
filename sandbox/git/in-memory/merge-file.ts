// One file that two sides changed, merged line by line. What can't be merged is a conflict.
import { diff3Merge } from "node-diff3";
import { type File, isSameFile, kindOf, REGULAR } from "./changes.ts";
import { contentOf, isBinary, linesOf } from "./content.ts";
import type { MemoryObjects } from "./objects.ts";

/** What a path holds in the base and on both sides; null where nothing is. */
export type Versions = { readonly base: File | null; readonly ours: File | null; readonly theirs: File | null };
/** `file` of a conflict: what a merge base that is itself merged holds there. */
export type MergedFile = { readonly isClean: boolean; readonly file: File | null };

export function mergeFile(objects: MemoryObjects, { base, ours, theirs }: Versions): MergedFile {
  if (isSameFile(ours, theirs) || isSameFile(base, ours)) return { isClean: true, file: theirs };
  if (isSameFile(base, theirs)) return { isClean: true, file: ours };
  if (ours === null || theirs === null || kindOf(ours) !== kindOf(theirs)) return { isClean: false, file: base };
  const old = base !== null && kindOf(base) === kindOf(ours) ? base : null;
  const mode = decided(old?.mode ?? null, ours.mode, theirs.mode);
  const sha = decided(old?.sha ?? null, ours.sha, theirs.sha);
  if (sha !== null) return { isClean: mode !== null, file: { mode: mode ?? ours.mode, sha } };

  const contents = [ours, old, theirs].map((file) => contentOf(objects, file));
  if (kindOf(ours) !== REGULAR || contents.some(isBinary)) return { isClean: false, file: base };
  const [our = [], before = [], their = []] = contents.map((content) => [...linesOf(content)]);
  const regions = diff3Merge(our, before, their);
  const lines = regions.flatMap(({ ok, conflict }) => ok ?? ["<<<<<<<\n", ...(conflict?.a ?? []), "=======\n", ...(conflict?.b ?? []), ">>>>>>>\n"]);
  return {
    isClean: mode !== null && regions.every(({ conflict }) => conflict === undefined),
    file: { mode: mode ?? ours.mode, sha: objects.store.write("blob", Buffer.from(lines.join(""), "latin1")) },
  };
}

/** What both say, or the only one that says something else than before; null when they contradict each other. */
function decided(before: string | null, ours: string, theirs: string): string | null {
  if (ours === theirs || ours === before) return theirs;
  return theirs === before ? ours : null;
}
