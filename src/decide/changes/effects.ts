// From a statement to its effect on the version, with the reason that people see.
import type { Versioning } from "../../model/playbook.ts";
import { MEANINGS } from "./types.ts";
import type { Meaning } from "./types.ts";

/** What a line says, as far as the version is concerned. */
export type Signal = { readonly type: string | null; readonly isBreaking: boolean };

/** By type in lower case: titles of sections, and what `versioning.types` says. */
export type TeamTypes = { readonly sections: Readonly<Record<string, string>>; readonly types: Versioning["types"] };

/**
 * The effect of one statement. A type of the team's own, with a section in its changelog and no meaning elsewhere, is
 * worth a patch: a team that shows `config` changes to its users releases them.
 */
export function effectOf({ type, isBreaking }: Signal, { sections, types }: TeamTypes): Meaning {
  if (isBreaking) return { effect: "major", because: "breaking change" };
  if (type === null) return { effect: "unknown", because: "no readable type" };
  const own = Object.hasOwn(types, type) ? types[type] : undefined;
  if (own !== undefined) return { effect: own === "nothing" ? "none" : own, because: `type ${type}, as \`versioning.types\` says` };
  const known = MEANINGS.get(type);
  if (known !== undefined) return known;
  if (Object.hasOwn(sections, type)) return { effect: "patch", because: `type ${type} has a section of its own` };
  return { effect: "unknown", because: `unknown type "${type}"` };
}
