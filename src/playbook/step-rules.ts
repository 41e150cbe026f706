// What follows a tag has steps with names: each has to be the only one of its name, and none may wait for itself.
import type { KeyPath } from "./document.ts";
import { spell } from "./document.ts";
import { at } from "./problems.ts";
import type { Objection } from "./problems.ts";
import { error, select, suggestion, texts } from "./selection.ts";

/** What communications are about, beside environments. */
export const MOMENTS = ["candidate", "release", "rollback"];

/** The app's own steps. */
const OWN_STEPS = new Set(["tag", "publication"]);

export function stepObjections(value: unknown): readonly Objection[] {
  const artifacts = artifactsIn(value);
  const environments = texts(value, "environments.*.name");
  return [
    ...artifactNames(
      artifacts,
      environments.map((found) => found.value),
    ),
    ...environments.flatMap(environmentName),
    ...["release", "candidate"].flatMap((on) => orderOf(artifacts.filter((artifact) => artifact.on === on))),
    ...makersOfTheTag(artifacts, value),
    ...gatesAskedTwice(value),
    ...repositoriesNamedTwice(value),
    ...announcedTwice(value),
  ];
}

type Artifact = {
  readonly path: KeyPath;
  readonly on: unknown;
  /** Null where neither key is a text. */
  readonly name: string | null;
  readonly isNamed: boolean;
  readonly after: readonly { readonly path: KeyPath; readonly value: string }[];
  readonly makesTag: boolean;
};

function artifactsIn(value: unknown): readonly Artifact[] {
  return select(value, "artifacts.*").map(({ path, value: artifact }) => {
    const [given, workflow] = [at(artifact, ["name"]), at(artifact, ["workflow"])];
    const name = typeof given === "string" ? given : typeof workflow === "string" ? workflow.replace(/\.ya?ml$/, "") : null;
    const after = texts(artifact, "after.[]").map((found) => ({ ...found, path: [...path, ...found.path] }));
    return { path, on: at(artifact, ["on"]) ?? "release", name, isNamed: given !== undefined, after, makesTag: at(artifact, ["makes"]) === "tag" };
  });
}

function artifactNames(artifacts: readonly Artifact[], environments: readonly string[]): readonly Objection[] {
  const taken = new Set<string>();
  return artifacts.flatMap(({ path, on, name, isNamed }) => {
    if (name === null) return [];
    const key = JSON.stringify([on, name]);
    const says = taken.has(key)
      ? `an artifact with \`on: ${String(on)}\` is called ${JSON.stringify(name)} already`
      : OWN_STEPS.has(name)
        ? ownStep(name)
        : environments.includes(name)
          ? `an environment is called ${JSON.stringify(name)}`
          : null;
    taken.add(key);
    return says === null ? [] : [error([...path, isNamed ? "name" : "workflow"], says, isNamed ? "choose another name" : "give it a `name` of its own")];
  });
}

function environmentName({ path, value: name }: { readonly path: KeyPath; readonly value: string }): readonly Objection[] {
  const says = OWN_STEPS.has(name) ? ownStep(name) : MOMENTS.includes(name) ? `\`${name}\` is a moment of \`communications\`` : null;
  return says === null ? [] : [error(path, says, "choose another name")];
}

function ownStep(name: string): string {
  return `\`${name}\` is a step of every release`;
}

/** Of those with the same `on`: each comes after others that exist, and never after itself. */
function orderOf(artifacts: readonly Artifact[]): readonly Objection[] {
  const names = artifacts.flatMap(({ name }) => name ?? []);
  const known = new Set(names);
  const before = new Map(artifacts.map(({ name, after }) => [name, after.map((one) => one.value)]));
  const told = new Set<string>();
  return artifacts.flatMap(({ on, name, after }) =>
    after.flatMap(({ path, value: other }) => {
      if (!known.has(other))
        return [
          error(
            path,
            `no artifact with \`on: ${String(on)}\` is called ${JSON.stringify(other)}`,
            suggestion(
              other,
              names.filter((one) => one !== name),
              "`artifacts`",
            ),
          ),
        ];
      const circle = name === null || told.has(name) ? null : wayBetween(other, name, before);
      if (circle === null) return [];
      for (const one of circle) told.add(one);
      const says =
        circle.length === 1
          ? "an artifact can't come after itself"
          : `${circle.map((one) => `\`${one}\``).join(" comes after ")}, which comes after \`${other}\``;
      return [error(path, says, circle.length === 1 ? null : "one of them has to be first")];
    }),
  );
}

/** From one name to another, both included, by what comes before each; null when there is no way. */
function wayBetween(from: string, to: string, before: ReadonlyMap<string | null, readonly string[]>): readonly string[] | null {
  const ways: (readonly string[])[] = [[from]];
  const seen = new Set([from]);
  for (const way of ways) {
    const last = way.at(-1) ?? from;
    if (last === to) return way;
    for (const next of before.get(last) ?? []) {
      if (!seen.has(next)) ways.push([...way, next]);
      seen.add(next);
    }
  }
  return null;
}

function makersOfTheTag(artifacts: readonly Artifact[], value: unknown): readonly Objection[] {
  const makers = artifacts.filter(({ makesTag }) => makesTag);
  const [first] = makers;
  if (first === undefined) return [];
  const signed = ["release", "tag", "signed"];
  return [
    ...makers.flatMap(({ path, on, after }) => {
      if (on === "candidate") return [error([...path, "makes"], "a candidate's workflow can't make the tag of the release", "it belongs to `on: release`")];
      if (path !== first.path) return [error([...path, "makes"], `\`${spell(first.path)}\` makes the tag already`, "one workflow makes it")];
      return after.length === 0 ? [] : [error([...path, "after"], "every other artifact comes after the tag that this one makes", "delete `after`", "key")];
    }),
    ...(at(value, signed) === "required"
      ? [
          error(
            signed,
            `\`${spell(first.path)}\` makes the tag, and this app can't sign what it does not make`,
            "delete `signed`, and let the workflow sign it",
          ),
        ]
      : []),
  ];
}

/** Confirmed before, it would count as confirmed after. */
function gatesAskedTwice(value: unknown): readonly Objection[] {
  return select(value, "environments.*").flatMap(({ path, value: environment }) => {
    const seen = new Set<string>();
    return ["gates.*", "verify.*"]
      .flatMap((pattern) => texts(environment, pattern))
      .flatMap((found) => {
        const isSecond = seen.has(found.value);
        seen.add(found.value);
        return isSecond
          ? [
              error(
                [...path, ...found.path],
                `this environment asks the gate ${JSON.stringify(found.value)} already`,
                "what is asked before and after needs two gates",
              ),
            ]
          : [];
      });
  });
}

function repositoriesNamedTwice(value: unknown): readonly Objection[] {
  const seen = new Set<string>();
  return texts(value, "downstream.*.repository").flatMap(({ path, value: name }) => {
    const isSecond = seen.has(name.toLowerCase());
    seen.add(name.toLowerCase());
    return isSecond ? [error(path, `a pull request in ${JSON.stringify(name)} is opened already`, "list all of its files in one entry")] : [];
  });
}

/** Under every policy, when it names none. */
function announcedTwice(value: unknown): readonly Objection[] {
  const told: { readonly name: string; readonly policies: readonly string[] }[] = [];
  return select(value, "communications.*").flatMap(({ path, value: one }) => {
    const to = texts(one, "to.[]").map((found) => found.value);
    const name = JSON.stringify([at(one, ["on"]), to.join(", ")]);
    const policies = texts(one, "policies.*").map((found) => found.value);
    const isSecond = to.length > 0 && told.some((other) => other.name === name && doOverlap(other.policies, policies));
    told.push({ name, policies });
    return isSecond ? [error([...path, "to"], "they are told at this moment already", "one entry tells them, or each says under which `policies`")] : [];
  });
}

function doOverlap(some: readonly string[], others: readonly string[]): boolean {
  return some.length === 0 || others.length === 0 || some.some((one) => others.includes(one));
}
