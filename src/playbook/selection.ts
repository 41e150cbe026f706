// Places in the plain value of a playbook, found by a pattern, and what is said of them. What has another shape than a
// pattern expects is passed over: its own problem says so.
import { nearest } from "../model/nearest.ts";
import type { KeyPath } from "./document.ts";
import { at } from "./problems.ts";
import type { Objection } from "./problems.ts";

type Found = { readonly path: KeyPath; readonly value: unknown };

/** `pattern`: keys joined with dots; `*` is every key or item, `[]` the value itself or, for a list, every item. */
export function select(value: unknown, pattern: string): readonly Found[] {
  let found: readonly Found[] = [{ path: [], value }];
  for (const part of pattern.split(".")) found = found.flatMap((one) => step(one, part));
  return found;
}

function step({ path, value }: Found, part: string): readonly Found[] {
  if (part === "[]" && !Array.isArray(value)) return value === undefined ? [] : [{ path, value }];
  if (Array.isArray(value)) return part === "*" || part === "[]" ? value.map((item: unknown, index) => ({ path: [...path, index], value: item })) : [];
  if (typeof value !== "object" || value === null) return [];
  if (part === "*") return Object.entries(value).map(([key, item]) => ({ path: [...path, key], value: item }));
  return Object.hasOwn(value, part) ? [{ path: [...path, part], value: Reflect.get(value, part) }] : [];
}

export function texts(value: unknown, pattern: string): readonly { readonly path: KeyPath; readonly value: string }[] {
  return select(value, pattern).flatMap(({ path, value: one }) => (typeof one === "string" ? [{ path, value: one }] : []));
}

export function error(path: KeyPath, message: string, hint: string | null, side: Objection["at"] = "value"): Objection {
  return { severity: "error", path, at: side, message, hint, meant: null };
}

/** Null when the key is there and is no map. */
export function keysAt(value: unknown, key: string): readonly string[] | null {
  const map = at(value, [key]);
  if (map === undefined) return [];
  return typeof map === "object" && map !== null && !Array.isArray(map) ? Object.keys(map) : null;
}

/** More than fit on a line are not listed. */
const LISTED_MAX = 12;

export function suggestion(word: string, names: readonly string[], where: string): string {
  const meant = nearest(word, names);
  if (meant !== null) return `did you mean \`${meant}\`?`;
  return names.length === 0
    ? `add it to ${where}`
    : `there are ${names.slice(0, LISTED_MAX).join(", ")}${names.length > LISTED_MAX ? ` and ${String(names.length - LISTED_MAX)} more` : ""}`;
}

export function componentNames(value: unknown): readonly string[] {
  return (keysAt(value, "components") ?? []).filter((name) => name !== "discover");
}

export function hasDiscovery(value: unknown): boolean {
  return at(value, ["components", "discover"]) !== undefined;
}
