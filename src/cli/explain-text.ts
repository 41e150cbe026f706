// Why each line is not released yet, at a terminal: the words of the status comment, laid out for the width there is.
import { styleText } from "node:util";
import type { GateReport, GateState, LineReport, Words } from "../model/plan.ts";
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
import { printable } from "./printable.ts";

type Style = "bold" | "dim" | "green" | "yellow" | "red" | "cyan";
type Paint = (style: Style, text: string) => string;
type Look = { readonly paint: Paint; /** Columns. */ readonly width: number };

const WIDTH_MIN = 40;
/** Longer lines are hard to read, however wide the terminal is. */
const WIDTH_MAX = 110;
/** Details of one gate before the rest is counted: `--format json` has them all. */
const DETAILS_MAX = 12;

const STATE_STYLE: Readonly<Record<GateState, Style>> = { open: "green", closed: "red", unknown: "yellow", waiting: "cyan" };

/** @param width columns of the terminal */
export function explainText(reports: readonly LineReport[], { hasColor, width }: { readonly hasColor: boolean; readonly width: number }): string {
  const paint: Paint = hasColor ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
  const look = { paint, width: Math.min(WIDTH_MAX, Math.max(WIDTH_MIN, width)) };
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

/** Words behind a lead that is `indent` columns wide, their further lines below their first. */
function hanging(lead: string, indent: number, words: Words, { width, paint }: Look, style: Style | null = null): readonly string[] {
  return wrapped(words, Math.max(WIDTH_MIN / 2, width - indent)).map((line, index) => {
    const text = style === null ? line : paint(style, line);
    return index === 0 ? `${lead}${text}` : `${" ".repeat(indent)}${text}`;
  });
}

/** Lines of at most so many columns; what has no blank, such as an address, is left whole. Code stays on its line where it fits on one. */
function wrapped(words: Words, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of pieces(printable(words).replaceAll(/\s+/g, " ").trim(), width)) {
    const longer = line === "" ? piece : `${line} ${piece}`;
    if (line !== "" && columns(longer) > width) {
      lines.push(line);
      line = piece;
    } else line = longer;
  }
  return [...lines, line];
}

/** What is between blanks; a command in backticks is one piece when it fits on a line. */
function pieces(text: string, width: number): readonly string[] {
  const found: string[] = [];
  let code: string[] | null = null;
  for (const word of text.split(" ")) {
    const isTurn = word.split("`").length % 2 === 0;
    if (code === null && !isTurn) found.push(word);
    else if (code === null) code = [word];
    else {
      code.push(word);
      if (isTurn) {
        const whole = code.join(" ");
        found.push(...(columns(whole) <= width ? [whole] : code));
        code = null;
      }
    }
  }
  return [...found, ...(code ?? [])];
}

/** Marks and wide characters take two columns; what combines with the character before it takes none. */
function columns(text: string): number {
  let count = 0;
  for (const character of text) count += /\p{Mn}|\p{Me}|\p{Cf}/u.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return count;
}

const WIDE = /[\p{Emoji_Presentation}\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/u;
