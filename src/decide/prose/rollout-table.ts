// The steps of a release as Markdown: one row each, the gates that are asked now below the step that they keep back, and
// what does not fit into a row folded away.
import type { Words } from "../../model/plan.ts";
import type { RolloutReport, StepReport } from "../../model/rollout.ts";
import { counted } from "../gates/phrases.ts";
import { sayTook } from "../rollout/took.ts";
import { codeCell } from "./code.ts";
import { fittedTable, fold, gateDetails, gateRow } from "./gate-table.ts";
import { attemptName, attemptWords, gatesInTurn, lastAttempt, ownNext, stepSign, tookMs } from "./rollout-words.ts";
import { asCell, asMarkdown } from "./words.ts";

const HEAD = "| | step | what | next |\n|---|---|---|---|";

/** @param room characters that it may take */
export function stepTable(report: RolloutReport, room: number): string {
  if (report.steps.length === 0) return "No step of the playbook follows this release.";
  return fittedTable({ head: HEAD, rows: (cellMax) => report.steps.flatMap((step) => rows(step, report, cellMax)), leftOut }, room);
}

function leftOut(count: number): string {
  return `_${counted(count, "row")} left out here for GitHub's limit on length: \`release-steward explain\` shows every one._`;
}

function rows(step: StepReport, report: RolloutReport, cellMax: number): readonly string[] {
  const { mark, word } = stepSign(step, report);
  const sign = mark === "" ? word.replaceAll(" ", "&nbsp;") : `${mark}&nbsp;${word.replaceAll(" ", "&nbsp;")}`;
  const beside = besideName(step);
  const name = `${linked(codeCell(step.step), step.url)}${beside === "" ? "" : `<br><sub>${asCell(beside)}</sub>`}`;
  const gates = gatesInTurn(step, report);
  const next = ownNext(step, gates);
  const row = `| ${sign} | ${name} | ${asCell(step.because, cellMax)} | ${next === null ? "" : asCell(next, cellMax)} |`;
  return [row, ...gates.map((gate) => gateRow(gate, cellMax, "↳&nbsp;"))];
}

/** `attempt 2, 3 min 12 s`, as far as its reason does not say it already. */
export function besideName(step: StepReport): Words {
  const took = tookMs(step);
  return [lastAttempt(step), took === null ? null : sayTook(took)].filter((words) => words !== null && !step.because.includes(words)).join(", ");
}

/** @param markdown in which no link is */
export function linked(markdown: string, url: string | null): string {
  return url !== null && /^https?:\/\/[^\s\p{Cc}<>()[\]|"'\\`]{1,2000}$/u.test(url) ? `[${markdown}](${url})` : markdown;
}

/** Every attempt of every workflow, folded away; empty for none. @param of behind the number of attempts: ` of cavern 0.9.0` */
export function attemptsFold({ steps }: RolloutReport, of: Words): string {
  const lines = steps.flatMap((step) =>
    step.attempts.map(
      (attempt) => `- ${codeCell(step.step)} ${linked(attemptName(attempt, step.attempts), attempt.url)}: ${asMarkdown(attemptWords(attempt))}`,
    ),
  );
  return lines.length === 0 ? "" : fold(`${counted(lines.length, "attempt")}${of}`, lines.join("\n"));
}

/** One fold for each step and each gate of which there is more to say. */
export function stepFolds(report: RolloutReport): readonly string[] {
  return report.steps.flatMap((step) => [
    ...(step.details.length === 0 ? [] : [fold(`${step.step}, in detail`, step.details.map((words) => `- ${asMarkdown(words)}`).join("\n"))]),
    gateDetails({ gates: gatesInTurn(step, report) }),
  ]);
}
