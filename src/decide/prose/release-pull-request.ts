// A release pull request as a person reads it: what it releases, why that version, what changes, what merging does.
import type { ComponentPlan, Reason } from "../../model/plan.ts";
import type { Playbook } from "../../model/playbook.ts";
import { breakMentions, listedPullRequests, PULL_REQUEST_BODY_MAX, safeLine, shorten } from "../changelog/index.ts";
import { omissions, withoutHeading } from "./release-notes.ts";

/** Rows of the table of reasons for each effect before the rest is counted; the changelog names them all. */
const REASON_ROWS_MAX = 5;

type Context = {
  readonly playbook: Playbook;
  /** Commit it was planned for. */
  readonly head: string;
  /** Where the whole text can be read when the body is too long; null when there is no such place. */
  readonly repositoryUrl: string | null;
};

/** The body, at most as long as GitHub takes; the title comes from the playbook's template. */
export function releasePullRequestBody(components: readonly ComponentPlan[], context: Context): string {
  const parts = [
    ...components.map((component) => headline(component, context.repositoryUrl)),
    ...components.map((component) => whyTable(component)),
    ...humanSections(context.playbook, true),
    "### Changes",
    ...components.map((component) => changes(component, components.length > 1)),
    ...components.map((component) => omissions(component, context.repositoryUrl)),
    ...humanSections(context.playbook, false),
    whatMergingDoes(components),
    `<sub>Kept by Release Steward for \`${context.head.slice(0, 7)}\` · playbook: ${context.playbook.path === null ? "detected defaults" : `\`${context.playbook.path}\``}</sub>`,
  ];
  // A body notifies whom it mentions; nobody named in a commit asked for that.
  const body = breakMentions(`${parts.filter((part) => part !== "").join("\n\n")}\n`, new Set());
  return shorten(body, PULL_REQUEST_BODY_MAX, context.repositoryUrl);
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

/** Text of a commit as code in a table cell: nothing in it is Markdown, HTML or a mention, and no `|` ends the cell. */
function codeCell(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 ? " " : "";
  return `${fence}${pad}${text.replaceAll(/\s+/g, " ").replaceAll("|", String.raw`\|`)}${pad}${fence}`;
}

/** Sections that people write. Text that they wrote is kept by whoever updates the pull request. */
function humanSections({ release }: Playbook, isBefore: boolean): string[] {
  const { sections, require } = release.notes;
  return sections
    .filter((title) => (title.toLowerCase() === "highlights") === isBefore)
    .map(
      (title) =>
        `### ${title}\n_${require.includes(title) ? "Write here; this section is yours and is kept. A release needs it." : "Yours too; may stay empty."}_`,
    );
}

function changes({ name, version, changelog }: ComponentPlan, isOneOfMany: boolean): string {
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
