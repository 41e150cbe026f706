// What the schema objects to, as problems with place and hint.
import type * as z from "zod";
import type { Problem, Severity } from "../model/problem.ts";
import { spell } from "./document.ts";
import type { Document, KeyPath } from "./document.ts";
import { nearest } from "../model/nearest.ts";

type Issue = z.core.$ZodIssue;

export const UNKNOWN_KEY = "there is no such key";

/** Text of a value that a message shows; the rest is replaced by `…`. */
const SHOWN_MAX = 60;

/** A problem before it has a place. `at` says whether the key or the value is at fault. */
export type Objection = {
  readonly severity: Severity;
  readonly path: KeyPath;
  readonly at: "key" | "value";
  /** Without the path in front. */
  readonly message: string;
  readonly hint: string | null;
  /** For an unknown key: the key that was probably meant, which is then not missing. */
  readonly meant: string | null;
};

/** What each kind of value is called when the schema does not say more. */
const KINDS: Readonly<Record<string, string>> = {
  string: "text",
  boolean: "true or false",
  number: "a number",
  int: "a whole number",
  array: "a list",
  object: "a map",
  record: "a map",
};

/** Said where the schema has no phrase: a list of phrases takes its place. */
const OTHER = "another value";

/** For `safeParse`: what was expected, where the schema has no phrase of its own. */
export function expectation(issue: z.core.$ZodRawIssue): string {
  if (issue.code === "invalid_type") return KINDS[String(issue.expected)] ?? String(issue.expected);
  if (issue.code === "invalid_value") return choice(issue.values.map(String));
  return OTHER;
}

/** Every issue as one objection or, for unknown keys, one a key. */
export function objectionsOf(issue: Issue, document: Document, knownKeys: (path: KeyPath) => readonly string[], above: KeyPath = []): readonly Objection[] {
  const path = [...above, ...issue.path.map((part) => (typeof part === "symbol" ? String(part) : part))];
  if (document.isRefused(path)) return [];
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey([...path, key], knownKeys(path)));
  if (issue.code === "invalid_key")
    return [{ severity: "error", path, at: "key", message: `expected ${issue.issues[0]?.message ?? "another name"}`, hint: null, meant: null }];
  if (issue.code === "custom") return [custom(issue, path, document)];
  if (issue.code !== "invalid_union") return [unexpected(issue.message, path, document, issue.code === "invalid_value" ? issue.values.map(String) : [])];
  const closest = closestBranch(issue.errors, document, path);
  return closest.length > 0 ? closest.flatMap((inner) => objectionsOf(inner, document, knownKeys, path)) : [noBranch(issue, document, path)];
}

function unknownKey(path: KeyPath, known: readonly string[]): Objection {
  const meant = nearest(String(path.at(-1)), known);
  const hint = meant !== null ? `did you mean \`${meant}\`?` : known.length > 0 ? `the keys here are ${known.join(", ")}` : null;
  return { severity: "error", path, at: "key", message: UNKNOWN_KEY, hint, meant };
}

/** The branch that takes this kind of value, so that what is wrong inside it can be told; none when no branch does. */
function closestBranch(branches: readonly (readonly Issue[])[], document: Document, path: KeyPath): readonly Issue[] {
  return (
    branches.find((issues) => issues.length > 0 && issues.every((issue) => issue.path.length > 0 || issue.code === "unrecognized_keys")) ??
    sameKind(branches, document, path)
  );
}

/** For a scalar: the branch that wants text, because its phrase says how the text has to look. */
function sameKind(branches: readonly (readonly Issue[])[], document: Document, path: KeyPath): readonly Issue[] {
  if (document.sourceOf(path) === null) return [];
  return branches.find((issues) => issues.every((issue) => issue.code !== "invalid_type" && issue.code !== "invalid_value")) ?? [];
}

function noBranch({ errors, message }: z.core.$ZodIssueInvalidUnion, document: Document, path: KeyPath): Objection {
  const phrases = errors.map((issues) => issues[0]?.message ?? OTHER);
  return unexpected(message === OTHER ? choice(phrases, false) : message, path, document, []);
}

function custom(issue: z.core.$ZodIssueCustom, path: KeyPath, document: Document): Objection {
  const { says: isWhole, hint } = issue.params ?? {};
  const ownHint = typeof hint === "string" ? hint : null;
  if (isWhole === true) return { severity: "error", path, at: "value", message: issue.message, hint: ownHint, meant: null };
  return { ...unexpected(issue.message, path, document, []), ...(ownHint === null ? {} : { hint: ownHint }) };
}

function unexpected(expected: string, path: KeyPath, document: Document, choices: readonly string[]): Objection {
  const value = at(document.value, path);
  const source = document.sourceOf(path);
  const message = `expected ${expected}, found ${shown(value, source)}`;
  return { severity: "error", path, at: "value", message, hint: hintFor(expected, value, source, choices), meant: null };
}

/** What turns the value into one that fits, where that can be told. */
function hintFor(expected: string, value: unknown, source: string | null, choices: readonly string[]): string | null {
  if (value === null) return "give it a value, or leave the key out";
  if (typeof value === "string" && choices.includes(value)) return `write it without quotes: ${value}`;
  const meant = typeof value === "string" ? nearest(value, choices) : null;
  if (meant !== null) return `did you mean \`${meant}\`?`;
  if (expected === KINDS["array"] && source !== null) return `write a list: [${source}]`;
  const isQuotable = (typeof value === "number" || typeof value === "boolean") && choices.length === 0 && TEXTS.test(expected);
  return isQuotable && source !== null ? `write it in quotes: "${source}"` : null;
}

/** Phrases that stand for text. */
const TEXTS = /\b(?:text|line|name|label|path|glob|version|role)\b/;

/** A value as a message names it. */
function shown(value: unknown, source: string | null): string {
  if (value === undefined || value === null) return source ?? "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "a map";
  const text = typeof value === "string" ? JSON.stringify(value) : (source ?? JSON.stringify(value));
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX).toWellFormed()}…` : text;
}

/** `a, b or c`. */
function choice(options: readonly string[], isCode = true): string {
  const words = options.map((option) => (isCode ? `\`${option}\`` : option));
  const last = words.at(-1) ?? "nothing";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} or ${last}`;
}

/** The value at a path; undefined when there is none. */
export function at(value: unknown, path: KeyPath): unknown {
  let current = value;
  for (const part of path) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, part)) return undefined;
    current = Reflect.get(current, part);
  }
  return current;
}

/** The objection with its place, its path in front of the message. */
export function placed({ severity, path, at: side, message, hint }: Objection, document: Document, file: string): Problem {
  const position = side === "key" ? document.keyAt(path) : document.valueAt(path);
  const name = spell(path);
  return { severity, message: name === "" ? message : `${name}: ${message}`, path: file, ...position, hint };
}
