// Turns of phrase that several gates share, so that the same thing is said in the same way everywhere.
import type { Words } from "../../model/plan.ts";
import type { Sha } from "../../model/snapshot.ts";

/** Foreign text on one line, cut to a length that a person reads. */
export function shortened(text: string, limit = 60): Words {
  // More than four units for each that is shown can't be needed: what is not looked at costs nothing.
  const line = text
    .slice(0, limit * 4)
    .toWellFormed()
    .replaceAll(/\s+/g, " ")
    .trim();
  return line.length <= limit ? line : `${withoutHalf(line.slice(0, limit - 1))}…`;
}

/** A cut may go through the middle of an emoji: half of one is not shown. */
export function withoutHalf(text: string): string {
  return text.replace(/[\uD800-\uDBFF]$/, "").toWellFormed();
}

/** A name as code. A backtick in it would end the code, so it becomes an apostrophe. */
export function code(text: string, limit = 80): Words {
  return `\`${shortened(text, limit).replaceAll("`", "'")}\``;
}

export function shortSha(sha: Sha): Words {
  return sha.slice(0, 7);
}

/** `1 check`, `4 checks`. */
export function counted(count: number, noun: string): Words {
  return `${String(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** `a`, `a and b`, `a, b and c`; behind `limit` the rest is counted. */
export function listed(items: readonly Words[], limit = 5, word = "and"): Words {
  const shown = items.slice(0, limit);
  const left = items.length - shown.length;
  if (left > 0) return `${shown.join(", ")} ${word} ${String(left)} more`;
  const last = shown.pop();
  return last === undefined ? "" : shown.length === 0 ? last : `${shown.join(", ")} ${word} ${last}`;
}

/** The first of a list of details, and how many there are beside them. */
export function capped(details: readonly Words[], limit = 50): readonly Words[] {
  return details.length <= limit ? details : [...details.slice(0, limit), `and ${String(details.length - limit)} more`];
}

/** For the beginning of a sentence or a title. */
export function capitalised(words: Words): Words {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** Where the playbook says what a gate asks; that of `staging/smoke` is what every environment asks by the name `smoke`. */
export function keyOfGate(gate: string): Words {
  return `gates.${gate.slice(gate.indexOf("/") + 1)}`;
}
