// How far each release has come after its merge, at a terminal: the words of the board, laid out for the width there is;
// the gates that are asked now hang below the step that they keep back.
import type { ArtifactReport, Attempt, RolloutReport, StepReport } from "../model/rollout.ts";
import type { GateReport, Words } from "../model/plan.ts";
import { sayInstant } from "../decide/calendar/moments.ts";
import { askedOf, checklistOf, detailsOf, doneWords, stateWords } from "../decide/prose/line-report.ts";
import { attemptName, attemptWords, gatesInTurn, needsPeople, ownNext, rolloutHeadline, type Sign, stepSign } from "../decide/prose/rollout-words.ts";
import { besideName } from "../decide/prose/rollout-table.ts";
import { columns, hanging, type Look, lookOf, type Style, wrapped } from "./layout.ts";
import { printable } from "./printable.ts";

/** A mark, a blank, the longest word, two blanks; of a gate its branch, too. */
const SIGN_WIDTH = 16;
/** Where names begin, and what is to be said below them. */
const NAME_INDENT = 2 + SIGN_WIDTH;
/** A longer name has a line of its own. */
const NAME_WIDTH_MAX = 18;
/** Of each kind, before the rest is counted: `--format json` has them all. */
const LISTED_MAX = 12;

const STYLES: ReadonlyMap<string, Style> = new Map([
  ["✓", "green"],
  ["✗", "red"],
  ["?", "yellow"],
  ["⏳", "cyan"],
]);

/** @param width columns of the terminal; empty for no release */
export function rolloutText(reports: readonly RolloutReport[], terminal: { readonly hasColor: boolean; readonly width: number }): string {
  const look = lookOf(terminal);
  return reports.map((report) => `${linesOf(report, look).join("\n")}\n`).join("\n");
}

function linesOf(report: RolloutReport, look: Look): readonly string[] {
  const { paint, width } = look;
  const number = report.pullRequest === null ? "" : ` (#${String(report.pullRequest)})`;
  const names = report.steps.flatMap((step) => [step.step, ...gatesInTurn(step, report).map(({ gate }) => gate)]);
  const nameWidth = Math.min(NAME_WIDTH_MAX, Math.max(4, ...names.map((name) => columns(printable(name)))));
  const footer = `evaluated ${sayInstant(report.evaluatedAt)} for ${report.sha.slice(0, 7)} · tag ${report.tag}`;
  return [
    ...wrapped(`${rolloutHeadline(report)}${number}`, width).map((line) => paint(headStyle(report), paint("bold", line))),
    ...(report.because === "" ? [] : hanging("  ", 2, report.because, look)),
    ...[...report.notices, ...report.moving].flatMap((words) => hanging(`  ${paint("yellow", "note")}  `, 8, words, look)),
    "",
    ...report.steps.flatMap((step) => stepLines(step, report, nameWidth, look)),
    ...artifactLines(report.artifacts, look),
    "",
    ...wrapped(footer, width - 2).map((line) => paint("dim", `  ${line}`)),
  ];
}

function headStyle(report: RolloutReport): Style {
  return report.state === "verified" ? "green" : needsPeople(report) ? "red" : "cyan";
}

/** What stands in one row and below it. */
type Entry = {
  readonly sign: Sign;
  readonly name: string;
  readonly because: Words;
  readonly next: Words | null;
  readonly who: Words | null;
  readonly more: readonly Words[];
};

function stepLines(step: StepReport, report: RolloutReport, nameWidth: number, look: Look): readonly string[] {
  const gates = gatesInTurn(step, report);
  const beside = besideName(step);
  const because = beside === "" ? step.because : `${step.because} (${beside})`;
  const more = [...step.attempts.map((attempt) => attemptLine(attempt, step.attempts)), ...step.details];
  // What is done needs no look, and a run that is told of below leads to the same page.
  const page = step.url === null || step.state === "done" || step.attempts.length > 0 ? [] : [step.url];
  return [
    ...entryLines(
      { sign: stepSign(step, report), name: step.step, because, next: ownNext(step, gates), who: null, more: [...page, ...more] },
      "  ",
      "",
      nameWidth,
      look,
    ),
    ...gates.flatMap((gate, index) => gateLines(gate, index === gates.length - 1, nameWidth, look)),
  ];
}

function attemptLine(attempt: Attempt, attempts: readonly Attempt[]): Words {
  return `${attemptName(attempt, attempts)} ${attemptWords(attempt)} ${attempt.url}`;
}

function gateLines(gate: GateReport, isLast: boolean, nameWidth: number, look: Look): readonly string[] {
  const { mark, word } = stateWords(gate);
  const items = checklistOf({ gates: [gate] }).map((item) => {
    const done = doneWords(item);
    return `[${done === null ? " " : "x"}] ${item.text}${done === null ? "" : ` (${done})`}`;
  });
  const entry = {
    sign: { mark, word },
    name: gate.gate,
    because: gate.because,
    next: gate.next,
    who: askedOf(gate),
    more: [...items, ...detailsOf(gate)],
  };
  return entryLines(entry, `  ${isLast ? "└" : "├"} `, isLast ? "" : "  │", nameWidth, look);
}

/** @param first what its first line begins with, and `further` what the others do */
function entryLines({ sign, name, because, next, who, more }: Entry, first: string, further: string, nameWidth: number, look: Look): readonly string[] {
  const { paint } = look;
  const label = `${sign.mark === "" ? "" : `${sign.mark} `}${sign.word}`;
  const state = `${label}${" ".repeat(Math.max(1, NAME_INDENT - first.length - columns(label)))}`;
  const shown = printable(name).replaceAll(/\s+/g, " ");
  const branch = `${paint("dim", further)}${" ".repeat(NAME_INDENT - further.length)}`;
  const behind = (lead: string, indent: number, words: Words, style: Style | null): readonly string[] =>
    hanging(lead, indent, words, look, style).map((line, index) => (index === 0 ? line : `${paint("dim", further)}${line.slice(further.length)}`));
  const below = (lead: string, words: Words, style: Style | null): readonly string[] => behind(`${branch}${lead}`, NAME_INDENT + 2, words, style);
  const start = `${paint("dim", first)}${paint(STYLES.get(sign.mark) ?? "dim", state)}${paint("bold", shown)}`;
  const room = nameWidth + 2 - columns(shown);
  const reason = room < 2 ? [start, ...below("  ", because, null)] : behind(`${start}${" ".repeat(room)}`, NAME_INDENT + nameWidth + 2, because, null);
  const rest = more.length - LISTED_MAX;
  return [
    ...reason,
    ...(next === null ? [] : below(paint("cyan", "→ "), next, null)),
    ...(who === null ? [] : below("  ", `for ${who}`, "dim")),
    ...more.slice(0, LISTED_MAX).flatMap((words) => below(paint("dim", "· "), words, "dim")),
    ...(rest > 0 ? below(paint("dim", "· "), `and ${String(rest)} more`, "dim") : []),
  ];
}

function artifactLines(artifacts: readonly ArtifactReport[], look: Look): readonly string[] {
  if (artifacts.length === 0) return [];
  const lines = artifacts.flatMap(({ reference, digest, attestation, signature }) => {
    const proofs = [
      ...(attestation.is === "not-asked" ? [] : [attestation.is === "there" ? "attested" : "not attested"]),
      ...(signature.is === "not-asked" ? [] : [signature.is === "there" ? "signed" : "not signed"]),
    ];
    const said = [digest ?? "not known yet", ...proofs].join(", ");
    return hanging("  ", 4, `${reference} ${said}`, look);
  });
  return ["", look.paint("bold", "  artifacts"), ...lines];
}
