// A value that has to stand in a YAML file, in every document that counts. A file, a document or a path that can't be
// followed is unknown: nothing was looked at is not green. Aliases are never expanded.
import { isScalar } from "yaml";
import type { Words } from "../../model/plan.ts";
import type { Problem, Result } from "../../model/problem.ts";
import { parsePath, type Step } from "../files/path.ts";
import { positionAt, type Source, sourceOf } from "../files/spot.ts";
import { find, inWords, type Tree } from "../files/tree.ts";
import { readYaml, type YamlOrigin } from "../files/yaml-tree.ts";
import { placeOf } from "../prose/place.ts";
import { closed, defineGate, type Finding, type NamedGate, NOTHING_MORE, open, type OptionsOf, unknown } from "./define.ts";
import { capped, code, counted, keyOfGate, shortened } from "./phrases.ts";
import { INSTEAD_OF_TEXT } from "./unread.ts";

type Options = OptionsOf<"require_yaml">;
type Scalar = Options["value"];

const BYTE_ORDER_MARK = "\uFEFF";

export const requireYaml = defineGate({
  kind: "require_yaml",
  summary: "The value stands at the path in every document of the file that counts, and at least one does.",
  wants: ({ file }, subject) => (subject.file(file) === undefined ? { files: [file] } : NOTHING_MORE),
  evaluate(options, subject, gate) {
    const { file } = options;
    const state = subject.file(file);
    if (state === undefined) throw new Error(`Bug: ${file} was never asked for`);
    if (state.is !== "text")
      return unknown(`${code(file, 200)} ${INSTEAD_OF_TEXT[state.is]}`, `put a YAML file there, or correct \`file\` in ${code(keyOfGate(gate.gate))}`);
    const text = state.text.startsWith(BYTE_ORDER_MARK) ? state.text.slice(1) : state.text;
    const looked = lookThrough(options, sourceOf(text, file));
    return looked.ok ? verdictOn(looked.value, options, gate) : unreadable(looked.problems);
  },
  owner: () => null,
});

type Looked = { readonly fitting: number; readonly documents: number; readonly problems: readonly Problem[] };

function lookThrough({ path, value, where }: Options, source: Source): Result<Looked> {
  const steps = parsePath(path, source);
  if (!steps.ok) return steps;
  const conditions: { readonly steps: readonly Step[]; readonly value: Scalar }[] = [];
  for (const [at, wanted] of Object.entries(where)) {
    const parsed = parsePath(at, source);
    if (!parsed.ok) return parsed;
    conditions.push({ steps: parsed.value, value: wanted });
  }
  const documents = readYaml(source);
  if (!documents.ok) return documents;
  let fitting = 0;
  const problems: Problem[] = [];
  for (const { root } of documents.value) {
    const isFitting = holdsAll(source, root, conditions);
    if (!isFitting.ok) return isFitting;
    if (!isFitting.value) continue;
    fitting += 1;
    const found = valueAt(source, root, steps.value);
    if (!found.ok) return found;
    if (!isSame(found.value, value)) problems.push(wrongValue(found.value, path, value, source));
  }
  return { ok: true, value: { fitting, documents: documents.value.length, problems } };
}

function holdsAll(source: Source, root: Tree<YamlOrigin>, conditions: readonly { readonly steps: readonly Step[]; readonly value: Scalar }[]): Result<boolean> {
  for (const { steps, value } of conditions) {
    const found = valueAt(source, root, steps);
    if (!found.ok) return found;
    if (!isSame(found.value, value)) return { ok: true, value: false };
  }
  return { ok: true, value: true };
}

/** What stands at a path: `tree` is null when nothing does, and `start` is then where it would be. */
type Standing = { readonly tree: Tree<YamlOrigin> | null; readonly start: number };

function valueAt(source: Source, root: Tree<YamlOrigin>, steps: readonly Step[]): Result<Standing> {
  const found = find(source, root, steps);
  if (found.ok) {
    const { end } = found.value;
    return { ok: true, value: { tree: end.is === "alias" ? (end.target() ?? end) : end, start: end.start } };
  }
  if (!found.isMissing) return found;
  const nearest = deepest(source, root, steps);
  const merge = nearest.is === "mapping" ? nearest.entries().find(({ key }) => key === "<<") : undefined;
  return merge === undefined ? { ok: true, value: { tree: null, start: nearest.start } } : merged(source, merge.start, steps);
}

/** The last tree on the path that is there. */
function deepest(source: Source, root: Tree<YamlOrigin>, steps: readonly Step[]): Tree<YamlOrigin> {
  let here = root;
  for (const step of steps) {
    const next = find(source, here, [step]);
    if (!next.ok) break;
    here = next.value.end;
  }
  return here;
}

/** A key that is not written out may still come in with another mapping. */
function merged(source: Source, start: number, steps: readonly Step[]): Result<never> {
  const message = `\`<<\` may bring in ${code(steps.at(-1)?.upTo ?? "", 200)} here, which is not followed`;
  return { ok: false, problems: [{ severity: "error", message, path: source.path, ...positionAt(source, start), hint: "write the value out" }] };
}

function isSame({ tree }: Standing, wanted: Scalar): boolean {
  if (tree === null) return wanted === null;
  return tree.is === "scalar" && scalarOf(tree) === wanted;
}

/** As YAML 1.2 reads it. Undefined for what is none of its scalars, so that it equals nothing. */
function scalarOf({ origin: { node } }: Tree<YamlOrigin>): Scalar | undefined {
  if (node === null) return null;
  const value: unknown = isScalar(node) ? node.value : undefined;
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  return undefined;
}

function wrongValue({ tree, start }: Standing, path: string, wanted: Scalar, source: Source): Problem {
  const expected = wanted === null ? "null or nothing" : JSON.stringify(wanted);
  const message = `expected ${expected} at ${code(path, 200)}, found ${tree === null ? "nothing" : inWords(tree)}`;
  return { severity: "error", message, path: source.path, ...positionAt(source, start), hint: null };
}

function verdictOn({ fitting, documents, problems }: Looked, { file, path, value, where }: Options, { gate }: NamedGate): Finding {
  const key = code(path, 200);
  if (fitting === 0) {
    const conditions = Object.entries(where).map(([at, wanted]) => `${at}: ${wanted === null ? "null" : String(wanted)}`);
    const because = `none of ${counted(documents, "document")} in ${code(file, 200)} has ${code(conditions.join(", "), 200)}: nothing was looked at`;
    return unknown(because, `correct \`where\` or \`file\` in ${code(keyOfGate(gate))}`);
  }
  const [first] = problems;
  const wanted = value === null ? "null" : JSON.stringify(value);
  if (first === undefined) return open(`${key} is ${wanted} in ${counted(fitting, "document")} of ${code(file, 200)}`);
  const more = problems.length === 1 ? "" : `, and in ${counted(problems.length - 1, "other place")}`;
  const next = value === null ? `remove ${key} there, or set it to null` : `set ${key} to ${wanted} there`;
  return closed(`${code(placeOf(first) ?? "", 200)}: ${first.message}${more}`, next, { problems, details: capped(problems.map(inPlace), 20) });
}

function unreadable(problems: readonly Problem[]): Finding {
  const [first] = problems;
  if (first === undefined) throw new Error("Bug: a failure without a problem");
  return unknown(inPlace(first), first.hint ?? "correct it there", { problems });
}

function inPlace(problem: Problem): Words {
  return `${code(placeOf(problem) ?? "", 200)}: ${shortened(problem.message, 300)}`;
}
