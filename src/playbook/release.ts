// `release`: the pull request, the tag and the notes of a release, and the lines beside the main one.
import * as z from "zod";
import { DEFAULTS } from "../model/defaults.ts";
import type { FixBranch, Release } from "../model/playbook.ts";
import { bump, duration, glob, identifier, label, line, oneOrMany, path, role, says, template, title } from "./leaves.ts";

const D = DEFAULTS.release;

const branch = z.strictObject({
  name: template("lineBranch").describe("The branch that a release is prepared on."),
  for: z.array(bump).default(["minor", "major"]).describe("Releases of these sizes get one."),
});

const pullRequest = z
  .strictObject({
    branch: template("pullRequestBranch")
      .optional()
      .describe(`Branch of the release pull request. Default: \`${D.pullRequest.branch}\`, or \`release/next\` for one that releases several components.`),
    title: template("pullRequestText")
      .optional()
      .describe(`Its title. Default: \`${D.pullRequest.title}\`, or \`Release\` for one that releases several components.`),
    labels: z
      .array(label)
      .default([...D.pullRequest.labels])
      .describe("Labels it gets."),
    per: z
      .enum(["component", "repository"])
      .default(D.pullRequest.per)
      .describe("One pull request for each component, or one for all that have something to release."),
    merge: z.enum(["merge", "squash", "rebase"]).optional().describe("How it is merged. Without it: as the repository allows."),
    signoff: z.boolean().default(D.pullRequest.signoff).describe("Add a `Signed-off-by` line to the commit."),
    commit: template("pullRequestText")
      .optional()
      .describe(`Subject of its commit. Default: \`${D.pullRequest.commit}\`, or \`chore: release\` for one that releases several components.`),
  })
  .prefault({})
  .describe("The pull request that makes a release when it is merged.");

const candidate = z
  .strictObject({
    tag: template("candidateTag").describe("Tag of a candidate; `{n}` counts from 1."),
    for: z.array(bump).default(["patch", "minor", "major"]).describe("Releases of these sizes have candidates first."),
    promote: z.literal("same-commit").optional().describe("`same-commit`: the release is tagged on the very commit of its last candidate."),
  })
  .describe("Candidates before a release.");

const tag = z
  .strictObject({
    name: template("tagName").optional().describe("Default: `v{version}` when one component is the whole repository, else `{component}-{version}`."),
    annotated: z.boolean().default(D.tag.annotated).describe("An annotated tag instead of a lightweight one. A signed tag is always annotated."),
    signed: z
      .enum(["required", "preferred", "no"])
      .default(D.tag.signed)
      .describe("`required`: no release without a signature. `preferred`: signed when a key is at hand, and said when not."),
    message: template("tagMessage").optional().describe("Message of an annotated tag. Without it: its name."),
    ignore: oneOrMany(glob).default([]).describe("Tags that are no version on purpose."),
    moving: oneOrMany(template("movingTag"))
      .default([])
      .describe("Tags that always lead to the newest release that they fit, such as `stable` and `v{major}`."),
  })
  .prefault({})
  .describe("The tag that a release is.");

const notes = z
  .strictObject({
    template: path.optional().describe("File whose text the notes start from."),
    sections: z.array(line).default([]).describe("Sections that people write in the release pull request; what they wrote is kept."),
    require: z.array(line).default([]).describe("Those of the sections without which nothing is released."),
    highlights: z.enum(["required", "optional"]).optional().describe("A section `Highlights` for people; `required`: nothing is released without it."),
    digests: z.boolean().default(D.notes.digests).describe("List the digests of images and charts."),
    edited: z
      .enum(["keep", "append", "replace"])
      .default(D.notes.edited)
      .describe("What becomes of notes that somebody edited on GitHub: `keep` them, `append` what is new to them, or `replace` them."),
    latest: z
      .enum(["highest", "never"])
      .default(D.notes.latest)
      .describe("Which release GitHub shows as the latest: the one with the highest version, or none by this app."),
  })
  .transform(({ highlights, sections, require, ...rest }) => ({
    ...rest,
    sections: highlights === undefined || sections.includes("Highlights") ? sections : ["Highlights", ...sections],
    require: highlights !== "required" || require.includes("Highlights") ? require : ["Highlights", ...require],
  }))
  .prefault({})
  .describe("The release's notes.");

const train = z
  .strictObject({
    name: template("calver").describe("Name of the next train."),
    tag: template("calver").optional().describe("Its tag. Default: its name."),
    annotated: z.boolean().default(false).describe("An annotated tag instead of a lightweight one."),
    includes: z
      .union([z.literal("*"), z.array(identifier).min(1, { error: "at least one component" })], { error: '"*" or a list of components' })
      .default("*")
      .describe("Components that it carries; `*` for all."),
  })
  .transform(({ name, tag: tagName, ...rest }) => ({ ...rest, name, tag: tagName ?? name }))
  .describe("A release of the whole repository under a counter of its own, beside those of its components.");

const fixBranch = (
  pattern: "hotfixBranch" | "lineBranch",
): z.ZodObject<{ branch: z.ZodString; labels: z.ZodDefault<z.ZodArray<z.ZodString>>; version: z.ZodDefault<z.ZodLiteral<"next-patch">> }, z.core.$strict> =>
  z.strictObject({
    branch: template(pattern).describe("The branch, made from the tag that is mended."),
    labels: z.array(label).default([]).describe("Labels of the pull request that it becomes."),
    version: z.literal("next-patch").default("next-patch").describe("A mended 1.2.3 is 1.2.4: a suffix such as `-hotfix1` would sort below 1.2.3."),
  } satisfies Record<keyof FixBranch, z.ZodType>);

const milestone = z
  .union(
    [
      z
        .literal("close")
        .transform(() => ({ close: true, open_next: undefined }))
        .describe("Short for `{close: true}`."),
      z.strictObject({
        close: z.boolean().default(false).describe("Close the release's milestone."),
        open_next: bump.optional().describe("Open the milestone of the next release of this size."),
      }),
    ],
    { error: "`close`, or a map such as `{close: true, open_next: minor}`" },
  )
  .transform(({ close, open_next: openNext }) => ({ close, openNext: openNext ?? null }))
  .describe("What happens to milestones after a release.");

const cadence = z
  .strictObject({
    major: duration.optional().describe("Between two major releases."),
    minor: duration.optional().describe("Between two minor releases."),
    patch: duration.optional().describe("Between two patch releases."),
  })
  .default({})
  .describe("The longest time between two releases of a size before a reminder.");

const DESK = "true, false, or a title";
const WORDS_FOR_TRUTH = new Map([
  ["yes", "true"],
  ["on", "true"],
  ["no", "false"],
  ["off", "false"],
]);

/** `no` is a text in YAML 1.2, and nobody means a desk of that name. */
const desk = z
  .union(
    [
      z.boolean(),
      title.superRefine((text, context) => {
        const meant = WORDS_FOR_TRUTH.get(text.toLowerCase());
        if (meant !== undefined) says(context, `expected ${DESK}, found ${JSON.stringify(text)}`, `write \`${meant}\``);
      }),
    ],
    { error: DESK },
  )
  .default(true)
  .describe(
    `An issue that shows what is unreleased, what is proposed and what waits for whom, and takes commands. A text is its title; \`true\`: \`${String(D.desk)}\`.`,
  );

/** Those that not everybody who may write can say alike: `status`, `help` and `simulate` change nothing. */
const COMMANDS = ["plan", "bump", "as", "hold", "unhold", "evidence", "defer", "override", "freeze", "thaw", "retry", "skip", "withdraw", "announce"];

const commands = z
  .strictObject(Object.fromEntries(COMMANDS.map((name) => [name, role.optional().describe(`Who may say \`/release ${name}\`.`)])))
  .default({})
  .describe(
    "Which role a command asks for. `/release help` tells what holds for one that is not named here. `status`, `help` and `simulate` change nothing and ask for no role.",
  );

export const release = z
  .strictObject({
    branch: branch.optional().describe("A branch of its own for a release. Without it: the default branch."),
    pull_request: pullRequest,
    candidate: candidate.optional(),
    tag,
    notes,
    train: train.optional(),
    hotfix: fixBranch("hotfixBranch").optional().describe("Mending a released version."),
    backport: fixBranch("lineBranch").optional().describe("Bringing a fix to an older line."),
    milestone: milestone.optional(),
    cadence,
    publish: z
      .enum(["with-tag", "after-artifacts"])
      .default(D.publish)
      .describe("When the release is published: with its tag, or once the artifacts that do not wait for the publication are there. Until then it is a draft."),
    mention: z.enum(["pull-requests", "pull-requests-and-issues", "nobody"]).default(D.mention).describe("Where it is said once in which release a change is."),
    retrospective: z.boolean().default(D.retrospective).describe("Open an issue with the release's times and pauses when it is done."),
    desk,
    commands,
  })
  .prefault({})
  .describe("The pull request, the tag and the notes of a release, and the lines beside the main one.");

/** What the keys say before the defaults that depend on the number of components. */
export type ReleaseKeys = z.output<typeof release>;

type Names = { readonly tag: string; readonly branch: string; readonly title: string; readonly commit: string };

/** The model of `release`; `names` are the defaults that depend on the components. */
export function releaseOf(keys: ReleaseKeys, names: Names): Release {
  const { pull_request: request, tag: tagKeys, notes: noteKeys } = keys;
  return {
    branch: keys.branch ?? null,
    pullRequest: {
      ...request,
      branch: request.branch ?? names.branch,
      title: request.title ?? names.title,
      commit: request.commit ?? names.commit,
      merge: request.merge ?? null,
    },
    candidate: keys.candidate === undefined ? null : { ...keys.candidate, promote: keys.candidate.promote ?? null },
    tag: { ...tagKeys, name: tagKeys.name ?? names.tag, annotated: tagKeys.annotated || tagKeys.signed !== "no", message: tagKeys.message ?? null },
    notes: { ...noteKeys, template: noteKeys.template ?? null },
    train: keys.train ?? null,
    hotfix: keys.hotfix ?? null,
    backport: keys.backport ?? null,
    milestone: keys.milestone ?? null,
    cadence: given(keys.cadence),
    publish: keys.publish,
    mention: keys.mention,
    retrospective: keys.retrospective,
    desk: keys.desk === true ? D.desk : keys.desk === false ? null : keys.desk,
    commands: given(keys.commands),
  };
}

/** Without the keys that were left out. */
function given<T>(keys: Readonly<Record<string, T | undefined>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(keys).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])));
}
