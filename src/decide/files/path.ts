// The path language of YAML, JSON and TOML places: `image.tag`, `dependencies[0].version`,
// `dependencies[name=utils].version`, `metadata.labels."app.kubernetes.io/version"`.
//
// A key is bare (anything but `.`, `[`, `]`, quotes) or quoted: "…" with JSON's escapes, '…' without any.
// Brackets hold an index from 0, a quoted key, or `key=value`, which selects the one item of a list that has it.
import type { Place } from "../../model/playbook.ts";
import type { Result } from "../../model/problem.ts";
import { accept, refuse, type Source } from "./spot.ts";

export type PathPlace = Extract<Place, { readonly path: string }>;

/** One step down. `upTo` is the expression up to and including this step, for messages. */
export type Step =
  | { readonly by: "key"; readonly key: string; readonly upTo: string }
  | { readonly by: "index"; readonly index: number; readonly upTo: string }
  | { readonly by: "match"; readonly key: string; readonly value: string; readonly upTo: string };

const MAX_EXPRESSION_LENGTH = 500;
const EXAMPLES = 'write for instance `image.tag`, `dependencies[0].version` or `labels."a.b"`';

/** The steps of an expression, at least one. A problem names the file that the expression was meant for. */
export function parsePath(expression: string, source: Source): Result<readonly Step[]> {
  const wrong = (because: string) => refuse(source, null, `${JSON.stringify(expression)} is no path: ${because}`, EXAMPLES);
  if (expression.length > MAX_EXPRESSION_LENGTH) return wrong(`it is longer than ${MAX_EXPRESSION_LENGTH} characters`);
  const steps: Step[] = [];
  let at = 0;
  while (at < expression.length || steps.length === 0) {
    if (steps.length > 0 && expression[at] === ".") at += 1;
    else if (steps.length > 0 && expression[at] !== "[") return wrong(`expected \`.\` or \`[\` at character ${at + 1}`);
    const token = expression[at] === "[" && expression[at - 1] !== "." ? bracket(expression, at) : key(expression, at);
    if (token === null) return wrong(`expected a key${expression[at] === "[" ? ", an index or `key=value` in brackets" : ""} at character ${at + 1}`);
    at = token.end;
    steps.push({ ...token.step, upTo: expression.slice(0, at) });
  }
  return accept(steps);
}

type Bare =
  | { readonly by: "key"; readonly key: string }
  | { readonly by: "index"; readonly index: number }
  | { readonly by: "match"; readonly key: string; readonly value: string };
type Token<T> = { readonly step: T; readonly end: number };

function key(expression: string, at: number): Token<Bare> | null {
  const word = quoted(expression, at) ?? until(expression, at, /[.[\]"']/g);
  return word === null ? null : { step: { by: "key", key: word.text }, end: word.end };
}

function bracket(expression: string, at: number): Token<Bare> | null {
  const first = quoted(expression, at + 1) ?? until(expression, at + 1, /[=[\]"']/g);
  if (first === null) return null;
  if (expression[first.end] === "]") {
    const end = first.end + 1;
    if (first.isQuoted) return { step: { by: "key", key: first.text }, end };
    return /^\d{1,9}$/.test(first.text) ? { step: { by: "index", index: Number(first.text) }, end } : null;
  }
  if (expression[first.end] !== "=") return null;
  const second = quoted(expression, first.end + 1) ?? until(expression, first.end + 1, /[[\]"']/g);
  return second === null || expression[second.end] !== "]" ? null : { step: { by: "match", key: first.text, value: second.text }, end: second.end + 1 };
}

type Word = { readonly text: string; readonly end: number; readonly isQuoted: boolean };

function until(expression: string, at: number, stop: RegExp): Word | null {
  stop.lastIndex = at;
  const end = stop.exec(expression)?.index ?? expression.length;
  return end === at ? null : { text: expression.slice(at, end), end, isQuoted: false };
}

function quoted(expression: string, at: number): Word | null {
  const quote = expression[at];
  if (quote !== '"' && quote !== "'") return null;
  let end = at + 1;
  while (end < expression.length && expression[end] !== quote) end += quote === '"' && expression[end] === "\\" ? 2 : 1;
  if (expression[end] !== quote) return null;
  const text = quote === "'" ? expression.slice(at + 1, end) : jsonString(expression.slice(at, end + 1));
  return text === null ? null : { text, end: end + 1, isQuoted: true };
}

function jsonString(raw: string): string | null {
  try {
    const text: unknown = JSON.parse(raw);
    return typeof text === "string" ? text : null;
  } catch {
    return null;
  }
}
