// Where objects are kept, by the hash of their content: on disk (read-objects.ts, write-object.ts) or in memory.
import { createHash } from "node:crypto";
import type { Sha } from "./types.ts";

export type ObjectType = "commit" | "tree" | "blob" | "tag";
export type ObjectSummary = { readonly sha: Sha; readonly type: ObjectType; /** Bytes. */ readonly size: number };
export type StoredObject = ObjectSummary & { readonly body: Buffer };

export type ObjectReader = {
  /** `name`: a SHA, whole or abbreviated, with a peel such as `^{commit}` or without; null when there is no such object. */
  readonly summary: (name: string) => Promise<ObjectSummary | null>;
  readonly contents: (name: string) => Promise<StoredObject | null>;
  /** Answers what was asked, and nothing afterwards. */
  readonly close: () => Promise<void>;
};
export type ObjectStore = ObjectReader & {
  /** @returns the object's SHA, whether it was there before or not. */
  readonly write: (type: ObjectType, body: Buffer) => Sha;
};

/** Git knows it even where it was never stored. */
export const EMPTY_TREE: Sha = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

/** An object with git's header before its body, and the hash that names it. */
export function named(type: ObjectType, body: Buffer): { readonly sha: Sha; readonly bytes: Buffer } {
  const bytes = Buffer.concat([Buffer.from(`${type} ${body.length}\0`), body]);
  return { sha: createHash("sha1").update(bytes).digest("hex"), bytes };
}
