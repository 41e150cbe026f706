// The one comment of a release pull request that says what it waits for, holds the checklist, and ends with what the app
// remembers; and the same for whoever asks with `/release status`.
import { sayInstant } from "../calendar/moments.ts";
import type { ChecklistItem, LineReport } from "../../model/plan.ts";
import type { Sha } from "../../model/snapshot.ts";
import type { EpochMs } from "../../model/time.ts";
import { boxLine } from "../checklist/boxes.ts";
import { type StatusRecord, statusRecordAsComment } from "../checklist/record.ts";
import { PULL_REQUEST_BODY_MAX, shorten } from "../changelog/index.ts";
import { gateDetails, gateTable, riskLines } from "./gate-table.ts";
import { checklistOf, doneWords, headlineOf, notActedOnWords } from "./line-report.ts";
import { asMarkdown, paragraphs } from "./words.ts";

const FOOTER = "<sub>Evaluated ";

/** At most as long as GitHub takes a comment. What is too long is cut in its middle: the details first, then the words of the table. */
export function statusComment(report: LineReport, record: StatusRecord): string {
  const above = paragraphs([heading(report), riskLines(report)]);
  const list = checklist(checklistOf(report));
  const below = paragraphs([footer(report), statusRecordAsComment(record)]);
  const table = gateTable(report, room(above, list, below));
  const left = room(above, table, list, below);
  if (left >= 0) return `${paragraphs([above, table, list, shorten(gateDetails(report), left, null), below])}\n`;
  return `${paragraphs([shorten(paragraphs([above, table, list]), room(below), null), below])}\n`;
}

/** What GitHub takes beside these parts and two more breaks. */
export function room(...parts: readonly string[]): number {
  return PULL_REQUEST_BODY_MAX - paragraphs(parts).length - "\n\n".repeat(2).length;
}

/** Whether two comments say the same: when each was evaluated and how lines end does not count. */
export function isSameStatus(one: string, other: string): boolean {
  return withoutTime(one) === withoutTime(other);
}

/** The last footer is the app's own: in what it quotes, no line begins with a tag. */
function withoutTime(body: string): string {
  const text = body.replaceAll("\r\n", "\n").trimEnd();
  const start = text.lastIndexOf(`\n${FOOTER}`);
  if (start === -1) return text;
  const timed = start + 1 + FOOTER.length;
  return `${text.slice(0, timed)}${text.slice(timed).replace(/^[\d-]{10} \d\d:\d\d UTC/, "")}`;
}

/** What `/release status` answers: the same without boxes, since ticks count in one place only. */
export function statusReply(reports: readonly LineReport[]): string {
  if (reports.length === 0) return "Nothing is proposed and nothing waits. `/release plan` says what the next release would be.";
  const each = reports.map((report) =>
    paragraphs([`${heading(report)}${numberOf(report)}`, riskLines(report), gateTable(report, REPLY_MAX / 2), gateDetails(report), footer(report)]),
  );
  return shorten(paragraphs(each), REPLY_MAX, null);
}

/** Room is left for the record that the answer ends with. */
export const REPLY_MAX = 60_000;

function heading(report: LineReport): string {
  return `### ${asMarkdown(headlineOf(report))}`;
}

/** Several lines are answered for in one place. */
function numberOf({ pullRequest }: LineReport): string {
  return pullRequest === null ? "" : ` (#${String(pullRequest.number)})`;
}

/** Boxes that count when they are ticked; empty for no item. */
export function checklist(items: readonly ChecklistItem[]): string {
  if (items.length === 0) return "";
  const lines = items.map((item) => {
    const done = doneWords(item);
    return boxLine({ gate: item.gate, item: item.text }, item.done !== null, done === null ? "" : `(${asMarkdown(done)})`);
  });
  return `**Checklist**: a tick counts as your word, with your name and the time.\n\n${lines.join("\n")}`;
}

function footer(report: LineReport): string {
  const policy = report.policy.name === null ? "" : ` · policy \`${report.policy.name}\``;
  const missing = notActedOnWords(report);
  const rest = `${policy} · Same answer: \`/release status\`, \`release-steward explain\`${missing === null ? "" : `<br>${asMarkdown(missing)}`}`;
  return evaluatedFooter(report.evaluatedAt, report.pullRequest?.headSha ?? null, rest);
}

/** The last visible line of each status comment. @param rest Markdown on one line */
export function evaluatedFooter(at: EpochMs, sha: Sha | null, rest: string): string {
  return `${FOOTER}${sayInstant(at)}${sha === null ? "" : ` for ${sha.slice(0, 7)}`}${rest}</sub>`;
}
