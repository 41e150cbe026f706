// From a statement to its effect on the version, with the reason that people see.
import { MEANINGS } from "./types.ts";
import type { Meaning } from "./types.ts";

/** What a line says, as far as the version is concerned. */
export type Signal = { readonly type: string | null; readonly isBreaking: boolean };

/**
 * The effect of one statement. A type of the team's own, with a section in its changelog and no meaning elsewhere, is
 * worth a patch: a team that shows `config` changes to its users releases them.
 */
export function effectOf({ type, isBreaking }: Signal, sections: Readonly<Record<string, string>>): Meaning {
  if (isBreaking) return { effect: "major", because: "breaking change" };
  if (type === null) return { effect: "unknown", because: "no readable type" };
  const known = MEANINGS.get(type);
  if (known !== undefined) return known;
  if (Object.hasOwn(sections, type)) return { effect: "patch", because: `type ${type} has a section of its own` };
  return { effect: "unknown", because: `unknown type "${type}"` };
}
