// The value at a path of a TOML file. Dotted keys, quoted keys, tables, arrays of tables and inline tables are one
// and the same to a path: `package.version`, `workspace.dependencies.core.version`, `bin[0].name`.
import { type AST, ParseError, parseTOML } from "toml-eslint-parser";
import type { Result } from "../../model/problem.ts";
import { parsePath, type PathPlace } from "./path.ts";
import { accept, refuse, type Source, sourceOf, type Spot, spotAt, splice } from "./spot.ts";
import { find, inWords, type Tree } from "./tree.ts";

/** The one spot of the path, quotes included. */
export function locate(text: string, place: PathPlace, path: string): Result<readonly Spot[]> {
  const source = sourceOf(text, path);
  const value = valueAt(source, place);
  return value.ok ? accept([spotOf(source, value.value)]) : value;
}

/** The text with the value replaced. A string keeps its quotes, unless '…' can't hold the value; anything else becomes a string. */
export function update(text: string, place: PathPlace, value: string, path: string): Result<string> {
  const source = sourceOf(text, path);
  const found = valueAt(source, place);
  if (!found.ok) return found;
  const old = found.value;
  if (old.kind === "string" && old.value === value) return accept(text);
  const isLiteral = old.kind === "string" && old.style === "literal" && !value.includes("'");
  const spot = spotOf(source, old);
  const after = splice(text, [spot], isLiteral ? `'${value}'` : JSON.stringify(value));
  const reread = locate(after, place, path);
  if (reread.ok && reread.value[0]?.value === value) return accept(after);
  return refuse(source, spot.start, `TOML has no way to write ${JSON.stringify(value)}`, null);
}

function valueAt(source: Source, place: PathPlace): Result<AST.TOMLValue> {
  const steps = parsePath(place.path, source);
  if (!steps.ok) return steps;
  const root = readToml(source);
  if (!root.ok) return root;
  const found = find(source, root.value, steps.value);
  if (!found.ok) return found;
  const { end } = found.value;
  const value = end.origin;
  if (value?.type !== "TOMLValue") return refuse(source, end.start, `expected one value at \`${place.path}\`, found ${inWords(end)}`, null);
  const isMultiline = value.kind === "string" && value.multiline;
  return isMultiline
    ? refuse(source, end.start, `expected a value on one line at \`${place.path}\`, found a multi-line string`, "write the value in one pair of quotes")
    : accept(value);
}

function spotOf(source: Source, value: AST.TOMLValue): Spot {
  return spotAt(source, value.range[0], value.range[1], textOf(source.text, value));
}

/** What is written, for anything but a string: `1.10` is not 1.1. */
function textOf(text: string, value: AST.TOMLValue): string {
  return value.kind === "string" ? value.value : text.slice(...value.range);
}

/** The parser's node for what has one; null for a table that only the keys of others imply. */
type Origin = AST.TOMLContentNode | null;

function readToml(source: Source): Result<Tree<Origin>> {
  try {
    const [program] = parseTOML(source.text).body;
    return accept(tableOf(source.text, program.body));
  } catch (error) {
    if (error instanceof ParseError) return refuse(source, error.index, `not valid TOML: ${error.message}`, null);
    // The parser is recursive: the only other exception is an exhausted stack.
    return refuse(source, null, "the TOML is nested too deeply to be read", null);
  }
}

/** A tree under construction: TOML spreads a table over the file. The parser has refused duplicates. */
type Growing =
  | { readonly start: number; readonly table: Map<string, Growing> }
  | { readonly start: number; readonly list: Growing[] }
  | { readonly start: number; readonly value: AST.TOMLContentNode };

function tableOf(text: string, body: AST.TOMLTopLevelTable["body"]): Tree<Origin> {
  const root: Growing = { start: 0, table: new Map() };
  for (const node of body) {
    if (node.type === "TOMLKeyValue") plant(root, keysOf(node.key), node.key.range[0], node.value);
    else {
      const table = plant(root, node.resolvedKey, node.key.range[0], null);
      for (const { key, value } of node.body) plant(table, keysOf(key), key.range[0], value);
    }
  }
  return grown(text, root);
}

function plant(from: Growing, keys: readonly (string | number)[], start: number, value: AST.TOMLContentNode | null): Growing {
  let here = from;
  for (const [depth, key] of keys.entries()) {
    const next = keys[depth + 1];
    const fresh: Growing =
      next === undefined && value !== null ? { start, value } : typeof next === "number" ? { start, list: [] } : { start, table: new Map() };
    here = stepInto(here, key, fresh);
  }
  return here;
}

function stepInto(here: Growing, key: string | number, fresh: Growing): Growing {
  if ("table" in here) {
    const known = here.table.get(String(key)) ?? fresh;
    here.table.set(String(key), known);
    return known;
  }
  if (!("list" in here)) return fresh;
  const known = here.list[Number(key)] ?? fresh;
  here.list[Number(key)] = known;
  return known;
}

function grown(text: string, growing: Growing): Tree<Origin> {
  const { start } = growing;
  if ("table" in growing)
    return {
      is: "mapping",
      start,
      origin: null,
      entries: () => [...growing.table].map(([key, value]) => ({ key, start: value.start, value: grown(text, value) })),
    };
  if ("list" in growing) return { is: "list", start, origin: null, items: () => growing.list.map((item) => grown(text, item)) };
  return contentOf(text, growing.value);
}

function contentOf(text: string, node: AST.TOMLContentNode): Tree<Origin> {
  const [start] = node.range;
  if (node.type === "TOMLArray") return { is: "list", start, origin: node, items: () => node.elements.map((element) => contentOf(text, element)) };
  if (node.type === "TOMLValue") return { is: "scalar", start, origin: node, text: textOf(text, node) };
  const inline: Growing = { start, table: new Map() };
  for (const { key, value } of node.body) plant(inline, keysOf(key), key.range[0], value);
  return grown(text, inline);
}

function keysOf(key: AST.TOMLKey): string[] {
  return key.keys.map((one) => (one.type === "TOMLBare" ? one.name : one.value));
}
