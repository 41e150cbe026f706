// YAML text to a plain value and the place of everything in it. Refuses what a reader of a playbook could overlook
// or what lets a small file grow: anchors, aliases, tags, directives, second documents, repeated keys, deep nesting.
import { CST, Lexer, LineCounter, isAlias, isMap, isScalar, isSeq, parseDocument } from "yaml";
import type { YAMLMap, YAMLSeq } from "yaml";
import type { Problem } from "../model/problem.ts";

/** In UTF-8 bytes. */
const BYTES_MAX = 65_536;
/** Lists and maps inside each other; the deepest key of a playbook is on level eight. */
const DEPTH_MAX = 32;
/** Words and marks; ordinary YAML of 64 KB has fewer. Errors cost the reader far more than what is right. */
const TOKENS_MAX = 20_480;
/** Keys that reach an object's prototype in careless code. */
const KEYS_REFUSED: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** Keys and indices from the top. */
export type KeyPath = readonly (string | number)[];
/** From 1, in UTF-16 code units, as editors count. */
type Position = { readonly line: number; readonly column: number };

export type Document = {
  /** Plain objects, arrays, strings, numbers, booleans and null. What was refused is left out. */
  readonly value: unknown;
  /** Where the value stands; the key of the nearest parent when there is none. */
  readonly valueAt: (path: KeyPath) => Position;
  /** Where the key or the list's item stands; the nearest parent's when there is none. */
  readonly keyAt: (path: KeyPath) => Position;
  /** A scalar as it is written, without quotes; null for anything else. */
  readonly sourceOf: (path: KeyPath) => string | null;
  /** What stands here was refused and is missing from the value. */
  readonly isRefused: (path: KeyPath) => boolean;
};

/**
 * The document is null when nothing can be read from the text; otherwise it holds what was not refused, so that
 * everything else that is wrong with the file can be told at the same time. Problems are in no particular order.
 */
export function readDocument(text: string, path: string): { readonly document: Document | null; readonly problems: readonly Problem[] } {
  const cause = unreadable(text);
  if (cause !== null) return { document: null, problems: [{ severity: "error", ...cause, path, line: null, column: null }] };
  const source = text.replace(/^\uFEFF/, "");
  const positionOf = positions(source);
  const problemAt: ProblemAt = (offset, message, hint) => ({ severity: "error", message, path, ...positionOf(offset), hint });

  const features = refusedFeatures(source, problemAt);
  if (features.isHopeless) return { document: null, problems: features.problems };
  const parsed = parseDocument(source, { prettyErrors: false, uniqueKeys: false, stringKeys: true, schema: "core", logLevel: "silent" });
  const errors = parsed.errors.filter(({ code }) => code !== "MULTIPLE_DOCS");
  if (errors.length > 0) return { document: null, problems: [...features.problems, ...syntaxProblems(errors, problemAt)] };

  const reading: Reading = { problemAt, problems: [...features.problems], places: new Map(), refused: new Set() };
  const value = plain(parsed.contents, [], reading);
  if (value !== null && value !== undefined) return { document: documentOf(value, reading, positionOf), problems: reading.problems };
  return { document: null, problems: [...reading.problems, problemAt(0, "expected a playbook, found an empty file", "start with `schema: 1`")] };
}

type Cause = { readonly message: string; readonly hint: string | null };
type PositionOf = (offset: number) => Position;
type ProblemAt = (offset: number, message: string, hint: string | null) => Problem;
type Place = { readonly key: number; readonly value: number; readonly source: string | null };
type Reading = { readonly problemAt: ProblemAt; readonly problems: Problem[]; readonly places: Map<string, Place>; readonly refused: Set<string> };

function unreadable(text: string): Cause | null {
  const isTooLarge = text.length > BYTES_MAX || new TextEncoder().encode(text).length > BYTES_MAX;
  if (isTooLarge) return { message: "expected a file of at most 64 KB, found a larger one", hint: "a playbook holds rules, not data" };
  if (text.includes("\0")) return { message: "expected a text file, found a binary one", hint: null };
  return null;
}

function positions(text: string): PositionOf {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (const { index } of text.matchAll(/\n/g)) lines.addNewLine(index + 1);
  return (offset) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
}

const FEATURES: Readonly<Record<string, Cause>> = {
  anchor: { message: "anchors (`&name`) have no place in a playbook", hint: "write the value wherever it is needed" },
  alias: { message: "aliases (`*name`) have no place in a playbook", hint: 'write the value out; put it in quotes if it really starts with `*`, as in "*.md"' },
  tag: { message: "tags (`!name`) have no place in a playbook", hint: "put the value in quotes if it really starts with `!`" },
  "directive-line": { message: "directives (`%NAME`) have no place in a playbook", hint: "delete this line" },
};

/** Reads tokens only, so that neither depth nor references can hurt. Depth is that of flow brackets and of `- - -` on one line. */
function refusedFeatures(source: string, problemAt: ProblemAt): { readonly problems: readonly Problem[]; readonly isHopeless: boolean } {
  const problems: Problem[] = [];
  let offset = 0;
  let brackets = 0;
  let indicators = 0;
  let tokens = 0;
  let hasContent = false;
  for (const token of new Lexer().lex(source)) {
    const type = CST.tokenType(token);
    const cause = type === null ? undefined : FEATURES[type];
    if (cause !== undefined) problems.push(problemAt(offset, cause.message, cause.hint));
    if (type === "doc-start" && hasContent)
      problems.push(problemAt(offset, "expected one document, found the start of another (`---`)", "keep one playbook a file"));
    if (type === "flow-seq-start" || type === "flow-map-start") brackets += 1;
    if (type === "flow-seq-end" || type === "flow-map-end") brackets -= 1;
    if (type === "seq-item-ind" || type === "explicit-key-ind") indicators += 1;
    if (type === "newline") indicators = 0;
    if (type === "scalar" || type === "flow-seq-start" || type === "flow-map-start") hasContent = true;
    tokens += 1;
    const end = hopeless(brackets, brackets + indicators, tokens);
    if (end !== null) return { problems: [...problems, problemAt(offset, end, null)], isHopeless: true };
    if (!isMark(token)) offset += token.length;
  }
  return { problems, isHopeless: false };
}

/** Why there is no use in reading on; null when there is. */
function hopeless(brackets: number, depth: number, tokens: number): string | null {
  if (depth > DEPTH_MAX) return `expected at most ${String(DEPTH_MAX)} levels of lists and maps, found more`;
  if (brackets < 0) return "not readable as YAML: a bracket closes what was never opened";
  return tokens > TOKENS_MAX ? `expected at most ${String(TOKENS_MAX)} words and marks, found more` : null;
}

/** The lexer's own marks stand for no text: start of a document, of a flow error, of a scalar. */
function isMark(token: string): boolean {
  return token === CST.DOCUMENT || token === CST.FLOW_END || token === CST.SCALAR;
}

/** One problem a line: what follows on it comes from the first. */
function syntaxProblems(errors: readonly { readonly message: string; readonly pos: readonly [number, number] }[], problemAt: ProblemAt): Problem[] {
  const byLine = new Map<number | null, Problem>();
  for (const { message, pos } of errors) {
    const problem = syntaxProblem(message, pos[0], problemAt);
    if (!byLine.has(problem.line)) byLine.set(problem.line, problem);
  }
  return [...byLine.values()];
}

function syntaxProblem(message: string, offset: number, problemAt: ProblemAt): Problem {
  const reserved = /reserved character ([@`])$/.exec(message)?.[1];
  if (reserved !== undefined)
    return problemAt(offset, `a value can't start with \`${reserved}\` unless it is in quotes`, reserved === "@" ? 'write "@organisation/team"' : null);
  if (/stringKeys/.test(message)) return problemAt(offset, "expected a word as a key, found a list or a map", null);
  return problemAt(offset, `not readable as YAML: ${message.charAt(0).toLowerCase()}${message.slice(1)}`, null);
}

/** Undefined for what is refused. */
function plain(node: unknown, path: KeyPath, reading: Reading): unknown {
  if (path.length > DEPTH_MAX) return refuse(node, path, `expected at most ${String(DEPTH_MAX)} levels of lists and maps, found more`, reading);
  if (isMap(node)) return plainMap(node, path, reading);
  if (isSeq(node)) return plainList(node, path, reading);
  if (isScalar(node)) return typeof node.value === "bigint" ? String(node.value) : node.value;
  if (isAlias(node)) reading.refused.add(keyOf(path));
  return isAlias(node) ? undefined : null;
}

function plainMap(map: YAMLMap, path: KeyPath, reading: Reading): Readonly<Record<string, unknown>> {
  const entries: [string, unknown][] = [];
  const offsets = new Map<string, number>();
  for (const { key: keyNode, value: valueNode } of map.items) {
    if (!isScalar(keyNode)) continue;
    const key = String(keyNode.value);
    const offset = keyNode.range?.[0] ?? 0;
    const here = [...path, key];
    const first = offsets.get(key);
    if (KEYS_REFUSED.has(key)) reading.problems.push(reading.problemAt(offset, `\`${key}\` can't be a key`, "choose another name"));
    else if (first !== undefined)
      reading.problems.push(
        reading.problemAt(offset, `${spell(here)}: this key stands here twice`, `the first is on line ${String(reading.problemAt(first, "", null).line)}`),
      );
    else {
      offsets.set(key, offset);
      reading.places.set(keyOf(here), { key: offset, value: isAbsent(valueNode) ? offset : startOf(valueNode, offset), source: writtenAs(valueNode) });
      entries.push([key, plain(valueNode, here, reading)]);
    }
  }
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function plainList(list: YAMLSeq, path: KeyPath, reading: Reading): readonly unknown[] {
  return list.items.map((item, index) => {
    const here = [...path, index];
    const offset = startOf(item, list.range?.[0] ?? 0);
    reading.places.set(keyOf(here), { key: offset, value: offset, source: writtenAs(item) });
    return plain(item, here, reading);
  });
}

/** `key:` and nothing after it. */
function isAbsent(node: unknown): boolean {
  return !isScalar(node) ? node === null : node.range?.[0] === node.range?.[1];
}

function writtenAs(node: unknown): string | null {
  return isScalar(node) && node.source !== undefined && node.source !== "" ? node.source : null;
}

function refuse(node: unknown, path: KeyPath, message: string, reading: Reading): undefined {
  reading.refused.add(keyOf(path));
  reading.problems.push(reading.problemAt(startOf(node, 0), message, null));
}

function startOf(node: unknown, otherwise: number): number {
  return isMap(node) || isSeq(node) || isScalar(node) || isAlias(node) ? (node.range?.[0] ?? otherwise) : otherwise;
}

function documentOf(value: unknown, { places, refused }: Reading, positionOf: PositionOf): Document {
  const nearestPlace = (path: KeyPath): { readonly place: Place | undefined; readonly isExact: boolean } => {
    for (let length = path.length; length > 0; length -= 1) {
      const place = places.get(keyOf(path.slice(0, length)));
      if (place !== undefined) return { place, isExact: length === path.length };
    }
    return { place: undefined, isExact: false };
  };
  return {
    value,
    valueAt: (path) => {
      const { place, isExact } = nearestPlace(path);
      return positionOf(place === undefined ? 0 : isExact ? place.value : place.key);
    },
    keyAt: (path) => positionOf(nearestPlace(path).place?.key ?? 0),
    sourceOf: (path) => places.get(keyOf(path))?.source ?? null,
    isRefused: (path) => path.some((_, index) => refused.has(keyOf(path.slice(0, index + 1)))),
  };
}

function keyOf(path: KeyPath): string {
  return JSON.stringify(path);
}

/** `gates.staging.soak`, `versioning.files[0].file`. */
export function spell(path: KeyPath): string {
  return path.map((part, index) => (typeof part === "number" ? `[${String(part)}]` : index === 0 ? part : `.${part}`)).join("");
}
