// A release pull request as a person reads it: what it releases, why that version, what changes, what merging does.
import type { ComponentPlan, Reason } from "../../model/plan.ts";
import type { Playbook } from "../../model/playbook.ts";
import { breakMentions, listedPullRequests, PULL_REQUEST_BODY_MAX, safeLine, shorten } from "../changelog/index.ts";
import { codeCell } from "./code.ts";
import { type HumanTexts, humanSection, placeholder } from "./human-sections.ts";
import { omissions, withoutHeading } from "./release-notes.ts";

/** Rows of the table of reasons for each effect before the rest is counted; the changelog names them all. */
const REASON_ROWS_MAX = 5;

type Context = {
  readonly playbook: Playbook;
  /** Commit it was planned for. */
  readonly head: string;
  /** Where the whole text can be read when the body is too long; null when there is no such place. */
  readonly repositoryUrl: string | null;
  /** What people have written into their sections so far. */
  readonly human: HumanTexts;
};

const FOOTER = "<sub>Kept by Release Steward for ";

/** The body, at most as long as GitHub takes, with the sections of people as they wrote them; the title comes from the playbook's template. */
export function releasePullRequestBody(components: readonly ComponentPlan[], context: Context): string {
  const { playbook, head, repositoryUrl } = context;
  const above = own([...components.map((component) => headline(component, repositoryUrl)), ...components.map((component) => whyTable(component))]);
  const changes = own([
    "### Changes",
    ...components.map((component) => changesOf(component, components.length > 1)),
    ...components.map((component) => omissions(component, repositoryUrl)),
  ]);
  const below = own([
    whatMergingDoes(components),
    `${FOOTER}\`${head.slice(0, 7)}\` · playbook: ${playbook.path === null ? "detected defaults" : `\`${playbook.path}\``}</sub>`,
  ]);
  const highlights = humanSections(context, true);
  const others = humanSections(context, false);
  const whole = (middle: string): string => `${joined([above, ...highlights, middle, ...others, below])}\n`;
  const room = PULL_REQUEST_BODY_MAX - whole("").length - "\n\n".length;
  return shorten(whole(shorten(changes, Math.max(0, room), repositoryUrl)), PULL_REQUEST_BODY_MAX, repositoryUrl);
}

/** Whether two bodies say the same: which head they were written for and how lines end does not count. */
export function isSameBody(one: string, other: string): boolean {
  return withoutFooter(one) === withoutFooter(other);
}

function withoutFooter(body: string): string {
  const text = body.replaceAll("\r\n", "\n");
  const footer = text.lastIndexOf(FOOTER);
  return (footer === -1 ? text : text.slice(0, footer)).trimEnd();
}

/** A body notifies whom it mentions; nobody named in a commit asked for that. What people wrote is left as it is. */
function own(parts: readonly string[]): string {
  return breakMentions(joined(parts), new Set());
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n\n");
}

function headline({ name, previous, version, bump, files, reasons, changelog }: ComponentPlan, repositoryUrl: string | null): string {
  const step =
    previous === null ? `${name} ${version ?? ""}** (first release)` : `${name} ${previous.version} → ${version ?? ""}**${bump === null ? "" : ` (${bump})`}`;
  const listed = listedPullRequests(reasons, changelog, repositoryUrl);
  const facts = [`**${step}`];
  if (listed.inRange > 0) facts.push(listed.summary);
  facts.push(`${String(files.length)} ${files.length === 1 ? "file changes" : "files change"}`);
  return facts.join(" · ");
}

function whyTable({ reasons, bump, version }: ComponentPlan): string {
  const rows = (["major", "minor", "patch", "unknown"] as const).flatMap((effect) =>
    rowsFor(
      reasons.filter((reason) => reason.effect === effect),
      effect,
    ),
  );
  if (rows.length === 0) return "";
  return [`| why ${bump ?? version ?? ""} | |`, "|---|---|", ...rows].join("\n");
}

function rowsFor(reasons: readonly Reason[], effect: Reason["effect"]): string[] {
  const shown = reasons.slice(0, REASON_ROWS_MAX);
  const rows = shown.map((reason) => `| ${origin(reason)} | ${safeLine(reason.because).replaceAll("|", "/")}: ${effect} |`);
  const rest = reasons.length - shown.length;
  if (rest > 0) rows.push(`| and ${String(rest)} more | ${effect} |`);
  return rows;
}

/** `` `feat: mount volumes` #402 ``: the number stands outside of the code, so that GitHub links it. */
function origin({ pullRequest, sha, subject }: Reason): string {
  const number = pullRequest === null ? "" : `#${String(pullRequest)}`;
  const bare = number !== "" && subject.endsWith(`(${number})`) ? subject.slice(0, -number.length - 2).trimEnd() : subject;
  return `${codeCell(bare)} ${number === "" ? sha.slice(0, 7) : number}`;
}

function humanSections({ playbook, human }: Context, isBefore: boolean): string[] {
  const { sections, require } = playbook.release.notes;
  return sections
    .filter((title) => (title.toLowerCase() === "highlights") === isBefore)
    .map((title) => humanSection(title, human.get(title) ?? placeholder(require.includes(title))));
}

function changesOf({ name, version, changelog }: ComponentPlan, isOneOfMany: boolean): string {
  const body = demoted(withoutHeading(changelog));
  if (!isOneOfMany) return body;
  return `<details><summary>${name} ${version ?? ""}</summary>\n\n${body}\n\n</details>`;
}

/** The changelog's `###` sections stand one level below the pull request's own. */
function demoted(markdown: string): string {
  return markdown.replaceAll(/^### /gm, "#### ");
}

function whatMergingDoes(components: readonly ComponentPlan[]): string {
  const tags = components.map(({ tag }) => `\`${tag ?? ""}\``).join(", ");
  return `<details><summary>What merging does</summary>\n\nTags ${tags} at the merged commit and publishes the release.\n\n</details>`;
}
