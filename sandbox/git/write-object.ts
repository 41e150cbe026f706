// Stores an object as git's loose objects are: compressed, named by its hash, never changed. No git process.
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { named, type ObjectType } from "./object-store.ts";
import type { Sha } from "./types.ts";

/**
 * Synchronous, because an object is small and four waits for a thread cost more than the work.
 * @returns the object's SHA, whether it was there before or not.
 */
export function writeObject(directory: string, type: ObjectType, body: Buffer): Sha {
  const { sha, bytes } = named(type, body);
  const folder = join(directory, "objects", sha.slice(0, 2));
  const file = join(folder, sha.slice(2));
  if (existsSync(file)) return sha;
  mkdirSync(folder, { recursive: true });
  // Under git's own name for unfinished objects first: readers see all of it or nothing.
  const unfinished = join(folder, `tmp_obj_${randomUUID()}`);
  writeFileSync(unfinished, deflateSync(bytes, { level: 1 }), { mode: 0o444 });
  renameSync(unfinished, file);
  return sha;
}
