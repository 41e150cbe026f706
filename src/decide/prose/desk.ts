// The desk: one issue that shows every line of a repository, what is asked of people, and what was released last. It says
// nothing that time alone would change, so that it is written only when something happened.
import { sayInstant } from "../calendar/moments.ts";
import type { Facts } from "../../model/agreement.ts";
import { type ComponentPlan, DESK_MARKER, type LineReport, type Words } from "../../model/plan.ts";
import type { Problem } from "../../model/problem.ts";
import type { RolloutReport } from "../../model/rollout.ts";
import type { Oddity } from "../../model/version.ts";
import { PULL_REQUEST_BODY_MAX, shorten } from "../changelog/index.ts";
import { codeCell } from "./code.ts";
import { fold, gateTable, riskLines } from "./gate-table.ts";
import { askedOf, headlineOf, notActedOnWords, problemWords, reopening, sortedGates, stateOf, stateWords, waitsFor } from "./line-report.ts";
import { underWay, whereVersionsRun } from "./rollout-desk.ts";
import { asCell, asMarkdown, paragraphs, sentence } from "./words.ts";

export type DeskView = {
  /** `owner/name`; null when it is not known. */
  readonly repository: string | null;
  readonly lines: readonly LineReport[];
  /** Releases that are under way. */
  readonly rollouts: readonly RolloutReport[];
  readonly plans: readonly ComponentPlan[];
  /** Null when nothing is frozen, or not any more. */
  readonly freeze: Facts["freeze"];
  /** Of the repository as a whole and of its playbook. */
  readonly problems: readonly Problem[];
  readonly oddities: readonly Oddity[];
  /** What nobody has to do now, and the team asked to be told. */
  readonly reminders: readonly Words[];
};

/** Characters of one line's table: there may be many lines. */
const TABLE_MAX = 10_000;

/** Of each kind, before the rest is counted. */
const LISTED_MAX = 20;

/** At most as long as GitHub takes the body of an issue; what is too long is cut before its last line. */
export function deskBody(view: DeskView): string {
  const parts = [
    DESK_MARKER,
    opening(view),
    frozen(view),
    asked(view),
    view.reminders.map((words) => sentence(asMarkdown(words))).join("\n\n"),
    underWay(view.rollouts),
    proposed(view),
    components(view),
    whereVersionsRun(view.rollouts),
    otherTags(view),
  ];
  const end = closing(view);
  return `${shorten(paragraphs(parts), PULL_REQUEST_BODY_MAX - end.length - "\n\n\n".length, null)}\n\n${end}\n`;
}

/** Whether two bodies say the same: how lines end does not count. */
export function isSameDesk(one: string, other: string): boolean {
  return one.replaceAll("\r\n", "\n").trimEnd() === other.replaceAll("\r\n", "\n").trimEnd();
}

function opening({ repository }: DeskView): string {
  const where = repository === null ? "this repository" : asMarkdown(repository);
  return `Every release of ${where}: what is proposed, what it waits for, and who can move it. Commands work here, one on a line of a comment: \`/release status\`, \`/release plan\`, \`/release help\`.`;
}

function frozen({ freeze }: DeskView): string {
  if (freeze === null) return "";
  const until = freeze.until === null ? "until somebody says `/release thaw`" : `until ${sayInstant(freeze.until)}; \`/release thaw\` ends it sooner`;
  return `> **Frozen** ${until}. ${asMarkdown(`@${freeze.by} said so ${sayInstant(freeze.at)}: ${freeze.reason}`)}`;
}

/** Questions, refusals and problems: nothing moves without an answer. */
function asked({ plans, problems }: DeskView): string {
  const questions = plans.filter(({ decision }) => decision === "undetermined").map((plan) => question(plan, plans.length === 1));
  const refusals = plans.filter(({ decision }) => decision === "refused").map(refusal);
  const errors = [...problems, ...plans.filter(({ decision }) => decision !== "refused").flatMap((plan) => plan.problems)]
    .filter(({ severity }) => severity === "error")
    .map((problem) => asMarkdown(problemWords(problem)));
  const lines = [...questions, ...refusals, ...errors];
  return lines.length === 0 ? "" : `### Needs an answer\n\n${listed(lines)}`;
}

function question({ name, because, reasons, unparsed }: ComponentPlan, isOnly: boolean): string {
  const numbers = [...new Set(reasons.flatMap(({ effect, pullRequest }) => (effect === "unknown" && pullRequest !== null ? [`#${String(pullRequest)}`] : [])))];
  const commits = reasons.filter(({ sha, pullRequest }) => pullRequest === null && unparsed.includes(sha)).map(({ sha }) => sha.slice(0, 7));
  const unclear = [...numbers, ...commits];
  const some = unclear.slice(0, LISTED_MAX).join(" ");
  const rest = unclear.length > LISTED_MAX ? ` and ${String(unclear.length - LISTED_MAX)} more` : "";
  const label = numbers.length === 0 ? "" : ", or give the pull requests a label that says it";
  const what = unclear.length === 0 ? "" : ` Unclear: ${some}${rest}.`;
  const command = `\`/release bump ${isOnly ? "" : `${name.replaceAll("`", "'")} `}patch\``;
  return `**Which version${isOnly ? "" : ` of ${asMarkdown(name)}`} is next?** ${sentence(because)} Say ${asMarkdown(command)} (or \`minor\`, \`major\`) here${label}.${what}`;
}

function refusal({ name, version, because, problems }: ComponentPlan): string {
  const hints = problems.flatMap(({ hint }) => (hint === null ? [] : [sentence(hint)]));
  return `**${asMarkdown(name)}${version === null ? "" : ` ${asMarkdown(version)}`} is refused.** ${[sentence(because), ...hints].join(" ")}`;
}

function proposed({ lines, rollouts }: DeskView): string {
  if (lines.length === 0) return `### Proposed\n\nNothing is proposed${rollouts.length === 0 ? ", and nothing waits" : ""}.`;
  const table = ["| | release | waits for | who can move it |", "|---|---|---|---|", ...lines.map(row)].join("\n");
  const folds = lines
    .filter(({ gates }) => gates.length > 0)
    .map((report) => fold(headlineOf(report), paragraphs([riskLines(report), gateTable(report, TABLE_MAX)])));
  return paragraphs(["### Proposed", table, ...folds]);
}

function row(report: LineReport): string {
  const { title, pullRequest } = report;
  const state = stateOf(report);
  const { mark, word } = state === "closed" ? { mark: "✗", word: "blocked" } : stateWords({ state, overridden: null });
  const shown = state === "open" ? (pullRequest?.isMerged === true ? "merged" : "ready") : word;
  const release = `${asCell(title)}${pullRequest === null ? "" : ` #${String(pullRequest.number)}`}`;
  const until = reopening(report);
  const waits = state === "open" ? "" : until === null ? asCell(waitsFor(report)) : `until ${asCell(until)}`;
  return `| ${mark}&nbsp;${shown} | ${release} | ${waits} | ${asCell(movers(report))} |`;
}

/** Whoever answers for what keeps it back; of a ready one, whoever may merge. */
function movers(report: LineReport): Words {
  const { pullRequest, policy } = report;
  if (stateOf(report) === "open")
    return pullRequest === null || pullRequest.isMerged || policy.isAutomatic ? "nobody: it goes on by itself" : "whoever may merge";
  const kept = sortedGates(report).filter(({ state }) => state !== "open");
  const owners = [...new Set(kept.flatMap((gate) => askedOf(gate) ?? []))];
  if (owners.length > 0) return owners.join("; ");
  return kept.every(({ next }) => next === null) ? "nobody: it opens by itself" : "whoever may write";
}

const DECISION: Readonly<Record<ComponentPlan["decision"], string>> = {
  release: "",
  nothing: "nothing to release",
  undetermined: "? which version, is asked above",
  refused: "✗ refused, see above",
};

function components({ plans, lines }: DeskView): string {
  if (plans.length === 0) return "";
  const rows = plans.map((plan) => {
    const { name, previous, decision, version, bump, reasons } = plan;
    const next = decision === "release" ? `${asCell(version ?? "")}${bump === null ? "" : ` (${bump})`}${numberOf(name, lines)}` : DECISION[decision];
    // What no release would carry is not counted: a note in a text is no reason to write the desk anew.
    const changes = decision === "nothing" || reasons.length === 0 ? "" : String(reasons.length);
    return `| ${asCell(name)} | ${previous === null ? "none yet" : codeCell(previous.tag)} | ${changes} | ${next} |`;
  });
  return paragraphs(["### Components", ["| component | released last | changes since | next |", "|---|---|---|---|", ...rows].join("\n")]);
}

function numberOf(component: string, lines: readonly LineReport[]): string {
  const number = lines.find(({ releases, pullRequest }) => pullRequest?.isMerged === false && releases.some((one) => one.component === component))?.pullRequest
    ?.number;
  return number === undefined ? "" : ` in #${String(number)}`;
}

/** Only what somebody may want to mend. */
function otherTags({ oddities }: DeskView): string {
  const mistakes = oddities.filter(({ kind }) => kind === "mistagged" || kind === "unclaimed");
  if (mistakes.length === 0) return "";
  const lines = mistakes.map(({ tag, because }) => asMarkdown(`\`${tag.replaceAll("`", "'")}\`: ${because}`));
  return fold(`${String(mistakes.length)} ${mistakes.length === 1 ? "tag is" : "tags are"} never taken as a release`, listed(lines));
}

function listed(lines: readonly string[]): string {
  const shown = lines.slice(0, LISTED_MAX).map((line) => `- ${line}`);
  const rest = lines.length - shown.length;
  return [...shown, ...(rest > 0 ? [`- and ${String(rest)} more`] : [])].join("\n");
}

function closing({ lines }: DeskView): string {
  const missing = lines.map(notActedOnWords).find((words) => words !== null);
  const note = missing === undefined ? "" : `${asMarkdown(missing)}.<br>`;
  return `<sub>${note}Kept by Release Steward. A team that wants no such issue sets \`desk: false\` under \`release\` in its playbook.</sub>`;
}
