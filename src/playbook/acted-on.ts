// Keys that are read and checked but that nothing acts on yet. Delete a line when its behaviour arrives.
import { at } from "./problems.ts";

export const NOT_ACTED_ON: ReadonlySet<string> = new Set([
  "extends",
  "versioning.support",
  "release.branch",
  "release.candidate.for",
  "release.hotfix",
  "release.backport",
]);

/** Those of them that the playbook uses, as dotted paths in file order. */
export function notActedOn(value: unknown, above: readonly string[] = []): readonly string[] {
  const map = at(value, above);
  if (typeof map !== "object" || map === null || Array.isArray(map)) return [];
  return Object.keys(map).flatMap((key) => {
    const path = [...above, key];
    const dotted = path.join(".");
    if (NOT_ACTED_ON.has(dotted)) return [dotted];
    return path.length < 3 ? notActedOn(value, path) : [];
  });
}
