// A gate: what it needs to know, and whether it lets a release through. One gate a file; index.ts lists them.
import type { ChecklistItem, Verdict, Words } from "../../model/plan.ts";
import type { Gate, GateQuestion } from "../../model/playbook.ts";
import type { Problem } from "../../model/problem.ts";
import type { Wants } from "../wants.ts";
import type { EpochMs } from "../../model/time.ts";
import type { Subject } from "./subject.ts";

export type Kind = GateQuestion["kind"];
export type OptionsOf<K extends Kind> = Extract<GateQuestion, { readonly kind: K }>["options"];
/** A gate of the playbook under its name. */
export type NamedGate = Gate & { readonly gate: string };

export type { Wants } from "../wants.ts";
export { NOTHING_MORE } from "../wants.ts";

export type Finding = Verdict & { readonly details: readonly Words[]; readonly items: readonly ChecklistItem[]; readonly problems: readonly Problem[] };

export type GateDefinition<K extends Kind> = {
  readonly kind: K;
  /** What is true when it is open, for the reference page. */
  readonly summary: string;
  /** Asked again until it wants nothing more; only with a hosted repository. */
  readonly wants: (options: OptionsOf<K>, subject: Subject, gate: NamedGate) => Wants;
  /** Called when everything wanted was read. In a local repository what GitHub alone knows is unknown. */
  readonly evaluate: (options: OptionsOf<K>, subject: Subject, gate: NamedGate) => Finding;
  /** Who answers for it when the playbook does not say; null for nobody in particular. */
  readonly owner: (options: OptionsOf<K>, subject: Subject, gate: NamedGate) => Words | null;
};

export function defineGate<K extends Kind>(definition: GateDefinition<K>): GateDefinition<K> {
  return definition;
}

type Extras = Partial<Pick<Finding, "details" | "items" | "problems">>;
const finding = (verdict: Verdict, { details = [], items = [], problems = [] }: Extras): Finding => ({ ...verdict, details, items, problems });

export function open(because: Words, extras: Extras = {}): Finding {
  return finding({ state: "open", because, next: null, opensAt: null }, extras);
}

/** @param next what would open it, said to whoever can do it */
export function closed(because: Words, next: Words, extras: Extras = {}): Finding {
  return finding({ state: "closed", because, next, opensAt: null }, extras);
}

/** Nobody has to do anything. @param opensAt null when only an event will tell */
export function waiting(because: Words, opensAt: EpochMs | null, extras: Extras = {}): Finding {
  return finding({ state: "waiting", because, next: null, opensAt }, extras);
}

/** @param next the remedy: a permission to give, a name to correct */
export function unknown(because: Words, next: Words, extras: Extras = {}): Finding {
  return finding({ state: "unknown", because, next, opensAt: null }, extras);
}
