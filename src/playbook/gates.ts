// `gates`: what has to be true before something happens, and `policies`: which gates hold for which release.
import * as z from "zod";
import type { FreezePeriod, Gate, GateQuestion, Policy, PolicyName } from "../model/playbook.ts";
import {
  app,
  duration,
  glob,
  identifier,
  keyPath,
  label,
  line,
  moment,
  namePattern,
  oneOrMany,
  path,
  regex,
  role,
  says,
  scalar,
  template,
  weekly,
  zone,
} from "./leaves.ts";
import { endOf, startOf } from "./moments.ts";
import { filled, placeholdersOf } from "./templates.ts";
import { found } from "./versioning.ts";

const POLICY_NAMES = ["default", "patch", "minor", "major", "hotfix", "rollback", "security"] as const satisfies readonly PolicyName[];
export const policyName = z.enum(POLICY_NAMES);

const exceptions = z
  .union(
    [
      z.array(policyName),
      z.strictObject({
        policies: z.array(policyName).default([]).describe("Releases under these policies."),
        labels: z.array(label).default([]).describe("Releases in which every pull request has one of these labels."),
      }),
    ],
    { error: "a list of policies, or a map such as `{policies: [security], labels: [freeze-exempt]}`" },
  )
  .default([]);

const period = z
  .strictObject({
    from: moment.describe("Its first day, or the moment it begins."),
    to: moment.describe("Its last day, or the moment it ends."),
    zone: zone.prefault("UTC").describe("Whose calendar and clock these are."),
    reason: line.optional().describe("Why, for people."),
    except: exceptions.describe("What is not held: releases under these policies, or those that the map names."),
  })
  .transform(({ from, to, zone: name, reason, except }, context): FreezePeriod => {
    const start = startOf(from, name);
    const until = endOf(to, name);
    const areDays = from.time === null && to.time === null;
    if (until <= start) says(context, areDays ? "expected the last day on or after the first" : "expected an end after the start", null, ["to"]);
    return { from: start, until, zone: name, reason: reason ?? null, except: Array.isArray(except) ? { policies: except, labels: [] } : except };
  });

const MANY_NAMES = "a name, a list of names, or a map such as `{names: [build], app: github-actions}`";
const MANY_ITEMS = "a line of text, a list of them, or a map such as `{items: [login works], each: push}`";

/** One placeholder: with none the label would be the same for all, with both an issue could not say one without the other. */
const scope = template("issueScope").superRefine((text, context) => {
  const found = placeholdersOf(text);
  const isSound = found.every((name) => name === "component" || name === "branch") && !/[{}]/.test(filled(text));
  if (isSound && found.length !== 1) says(context, `expected one of \`{component}\` and \`{branch}\` in it, found ${JSON.stringify(text)}`, null);
});

/** The kinds of gate; a gate has exactly one of these keys. */
const questions = {
  check: z
    .union(
      [
        namePattern,
        z.array(namePattern).min(1, { error: "at least one" }),
        z.strictObject({
          names: oneOrMany(namePattern).describe("Names of checks."),
          app: app.optional().describe("Only checks that this app made count: the last part of its address, such as `github-actions`."),
        }),
      ],
      { error: MANY_NAMES },
    )
    .optional()
    .describe(
      "Names of check runs (for GitHub Actions: the job's name) and of commit statuses. Each has to exist on the commit and all that match have to have succeeded. `test (*)` is every entry of a build matrix; `required` stands for the checks that the branch's protection requires.",
    ),
  approval: z
    .union(
      [
        role,
        z.strictObject({
          role: role.describe("Who approves."),
          count: z.int().min(1, { error: "a number from 1" }).max(20, { error: "a number up to 20" }).default(1).describe("How many of them."),
        }),
      ],
      {
        error: "a role, or a map such as `{role: steward, count: 2}`",
      },
    )
    .optional()
    .describe("A role whose review approves the commit. `owners` are the code owners of what is released."),
  evidence: z
    .union(
      [
        line,
        z.array(line).min(1, { error: "at least one" }),
        z.strictObject({
          items: oneOrMany(line).describe("What is confirmed."),
          each: z.enum(["release", "push"]).default("release").describe("How long it holds: for the release, or until the next push to its pull request."),
        }),
      ],
      { error: MANY_ITEMS },
    )
    .optional()
    .describe("What people confirm, each with a link or a tick."),
  no_open_issues: z
    .strictObject({
      labels: z.array(label).default([]).describe("An issue counts when it has one of these; without labels every issue counts."),
      milestone: line.optional().describe("An issue counts when it is in this milestone; `current` is that of the release."),
      scope: oneOrMany(scope)
        .default([])
        .describe(
          "Labels such as `component:{component}` or `branch:{branch}`: an issue that carries such a label for another component or branch does not count.",
        ),
    })
    .optional()
    .describe("No such issue is open."),
  pull_request_labels: z
    .strictObject({
      one_of: z.array(namePattern).min(1, { error: "at least one label" }).describe("Each pull request carries one of these; `*` stands for any text."),
    })
    .optional()
    .describe("Pull requests in the release are labelled."),
  paths_together: z
    .array(glob)
    .min(2, { error: "at least two globs" })
    .optional()
    .describe("Either something changes below each of these globs, or below none of them."),
  forbid: z
    .strictObject({ pattern: regex.describe("RE2 expression."), paths: oneOrMany(glob).describe("Files that are searched.") })
    .optional()
    .describe("No line of these files matches."),
  require_yaml: z
    .strictObject({
      file: path.describe("A YAML file."),
      path: keyPath.describe("Path of keys in it."),
      value: scalar.describe("What has to stand there; `null` also when nothing does."),
      where: z.record(z.string(), scalar).default({}).describe("Only documents of the file count in which these values stand at these paths of keys."),
    })
    .optional()
    .describe("A value of a YAML file is what it should be, in every document that counts."),
  freeze: z.array(period).min(1, { error: "at least one period" }).optional().describe("Times in which nothing is released."),
};

type QuestionKeys = { readonly [Key in keyof typeof questions]?: z.output<(typeof questions)[Key]> };

function questionsOf(keys: QuestionKeys): readonly GateQuestion[] {
  const list: GateQuestion[] = [];
  if (keys.check !== undefined) list.push({ kind: "check", options: checkOptions(keys.check) });
  if (keys.approval !== undefined)
    list.push({ kind: "approval", options: typeof keys.approval === "string" ? { role: keys.approval, count: 1 } : keys.approval });
  if (keys.evidence !== undefined) list.push({ kind: "evidence", options: evidenceOptions(keys.evidence) });
  if (keys.no_open_issues !== undefined)
    list.push({ kind: "no_open_issues", options: { ...keys.no_open_issues, milestone: keys.no_open_issues.milestone ?? null } });
  if (keys.pull_request_labels !== undefined) list.push({ kind: "pull_request_labels", options: { oneOf: keys.pull_request_labels.one_of } });
  if (keys.paths_together !== undefined) list.push({ kind: "paths_together", options: { paths: keys.paths_together } });
  if (keys.forbid !== undefined) list.push({ kind: "forbid", options: keys.forbid });
  if (keys.require_yaml !== undefined) list.push({ kind: "require_yaml", options: keys.require_yaml });
  if (keys.freeze !== undefined) list.push({ kind: "freeze", options: { periods: keys.freeze } });
  return list;
}

type OptionsOf<Kind extends GateQuestion["kind"]> = Extract<GateQuestion, { readonly kind: Kind }>["options"];

function checkOptions(names: NonNullable<QuestionKeys["check"]>): OptionsOf<"check"> {
  if (typeof names === "string") return { names: [names], app: null };
  return "names" in names ? { names: names.names, app: names.app ?? null } : { names, app: null };
}

function evidenceOptions(items: NonNullable<QuestionKeys["evidence"]>): OptionsOf<"evidence"> {
  if (typeof items === "string") return { items: [items], each: "release" };
  return "items" in items ? items : { items, each: "release" };
}

const gate = z
  .strictObject({
    ...questions,
    when: z
      .strictObject({ paths: oneOrMany(glob).describe("Globs from the repository's root.") })
      .optional()
      .describe("Asked only when the release touches one of these paths."),
    soak: duration.optional().describe("How long it has to stay true before it counts."),
    window: oneOrMany(weekly).default([]).describe("Open only within one of these weekly windows."),
    by: role.optional().describe("Who answers for it: whose evidence counts, and who is named when it is closed."),
  })
  .transform(({ when, soak, window, by, ...keys }, context): Gate => {
    const list = questionsOf(keys);
    const [question] = list;
    if (question === undefined || list.length > 1) {
      says(context, `expected exactly one kind of gate, found ${found(list.map(({ kind }) => kind))}`, `the kinds are ${Object.keys(questions).join(", ")}`);
      return z.NEVER;
    }
    if (question.kind === "approval" && by !== undefined) says(context, "`by` says again who approves", "delete `by`", ["by"]);
    return { ...question, whenPaths: when?.paths ?? [], soakMs: soak ?? null, windows: window, by: by ?? null };
  });

export const gates = z
  .record(identifier, gate)
  .default({})
  .describe(
    "What has to be true before something happens, by name. Policies and environments say which gates they ask. Each gate has exactly one kind; `when`, `soak`, `window` and `by` go with every kind.",
  );

const policyKeys = {
  automatic: z.boolean().default(false).describe("Released without a person as soon as its gates are open."),
  gates: z.array(identifier).default([]).describe("Gates that have to be open."),
};
/** Chosen by the size of the release. */
const policyBySize = z.strictObject(policyKeys);
/** Chosen by people. */
const policyByLabel = z.strictObject({
  ...policyKeys,
  labels: z.array(label).default([]).describe("Labels that put a pull request under this policy."),
} satisfies Record<keyof Policy, z.ZodType>);

const POLICY_MEANING: Readonly<Record<PolicyName, string>> = {
  default: "What holds where no other policy does.",
  patch: "Patch releases.",
  minor: "Minor releases.",
  major: "Major releases.",
  hotfix: "Releases from a hotfix branch.",
  rollback: "Going back to an earlier version.",
  security: "Releases that fix a vulnerability.",
};

export const policies = z
  .strictObject({
    default: policyBySize.optional().describe(POLICY_MEANING.default),
    patch: policyBySize.optional().describe(POLICY_MEANING.patch),
    minor: policyBySize.optional().describe(POLICY_MEANING.minor),
    major: policyBySize.optional().describe(POLICY_MEANING.major),
    hotfix: policyByLabel.optional().describe(POLICY_MEANING.hotfix),
    rollback: policyByLabel.optional().describe(POLICY_MEANING.rollback),
    security: policyByLabel.optional().describe(POLICY_MEANING.security),
  } satisfies Record<PolicyName, z.ZodType>)
  .prefault({})
  .transform((keys): Partial<Record<PolicyName, Policy>> => {
    const given: Partial<Record<PolicyName, Policy>> = {};
    for (const name of POLICY_NAMES) {
      const one = keys[name];
      if (one !== undefined) given[name] = { labels: [], ...one };
    }
    return given;
  })
  .describe("Which gates hold for which kind of release. Without policies every gate that no environment names holds for every release.");
