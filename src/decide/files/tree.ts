// What YAML, JSON and TOML have in common, as far as a path can tell: mappings, lists, scalars, each with its place.
// One walk and one set of messages serve all three. Nothing is expanded: an alias stays an alias.
import type { Step } from "./path.ts";
import { accept, type Failure, positionAt, refuse, type Source } from "./spot.ts";

/** `Origin` is the parser's own node. Children are made when asked for, so that a walk costs only what it passes. */
export type Tree<Origin> =
  | { readonly is: "mapping"; readonly start: number; readonly origin: Origin; readonly entries: () => readonly Entry<Origin>[] }
  | { readonly is: "list"; readonly start: number; readonly origin: Origin; readonly items: () => readonly Tree<Origin>[] }
  | { readonly is: "scalar"; readonly start: number; readonly origin: Origin; readonly text: string }
  | { readonly is: "alias"; readonly start: number; readonly origin: Origin; readonly name: string; readonly target: () => Tree<Origin> | null };
export type Entry<Origin> = { readonly key: string; readonly start: number; readonly value: Tree<Origin> };

/** What stands at the end of a path and every tree passed on the way, root first, itself last. */
export type Found<Origin> = { readonly end: Tree<Origin>; readonly passed: readonly Tree<Origin>[] };
/** A failure `isMissing` when nothing stands there, as opposed to something that can't be followed. */
export type Search<T> = { readonly ok: true; readonly value: T } | (Failure & { readonly isMissing: boolean });

export function find<Origin>(source: Source, root: Tree<Origin>, steps: readonly Step[]): Search<Found<Origin>> {
  const passed = [root];
  let end = root;
  for (const [depth, step] of steps.entries()) {
    const label = depth === 0 ? "the top level" : `\`${steps[depth - 1]?.upTo ?? ""}\``;
    const next = descend(source, end, step, label);
    if (!next.ok) return next;
    end = next.value;
    passed.push(end);
  }
  return { ok: true, value: { end, passed } };
}

/** The text of a mapping's scalar, read through an alias; null when there is none or several. */
export function textOf<Origin>(mapping: Tree<Origin>, key: string): string | null {
  const here = mapping.is === "alias" ? mapping.target() : mapping;
  if (here?.is !== "mapping") return null;
  const [entry, another] = here.entries().filter((one) => one.key === key);
  if (entry === undefined || another !== undefined) return null;
  const value = entry.value.is === "alias" ? entry.value.target() : entry.value;
  return value?.is === "scalar" ? value.text : null;
}

/** A tree in words: `a mapping`, `the value "1.0"`. */
export function inWords<Origin>(tree: Tree<Origin>): string {
  if (tree.is === "mapping") return "a mapping";
  if (tree.is === "list") return "a list";
  if (tree.is === "alias") return `the alias \`*${tree.name}\``;
  return tree.text === "" ? "an empty value" : `the value ${JSON.stringify(shortened(tree.text))}`;
}

function descend<Origin>(source: Source, here: Tree<Origin>, step: Step, label: string): Search<Tree<Origin>> {
  if (here.is === "alias") {
    return blocked(
      refuse(
        source,
        here.start,
        `${label} is the alias \`*${here.name}\`: what stands behind it belongs to \`&${here.name}\``,
        "name the path of the anchor itself",
      ),
    );
  }
  if (step.by === "key") return here.is === "mapping" ? child(source, here, step.key, label) : mismatch(source, here, "a mapping", step, label);
  if (here.is !== "list") return mismatch(source, here, "a list", step, label);
  if (step.by === "match") return selected(source, here, step, label);
  const items = here.items();
  const item = items[step.index];
  if (item !== undefined) return accept(item);
  return missing(refuse(source, here.start, `${label} has ${countOf(items.length, "item")}, so there is no \`[${step.index}]\``, "indexes count from 0"));
}

function child<Origin>(source: Source, mapping: Tree<Origin> & { readonly is: "mapping" }, key: string, label: string): Search<Tree<Origin>> {
  const entries = mapping.entries();
  const [entry, again] = entries.filter((one) => one.key === key);
  if (entry === undefined) return missing(refuse(source, mapping.start, `${label} has no key ${JSON.stringify(key)}`, keysHint(entries, key)));
  if (again === undefined) return accept(entry.value);
  const first = positionAt(source, entry.start).line;
  return blocked(refuse(source, again.start, `the key ${JSON.stringify(key)} stands twice: first in line ${first}, and here`, "remove one of the two"));
}

function selected<Origin>(
  source: Source,
  list: Tree<Origin> & { readonly is: "list" },
  step: Step & { readonly by: "match" },
  label: string,
): Search<Tree<Origin>> {
  const wanted = `${JSON.stringify(step.key)} is ${JSON.stringify(step.value)}`;
  const [item, again] = list.items().filter((one) => textOf(one, step.key) === step.value);
  if (item === undefined) return missing(refuse(source, list.start, `${label} has no item whose ${wanted}`, null));
  if (again === undefined) return accept(item);
  const first = positionAt(source, item.start).line;
  return blocked(
    refuse(
      source,
      again.start,
      `several items of ${label} are asked for (${wanted}): one in line ${first}, another here`,
      "select by another key, or by index",
    ),
  );
}

function mismatch<Origin>(source: Source, here: Tree<Origin>, expected: string, step: Step, label: string): Search<never> {
  return missing(refuse(source, here.start, `expected ${expected} at ${label} to follow \`${step.upTo}\`, found ${inWords(here)}`, null));
}

function missing(failure: Failure): Search<never> {
  return { ...failure, isMissing: true };
}

function blocked(failure: Failure): Search<never> {
  return { ...failure, isMissing: false };
}

const MAX_KEYS_SHOWN = 8;

function keysHint<Origin>(entries: readonly Entry<Origin>[], key: string): string | null {
  if (entries.some((entry) => entry.key === "<<")) return "a key that `<<` brings in has to be named where it is defined";
  const nearby = entries.find((entry) => entry.key.toLowerCase() === key.toLowerCase());
  if (nearby !== undefined) return `did you mean \`${nearby.key}\`?`;
  if (entries.length === 0) return null;
  const shown = entries.slice(0, MAX_KEYS_SHOWN).map((entry) => `\`${shortened(entry.key)}\``);
  const rest = entries.length - shown.length;
  return `it has ${shown.join(", ")}${rest === 0 ? "" : ` and ${rest} more`}`;
}

function countOf(count: number, noun: string): string {
  return `${count === 0 ? "no" : count} ${noun}${count === 1 ? "" : "s"}`;
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
