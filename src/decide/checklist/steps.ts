// The steps that people confirm, and which of them is meant by what somebody wrote after `/release evidence`.
import type { Playbook } from "../../model/playbook.ts";

/** One item of one gate: its text stands in the playbook. */
export type Step = { readonly gate: string; readonly item: string };

/** Every item of every gate that wants evidence, in the playbook's order. */
export function stepsOf(gates: Playbook["gates"]): readonly Step[] {
  return Object.entries(gates).flatMap(([gate, question]) => (question.kind === "evidence" ? question.options.items.map((item) => ({ gate, item })) : []));
}

/** Whether it is asked of a release that was begun, and not before: the names of policies' gates have no slash. */
export function isAfterTheTag(gate: string): boolean {
  return gate.includes("/");
}

export type StepFound =
  | { readonly is: "one"; readonly step: Step }
  /** Say more of it: it may be any of these. */
  | { readonly is: "several"; readonly steps: readonly Step[] }
  | { readonly is: "none" };

/**
 * What is meant by the name of a gate, by an item's text or the beginning of it, or by both as the checklist writes them
 * (`staging/smoke: login`, or shorter `staging/login`); in any case. The environment may be left out where there is only one
 * such gate. A gate's name means its item when it has only one.
 */
export function stepNamed(words: string, steps: readonly Step[]): StepFound {
  return among(steps.map(spelt), words);
}

/** A step with its names as they are compared. */
type Spelt = { readonly step: Step; readonly gate: string; readonly bareName: string; readonly spellings: readonly string[] };

function spelt(step: Step): Spelt {
  return { step, gate: alike(step.gate), bareName: alike(bareName(step.gate)), spellings: spellings(step) };
}

function among(steps: readonly Spelt[], words: string): StepFound {
  const said = alike(words);
  if (said === "") return { is: "none" };
  const readings: readonly ((one: Spelt) => boolean)[] = [
    (one) => one.gate === said,
    (one) => one.bareName === said,
    (one) => one.spellings.includes(said),
    (one) => one.spellings.some((spelling) => spelling.startsWith(said)),
  ];
  for (const isMeant of readings) {
    const meant = steps.filter(isMeant).map(({ step }) => step);
    const [first, ...others] = meant;
    if (first !== undefined) return others.length === 0 ? { is: "one", step: first } : { is: "several", steps: meant };
  }
  return { is: "none" };
}

/** The shortest way to name a step after `/release evidence`, quoted where it has to be; null when no way of writing it is safe. */
export function nameOf(step: Step, steps: readonly Step[]): string | null {
  const words = step.item.split(/\s+/);
  const beginnings = words.map((_, index) => words.slice(0, index + 1).join(" "));
  const within = environmentOf(step.gate);
  const byItem = [...beginnings, ...beginnings.map((one) => `${within}${one}`)];
  // An announcement is called by whom it tells: its gate's name says the same and more.
  const byGate = [bareName(step.gate), step.gate];
  const names = [...(step.gate.includes(":") ? [...byItem, ...byGate] : [...byGate, ...byItem]), `${step.gate}: ${step.item}`];
  const known = steps.map(spelt);
  const name = names.find((one) => {
    const found = among(known, one);
    return found.is === "one" && found.step.gate === step.gate && found.step.item === step.item;
  });
  if (name === undefined || /["'`\\|]/.test(name)) return null;
  return name.includes(" ") ? `"${name}"` : name;
}

function spellings({ gate, item }: Step): readonly string[] {
  return [item, `${environmentOf(gate)}${item}`, `${gate}: ${item}`, `${bareName(gate)}: ${item}`].map(alike);
}

/** Of `staging/smoke`: `staging/`; empty for a gate of a policy. */
function environmentOf(gate: string): string {
  return gate.slice(0, gate.indexOf("/") + 1);
}

/** Of `staging/smoke`: `smoke`. */
function bareName(gate: string): string {
  return gate.slice(gate.indexOf("/") + 1);
}

function alike(text: string): string {
  return text.trim().replaceAll(/\s+/g, " ").toLowerCase();
}
