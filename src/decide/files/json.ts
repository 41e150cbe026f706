// The value at a path of a JSON file. Comments and a comma after the last entry are left in peace, as the tools that
// use such files do; a duplicate key on the way is refused, since readers disagree on which of the two counts.
import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import type { Result } from "../../model/problem.ts";
import { parsePath, type PathPlace } from "./path.ts";
import { accept, refuse, type Source, sourceOf, type Spot, spotAt, splice } from "./spot.ts";
import { type Entry, find, inWords, type Tree } from "./tree.ts";

/** The one spot of the path, quotes included. */
export function locate(text: string, place: PathPlace, path: string): Result<readonly Spot[]> {
  const source = sourceOf(text, path);
  const end = scalarAt(source, place);
  return end.ok ? accept([spotOf(source, end.value)]) : end;
}

/** The text with the value replaced by a JSON string, whatever it was before. */
export function update(text: string, place: PathPlace, value: string, path: string): Result<string> {
  const source = sourceOf(text, path);
  const end = scalarAt(source, place);
  if (!end.ok) return end;
  const isThere = end.value.origin.type === "string" && end.value.text === value;
  return accept(isThere ? text : splice(text, [spotOf(source, end.value)], JSON.stringify(value)));
}

type JsonScalar = Tree<Node> & { readonly is: "scalar" };

function scalarAt(source: Source, place: PathPlace): Result<JsonScalar> {
  const steps = parsePath(place.path, source);
  if (!steps.ok) return steps;
  const root = readJson(source);
  if (!root.ok) return root;
  const found = find(source, treeOf(source.text, root.value), steps.value);
  if (!found.ok) return found;
  const { end } = found.value;
  return end.is === "scalar" ? accept(end) : refuse(source, end.start, `expected one value at \`${place.path}\`, found ${inWords(end)}`, null);
}

function spotOf(source: Source, { start, origin, text }: JsonScalar): Spot {
  return spotAt(source, start, start + origin.length, text);
}

function treeOf(text: string, node: Node): Tree<Node> {
  const start = node.offset;
  const children = node.children ?? [];
  if (node.type === "object") return { is: "mapping", start, origin: node, entries: () => children.flatMap((property) => entryOf(text, property)) };
  if (node.type === "array") return { is: "list", start, origin: node, items: () => children.map((item) => treeOf(text, item)) };
  const value: unknown = node.value;
  return { is: "scalar", start, origin: node, text: typeof value === "string" ? value : text.slice(start, start + node.length) };
}

function entryOf(text: string, property: Node): readonly Entry<Node>[] {
  const [name, value] = property.children ?? [];
  return name === undefined || value === undefined ? [] : [{ key: String(name.value), start: name.offset, value: treeOf(text, value) }];
}

function readJson(source: Source): Result<Node> {
  const errors: ParseError[] = [];
  const root = parse(source.text, errors);
  if (root === null) return refuse(source, null, "the JSON is nested too deeply to be read", null);
  const [error] = errors;
  if (error !== undefined) return refuse(source, error.offset, `not valid JSON: ${printParseErrorCode(error.error)}`, null);
  return root === undefined ? refuse(source, 0, "the file is empty", null) : accept(root);
}

/** Null when the nesting exhausts the stack: the parser is recursive, and this is its only exception. */
function parse(text: string, errors: ParseError[]): Node | undefined | null {
  try {
    return parseTree(text, errors, { allowTrailingComma: true });
  } catch {
    return null;
  }
}
