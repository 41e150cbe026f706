// A line of a comment -> a command, or what is wrong with it in the words of the refusal.
import { nearest } from "../../model/nearest.ts";
import type { Words } from "../../model/plan.ts";
import type { Role } from "../../model/playbook.ts";
import { shortened } from "../gates/phrases.ts";
import type { CommandDefinition, Fault, Hearing, Parsed } from "./define.ts";
import { COMMANDS, NOT_COMMANDS, VERBS } from "./index.ts";
import type { Command, Spoken, Verb } from "./types.ts";

export type AnyDefinition = { readonly [V in Verb]: CommandDefinition<V> }[Verb];

export type Understood =
  | { readonly ok: true; readonly definition: AnyDefinition; readonly command: Command; readonly alsoNeeds: Role | null }
  /** `definition`: null for a verb that is none. */
  | { readonly ok: false; readonly definition: AnyDefinition | null; readonly refusal: Words };

export function understand(spoken: Spoken, hearing: Hearing): Understood {
  const definition = definitionOf(spoken.verb);
  if (definition === null) return { ok: false, definition, refusal: unknownVerb(spoken) };
  const refused = (refusal: Words): Understood => ({ ok: false, definition, refusal });
  const notHere = definition.notHere(hearing.playbook);
  if (notHere !== null) return refused(about(spoken, notHere));
  if (hearing.place.isClosed && definition.effect !== "answers") return refused(about(spoken, CLOSED));
  const parsed: Parsed<Command> = definition.parse(spoken.rest, hearing);
  return parsed.ok ? { ...parsed, definition } : refused(faulty(spoken, parsed));
}

const CLOSED: Words = "this pull request is closed; `/release plan` asks for a new one";

export function definitionOf(verb: string): AnyDefinition | null {
  const known = VERBS.find((one) => one === verb);
  return known === undefined ? null : COMMANDS[known];
}

/** What somebody wrote, repeated to them, and what there is to say of it. */
export function about({ text }: Spoken, says: Words): Words {
  return `"${shortened(text, 80)}": ${says}`;
}

function faulty(spoken: Spoken, fault: Fault): Words {
  return about(spoken, "meant" in fault ? didYouMean(fault.meant) : fault.says);
}

function didYouMean(form: string): Words {
  return `did you mean "/release ${shortened(form, 120)}"?`;
}

function unknownVerb(spoken: Spoken): Words {
  const { verb, rest } = spoken;
  if (verb === "") return about(spoken, "say what: `/release help` lists the commands");
  const instead = NOT_COMMANDS.get(verb);
  if (instead !== undefined) return about(spoken, instead);
  const near = nearest(verb, VERBS);
  return about(spoken, near === null ? "there is no such command: `/release help` lists them" : didYouMean(`${near} ${rest}`.trim()));
}
