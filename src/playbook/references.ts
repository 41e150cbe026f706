// What one key says about another: names that have to exist, templates that have to tell components apart. Works on
// the plain value, so that it can be told beside everything else that is wrong; what has the wrong shape is passed over.
import { spell } from "./document.ts";
import type { KeyPath } from "./document.ts";
import { DEFAULT_TAG, DEFAULTS } from "../model/defaults.ts";
import { at } from "./problems.ts";
import type { Objection } from "./problems.ts";
import { componentNames, error, hasDiscovery, keysAt, select, suggestion, texts } from "./selection.ts";
import { MOMENTS, stepObjections } from "./step-rules.ts";
import { hasAmbiguousNeighbours, isCalVer, placeholdersOf } from "./templates.ts";

/** All objections, in no particular order. */
export function crossObjections(value: unknown): readonly Objection[] {
  return RULES.flatMap((rule) => rule(value));
}

type Names = {
  readonly one: string;
  readonly where: string;
  readonly patterns: readonly string[];
  readonly namesOf: (value: unknown) => readonly string[] | null;
};

const NAMES: readonly Names[] = [
  {
    one: "gate",
    where: "`gates`",
    patterns: ["policies.*.gates.*", "environments.*.gates.*", "environments.*.verify.*"],
    namesOf: (value) => keysAt(value, "gates"),
  },
  {
    one: "role",
    where: "`roles`",
    patterns: [
      "gates.*.by",
      "gates.*.approval",
      "gates.*.approval.role",
      "environments.*.deploy.manual",
      "environments.*.rollback.manual",
      "communications.*.by",
      "release.commands.*",
    ],
    namesOf: (value) => withBuiltIn(keysAt(value, "roles"), ["owners"]),
  },
  {
    one: "moment or environment",
    where: "`environments`",
    patterns: ["communications.*.on"],
    namesOf: (value) => [...MOMENTS, ...texts(value, "environments.*.name").map((found) => found.value)],
  },
  {
    one: "section",
    where: "`release.notes.sections`",
    patterns: ["release.notes.require.*"],
    namesOf: (value) => texts(value, "release.notes.sections.*").map((found) => found.value),
  },
  { one: "component", where: "`components`", patterns: ["release.train.includes.*"], namesOf: (value) => (hasDiscovery(value) ? null : componentNames(value)) },
];

function withBuiltIn(names: readonly string[] | null, builtIn: readonly string[]): readonly string[] | null {
  return names === null ? null : [...builtIn, ...names];
}

function references(value: unknown): readonly Objection[] {
  return NAMES.flatMap(({ one, where, patterns, namesOf }) => {
    const names = namesOf(value);
    if (names === null) return [];
    const known = new Set(names);
    const unknown = patterns.flatMap((pattern) => texts(value, pattern)).filter((found) => !known.has(found.value));
    return unknown.map((found) => error(found.path, `no ${one} is called ${JSON.stringify(found.value)}`, suggestion(found.value, names, where)));
  });
}

function roleNames(value: unknown): readonly Objection[] {
  return select(value, "roles.owners").map(({ path }) =>
    error(path, "`owners` is built in: the code owners of what is released", "choose another name", "key"),
  );
}

/** Gates that the app has by itself, beside the playbook's own. */
const BUILT_IN_GATES = { hold: "what `/release hold` closes", frozen: "what `/release freeze` closes", deployed: "that people deployed to an environment" };

function gateNames(value: unknown): readonly Objection[] {
  return Object.entries(BUILT_IN_GATES).flatMap(([name, meaning]) =>
    select(value, `gates.${name}`).map(({ path }) => error(path, `\`${name}\` is built in: ${meaning}`, "choose another name", "key")),
  );
}

/** An item is called by its text, in whatever case. */
function evidenceItems(value: unknown): readonly Objection[] {
  return (keysAt(value, "gates") ?? []).flatMap((name) => {
    const first = new Map<string, KeyPath>();
    const items = ["evidence.[]", "evidence.items.[]"].flatMap((below) => texts(at(value, ["gates", name]), below));
    return items.flatMap(({ path, value: text }) => {
      const earlier = first.get(alike(text));
      first.set(alike(text), earlier ?? path);
      return earlier === undefined
        ? []
        : [error(["gates", name, ...path], `this gate has the item ${JSON.stringify(text)} already`, "say what is different about it")];
    });
  });
}

/** A pull request is under one policy, so its label can't name two. */
function policyLabels(value: unknown): readonly Objection[] {
  const first = new Map<string, KeyPath>();
  return texts(value, "policies.*.labels.*").flatMap(({ path, value: text }) => {
    const earlier = first.get(alike(text));
    first.set(alike(text), earlier ?? path);
    if (earlier === undefined || earlier[1] === path[1]) return [];
    return [
      error(
        path,
        `the label ${JSON.stringify(text)} puts a pull request under \`${spell(earlier.slice(0, 2))}\` already`,
        `one label names one policy: see \`${spell(earlier)}\``,
      ),
    ];
  });
}

/** As GitHub compares labels. */
function alike(text: string): string {
  return text.trim().toLowerCase();
}

function environmentOrder(value: unknown): readonly Objection[] {
  const objections: Objection[] = [];
  const firstOf = new Map<string, number>();
  for (const { path, value: name } of texts(value, "environments.*.name")) {
    if (firstOf.has(name)) objections.push(error(path, `an environment is called ${JSON.stringify(name)} already`, null));
    else firstOf.set(name, Number(path[1]));
  }
  for (const { path, value: name } of texts(value, "environments.*.after")) {
    const index = firstOf.get(name);
    if (index === undefined)
      objections.push(error(path, `no environment is called ${JSON.stringify(name)}`, suggestion(name, [...firstOf.keys()], "`environments`")));
    else if (index >= Number(path[1]))
      objections.push(
        error(path, `the environment ${JSON.stringify(name)} does not stand above this one`, "list environments in the order in which versions get there"),
      );
  }
  return objections;
}

/** A name becomes part of tags and branches: what git allows in both, and no glob or placeholder. */
function isComponentName(name: string): boolean {
  return /^[A-Za-z0-9][\w.-]{0,98}$/.test(name) && !name.includes("..") && !/(?:\.|\.lock)$/.test(name);
}

function componentRules(value: unknown): readonly Objection[] {
  const names = componentNames(value);
  const none = names.length === 0 && keysAt(value, "components")?.length === 0 && at(value, ["components"]) !== undefined;
  const objections = none
    ? [error(["components"], "expected at least one component, or `discover`, found an empty map", "a repository that is one component is `name: {path: .}`")]
    : [];
  const pathOwners = new Map<string, string>();
  for (const name of names) {
    if (!isComponentName(name))
      objections.push(error(["components", name], `${JSON.stringify(name)} can't be part of a tag`, "a name has letters, digits, `.`, `-` and `_`", "key"));
    const path = at(value, ["components", name, "path"]);
    if (typeof path !== "string") continue;
    const other = pathOwners.get(path);
    if (other !== undefined) objections.push(error(["components", name, "path"], `${JSON.stringify(path)} is the folder of \`${other}\` already`, null));
    else pathOwners.set(path, name);
  }
  return objections;
}

/** Keys whose text is used once for every component, and has to differ between them. */
const PER_COMPONENT = [
  { pattern: "release.tag.name", placeholders: ["component"] },
  { pattern: "release.tag.moving.[]", placeholders: ["component"] },
  { pattern: "release.candidate.tag", placeholders: ["component"] },
  { pattern: "release.pull_request.branch", placeholders: ["component"] },
  { pattern: "versioning.files.*.file", placeholders: ["path", "component"] },
  { pattern: "changelog.file", placeholders: ["path", "component"] },
];
const JOINT = ["release.pull_request.branch", "release.pull_request.title", "release.pull_request.commit"];

function sharedNames(value: unknown): readonly Objection[] {
  if (!hasDiscovery(value) && componentNames(value).length < 2) return [];
  const isJoint = at(value, ["release", "pull_request", "per"]) === "repository";
  const unclear = PER_COMPONENT.filter(({ pattern }) => !(isJoint && pattern === "release.pull_request.branch")).flatMap(({ pattern, placeholders }) =>
    texts(value, pattern)
      .filter((found) => !placeholdersOf(found.value).some((one) => placeholders.includes(one)))
      .map((found) =>
        error(
          found.path,
          `expected ${placeholders.map((one) => `\`{${one}}\``).join(" or ")} in it, found ${JSON.stringify(found.value)}`,
          "there are several components, and this has to be different for each",
        ),
      ),
  );
  const tooClear = (isJoint ? JOINT : []).flatMap((pattern) =>
    texts(value, pattern)
      .filter((found) => placeholdersOf(found.value).length > 0)
      .map((found) =>
        error(
          found.path,
          `expected a text without placeholders, found ${JSON.stringify(found.value)}`,
          "a pull request for several components has no single name or version",
        ),
      ),
  );
  return [...unclear, ...tooClear];
}

function changelogSource(value: unknown): readonly Objection[] {
  if (at(value, ["versioning", "source"]) !== "changelog" || at(value, ["changelog", "file"]) !== undefined) return [];
  return [error(["versioning", "source"], "expected a changelog to read, found no `changelog.file`", "name the file that has the Unreleased section")];
}

/** SemVer 2.0.0, without build metadata. */
const SEMVER = /^(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})(?:-[0-9A-Za-z-]{1,50}(?:\.[0-9A-Za-z-]{1,50}){0,5})?$/;

function versionRules(value: unknown): readonly Objection[] {
  const objections: Objection[] = [];
  const formats = ["versioning.calver", "release.train.name", "release.train.tag"].flatMap((pattern) => texts(value, pattern));
  for (const { path, value: format } of formats) {
    const names = placeholdersOf(format);
    if (!names.includes("yyyy") && !names.includes("yy"))
      objections.push(error(path, `expected \`{yyyy}\` or \`{yy}\` in it, found ${JSON.stringify(format)}`, null));
    else if (hasAmbiguousNeighbours(format))
      objections.push(
        error(
          path,
          `expected something between placeholders, found ${JSON.stringify(format)}`,
          "without a separator one number can be read in several ways; `{0m}` and `{0d}` have two digits",
        ),
      );
  }
  const initial = at(value, ["versioning", "initial"]);
  if (typeof initial !== "string") return objections;
  const format = at(value, ["versioning", "calver"]) ?? "{yyyy}.{n}";
  if (at(value, ["versioning", "scheme"]) !== "calver") {
    if (!SEMVER.test(initial))
      objections.push(error(["versioning", "initial"], `expected a SemVer version such as 1.0.0, found ${JSON.stringify(initial)}`, null));
  } else if (typeof format === "string" && !hasAmbiguousNeighbours(format) && !isCalVer(initial, format)) {
    objections.push(error(["versioning", "initial"], `expected a version in the format \`${format}\`, found ${JSON.stringify(initial)}`, null));
  }
  return objections;
}

function tagRules(value: unknown): readonly Objection[] {
  const signed = at(value, ["release", "tag", "signed"]) ?? "no";
  const isLightweight = at(value, ["release", "tag", "annotated"]) !== true && signed === "no";
  if (!isLightweight || at(value, ["release", "tag", "message"]) === undefined) return [];
  return [error(["release", "tag", "message"], "a lightweight tag has no message", "add `annotated: true`", "key")];
}

/** Parts of versions that a moving tag may be made of: a tag that reads as a version is never moved. */
const MAJORS = ["1", "26", "2026"];
const MINORS = ["2", "12", "07"];

function movingTags(value: unknown): readonly Objection[] {
  const given = at(value, ["release", "tag", "name"]);
  const isWhole = !hasDiscovery(value) && componentNames(value).every((name) => at(value, ["components", name, "path"]) === ".");
  const name = typeof given === "string" ? given : isWhole ? DEFAULT_TAG.single : DEFAULT_TAG.several;
  return texts(value, "release.tag.moving.[]").flatMap(({ path, value: template }) =>
    MAJORS.some((major) => MINORS.some((minor) => isVersionTag(template.replaceAll("{major}", major).replaceAll("{minor}", minor), name, value)))
      ? [error(path, `${JSON.stringify(template)} may read as the tag of a version, \`${name}\``, "a tag that moves has a name that no version has")]
      : [],
  );
}

/** @param name of a version's tag, as a template; `{component}` is one text in both */
function isVersionTag(tag: string, name: string, value: unknown): boolean {
  const [prefix = "", suffix = ""] = name.split("{version}");
  if (tag.length < prefix.length + suffix.length || !tag.startsWith(prefix) || !tag.endsWith(suffix)) return false;
  const version = tag.slice(prefix.length, tag.length - suffix.length);
  if (at(value, ["versioning", "scheme"]) !== "calver") return SEMVER.test(version);
  const format = at(value, ["versioning", "calver"]) ?? DEFAULTS.versioning.calver;
  return typeof format === "string" && !hasAmbiguousNeighbours(format) && isCalVer(version, format);
}

/** Only when policies say which gates hold: without them, all do. */
function unusedGates(value: unknown): readonly Objection[] {
  if ((keysAt(value, "policies") ?? []).length === 0) return [];
  const used = new Set(
    ["policies.*.gates.*", "environments.*.gates.*", "environments.*.verify.*"].flatMap((pattern) => texts(value, pattern)).map((found) => found.value),
  );
  return (keysAt(value, "gates") ?? [])
    .filter((name) => !used.has(name))
    .map((name) => ({
      severity: "warning",
      path: ["gates", name],
      at: "key",
      message: "no policy and no environment asks this gate",
      hint: "name it in a policy, or delete it",
      meant: null,
    }));
}

const RULES = [
  references,
  roleNames,
  gateNames,
  evidenceItems,
  policyLabels,
  environmentOrder,
  componentRules,
  sharedNames,
  changelogSource,
  versionRules,
  tagRules,
  movingTags,
  stepObjections,
  unusedGates,
];
