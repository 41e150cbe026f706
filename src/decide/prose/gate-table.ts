// The gates of a line as Markdown: one row each, and what does not fit into a row folded away below.
import type { GateReport, LineReport, Words } from "../../model/plan.ts";
import { askedOf, detailsOf, sortedGates, stateWords } from "./line-report.ts";
import { asCell, asHtml, asMarkdown, WORDS_MAX } from "./words.ts";

/** How much of a cell's words is shown: less when there are very many gates. */
const CELL_MAXIMA = [WORDS_MAX, 200, 60, 20];

/** @param room characters that the table may take; of more gates than fit even when all words are cut, it says how many it leaves out */
export function gateTable(report: Pick<LineReport, "gates">, room: number): string {
  if (report.gates.length === 0) return "No gate of the playbook is asked for this release.";
  const gates = sortedGates(report);
  return fittedTable({ head: HEAD, rows: (cellMax) => gates.map((gate) => gateRow(gate, cellMax)), leftOut }, room);
}

/** `leftOut`: what is said in place of so many rows. */
type Table = { readonly head: string; readonly rows: (cellMax: number) => readonly string[]; readonly leftOut: (count: number) => string };

/** A table that takes no more than that room: first its words are cut, then rows are left out. */
export function fittedTable({ head, rows, leftOut: rest }: Table, room: number): string {
  const tables = CELL_MAXIMA.map((cellMax) => [head, ...rows(cellMax)].join("\n"));
  const fitting = tables.find((table) => table.length <= room);
  if (fitting !== undefined) return fitting;
  const shortest = rows(CELL_MAXIMA.at(-1) ?? WORDS_MAX);
  const shown = firstOf(shortest, room - head.length - rest(shortest.length).length - 2);
  return shown.length === 0 ? rest(shortest.length) : `${[head, ...shown].join("\n")}\n\n${rest(shortest.length - shown.length)}`;
}

function firstOf(rows: readonly string[], room: number): readonly string[] {
  let left = room;
  const end = rows.findIndex((row) => {
    left -= row.length + 1;
    return left < 0;
  });
  return end === -1 ? rows : rows.slice(0, end);
}

/** Said in place of gates that there is no room for. */
function leftOut(count: number): string {
  return `_${String(count)} ${count === 1 ? "gate is" : "gates are"} left out here for GitHub's limit on length: \`release-steward explain\` shows every one._`;
}

const HEAD = "| | gate | why | next |\n|---|---|---|---|";

/** The state does not wrap: its mark and its word belong together. @param lead what stands before its name, as Markdown */
export function gateRow(gate: GateReport, cellMax: number, lead = ""): string {
  const { mark, word } = stateWords(gate);
  const asked = askedOf(gate);
  const next = [gate.next === null ? "" : asCell(gate.next, cellMax), asked === null ? "" : `<sub>for ${asCell(asked, cellMax)}</sub>`].filter(
    (part) => part !== "",
  );
  return `| ${mark}&nbsp;${word} | ${lead}${asCell(gate.gate)} | ${asCell(gate.because, cellMax)} | ${next.join("<br>")} |`;
}

/** One fold a gate, those that keep the release back first; empty when there is nothing more to say. */
export function gateDetails(report: Pick<LineReport, "gates">): string {
  return sortedGates(report)
    .map((gate) => folded(gate))
    .filter((fold) => fold !== "")
    .join("\n\n");
}

function folded(gate: GateReport): string {
  const details = detailsOf(gate);
  if (details.length === 0) return "";
  return fold(`${gate.gate}, in detail`, details.map((words) => `- ${asMarkdown(words)}`).join("\n"));
}

export function fold(summary: Words, markdown: string): string {
  return `<details><summary>${asHtml(summary)}</summary>\n\n${markdown}\n\n</details>`;
}

/** What makes it riskier than another release, one line each; empty for none. */
export function riskLines({ risks, notices }: Pick<LineReport, "risks" | "notices">): string {
  return [...risks.map((words) => `- **Risk:** ${asMarkdown(words)}`), ...notices.map((words) => `- **Note:** ${asMarkdown(words)}`)].join("\n");
}
