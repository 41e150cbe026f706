// The issue in which a team looks back: what happened when, from what the release left behind, and questions for people.
import { RETROSPECTIVE_OPENING, type Words } from "../../../model/plan.ts";
import type { Attempt, RolloutReport, StepReport } from "../../../model/rollout.ts";
import type { EpochMs } from "../../../model/time.ts";
import { sayInstant } from "../../calendar/moments.ts";
import { PULL_REQUEST_BODY_MAX, shorten } from "../../changelog/index.ts";
import { capped } from "../../gates/phrases.ts";
import { codeCell } from "../../prose/code.ts";
import { asCell, asMarkdown, asPlainText, paragraphs } from "../../prose/words.ts";
import { sayTook } from "../took.ts";
import { pausedMs, pausesOf } from "./pauses.ts";

/** GitHub takes 256 characters. */
const TITLE_MAX = 200;
/** Entries of a list that somebody reads. */
const ENTRIES_MAX = 60;

export function retrospectiveTitle({ title }: Pick<RolloutReport, "title">): string {
  return asPlainText(`Retrospective: ${title}`, TITLE_MAX);
}

/** @param playbookPath null when the repository has none */
export function retrospectiveBody(report: RolloutReport, playbookPath: string | null): string {
  const marker = `${RETROSPECTIVE_OPENING}${report.tag} -->`;
  const text = paragraphs([
    opening(report),
    section("Timeline", timeline(report)),
    section("Attempts", attempts(report)),
    section("Pauses", pauses(report)),
    section("Who confirmed, overrode or skipped", deeds(report)),
    section("Questions", questions(report, playbookPath)),
    "This issue is yours now: nothing of it is written again. Close it when the questions are answered.",
  ]);
  return `${shorten(text, PULL_REQUEST_BODY_MAX - marker.length - 2, null)}\n\n${marker}`;
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : `### ${title}\n\n${lines.join("\n")}`;
}

function opening(report: RolloutReport): string {
  const { title, state, because, startedAt, endedAt, pullRequest } = report;
  const stoodStillMs = pausedMs(pausesOf(report));
  const stoodStill = stoodStillMs === 0 ? "" : `, ${sayTook(stoodStillMs)} of it at a standstill`;
  const took = endedAt === null ? "" : ` It took ${sayTook(endedAt - startedAt)}${stoodStill}.`;
  const reviewed = pullRequest === null ? "" : ` It was reviewed in #${String(pullRequest)}.`;
  return `**${asMarkdown(title)}** is ${state}: ${asMarkdown(because).replace(/\.$/, "")}.${took}${reviewed}`;
}

function timeline({ steps, startedAt, endedAt, state }: RolloutReport): readonly string[] {
  return [
    "| step | | began | ended | took |",
    "|---|---|---|---|---|",
    `| merged | | ${sayInstant(startedAt)} | | |`,
    ...steps
      .slice(0, ENTRIES_MAX)
      .map((step) => `| ${codeCell(step.step)} | ${asCell(wordOf(step.state))} | ${when(step.startedAt)} | ${when(step.endedAt)} | ${lasted(step)} |`),
    `| ${state} | | | ${when(endedAt)} | ${endedAt === null ? "" : sayTook(endedAt - startedAt)} |`,
  ];
}

function wordOf(state: StepReport["state"]): Words {
  return state.replaceAll("-", " ");
}

function when(at: EpochMs | null): string {
  return at === null ? "" : sayInstant(at);
}

function lasted({ startedAt, endedAt }: Pick<StepReport, "startedAt" | "endedAt">): string {
  return startedAt === null || endedAt === null ? "" : sayTook(endedAt - startedAt);
}

/** Steps that went well at the first attempt stand in the timeline alone. */
function attempts({ steps }: RolloutReport): readonly string[] {
  const troubled = steps.filter((step) => step.attempts.length > 1 || step.attempts.some(isFailure));
  return capped(
    troubled.flatMap((step) =>
      step.attempts.map((one, index) => {
        const how =
          one.conclusion === null
            ? "still running"
            : `${asMarkdown(one.conclusion.replaceAll("_", " "))}${one.endedAt === null ? "" : ` after ${sayTook(one.endedAt - one.startedAt)}`}`;
        return `- ${codeCell(step.step)}, [attempt ${String(index + 1)}](${one.url}), ${sayInstant(one.startedAt)}: ${how}`;
      }),
    ),
    ENTRIES_MAX,
  );
}

function isFailure({ conclusion }: Attempt): boolean {
  return conclusion !== null && conclusion !== "success";
}

function pauses(report: RolloutReport): readonly string[] {
  return capped(
    pausesOf(report).map(
      ({ step, from, until, endedBy }) =>
        `- ${codeCell(step)}: ${sayTook(until - from)}, from ${sayInstant(from)} to ${sayInstant(until)}, ended by ${endedBy}`,
    ),
    ENTRIES_MAX,
  );
}

function deeds({ steps }: RolloutReport): readonly string[] {
  const lines = steps.flatMap((step) => [
    ...step.gates.flatMap(({ gate, items, overridden }) => [
      ...items.flatMap(({ text, done }) =>
        done === null ? [] : [`@${done.by} confirmed "${text}", ${sayInstant(done.at)}${done.link === null ? "" : `: ${done.link}`}`],
      ),
      ...(overridden === null
        ? []
        : [
            `${overridden.by.map((login) => `@${login}`).join(" and ")} overrode \`${gate}\` of \`${step.step}\`, which was ${overridden.was}: ${overridden.reason}`,
          ]),
    ]),
    ...(step.state === "skipped" ? [`\`${step.step}\` ${step.because}`] : []),
  ]);
  return capped(lines, ENTRIES_MAX).map((line) => `- ${asMarkdown(line)}`);
}

function questions(report: RolloutReport, playbookPath: string | null): readonly string[] {
  const { steps, state } = report;
  const failed = steps.filter((step) => step.attempts.some(isFailure) || step.state === "failed").slice(0, ENTRIES_MAX);
  const skipped = steps.filter((step) => step.state === "skipped").slice(0, ENTRIES_MAX);
  return [
    ...(state === "withdrawn" ? ["What would have shown earlier that it has to be withdrawn?"] : []),
    ...failed.map(({ step }) => `What would keep \`${step}\` from failing again?`),
    ...skipped.map(({ step }) => `\`${step}\` was skipped: is it still needed, and what was not looked at therefore?`),
    ...(playbookPath === null ? [] : [`Does \`${playbookPath}\` still say how you release?`]),
    "Do the documentation and the runbooks still say what is true?",
    "Did alerts and objectives (SLO) tell what they should, and nothing else? Tune them if not.",
    "What was learned, and who does what about it?",
  ].map((question) => `- [ ] ${asMarkdown(question)}`);
}
