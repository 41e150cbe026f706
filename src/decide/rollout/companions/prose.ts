// A companion as people read it: what it follows, which values it brings, who merges it, and that it is kept until then.
import type { Words } from "../../../model/plan.ts";
import type { Place } from "../../../model/playbook.ts";
import { capped, code } from "../../gates/phrases.ts";
import { breakClosing } from "../../prose/closing.ts";
import { codeCell } from "../../prose/code.ts";
import { asMarkdown, asPlainText, paragraphs } from "../../prose/words.ts";
import { filledFor } from "../release-values.ts";
import { type CompanionRelease, type CompanionTarget, repositoryOf } from "./target.ts";
import type { WishedValue } from "./wished.ts";

/** https://docs.github.com/rest/pulls: a title has at most 256 characters. */
const TITLE_MAX = 250;
const CONTENTS_MAX = 100;

export function companionTitle(target: CompanionTarget, release: CompanionRelease, bumped: string | null): string {
  // The type tells tools that count commits that nothing of the product changes.
  if (target.is === "promotion") return asPlainText(`chore: promote ${release.title} to ${target.environment.name}`, TITLE_MAX);
  const more = { bumped: bumped ?? release.values.version };
  return asPlainText(filledFor(target.downstream.title, release.values, more) ?? `Update ${release.title}`, TITLE_MAX);
}

/** @param contents what comes with a promotion, one line each */
export function companionBody(target: CompanionTarget, release: CompanionRelease, values: readonly WishedValue[], contents: readonly Words[]): string {
  const link = `[${asMarkdown(release.title)}](${release.url})`;
  const follows =
    target.is === "promotion" ? `Puts ${link} into **${target.environment.name}**.` : `${link} of ${release.repository} is released, and this follows it.`;
  return paragraphs([
    follows,
    table(values),
    contents.length === 0
      ? ""
      : breakClosing(["### What comes with it", "", ...capped(contents, CONTENTS_MAX).map((line) => `- ${asMarkdown(line)}`)].join("\n")),
    whoMerges(target, release),
    "<sub>Kept by Release Steward until it is merged: title, text and these values are written again when they change. Commits of others on its branch are left alone.</sub>",
  ]);
}

function table(values: readonly WishedValue[]): string {
  const rows = values.map(
    ({ wish: { file, at }, from, to }) => `| ${codeCell(file)} | ${codeCell(placeName(at))} | ${from === "" ? "nothing" : codeCell(from)} | ${codeCell(to)} |`,
  );
  return ["| file | value | now | then |", "|---|---|---|---|", ...rows].join("\n");
}

function whoMerges(target: CompanionTarget, release: CompanionRelease): string {
  if (target.is === "downstream")
    return `Whoever looks after ${repositoryOf(target, release)} merges it; Release Steward does not. A newer release moves this pull request on.`;
  const { name, pullRequest } = target.environment;
  return `Merging it puts it there; Release Steward does not merge it.${pullRequest.draft ? ` It is a draft until the gates of ${name} are open.` : ""}`;
}

function placeName(at: Place): string {
  if (at.by === "regex") return at.pattern;
  return at.by === "marker" ? at.word : at.path;
}

/** `Chart.yaml appVersion: v1.2.0 → v1.3.0`. */
export function change({ wish: { file, at }, from, to }: WishedValue): Words {
  return `${code(file, 200)} ${code(placeName(at), 100)}: ${from === "" ? "nothing" : code(from)} → ${code(to)}`;
}

/** Whether two texts say the same to a reader: GitHub keeps line ends as they came. */
export function isSameText(one: string, other: string): boolean {
  return normal(one) === normal(other);
}

function normal(text: string): string {
  return text.replaceAll("\r\n", "\n").trimEnd();
}
