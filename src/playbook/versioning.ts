// `versioning`: what the next version is, and the places that hold it.
import * as z from "zod";
import { DEFAULTS } from "../model/defaults.ts";
import type { Place, Support, VersionFile, Versioning } from "../model/playbook.ts";
import { bump, changeType, duration, glob, keyPath, label, marker, oneOrMany, regexWithValue, says, template, version } from "./leaves.ts";

const D = DEFAULTS.versioning;

/** Keys that say where in a file a value stands; exactly one of them. */
export const placeKeys = {
  yaml: keyPath.optional().describe("Path of keys in a YAML file, such as `image.tag`."),
  json: keyPath.optional().describe("Path of keys in a JSON file, such as `version`."),
  toml: keyPath.optional().describe("Path of keys in a TOML file, such as `project.version`."),
  regex: regexWithValue
    .optional()
    .describe("RE2 expression with exactly one group, which holds the value; `^` and `$` match at every line. Every match in the file is written."),
  marker: marker.optional().describe("Word in a comment: the one version on each line that carries it is written."),
};

type PlaceKeys = { readonly [Key in keyof typeof placeKeys]?: string | undefined };

/** Null and an issue unless exactly one of the five keys is given. */
export function placeOf({ yaml, json, toml, regex, marker }: PlaceKeys, context: Parameters<typeof says>[0]): Place | null {
  const places: Place[] = [];
  if (yaml !== undefined) places.push({ by: "yaml", path: yaml });
  if (json !== undefined) places.push({ by: "json", path: json });
  if (toml !== undefined) places.push({ by: "toml", path: toml });
  if (regex !== undefined) places.push({ by: "regex", pattern: regex });
  if (marker !== undefined) places.push({ by: "marker", word: marker });
  const [place] = places;
  if (place !== undefined && places.length === 1) return place;
  says(context, `expected exactly one of \`yaml\`, \`json\`, \`toml\`, \`regex\` and \`marker\`, found ${found(places.map(({ by }) => by))}`, null);
  return null;
}

/** `none`, or the keys that were given. */
export function found(keys: readonly string[]): string {
  return keys.length === 0 ? "none" : keys.map((key) => `\`${key}\``).join(" and ");
}

const versionFile = z
  .strictObject({
    file: template("versionFile").describe("The file that holds the version."),
    ...placeKeys,
    value: template("versionValue").default("{version}").describe("What is written there."),
  })
  .transform(({ file, value, ...keys }, context): VersionFile => {
    const at = placeOf(keys, context);
    return at === null ? z.NEVER : { file, value, at };
  });

const support = z
  .strictObject({
    full: z.enum(["latest-minor", "latest-major"]).default("latest-minor").describe("The line that gets every fix."),
    security: z
      .strictObject({
        previous_minor: duration.optional().describe("How long the minor line before gets security fixes."),
        previous_major: duration.optional().describe("How long the major line before gets security fixes."),
      })
      .prefault({})
      .describe("How long older lines still get security fixes, from the release that followed them."),
  })
  .transform(
    ({ full, security }) =>
      ({ full, security: { previousMinorMs: security.previous_minor ?? null, previousMajorMs: security.previous_major ?? null } }) satisfies Support,
  );

const minimumOf = (size: string): z.ZodOptional<z.ZodObject<{ paths: z.ZodType<readonly string[], string | string[]> }, z.core.$strict>> =>
  z
    .strictObject({ paths: oneOrMany(glob).describe("Globs from the repository's root.") })
    .optional()
    .describe(`A change that touches these is at least a ${size} one.`);

const labels = z
  .strictObject({
    major: z
      .array(label)
      .default([...D.labels.major])
      .describe("Labels of a breaking change."),
    minor: z
      .array(label)
      .default([...D.labels.minor])
      .describe("Labels of a feature."),
    patch: z
      .array(label)
      .default([...D.labels.patch])
      .describe("Labels of a fix."),
    nothing: z
      .array(label)
      .default([...D.labels.nothing])
      .describe("Labels of a change that needs no release."),
  })
  .prefault({})
  .describe("Labels of pull requests that carry a signal; upper and lower case are the same. The largest signal counts.");

export const versioning = z
  .strictObject({
    scheme: z.enum(["semver", "calver"]).default(D.scheme).describe("SemVer (`1.4.0`), or versions made of a date and a counter."),
    calver: template("calver")
      .default(D.calver)
      .describe("Format of a version when `scheme` is `calver`. `0m` and `0d` have two digits; `n` counts from 1 within the rest."),
    source: z
      .enum(["conventional-commits", "pull-requests", "changelog"])
      .default(D.source)
      .describe("What says how large a change is: commit messages, titles and labels of pull requests, or the Unreleased section of the changelog."),
    no_signal: z
      .enum(["ask", "patch", "nothing"])
      .default(D.noSignal)
      .describe("When a change says nothing about its size: ask people, take it for a patch, or release nothing for it."),
    minimum: z
      .strictObject({ major: minimumOf("major"), minor: minimumOf("minor"), patch: minimumOf("patch") })
      .prefault({})
      .describe("The least a change is when it touches certain paths, whatever it says."),
    initial: version.optional().describe("First version of a component that has no tag. Without it: the one its version file holds, else 0.1.0."),
    before_1_0: z
      .strictObject({
        breaking: bump.default(D.before1.breaking).describe("What a breaking change is below 1.0.0."),
        feature: bump.default(D.before1.feature).describe("What a feature is below 1.0.0."),
      })
      .prefault({})
      .describe("What changes count for below 1.0.0."),
    types: z
      .record(changeType, z.enum(["major", "minor", "patch", "nothing"]))
      .default({})
      .describe(
        "What a type of commit does to the version where this team differs from the usual: `build: patch`. What is shown is a matter of `changelog.sections`.",
      ),
    labels,
    files: z
      .array(versionFile)
      .default([])
      .describe("Places that hold the version. They are written by the release pull request and checked against the tags, which are the truth."),
    unreleased: z
      .enum(["require", "optional"])
      .default(D.unreleased)
      .describe("`require`: a pull request that touches a component has to say what it does to the version."),
    support: support.optional().describe("Which lines are looked after."),
  })
  .transform(
    ({ no_signal: noSignal, before_1_0: before1, minimum, initial, support: supported, ...rest }) =>
      ({
        ...rest,
        noSignal,
        before1,
        minimum: {
          ...(minimum.major === undefined ? {} : { major: minimum.major.paths }),
          ...(minimum.minor === undefined ? {} : { minor: minimum.minor.paths }),
          ...(minimum.patch === undefined ? {} : { patch: minimum.patch.paths }),
        },
        initial: initial ?? null,
        support: supported ?? null,
      }) satisfies Versioning,
  )
  .prefault({})
  .describe("What the next version is, and which files hold it.");
