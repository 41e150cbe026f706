// How much of a file is in another one, as git measures it to find renames (gitdiffcore, "Detecting renames").
import { isBinary } from "./content.ts";

const PIECE_BYTES = 64;

/** From 0 to 1: of the larger one, the part that is made of lines, or pieces of long lines, of both. */
export function similarity(before: string, after: string, atLeast: number): number {
  const [larger, smaller] = [Math.max(before.length, after.length), Math.min(before.length, after.length)];
  if (larger * (1 - atLeast) < larger - smaller || after.length === 0) return 0;
  const [old, now] = [pieces(before), pieces(after)];
  let shared = 0;
  for (const [piece, bytes] of old) shared += Math.min(bytes, now.get(piece) ?? 0);
  return shared / larger;
}

/** Bytes by piece. */
function pieces(content: string): ReadonlyMap<string, number> {
  const text = isBinary(content) ? content : content.replaceAll("\r\n", "\n");
  const found = new Map<string, number>();
  for (let start = 0; start < text.length;) {
    const lineEnd = text.indexOf("\n", start);
    const end = Math.min(lineEnd < 0 ? text.length : lineEnd + 1, start + PIECE_BYTES);
    const piece = text.slice(start, end);
    found.set(piece, (found.get(piece) ?? 0) + piece.length);
    start = end;
  }
  return found;
}
