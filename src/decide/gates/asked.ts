// Which gates a release is asked: those of its policy, unless they are about paths that it does not touch.
import picomatch from "picomatch";
import type { Playbook, Policy } from "../../model/playbook.ts";
import type { NamedGate } from "./define.ts";

/** In the order of the playbook. */
export function askedGates({ gates }: Pick<Playbook, "gates">, rules: Pick<Policy, "gates">, paths: readonly string[]): readonly NamedGate[] {
  const named = new Set(rules.gates);
  return Object.entries(gates).flatMap(([gate, question]) => (named.has(gate) && isAbout(question.whenPaths, paths) ? [{ ...question, gate }] : []));
}

/** Without globs it is about everything. */
function isAbout(globs: readonly string[], paths: readonly string[]): boolean {
  if (globs.length === 0) return true;
  const matches = picomatch([...globs], { dot: true });
  return paths.some((path) => matches(path));
}
