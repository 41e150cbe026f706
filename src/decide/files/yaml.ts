// The value at a path of a YAML file. The path has to exist in exactly one document of the file, or in the one document in
// which other values stand, as a scalar on one line. After an edit the text is read again: the value has to be that string and everything else what it was.
import { isAlias, isScalar, type Scalar } from "yaml";
import type { Result } from "../../model/problem.ts";
import { parsePath, type PathPlace } from "./path.ts";
import { accept, type Failure, refuse, type Source, sourceOf, type Spot, spotAt, splice } from "./spot.ts";
import { find, type Found, inWords } from "./tree.ts";
import { changesOnly } from "./yaml-changes.ts";
import { scalarOf, type ScalarStyle } from "./yaml-scalar.ts";
import { nodesOf, readYaml, type YamlDocument, type YamlOrigin } from "./yaml-tree.ts";

/** Values by their paths of keys: only a document in which each of them stands is meant. */
export type Where = Readonly<Record<string, string>>;
export const ANYWHERE: Where = {};

/** The one spot of the path; empty, between the key and what follows, for a key without a value. */
export function locate(text: string, place: PathPlace, path: string, where = ANYWHERE): Result<readonly Spot[]> {
  const target = targetOf(sourceOf(text, path), place, where);
  return target.ok ? accept([target.value.spot]) : target;
}

/**
 * The text with the value replaced. Quotes, anchor and tag of the value are kept; a plain scalar that would be read as
 * a number, date or boolean gets double quotes. A value that an alias elsewhere repeats is refused: both would change.
 */
export function update(text: string, place: PathPlace, value: string, path: string, where = ANYWHERE): Result<string> {
  const source = sourceOf(text, path);
  const target = targetOf(source, place, where);
  if (!target.ok) return target;
  const { spot, scalar, style, found, documents } = target.value;
  if (scalar.value === value) return accept(text);
  if (scalar.tag?.startsWith(CORE_TAG) === true && scalar.tag !== `${CORE_TAG}str`) {
    return refuse(
      source,
      spot.start,
      `\`${place.path}\` is tagged as \`!!${scalar.tag.slice(CORE_TAG.length)}\`, so that no text can stand here`,
      "remove the tag",
    );
  }
  const shared = sharedBy(source, place, documents, found);
  if (shared !== null) return shared;
  const isGlued = spot.start === spot.end && spot.start > 0 && !/\s/.test(text.charAt(spot.start - 1));
  const after = splice(text, [spot], `${isGlued ? " " : ""}${scalarOf(value, style)}`);
  const reread = readYaml(sourceOf(after, path));
  if (reread.ok && changesOnly(documents, reread.value, scalar, value)) return accept(after);
  return refuse(
    source,
    spot.start,
    `\`${place.path}\` can't be set to ${JSON.stringify(value)} without changing how the rest of the file is read`,
    "write the value on its own line, in quotes",
  );
}

const CORE_TAG = "tag:yaml.org,2002:";

type Target = {
  readonly spot: Spot;
  readonly scalar: Scalar.Parsed;
  readonly style: ScalarStyle;
  readonly found: Found<YamlOrigin>;
  readonly documents: readonly YamlDocument[];
};

function targetOf(source: Source, place: PathPlace, where: Where): Result<Target> {
  const steps = parsePath(place.path, source);
  if (!steps.ok) return steps;
  const documents = readYaml(source);
  if (!documents.ok) return documents;
  const chosen = Object.keys(where).length === 0 ? documents : theOneWhere(source, documents.value, where);
  if (!chosen.ok) return chosen;
  const searches = chosen.value.map(({ root }) => find(source, root, steps.value));
  const hits: Found<YamlOrigin>[] = [];
  let failure: Failure | null = null;
  for (const search of searches) {
    if (search.ok) hits.push(search.value);
    else if (!search.isMissing) return search;
    else failure ??= search;
  }
  const [found, another] = hits;
  if (another !== undefined)
    return refuse(
      source,
      another.end.start,
      `\`${place.path}\` stands in ${hits.length} documents of this file`,
      "keep the version in one document, or use a marker comment",
    );
  if (found !== undefined) return scalarAt(source, place, found, documents.value);
  if (chosen.value.length === 1 && failure !== null) return failure;
  return refuse(source, null, `none of the ${documents.value.length} documents of this file has \`${place.path}\``, null);
}

/** A list of one. */
function theOneWhere(source: Source, documents: readonly YamlDocument[], where: Where): Result<readonly YamlDocument[]> {
  const fitting: YamlDocument[] = [];
  for (const document of documents) {
    const holds = holdsAll(source, document, where);
    if (!holds.ok) return holds;
    if (holds.value) fitting.push(document);
  }
  const conditions = Object.entries(where).map(([at, value]) => `${at}: ${value}`);
  const wanted = `\`${conditions.join(", ")}\``;
  const [, another] = fitting;
  if (fitting.length === 0) return refuse(source, null, `none of the ${documents.length} documents of this file has ${wanted}`, null);
  if (another !== undefined)
    return refuse(source, another.root.start, `${fitting.length} documents of this file have ${wanted}`, "name a value that only one of them has");
  return accept(fitting);
}

function holdsAll(source: Source, { root }: YamlDocument, where: Where): Result<boolean> {
  for (const [at, value] of Object.entries(where)) {
    const steps = parsePath(at, source);
    if (!steps.ok) return steps;
    const found = find(source, root, steps.value);
    if (!found.ok && !found.isMissing) return found;
    const end = found.ok ? found.value.end : null;
    if (end?.is !== "scalar" || end.text !== value) return accept(false);
  }
  return accept(true);
}

function scalarAt(source: Source, place: PathPlace, found: Found<YamlOrigin>, documents: readonly YamlDocument[]): Result<Target> {
  const { end } = found;
  const scalar = end.origin.node;
  if (end.is === "alias")
    return refuse(
      source,
      end.start,
      `\`${place.path}\` is the alias \`*${end.name}\`: a change would have to be made at \`&${end.name}\``,
      "name the path of the anchor, or write the value out",
    );
  if (end.is !== "scalar") return refuse(source, end.start, `expected one value at \`${place.path}\`, found ${inWords(end)}`, null);
  if (!isScalar(scalar)) return refuse(source, end.start, `\`${place.path}\` has no place for a value`, "write a `:` and a value after the key");
  const [from, to] = scalar.range;
  const raw = source.text.slice(from, to);
  const style = STYLES.get(scalar.type);
  if (style === undefined)
    return refuse(source, from, `expected a value on one line at \`${place.path}\`, found a block scalar`, "write the value after the key");
  if (/[\r\n]/.test(raw))
    return refuse(source, from, `expected a value on one line at \`${place.path}\`, found one that spans several`, "write the value on one line");
  const start = raw === "" ? beforeSpaces(source.text, from) : from;
  return accept({ spot: spotAt(source, start, start + raw.length, end.text), scalar, style, found, documents });
}

const STYLES: ReadonlyMap<string | null | undefined, ScalarStyle> = new Map([
  ["PLAIN", "plain"],
  ["QUOTE_SINGLE", "single"],
  ["QUOTE_DOUBLE", "double"],
]);

/** An empty value belongs right behind its `:`, `-`, anchor or tag, in front of any space and comment. */
function beforeSpaces(text: string, offset: number): number {
  let start = offset;
  while (text[start - 1] === " " || text[start - 1] === "\t") start -= 1;
  return start;
}

/** The problem of an anchor, on the value or on anything around it, that an alias repeats. */
function sharedBy(source: Source, place: PathPlace, documents: readonly YamlDocument[], found: Found<YamlOrigin>): Failure | null {
  const anchors = new Set(found.passed.flatMap(({ origin: { node } }) => (node !== null && !isAlias(node) && node.anchor !== undefined ? [node.anchor] : [])));
  const contents = documents.find(({ root }) => root === found.passed[0])?.contents ?? null;
  if (anchors.size === 0 || contents === null) return null;
  for (const node of nodesOf(contents)) {
    if (!isAlias(node) || !anchors.has(node.source)) continue;
    return refuse(
      source,
      node.range[0],
      `\`*${node.source}\` repeats \`${place.path}\` here, so that a change there changes this as well`,
      "write one of the two out",
    );
  }
  return null;
}
