// Tree objects between their stored bytes and entries. Names are held a character a byte, so that one that is no UTF-8 survives a rewrite.
import type { Sha, TreeEntry } from "./types.ts";

/** `name`: bytes as latin1. `mode`: six digits. */
export type RawEntry = { readonly name: string; readonly mode: string; readonly sha: Sha };

export const FOLDER = "040000";
const SUBMODULE = "160000";
const SPACE = 0x20;
const SHA_BYTES = 20;

export const bytesOf = (text: string): string => Buffer.from(text, "utf8").toString("latin1");
export const textOf = (bytes: string): string => Buffer.from(bytes, "latin1").toString("utf8");

export function readTree(body: Buffer): readonly RawEntry[] {
  const entries: RawEntry[] = [];
  for (let start = 0; start < body.length;) {
    const space = body.indexOf(SPACE, start);
    const zero = body.indexOf(0, space);
    const end = zero + 1 + SHA_BYTES;
    entries.push({
      mode: body.toString("latin1", start, space).padStart(6, "0"),
      name: body.toString("latin1", space + 1, zero),
      sha: body.toString("hex", zero + 1, end),
    });
    start = end;
  }
  return entries;
}

/** In the order git demands: by bytes, a folder as if its name ended in a slash. */
export function treeBytes(entries: Iterable<RawEntry>): Buffer {
  const keyed = [...entries].map((entry) => ({ entry, key: entry.mode === FOLDER ? `${entry.name}/` : entry.name }));
  keyed.sort((one, other) => (one.key < other.key ? -1 : 1));
  return Buffer.concat(
    keyed.flatMap(({ entry }) => [Buffer.from(`${entry.mode.replace(/^0+/, "")} ${entry.name}\0`, "latin1"), Buffer.from(entry.sha, "hex")]),
  );
}

export function typeOfMode(mode: string): TreeEntry["type"] {
  if (mode === FOLDER) return "tree";
  return mode === SUBMODULE ? "commit" : "blob";
}
