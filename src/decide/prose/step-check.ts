// What the check run of one step says on the released commit: how it stands, why, and what somebody has to do next. Its
// first line is the reason alone.
import type { CheckText, Words } from "../../model/plan.ts";
import type { StepReport, StepState } from "../../model/rollout.ts";
import type { VersionText } from "../../model/version.ts";
import { shorten } from "../changelog/index.ts";
import { codeCell } from "./code.ts";
import { gateDetails, gateTable } from "./gate-table.ts";
import { attemptName, attemptWords, lastAttempt } from "./rollout-words.ts";
import { linked } from "./rollout-table.ts";
import { asCell, asMarkdown, asPlainText, paragraphs } from "./words.ts";

type Release = { readonly component: string; readonly version: VersionText; readonly tag: string };

const TITLE_MAX = 255;
/** GitHub takes 65,535 characters. */
const SUMMARY_MAX = 60_000;
const GATES_MAX = 20_000;

export function stepCheck(report: StepReport, release: Release): Pick<CheckText, "conclusion" | "title" | "summary" | "text"> {
  return { conclusion: CONCLUSION[report.state], title: title(report), summary: summary(report, release), text: "" };
}

/** Null: in progress. What nobody can tell is no verdict. */
const CONCLUSION: Readonly<Record<StepState, CheckText["conclusion"]>> = {
  done: "success",
  failed: "failure",
  halted: "action_required",
  "needs-people": "action_required",
  skipped: "neutral",
  superseded: "neutral",
  running: null,
  waiting: null,
  ready: null,
  unknown: null,
};

const DEEDS: Readonly<Record<StepState, Words>> = {
  done: "is done",
  failed: "failed",
  halted: "is halted",
  "needs-people": "needs people",
  skipped: "was skipped",
  superseded: "was superseded",
  running: "is running",
  waiting: "waits",
  ready: "is starting",
  unknown: "is unclear",
};

/** ``docs failed: docs.yml failed in deploy at Publish · attempt 2``; the reason is cut where it is too long. */
function title(report: StepReport): string {
  const nth = lastAttempt(report);
  const end = nth === null || report.because.includes(nth) ? "" : ` · ${nth}`;
  return `${asPlainText(`${report.step} ${DEEDS[report.state]}: ${report.because}`, TITLE_MAX - end.length)}${end}`;
}

function summary(report: StepReport, { component, version, tag }: Release): string {
  const { because, next, gates, details } = report;
  const parts = [
    asMarkdown(because),
    next === null ? "" : `**Next:** ${asMarkdown(next)}`,
    gates.length === 0 ? "" : gateTable(report, GATES_MAX),
    attemptsTable(report),
    details.map((words) => `- ${asMarkdown(words)}`).join("\n"),
    gateDetails(report),
  ];
  const end = `<sub>A step of ${asMarkdown(`${component} ${version}`)}, tagged ${codeCell(tag)}.</sub>`;
  return paragraphs([shorten(paragraphs(parts), SUMMARY_MAX - end.length, null), end]);
}

function attemptsTable({ attempts }: StepReport): string {
  if (attempts.length === 0) return "";
  const rows = attempts.map((attempt) => `| ${linked(attemptName(attempt, attempts), attempt.url)} | ${asCell(attemptWords(attempt))} |`);
  return ["| attempt | |", "|---|---|", ...rows].join("\n");
}
