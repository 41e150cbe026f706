// Options that several commands have, and what is said of a wrong value.
import type { Plan } from "../model/plan.ts";
import type { Terminal } from "./terminal.ts";

/** Null when there is no such format: that has been said. */
export function formatNamed<Format extends string>(value: string, formats: readonly Format[], command: string, terminal: Terminal): Format | null {
  const format = formats.find((one) => one === value);
  if (format !== undefined) return format;
  const known = `${formats.slice(0, -1).join(", ")} or ${formats.at(-1) ?? ""}`;
  terminal.warn(`release-steward ${command}: --format: expected ${known}, found "${value}"\n`);
  return null;
}

export function unknownComponent(name: string, { components }: Plan, command: string): string {
  const known = components.map((component) => component.name).join(", ");
  return `release-steward ${command}: no component is called "${name}"\n  hint: ${known === "" ? "this playbook finds no component here" : `it has ${known}`}\n`;
}
