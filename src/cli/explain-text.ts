// Why each line is not released yet, at a terminal: the words of the status comment, laid out for the width there is.
import type { GateReport, GateState, LineReport } from "../model/plan.ts";
import {
  askedOf,
  checklistOf,
  detailsOf,
  doneWords,
  evaluation,
  headlineOf,
  notActedOnWords,
  sortedGates,
  stateOf,
  stateWords,
} from "../decide/prose/line-report.ts";
import { columns, hanging, type Look, lookOf, type Style, wrapped } from "./layout.ts";

/** Details of one gate before the rest is counted: `--format json` has them all. */
const DETAILS_MAX = 12;

const STATE_STYLE: Readonly<Record<GateState, Style>> = { open: "green", closed: "red", unknown: "yellow", waiting: "cyan" };

/** @param width columns of the terminal */
export function explainText(reports: readonly LineReport[], { hasColor, width }: { readonly hasColor: boolean; readonly width: number }): string {
  const look = lookOf({ hasColor, width });
  if (reports.length === 0) return "Nothing is proposed and nothing waits. `release-steward plan` says what the next release would be.\n";
  return reports.map((report) => `${lineOf(report, look).join("\n")}\n`).join("\n");
}

function lineOf(report: LineReport, look: Look): readonly string[] {
  const { paint } = look;
  const number = report.pullRequest === null ? "" : ` (#${String(report.pullRequest.number)})`;
  const stateStyle = STATE_STYLE[stateOf(report)];
  const heading = wrapped(`${headlineOf(report)}${number}`, look.width).map((line) => paint(stateStyle, paint("bold", line)));
  const gates = sortedGates(report);
  const nameWidth = Math.max(4, ...gates.map(({ gate }) => columns(gate)));
  const footer = [evaluation(report), ...(report.policy.name === null ? [] : [`policy ${report.policy.name}`])].join(" · ");
  return [
    ...heading,
    ...report.risks.flatMap((words) => hanging(`  ${paint("yellow", "risk".padEnd(STATE_WIDTH))}`, 2 + STATE_WIDTH, words, look)),
    ...report.notices.flatMap((words) => hanging(`  ${paint("yellow", "note".padEnd(STATE_WIDTH))}`, 2 + STATE_WIDTH, words, look)),
    "",
    ...gates.flatMap((gate) => gateLines(gate, nameWidth, look)),
    ...checklistLines(report, look),
    "",
    ...notActedOnLines(report, look),
    ...wrapped(footer, look.width - 2).map((line) => paint("dim", `  ${line}`)),
  ];
}

/** A mark, a blank, the longest word, two blanks. */
const STATE_WIDTH = 14;

function gateLines(gate: GateReport, nameWidth: number, look: Look): readonly string[] {
  const { paint } = look;
  const { mark, word } = stateWords(gate);
  const label = `${mark} ${word}`;
  const state = `${label}${" ".repeat(Math.max(1, STATE_WIDTH - columns(label)))}`;
  const lead = `  ${paint(STATE_STYLE[gate.state], state)}${paint("bold", gate.gate)}${" ".repeat(nameWidth - columns(gate.gate) + 2)}`;
  const indent = 2 + STATE_WIDTH + nameWidth + 2;
  const asked = askedOf(gate);
  const details = detailsOf(gate);
  const shown = details.slice(0, DETAILS_MAX);
  const rest = details.length - shown.length;
  return [
    ...hanging(lead, indent, gate.because, look),
    ...(gate.next === null ? [] : hanging(`${" ".repeat(indent - 2)}${paint("cyan", "→ ")}`, indent, gate.next, look)),
    ...(asked === null ? [] : hanging(" ".repeat(indent), indent, `for ${asked}`, look, "dim")),
    ...shown.flatMap((words) => hanging(`${" ".repeat(indent - 2)}${paint("dim", "· ")}`, indent, words, look, "dim")),
    ...(rest > 0 ? [`${" ".repeat(indent - 2)}${paint("dim", `· and ${String(rest)} more`)}`] : []),
  ];
}

function checklistLines(report: LineReport, look: Look): readonly string[] {
  const items = checklistOf(report);
  if (items.length === 0) return [];
  const lines = items.flatMap((item) => {
    const done = doneWords(item);
    const box = item.done === null ? "[ ] " : look.paint("green", "[x] ");
    return [...hanging(`  ${box}`, 6, `${item.gate}: ${item.text}`, look), ...(done === null ? [] : hanging(" ".repeat(6), 6, done, look, "dim"))];
  });
  return ["", ...lines];
}

function notActedOnLines(report: LineReport, look: Look): readonly string[] {
  const words = notActedOnWords(report);
  return words === null ? [] : hanging("  ", 2, words, look, "dim");
}
