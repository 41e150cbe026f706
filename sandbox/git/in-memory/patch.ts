// The hunks between two texts as git writes them: headers, context, and the line above that says where one is.
import { type StructuredPatchHunk, structuredPatch } from "diff";
import { linesOf } from "./content.ts";

/** `text` is null when nothing differs. */
export type Patch = { readonly additions: number; readonly deletions: number; readonly text: string | null };

const CONTEXT = 3;
const HEADING_BYTES = 80;

/** Texts of one character a byte. */
export function patchBetween(before: string, after: string): Patch {
  const { hunks } = structuredPatch("", "", before, after, undefined, undefined, { context: CONTEXT });
  const lines = hunks.flatMap((hunk) => hunk.lines);
  const starting = (sign: string): number => lines.filter((line) => line.startsWith(sign)).length;
  const old = linesOf(before);
  const text = hunks.map((hunk) => [headerOf(hunk, old), ...hunk.lines].join("\n")).join("\n");
  return { additions: starting("+"), deletions: starting("-"), text: hunks.length === 0 ? null : text };
}

function headerOf({ oldStart, oldLines, newStart, newLines }: StructuredPatchHunk, old: readonly string[]): string {
  const heading = headingAbove(old, oldStart - 1);
  return `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@${heading === "" ? "" : ` ${heading}`}`;
}

/** Of no lines, the line before them. */
function range(start: number, count: number): string {
  if (count === 1) return String(start);
  return `${String(count === 0 ? start - 1 : start)},${String(count)}`;
}

/** The nearest line above that starts with a letter, an underscore or a dollar sign. */
function headingAbove(lines: readonly string[], end: number): string {
  const line = lines.slice(0, Math.max(0, end)).findLast((each) => /^[A-Za-z_$]/u.test(each)) ?? "";
  return line.slice(0, HEADING_BYTES).trimEnd();
}
