// Labels that say which component or branch an issue is about, so that a blocker of one does not hold another.
import type { Template } from "../../model/playbook.ts";
import { fill } from "../fill.ts";
import { fits } from "./name-pattern.ts";
import type { Subject } from "./subject.ts";

/**
 * Tells for an issue's labels which of them, if any, says that it is about something else alone; null when it may hold this
 * release. A label that names no component of the repository says nothing: a misspelt one must not open a gate.
 */
export function scopeOf(
  templates: readonly Template[],
  { components, allComponents, base }: Pick<Subject, "components" | "allComponents" | "base">,
): (labels: readonly string[]) => string | null {
  const names = new Set(components.map(({ name }) => name));
  const others = allComponents.filter(({ name }) => !names.has(name));
  const own = new Set(templates.flatMap((template) => [...names].map((component) => filled(template, component, base))));
  const foreign = templates.flatMap((template) => [
    ...(template.includes("{component}") ? others.map(({ name }) => filled(template, name, "*")) : []),
    ...(template.includes("{branch}") ? [...names].map((component) => filled(template, component, "*")) : []),
  ]);
  return (labels) => {
    const spelt = labels.map((label) => label.toLowerCase());
    if (spelt.some((label) => own.has(label))) return null;
    return labels.find((_, index) => foreign.some((pattern) => fits(pattern, spelt[index] ?? ""))) ?? null;
  };
}

function filled(template: Template, component: string, branch: string): string {
  return fill(template, { component, branch }).toLowerCase();
}
