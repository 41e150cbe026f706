// The text of the GitHub release that follows: the changelog's section, what it leaves out, and where to see everything.
import type { ComponentPlan } from "../../model/plan.ts";
import type { HumanTexts } from "./human-sections.ts";
import { breakMentions, listedPullRequests, RELEASE_BODY_MAX, safeLine, shorten } from "../changelog/index.ts";
import { fromTemplate, showsCompare } from "./notes-template.ts";

type Release = Pick<ComponentPlan, "name" | "version" | "reasons" | "changelog" | "tag"> & {
  readonly previousTag: string | null;
  /** YYYY-MM-DD */ readonly date: string;
};
type Context = {
  readonly repositoryUrl: string | null;
  readonly sections: readonly string[];
  /** What people wrote; a section that is not finished is none. */
  readonly human: HumanTexts;
  /** Text of the team that the notes start from; null for none. */
  readonly template: string | null;
};

/** Room is left below GitHub's limit for what the app adds later: the stamp of a draft, and the table of artifacts. */
const NOTES_MAX = RELEASE_BODY_MAX - 5000;

/** Nobody who is mentioned in a commit is notified; what people wrote stays as it is. */
export function releaseNotes(
  { name, version, reasons, changelog, previousTag, tag, date }: Release,
  { repositoryUrl, sections, human, template }: Context,
): string {
  const everything =
    repositoryUrl === null || tag === null ? null : `${repositoryUrl}/${previousTag === null ? `commits/${tag}` : `compare/${previousTag}...${tag}`}`;
  const written = (isBefore: boolean): string[] =>
    sections.flatMap((title) => {
      const text = (title.toLowerCase() === "highlights") === isBefore ? human.get(title) : undefined;
      return text === undefined ? [] : [`### ${title}\n${text}`];
    });
  const parts = [
    ...written(true),
    own(withoutHeading(changelog)),
    ...written(false),
    own(omissions({ reasons, changelog }, repositoryUrl)),
    everything === null || showsCompare(template) ? "" : `**All changes**: ${everything}`,
  ];
  const notes = `${parts.filter((part) => part !== "").join("\n\n")}\n`;
  const values = { component: name, version: version ?? "", tag: tag ?? "", previousTag: previousTag ?? "", date, compare: everything ?? "" };
  return shorten(template === null ? notes : fromTemplate(template, notes, values), NOTES_MAX, everything);
}

function own(text: string): string {
  return breakMentions(text, new Set());
}

/** The release has a title of its own. */
export function withoutHeading(changelog: string): string {
  return changelog.split("\n").slice(1).join("\n").trim();
}

/** What is in the release and not in its changelog, each with the reason; empty when everything is listed. */
export function omissions({ reasons, changelog }: Pick<ComponentPlan, "reasons" | "changelog">, repositoryUrl: string | null): string {
  const { omissions: left, omitted } = listedPullRequests(reasons, changelog, repositoryUrl);
  if (left.length === 0) return "";
  const rows = left.map(({ pullRequest, sha, subject, because }) => {
    const origin = pullRequest === null ? sha.slice(0, 7) : `#${String(pullRequest)}`;
    return `- ${safeLine(bareSubject(subject, origin))} (${origin}): ${safeLine(because)}`;
  });
  const counts = [counted(omitted.length, "pull request"), counted(left.length - omitted.length, "commit")].filter((count) => count !== "");
  return `<details><summary>Also in this release, not listed above: ${counts.join(" and ")}</summary>\n\n${rows.join("\n")}\n\n</details>`;
}

/** GitHub ends the subject of a squash with the number: ` (#405)`. */
export function bareSubject(subject: string, origin: string): string {
  return subject.endsWith(`(${origin})`) ? subject.slice(0, -origin.length - "()".length).trimEnd() : subject;
}

function counted(count: number, thing: string): string {
  return count === 0 ? "" : `${String(count)} ${thing}${count === 1 ? "" : "s"}`;
}
