// `changelog`: the file that keeps what was released, and how a section looks.
import * as z from "zod";
import { DEFAULTS, DEFAULT_SECTIONS } from "../model/defaults.ts";
import type { Changelog } from "../model/playbook.ts";
import { changeType, glob, line, template } from "./leaves.ts";

const D = DEFAULTS.changelog;

export const changelog = z
  .strictObject({
    file: template("changelogFile")
      .optional()
      .describe("Without it no changelog is kept; the section still appears in the pull request and the release's notes."),
    style: z
      .enum(["keep-a-changelog", "conventional"])
      .default(D.style)
      .describe("How the file is written: Keep a Changelog with an Unreleased section, or sections by type of change."),
    heading: template("changelogHeading").optional().describe("Heading of a version's section. Without it: the style's own."),
    sections: z
      .record(changeType, line)
      .optional()
      .describe(
        `Type of change to title, in order of appearance; a type that is not listed appears only when it moves the version or can't be read. Without it: ${titles("conventional")} for \`conventional\`, ${titles("keep-a-changelog")} for \`keep-a-changelog\`.`,
      ),
    config_paths: z.array(glob).default([]).describe("A change that touches these alone is a change of configuration (type `config`)."),
    link: template("changelogLink").optional().describe("Where a version's heading leads. Without it: GitHub's comparison with the version before."),
    reject: line.optional().describe("A section that contains this text is unfinished: it is refused."),
  })
  .transform(
    ({ config_paths: configPaths, file, heading, link, reject, sections, style }) =>
      ({
        file: file ?? null,
        style,
        heading: heading ?? null,
        sections: sections ?? DEFAULT_SECTIONS[style],
        configPaths,
        link: link ?? null,
        reject: reject ?? null,
      }) satisfies Changelog,
  )
  .prefault({})
  .describe("The file that keeps what was released.");

function titles(style: Changelog["style"]): string {
  return Object.entries(DEFAULT_SECTIONS[style])
    .map(([type, title]) => `${type}: ${title}`)
    .join(", ");
}
