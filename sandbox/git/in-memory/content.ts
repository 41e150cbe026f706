// What a file says: its bytes as text of one character a byte, so that every byte survives, and whether that is text at all.
import { type File, kindOf } from "./changes.ts";
import type { MemoryObjects } from "./objects.ts";

const SUBMODULE = "160";
/** Git looks for a zero byte in as many. */
const LOOKED_AT_BYTES = 8000;

/** A submodule is a line that names its commit; no file is empty. */
export function contentOf({ blob }: MemoryObjects, file: File | null): string {
  if (file === null) return "";
  return kindOf(file) === SUBMODULE ? `Subproject commit ${file.sha}\n` : blob(file.sha).toString("latin1");
}

export const isBinary = (content: string): boolean => content.slice(0, LOOKED_AT_BYTES).includes("\0");

/** With their line ends; only the last line may have none. */
export const linesOf = (content: string): readonly string[] => content.match(/[^\n]*\n|[^\n]+$/gu) ?? [];
