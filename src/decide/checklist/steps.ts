// The steps that people confirm, and which of them is meant by what somebody wrote after `/release evidence`.
import type { Playbook } from "../../model/playbook.ts";

/** One item of one gate: its text stands in the playbook. */
export type Step = { readonly gate: string; readonly item: string };

/** Every item of every gate that wants evidence, in the playbook's order. */
export function stepsOf(gates: Playbook["gates"]): readonly Step[] {
  return Object.entries(gates).flatMap(([gate, question]) => (question.kind === "evidence" ? question.options.items.map((item) => ({ gate, item })) : []));
}

export type StepFound =
  | { readonly is: "one"; readonly step: Step }
  /** Say more of it: it may be any of these. */
  | { readonly is: "several"; readonly steps: readonly Step[] }
  | { readonly is: "none" };

/**
 * What is meant by the name of a gate, by an item's text or the beginning of it, or by both as the checklist writes them
 * (`smoke: login`); in any case. A gate's name means its item when it has only one.
 */
export function stepNamed(words: string, steps: readonly Step[]): StepFound {
  const said = alike(words);
  if (said === "") return { is: "none" };
  const readings: readonly ((step: Step) => boolean)[] = [
    ({ gate }) => alike(gate) === said,
    ({ gate, item }) => alike(item) === said || alike(`${gate}: ${item}`) === said,
    ({ gate, item }) => alike(item).startsWith(said) || alike(`${gate}: ${item}`).startsWith(said),
  ];
  for (const isMeant of readings) {
    const meant = steps.filter(isMeant);
    const [first, ...others] = meant;
    if (first !== undefined) return others.length === 0 ? { is: "one", step: first } : { is: "several", steps: meant };
  }
  return { is: "none" };
}

/** The shortest way to name a step after `/release evidence`, quoted where it has to be; null when no way of writing it is safe. */
export function nameOf(step: Step, steps: readonly Step[]): string | null {
  const words = step.item.split(/\s+/);
  const names = [step.gate, ...words.map((_, index) => words.slice(0, index + 1).join(" ")), `${step.gate}: ${step.item}`];
  const name = names.find((one) => {
    const found = stepNamed(one, steps);
    return found.is === "one" && found.step.gate === step.gate && found.step.item === step.item;
  });
  if (name === undefined || /["'`\\|]/.test(name)) return null;
  return name.includes(" ") ? `"${name}"` : name;
}

function alike(text: string): string {
  return text.trim().replaceAll(/\s+/g, " ").toLowerCase();
}
