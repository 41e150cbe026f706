// The status comment of a release pull request once it is merged: how far each of its releases has come, what each waits
// for, and the boxes that are to be ticked now. Updated in place until the releases are verified, superseded or withdrawn.
import type { ChecklistItem, LineReport, Words } from "../../model/plan.ts";
import type { RolloutReport } from "../../model/rollout.ts";
import { shorten } from "../changelog/index.ts";
import { keyOf } from "../checklist/boxes.ts";
import { type StatusRecord, statusRecordAsComment } from "../checklist/record.ts";
import { code } from "../gates/phrases.ts";
import { artifactTable } from "./artifact-table.ts";
import { checklistOf } from "./line-report.ts";
import { rolloutPicture } from "./rollout-picture.ts";
import { attemptsFold, stepFolds, stepTable } from "./rollout-table.ts";
import { gatesInTurn, rolloutHeadline } from "./rollout-words.ts";
import { checklist, evaluatedFooter, REPLY_MAX, room, statusReply } from "./status-comment.ts";
import { asMarkdown, paragraphs, sentence } from "./words.ts";

/**
 * The whole comment for one pull request, at most as long as GitHub takes a comment: details are cut first, then the words
 * of the tables. The record is always whole.
 * @param reports every release that the pull request makes
 */
export function rolloutBoard(reports: readonly RolloutReport[], record: StatusRecord): string {
  const list = checklist(itemsInTurn(reports));
  const below = paragraphs([footer(reports), statusRecordAsComment(record)]);
  const above = paragraphs(boards(reports, room(list, below), heading));
  const left = room(above, list, below);
  if (left >= 0) return `${paragraphs([above, list, shorten(details(reports), left, null), below])}\n`;
  return `${paragraphs([shorten(paragraphs([above, list]), room(below), null), below])}\n`;
}

/** What `/release status` answers of releases that are under way: the same without boxes, since ticks count in one place only. Empty for none. */
export function rolloutReply(reports: readonly RolloutReport[]): string {
  const each = boards(reports, REPLY_MAX / 2, (report) => `${heading(report)}${numberOf(report)}`);
  const parts = each.flatMap((board, index) => {
    const one = reports.slice(index, index + 1);
    return [board, details(one), footer(one)];
  });
  return shorten(paragraphs(parts), REPLY_MAX, null);
}

/** The whole answer to `/release status`: what is under way, then what is proposed. */
export function statusAnswer(lines: readonly LineReport[], rollouts: readonly RolloutReport[]): string {
  if (rollouts.length === 0) return statusReply(lines);
  return shorten(paragraphs([rolloutReply(rollouts), lines.length === 0 ? "" : statusReply(lines)]), REPLY_MAX, null);
}

/** What of the room pictures may take: tables say more. */
const PICTURES_SHARE = 1 / 3;

function boards(reports: readonly RolloutReport[], roomForAll: number, headed: (report: RolloutReport) => string): readonly string[] {
  const pictures = reports.map(rolloutPicture);
  const isPictured = pictures.reduce((sum, picture) => sum + picture.length, 0) <= roomForAll * PICTURES_SHARE;
  const above = reports.map((report, index) => paragraphs([headed(report), because(report), notices(report), isPictured ? (pictures[index] ?? "") : ""]));
  const below = reports.map(moving);
  const taken = [...above, ...below].reduce((sum, part) => sum + part.length + "\n\n".length, 0);
  const roomForTable = Math.floor((roomForAll - taken) / Math.max(1, reports.length)) - "\n\n".length;
  return reports.map((report, index) => paragraphs([above[index] ?? "", stepTable(report, roomForTable), below[index] ?? ""]));
}

function heading(report: RolloutReport): string {
  return `### ${asMarkdown(rolloutHeadline(report))}`;
}

/** A reason may begin with the name of a step, which is written as it is. */
function because({ because: words, steps }: RolloutReport): string {
  if (words === "") return "";
  return steps.some(({ step }) => words.startsWith(`${step}:`)) ? asMarkdown(words) : sentence(words);
}

/** Several releases are answered for in one place. */
function numberOf({ pullRequest }: RolloutReport): string {
  return pullRequest === null ? "" : ` (#${String(pullRequest)})`;
}

function notices({ notices: all }: RolloutReport): string {
  return all.map((words) => `- **Note:** ${asMarkdown(words)}`).join("\n");
}

function moving({ moving: all }: RolloutReport): string {
  return all.map((words) => `- **Moving tag:** ${asMarkdown(words)}`).join("\n");
}

/** Each once: a tick of a box that stands there twice would count only when both are ticked. */
function itemsInTurn(reports: readonly RolloutReport[]): readonly ChecklistItem[] {
  const items = reports.flatMap((report) => report.steps.flatMap((step) => checklistOf({ gates: gatesInTurn(step, report) })));
  return [...new Map(items.map((item) => [keyOf({ gate: item.gate, item: item.text }), item])).values()];
}

function details(reports: readonly RolloutReport[]): string {
  return paragraphs(
    reports.flatMap((report) => {
      const of: Words = reports.length === 1 ? "" : ` of ${report.title}`;
      return [artifacts(report, of), attemptsFold(report, of), ...stepFolds(report)];
    }),
  );
}

const ARTIFACTS_MAX = 15_000;

function artifacts({ artifacts: all }: RolloutReport, of: Words): string {
  return all.length === 0 ? "" : `**Artifacts**${asMarkdown(of)}\n\n${artifactTable(all, ARTIFACTS_MAX)}`;
}

function footer(reports: readonly RolloutReport[]): string {
  const [first] = reports;
  if (first === undefined) return "";
  const command = reports.length === 1 ? `release-steward explain --tag ${first.tag}` : "release-steward explain";
  return evaluatedFooter(first.evaluatedAt, first.sha, ` · Same answer: \`/release status\`, ${asMarkdown(code(command, 200))}`);
}
