// A line of a comment -> a command, or what is wrong with it in the words of the refusal.
import { nearest } from "../../model/nearest.ts";
import type { Words } from "../../model/plan.ts";
import type { Role } from "../../model/playbook.ts";
import { shortened } from "../gates/phrases.ts";
import { WHOLE_REPOSITORY } from "../whole-repository.ts";
import type { CommandDefinition, Fault, Hearing, Parsed } from "./define.ts";
import { COMMANDS, NOT_COMMANDS, VERBS } from "./index.ts";
import type { Command, Place, Spoken, UnderWay, Verb } from "./types.ts";

export type AnyDefinition = { readonly [V in Verb]: CommandDefinition<V> }[Verb];

export type Understood =
  | { readonly ok: true; readonly definition: AnyDefinition; readonly command: Command; readonly alsoNeeds: Role | null }
  /** `definition`: null for a verb that is none. */
  | { readonly ok: false; readonly definition: AnyDefinition | null; readonly refusal: Words };

/** What a command is judged against when it is said. `underWay`: newest first of each line. */
export type HearingNow = Hearing & { readonly underWay: readonly UnderWay[] };

export function understand(spoken: Spoken, hearing: HearingNow): Understood {
  const definition = definitionOf(spoken.verb);
  const misplaced = definition === null ? null : misplacedHere(definition, hearing);
  if (misplaced !== null) return { ok: false, definition, refusal: about(spoken, misplaced) };
  const understood = understandAgain(spoken, hearing);
  const missing = understood.ok ? nothingUnderWay(understood, hearing) : null;
  return missing === null ? understood : { ok: false, definition, refusal: about(spoken, missing) };
}

/** What was accepted once: that there was a time and a place for it is not judged again. */
export function understandAgain(spoken: Spoken, hearing: Hearing): Understood {
  const definition = definitionOf(spoken.verb);
  if (definition === null) return { ok: false, definition, refusal: unknownVerb(spoken) };
  const refused = (refusal: Words): Understood => ({ ok: false, definition, refusal });
  const notHere = definition.notHere(hearing.playbook);
  if (notHere !== null) return refused(about(spoken, notHere));
  const parsed: Parsed<Command> = definition.parse(spoken.rest, hearing);
  return parsed.ok ? { ...parsed, definition } : refused(faulty(spoken, parsed));
}

const CLOSED: Words = "this pull request is closed; `/release plan` asks for a new one";
const NOT_BEGUN: Words = "nothing is released yet: this is for a release after its merge, on its pull request";

/** Why a command has no business at that place, whoever says it; null when it has. */
export function misplacedHere(
  { about: subject, effect }: AnyDefinition,
  { place, playbook, underWay }: Pick<HearingNow, "place" | "playbook" | "underWay">,
): Words | null {
  if (place.isClosed && effect !== "answers") return CLOSED;
  if (subject === "release" && place.pullRequest !== null && !place.isReleased) return NOT_BEGUN;
  return subject === "proposal" && place.isReleased ? isForTheNext(place, underWay, playbook.release.desk !== null) : null;
}

function isForTheNext({ pullRequest }: Place, underWay: readonly UnderWay[], hasDesk: boolean): Words {
  const title = underWay.find((one) => one.pullRequest === pullRequest)?.title ?? "this";
  return `${title} is released, and this is for the next release: say it on the pull request of that one${hasDesk ? ", or on the release desk" : ""}`;
}

/** On the desk a release is meant that is under way: without one there is nothing to be done. */
function nothingUnderWay({ definition, command }: Extract<Understood, { readonly ok: true }>, { place, underWay }: HearingNow): Words | null {
  if (definition.about !== "release" || place.pullRequest !== null) return null;
  const line = "line" in command ? command.line : null;
  if (underWay.some((one) => one.line === line)) return null;
  return `no release${line === null || line === WHOLE_REPOSITORY ? "" : ` of ${line}`} is under way`;
}

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
