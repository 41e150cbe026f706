// The gates of a line as Markdown: one row each, and what does not fit into a row folded away below.
import type { GateReport, LineReport, Words } from "../../model/plan.ts";
import { askedOf, detailsOf, sortedGates, stateWords } from "./line-report.ts";
import { asCell, asHtml, asMarkdown, WORDS_MAX } from "./words.ts";

/** How much of a cell's words is shown: less when there are very many gates. */
const CELL_MAXIMA = [WORDS_MAX, 200, 60, 20];

/** @param room characters that the table may take; with more gates than fit even when all words are cut it takes more */
export function gateTable(report: Pick<LineReport, "gates">, room: number): string {
  if (report.gates.length === 0) return "No gate of the playbook is asked for this release.";
  const tables = CELL_MAXIMA.map((cellMax) => [HEAD, ...sortedGates(report).map((gate) => row(gate, cellMax))].join("\n"));
  return tables.find((table) => table.length <= room) ?? tables.at(-1) ?? "";
}

const HEAD = "| | gate | why | next |\n|---|---|---|---|";

/** The state does not wrap: its mark and its word belong together. */
function row(gate: GateReport, cellMax: number): string {
  const { mark, word } = stateWords(gate);
  const asked = askedOf(gate);
  const next = [gate.next === null ? "" : asCell(gate.next, cellMax), asked === null ? "" : `<sub>for ${asCell(asked, cellMax)}</sub>`].filter(
    (part) => part !== "",
  );
  return `| ${mark}&nbsp;${word} | ${asCell(gate.gate)} | ${asCell(gate.because, cellMax)} | ${next.join("<br>")} |`;
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
