// YAML text as documents that a path can walk. Offsets are those of the text; aliases are never expanded, so that
// a text of aliases costs no more than its length; duplicate keys are left to whoever asks for such a key.
import { type Document, isAlias, isMap, isScalar, isSeq, type Pair, parseAllDocuments, type ParsedNode, type YAMLParseError } from "yaml";
import type { Result } from "../../model/problem.ts";
import { accept, type Failure, refuse, type Source } from "./spot.ts";
import type { Entry, Tree } from "./tree.ts";

/** `node` is null where the syntax leaves no place for a value: `{version}`, `? version`. */
export type YamlOrigin = { readonly node: ParsedNode | null };
export type YamlDocument = { readonly root: Tree<YamlOrigin>; readonly contents: ParsedNode | null };

/** Every document of the text, at least one. A text that any YAML reader has to refuse is a problem. */
export function readYaml(source: Source): Result<readonly YamlDocument[]> {
  const parsed = parseAll(source.text);
  if (parsed === null) return tooDeep(source);
  const documents: YamlDocument[] = [];
  for (const document of parsed) {
    const [error] = document.errors;
    if (error !== undefined) return unreadable(source, error);
    documents.push({ root: treeOf(document.contents, document.range[0], targetsOf(document.contents)), contents: document.contents });
  }
  return documents.length === 0 ? refuse(source, 0, "the file is empty", null) : accept(documents);
}

/** A failed merge that was committed is the usual cause in practice, and its markers say where better than the parser. */
function unreadable(source: Source, error: YAMLParseError): Failure {
  if (error.message.includes("call stack")) return tooDeep(source);
  const conflict = /^<{7} /m.exec(source.text);
  if (conflict === null) return refuse(source, error.pos[0], `not valid YAML: ${error.message}`, null);
  return refuse(
    source,
    conflict.index,
    "not valid YAML: an unfinished merge stands here",
    "resolve it and remove the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`",
  );
}

function tooDeep(source: Source): Failure {
  return refuse(source, null, "the YAML is nested too deeply to be read", null);
}

type Parsed = Document.Parsed;

/** Null when the nesting exhausts the stack, which the parser reports as an error or throws. */
function parseAll(text: string): readonly Parsed[] | null {
  try {
    return parseAllDocuments(text, { uniqueKeys: false, prettyErrors: false });
  } catch {
    return null;
  }
}

/** Every node in the order of the text; without recursion, since the nesting is the file's. */
export function* nodesOf(root: ParsedNode): Generator<ParsedNode> {
  const open: (ParsedNode | null)[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node === null) continue;
    yield node;
    if (isMap(node)) for (const { key, value } of node.items.toReversed()) open.push(value, key);
    if (isSeq(node)) for (const item of node.items.toReversed()) open.push(item);
  }
}

type Targets = () => ReadonlyMap<ParsedNode, ParsedNode>;

/** What each alias stands for: the last node before it that carries its anchor. Computed when first asked for. */
function targetsOf(root: ParsedNode | null): Targets {
  let targets: Map<ParsedNode, ParsedNode> | null = null;
  return () => {
    if (targets !== null) return targets;
    targets = new Map();
    const anchored = new Map<string, ParsedNode>();
    for (const node of root === null ? [] : nodesOf(root)) {
      const target = isAlias(node) ? anchored.get(node.source) : undefined;
      if (target !== undefined) targets.set(node, target);
      if (!isAlias(node) && node.anchor !== undefined) anchored.set(node.anchor, node);
    }
    return targets;
  };
}

function treeOf(node: ParsedNode | null, otherwise: number, targets: Targets): Tree<YamlOrigin> {
  const origin = { node };
  const start = node?.range[0] ?? otherwise;
  if (isMap(node)) return { is: "mapping", start, origin, entries: () => node.items.flatMap((pair) => entryOf(pair, targets)) };
  if (isSeq(node)) return { is: "list", start, origin, items: () => node.items.map((item) => treeOf(item, start, targets)) };
  if (isAlias(node)) return { is: "alias", start, origin, name: node.source, target: () => targetOf(node, targets) };
  return { is: "scalar", start, origin, text: isScalar(node) ? scalarText(node) : "" };
}

/** Keys that are no scalars can't be named by a path. */
function entryOf({ key, value }: Pair<ParsedNode, ParsedNode | null>, targets: Targets): readonly Entry<YamlOrigin>[] {
  return isScalar(key) ? [{ key: scalarText(key), start: key.range[0], value: treeOf(value, key.range[1], targets) }] : [];
}

function targetOf(alias: ParsedNode, targets: Targets): Tree<YamlOrigin> | null {
  const node = targets().get(alias);
  return node === undefined ? null : treeOf(node, 0, targets);
}

/** What is written, for anything but a string: `1.10` is not 1.1. */
function scalarText(scalar: { readonly value: unknown; readonly source?: string }): string {
  return typeof scalar.value === "string" ? scalar.value : (scalar.source ?? "");
}
