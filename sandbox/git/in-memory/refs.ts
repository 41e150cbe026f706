// Refs that are nowhere else, and what git would refuse of them, in its words.
import type { RefStorage } from "../refs.ts";
import type { RefChange } from "../types.ts";
import type { MemoryObjects } from "./objects.ts";

/** What no part of a name may be (git-check-ref-format): hidden, a lock, empty, with a character that git gives a meaning. */
// oxlint-disable-next-line no-control-regex
const REFUSED = /(?:^|\/)\.|\.lock(?:\/|$)|\.\.|\/\/|@\{|[/.]$|[\0-\x20\x7f~^:?*[\\]/u;

export function refsInMemory(objects: MemoryObjects): RefStorage {
  return {
    read: async (known) => known,
    async write(changes, known) {
      const names = changes.map(({ name }) => name);
      const twice = names.find((name, index) => names.indexOf(name) !== index);
      if (twice !== undefined) throw new Error(`multiple updates for ref '${twice}' not allowed`);
      for (const change of changes) requirePossible(change, objects, [...known.keys()], names);
    },
  };
}

function requirePossible({ name, after }: RefChange, objects: MemoryObjects, known: readonly string[], changed: readonly string[]): void {
  if (after === null) return;
  if (REFUSED.test(name)) throw new Error(`invalid ref format: ${name}`);
  const isInTheWay = (other: string): boolean => other.startsWith(`${name}/`) || name.startsWith(`${other}/`);
  const together = changed.find(isInTheWay);
  if (together !== undefined) throw new Error(`cannot lock ref '${name}': cannot process '${together}' and '${name}' at the same time`);
  const standing = known.find(isInTheWay);
  if (standing !== undefined) throw new Error(`cannot lock ref '${name}': '${standing}' exists; cannot create '${name}'`);
  const type = objects.typeOf(after);
  const refused = `cannot update ref '${name}': trying to write`;
  if (type === null) throw new Error(`${refused} ref '${name}' with nonexistent object ${after}`);
  if (type !== "commit" && name.startsWith("refs/heads/")) throw new Error(`${refused} non-commit object ${after} to branch '${name}'`);
}
