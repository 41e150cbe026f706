// A release pull request as a person reads it: what it releases, why that version, what changes, what merging does.
import type { ComponentPlan, Reason } from "../../model/plan.ts";
import type { Playbook } from "../../model/playbook.ts";
import { breakMentions, listedPullRequests, PULL_REQUEST_BODY_MAX, safeLine, shorten } from "../changelog/index.ts";
import { breakClosing } from "./closing.ts";
import { codeCell } from "./code.ts";
import { type HumanTexts, humanSection, placeholder } from "./human-sections.ts";
import { bareSubject, omissions, withoutHeading } from "./release-notes.ts";
import { whatMergingStarts } from "./what-merging-starts.ts";
import { paragraphs } from "./words.ts";

/** Rows for the effect that decides before the rest is counted; the changelog names them all. */
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
  const { repositoryUrl } = context;
  const above = own([
    ...components.flatMap((component) => [headline(component, repositoryUrl), whyTable(component)]),
    whatMergingDoes(components),
    whatMergingStarts(components),
  ]);
  const changes = own(["### Changes", ...components.map((component) => changesOf(component, components.length > 1, repositoryUrl))]);
  const below = own([footer(context)]);
  const highlights = humanSections(context, true);
  const others = humanSections(context, false);
  const whole = (middle: string): string => `${paragraphs([above, ...highlights, middle, ...others, below])}\n`;
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

/** A body notifies whom it mentions and its merge closes what it says it closes; no commit that it quotes asked for either. What people wrote is left as it is. */
function own(parts: readonly string[]): string {
  return breakClosing(breakMentions(paragraphs(parts), new Set()));
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

/** What decides comes in rows; of each smaller effect the first is named and the others are counted. */
function whyTable({ reasons, bump, version, asked }: ComponentPlan): string {
  const [deciding, ...others] = (["major", "minor", "patch", "unknown"] as const)
    .map((effect) => reasons.filter((reason) => reason.effect === effect))
    .filter((group) => group.length > 0);
  const command = asked === null ? [] : [`| [${codeCell(asked.command)}](${asked.url}) | asked for by ${safeLine(asked.by)} |`];
  if (deciding === undefined && command.length === 0) return "";
  const rows = [...command, ...rowsOf(deciding ?? [], REASON_ROWS_MAX), ...others.flatMap((group) => rowsOf(group, 1))];
  return [`| why ${bump ?? version ?? ""} | counts as |`, "|---|---|", ...rows].join("\n");
}

/** @param reasons of one effect */
function rowsOf(reasons: readonly Reason[], max: number): string[] {
  const rest = reasons.length - max;
  return reasons.slice(0, max).map((reason, index) => {
    const more = rest > 0 && index === max - 1 ? ` and ${String(rest)} more` : "";
    const because = more === "" ? `: ${safeLine(reason.because).replaceAll("|", "/")}` : "";
    return `| ${origin(reason)}${more} | ${reason.effect}${because} |`;
  });
}

/** `` `feat: mount volumes` #402 ``: the number stands outside of the code, so that GitHub links it. */
function origin({ pullRequest, sha, subject }: Reason): string {
  const name = pullRequest === null ? sha.slice(0, 7) : `#${String(pullRequest)}`;
  return `${codeCell(bareSubject(subject, name))} ${name}`;
}

function humanSections({ playbook, human }: Context, isBefore: boolean): string[] {
  const { sections, require } = playbook.release.notes;
  return sections
    .filter((title) => (title.toLowerCase() === "highlights") === isBefore)
    .map((title) => humanSection(title, human.get(title) ?? placeholder(require.includes(title))));
}

function changesOf({ name, version, reasons, changelog }: ComponentPlan, isOneOfMany: boolean, repositoryUrl: string | null): string {
  const listed = demoted(withoutHeading(changelog));
  const body = paragraphs([listed === "" ? "None that the changelog lists." : listed, omissions({ reasons, changelog }, repositoryUrl)]);
  return isOneOfMany ? `<details><summary>${name} ${version ?? ""}</summary>\n\n${body}\n\n</details>` : body;
}

/** The changelog's `###` sections stand one level below the pull request's own. */
function demoted(markdown: string): string {
  return markdown.replaceAll(/^### /gm, "#### ");
}

function whatMergingDoes(components: readonly ComponentPlan[]): string {
  const tags = components.map(({ tag }) => `\`${tag ?? ""}\``).join(", ");
  const releases = components.length === 1 ? "the release" : "the releases";
  return `**Merging this pull request** tags ${tags} at the merged commit and publishes ${releases} with the notes below.`;
}

/** The commit stands bare, so that GitHub links it. */
function footer({ playbook, head }: Context): string {
  return `${FOOTER}${head.slice(0, 7)} · ${playbook.path === null ? "no playbook: detected defaults" : `commands: \`/release help\` · playbook: \`${playbook.path}\``}</sub>`;
}
