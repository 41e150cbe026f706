// What differs between two commits or trees, file by file, as GitHub lists it.
import { EMPTY_TREE } from "../object-store.ts";
import { remembered } from "../remember.ts";
import { textOf } from "../tree-bytes.ts";
import type { FileChange, GitRepository } from "../types.ts";
import { type Change, changedFiles, type File, kindOf } from "./changes.ts";
import { contentOf, isBinary } from "./content.ts";
import type { MemoryObjects } from "./objects.ts";
import { type Patch, patchBetween } from "./patch.ts";
import { findRenames } from "./renames.ts";

const NONE: Patch = { additions: 0, deletions: 0, text: null };

export function openDiff(objects: MemoryObjects): Pick<GitRepository, "diff"> {
  return {
    diff: remembered(async (from, to) => {
      const changes = changedFiles(objects, objects.treeOf(from ?? EMPTY_TREE), objects.treeOf(to));
      const renames = findRenames(objects, changes);
      const gone = new Set(renames.values());
      const before = new Map(changes.map((change) => [change.path, change.before]));
      return changes
        .filter(({ path, after }) => after !== null || !gone.has(path))
        .map((change) => {
          const previous = renames.get(change.path);
          return previous === undefined ? listed(objects, change, null) : listed(objects, { ...change, before: before.get(previous) ?? null }, previous);
        });
    }, 200),
  };
}

function listed(objects: MemoryObjects, { path, before, after }: Change, previousPath: string | null): FileChange {
  const { additions, deletions, text } = patchOf(objects, before, after);
  return {
    path: textOf(path),
    previousPath: previousPath === null ? null : textOf(previousPath),
    status: previousPath === null ? statusOf(before, after) : "renamed",
    additions,
    deletions,
    sha: (after ?? before)?.sha ?? "",
    patch: text === null ? null : textOf(text),
  };
}

function statusOf(before: File | null, after: File | null): FileChange["status"] {
  if (before === null) return "added";
  if (after === null) return "removed";
  return kindOf(before) === kindOf(after) ? "modified" : "changed";
}

/** Git tells a file that became a link as a removal and an addition, and counts its lines as one change. */
function patchOf(objects: MemoryObjects, before: File | null, after: File | null): Patch {
  const [old, now] = [contentOf(objects, before), contentOf(objects, after)];
  if (isBinary(old) || isBinary(now)) return NONE;
  const patch = patchBetween(old, now);
  if (before === null || after === null || kindOf(before) === kindOf(after)) return patch;
  const parts = [patchBetween(old, "").text, patchBetween("", now).text].filter((part) => part !== null);
  return { ...patch, text: parts.length === 0 ? null : parts.join("\n") };
}
