// What a workflow listens to, as far as a release is concerned. Whatever GitHub would refuse, or what can't be told, makes
// the whole of it unknown and is said with its place; nothing is taken for silence.
import type { Problem } from "../../model/problem.ts";
import { positionAt, type Source, sourceOf } from "../files/spot.ts";
import { type Entry, inWords, type Tree } from "../files/tree.ts";
import { readYaml, type YamlOrigin } from "../files/yaml-tree.ts";
import { code } from "../gates/phrases.ts";
import { filterPattern, isTaken } from "./filter-pattern.ts";

/** Line and column in the workflow's file, from 1. */
export type Spot = { readonly line: number; readonly column: number };

export type Input = Spot & {
  readonly name: string;
  readonly type: string;
  /** GitHub refuses to start the workflow without it: it is required and has no default. */
  readonly isNeeded: boolean;
  /** Of a choice; empty for any other type. */
  readonly options: readonly string[];
};

export type Triggers = {
  /** `takes`: whether the push of that tag starts it. */
  readonly push: (Spot & { readonly takes: (tag: string) => boolean }) | null;
  readonly create: Spot | null;
  /** Null for `types`: every kind of activity. */
  readonly release: (Spot & { readonly types: readonly string[] | null }) | null;
  readonly dispatch: (Spot & { readonly inputs: readonly Input[] }) | null;
  /** Null for `types`: every event. */
  readonly repositoryDispatch: (Spot & { readonly types: readonly string[] | null }) | null;
};

/** How many inputs GitHub takes. */
const INPUTS_MAX = 25;

type Yaml = Tree<YamlOrigin>;
type Reading = { readonly source: Source; readonly problems: Problem[] };

/** `on` is null exactly when there are problems; all of them are warnings. */
export function readWorkflow(text: string, path: string): { readonly on: Triggers | null; readonly problems: readonly Problem[] } {
  const source = sourceOf(text, path);
  const documents = readYaml(source);
  if (!documents.ok) return { on: null, problems: documents.problems.map((problem) => unknown(problem)) };
  const reading: Reading = { source, problems: [] };
  const [first, second] = documents.value;
  if (second !== undefined) complain(reading, second.root.start, "expected one document, found another");
  const on = first === undefined ? null : triggersOf(reading, first.root);
  return reading.problems.length === 0 ? { on, problems: [] } : { on: null, problems: reading.problems };
}

function triggersOf(reading: Reading, root: Yaml): Triggers {
  const on = entriesOf(reading, root, "a workflow").find(({ key }) => key === "on");
  const events = on === undefined ? [] : eventsIn(reading, on);
  if (on === undefined && reading.problems.length === 0) complain(reading, root.start, "a workflow has no `on`");
  const at = <T>(name: string, read: (config: Yaml) => T): (Spot & T) | null => {
    const event = events.find(({ key }) => key === name);
    return event === undefined ? null : { ...positionAt(reading.source, event.start), ...read(event.value) };
  };
  return {
    push: at("push", (config) => ({ takes: tagTest(reading, config) })),
    create: at("create", () => ({})),
    release: at("release", (config) => ({ types: typesOf(reading, config) })),
    dispatch: at("workflow_dispatch", (config) => ({ inputs: inputsOf(reading, config) })),
    repositoryDispatch: at("repository_dispatch", (config) => ({ types: typesOf(reading, config) })),
  };
}

/** `on: push`, `on: [push, release]`, or a mapping with what each is limited to. */
function eventsIn(reading: Reading, { value, start }: Entry<YamlOrigin>): readonly Entry<YamlOrigin>[] {
  const events = behind(value);
  if (events.is === "mapping") return entriesOf(reading, events, "`on`");
  const nothing: Yaml = { is: "scalar", start, origin: { node: null }, text: "" };
  return namesIn(reading, events, "`on`").map(({ text, start: from }) => ({ key: text, start: from, value: nothing }));
}

/**
 * Filters for branches alone keep tags out; filters for paths are not looked at when a tag is pushed.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#onpushbranchestagsbranches-ignoretags-ignore
 */
function tagTest(reading: Reading, config: Yaml): (tag: string) => boolean {
  const filters = new Map(entriesOf(reading, config, "`push`").map((entry) => [entry.key, entry]));
  const only = filters.get("tags");
  const except = filters.get("tags-ignore");
  if (only !== undefined && except !== undefined) complain(reading, except.start, "GitHub takes either `tags` or `tags-ignore`, found both");
  if (only !== undefined) {
    const patterns = patternsIn(reading, only);
    return (tag) => isTaken(tag, patterns);
  }
  if (except !== undefined) {
    const patterns = patternsIn(reading, except);
    return (tag) => !isTaken(tag, patterns);
  }
  const isOfBranches = filters.has("branches") || filters.has("branches-ignore");
  return () => !isOfBranches;
}

function patternsIn(reading: Reading, { key, value }: Entry<YamlOrigin>): Parameters<typeof isTaken>[1] {
  return namesIn(reading, value, code(key)).flatMap(({ text, start }) => {
    const pattern = filterPattern(text);
    if (pattern === null) complain(reading, start, `nobody can tell which tags ${code(text)} matches`);
    return pattern ?? [];
  });
}

function typesOf(reading: Reading, config: Yaml): readonly string[] | null {
  const types = entriesOf(reading, config, "an event").find(({ key }) => key === "types");
  return types === undefined || isEmpty(types.value) ? null : namesIn(reading, types.value, "`types`").map(({ text }) => text);
}

function inputsOf(reading: Reading, config: Yaml): readonly Input[] {
  const inputs = entriesOf(reading, config, "`workflow_dispatch`").find(({ key }) => key === "inputs");
  if (inputs === undefined) return [];
  const entries = entriesOf(reading, inputs.value, "`inputs`");
  if (entries.length > INPUTS_MAX) {
    complain(reading, inputs.start, `GitHub takes at most ${String(INPUTS_MAX)} inputs, found ${String(entries.length)}`);
    return [];
  }
  return entries.map(({ key, start, value }) => {
    const fields = new Map(entriesOf(reading, value, `the input ${code(key)}`).map((entry) => [entry.key, entry.value]));
    const type = scalarIn(fields.get("type")) ?? "string";
    const options = fields.get("options");
    return {
      name: key,
      ...positionAt(reading.source, start),
      type,
      isNeeded: scalarIn(fields.get("required")) === "true" && !fields.has("default"),
      options: type === "choice" && options !== undefined ? namesIn(reading, options, "`options`").map(({ text }) => text) : [],
    };
  });
}

function scalarIn(tree: Yaml | undefined): string | null {
  if (tree === undefined) return null;
  const value = behind(tree);
  return value.is === "scalar" ? value.text : null;
}

/** A key without a value is an empty mapping. GitHub refuses a key that stands twice. */
function entriesOf(reading: Reading, tree: Yaml, label: string): readonly Entry<YamlOrigin>[] {
  const mapping = behind(tree);
  if (isEmpty(mapping)) return [];
  if (mapping.is !== "mapping") {
    complain(reading, tree.start, `expected ${label} to be a mapping, found ${inWords(mapping)}`);
    return [];
  }
  const entries = mapping.entries();
  const seen = new Set<string>();
  for (const { key, start } of entries) {
    if (seen.has(key)) complain(reading, start, `the key ${code(key)} stands twice`);
    seen.add(key);
  }
  return entries;
}

/** One word, or a list of them. */
function namesIn(reading: Reading, tree: Yaml, label: string): readonly { readonly text: string; readonly start: number }[] {
  const names = behind(tree);
  const items = names.is === "list" ? names.items() : [names];
  return items.flatMap((item) => {
    const name = behind(item);
    if (name.is === "scalar" && !isEmpty(name)) return { text: name.text, start: name.start };
    complain(reading, item.start, `expected ${label} to hold words, found ${inWords(name)}`);
    return [];
  });
}

/** An anchor can't stand on an alias, so one step is enough. An alias of nothing stays one, and is complained about. */
function behind(tree: Yaml): Yaml {
  return tree.is === "alias" ? (tree.target() ?? tree) : tree;
}

function isEmpty(tree: Yaml): boolean {
  return tree.is === "scalar" && (tree.origin.node === null || ["", "~", "null"].includes(tree.text));
}

function complain({ source, problems }: Reading, offset: number, message: string): void {
  problems.push(unknown({ severity: "warning", message, path: source.path, ...positionAt(source, offset), hint: null }));
}

function unknown(problem: Problem): Problem {
  return { ...problem, severity: "warning", message: `what starts this workflow can't be told: ${problem.message}` };
}
