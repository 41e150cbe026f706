// Names that `release.tag.moving` gives: tags that follow the releases, and are no version themselves. Literal text is
// compared as it stands, as in every template of a tag.
import type { Template } from "../../model/playbook.ts";
import { fill } from "../fill.ts";

/** Whether one of the templates, for one of the components, could have that name. */
export function movingNames(templates: readonly Template[], components: readonly string[]): (name: string) => boolean {
  const named = new Set(
    templates.flatMap((template) => (template.includes("{component}") ? components.map((component) => fill(template, { component })) : [template])),
  );
  const spelt = [...named].map((template) => template.split(/\{(?:major|minor)\}/));
  return (name) => spelt.some((literals) => isSpelt(name, literals));
}

/** A number, without leading zeros, between each two of the literal texts. */
function isSpelt(name: string, [first = "", ...others]: readonly string[]): boolean {
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const literal of others) {
    const digits = /^(?:0|[1-9]\d{0,14})/.exec(name.slice(at, at + DIGITS_MAX))?.[0];
    if (digits === undefined || !name.startsWith(literal, at + digits.length)) return false;
    at += digits.length + literal.length;
  }
  return at === name.length;
}

const DIGITS_MAX = 15;
