// The app's check run on the head of a release pull request: whether it may be merged, for branch protection and for
// people. Completed from verdicts only; what nobody can tell yet is in progress.
import type { CheckText, ComponentPlan, GateState, LineReport } from "../../model/plan.ts";
import type { OwnPullRequest } from "../../model/snapshot.ts";
import { shorten } from "../changelog/index.ts";
import { capitalised } from "../gates/phrases.ts";
import { foreignCommits } from "../foreign-commits.ts";
import { codeCell } from "./code.ts";
import { gateDetails, gateTable, riskLines } from "./gate-table.ts";
import { evaluation, notActedOnWords, reopening, stateOf, waitsFor } from "./line-report.ts";
import { asMarkdown, asPlainText } from "./words.ts";

type Text = Pick<CheckText, "conclusion" | "title" | "summary" | "text">;

/** GitHub shows a title on one line. */
const TITLE_MAX = 200;
/** Of GitHub's 65,535, with room for what the app remembers. */
const TEXT_MAX = 50_000;

/**
 * @param plans its components as they are proposed; empty for what is merged
 * @param held the pull request when somebody else's commits are on its branch: it is then left as it is; null otherwise
 * @returns the text, and what of it says something new when it changes: everything but the time of the evaluation
 */
export function releaseCheck(report: LineReport, plans: readonly ComponentPlan[], held: OwnPullRequest | null): Text & { readonly fingerprinted: unknown } {
  const isOpen = stateOf(report) === "open";
  const said: Text = {
    conclusion: isOpen && held !== null ? "neutral" : CONCLUSION[stateOf(report)],
    title: isOpen && held !== null ? "ready to merge as it is: somebody else's commits are on this branch" : releaseTitle(report),
    summary: [...(held === null ? [] : [heldWords(held)]), whatFollows(report, isOpen)].join("\n\n"),
    text: text(report, plans),
  };
  const stamp = evaluation(report);
  return { ...said, summary: `${said.summary}\n\n${capitalised(stamp)}.`, fingerprinted: [said, report.pullRequest?.headSha ?? null] };
}

/** Closed wants somebody to act. What is unknown or waits is no verdict. */
const CONCLUSION: Readonly<Record<GateState, Text["conclusion"]>> = { open: "success", closed: "action_required", unknown: null, waiting: null };

/** `ready to merge`, `waits for blockers, values`, `waits until Tue 14:00 UTC`, or what could not be read and the remedy. */
function releaseTitle(report: LineReport): string {
  switch (stateOf(report)) {
    case "open":
      return report.pullRequest?.isMerged === true ? "merged and agreed" : "ready to merge";
    case "unknown": {
      const unread = report.gates.find(({ state }) => state === "unknown");
      return asPlainText(`${unread?.because ?? ""}${(unread?.next ?? null) === null ? "" : `: ${unread?.next ?? ""}`}`, TITLE_MAX);
    }
    case "closed":
    case "waiting": {
      const until = reopening(report);
      return asPlainText(until === null ? `waits for ${waitsFor(report)}` : `waits until ${until}`, TITLE_MAX);
    }
  }
}

function heldWords(held: OwnPullRequest): string {
  const foreign = foreignCommits(held).map(({ sha }) => `\`${sha.slice(0, 7)}\``);
  return [
    `${foreign.join(", ")} ${foreign.length === 1 ? "was" : "were"} not made by Release Steward, so the files on this branch are no longer updated and nothing of theirs is lost. It is released if the version files still say so.`,
    "To have the branch written anew, close this pull request and say `/release plan` here: a new one is opened.",
  ].join(" ");
}

function whatFollows({ releases, pullRequest, policy }: LineReport, isOpen: boolean): string {
  const what = `**${asMarkdown(releases.map(({ component, version }) => `${component} ${version}`).join(", "))}**`;
  const follow = releases.length === 1 ? "The tag and the release follow by themselves." : "The tags and the releases follow by themselves.";
  if (pullRequest?.isMerged === true)
    return isOpen ? `This is merged and releases ${what}. ${follow}` : `This is merged. ${what} is released as soon as every gate below is open.`;
  if (!isOpen) return `Merging this pull request releases ${what}. Merged now, the release would still wait for the gates below.`;
  return policy.isAutomatic
    ? `Release Steward merges this by itself, and it releases ${what}. ${follow}`
    : `Merging this pull request releases ${what}. ${follow}`;
}

/** The same table as in the status comment; who said what is there. */
function text(report: LineReport, plans: readonly ComponentPlan[]): string {
  const missing = notActedOnWords(report);
  const parts = [
    riskLines(report),
    gateTable(report, TEXT_MAX / 2),
    gateDetails(report),
    releasesTable(report, plans),
    missing === null ? "" : `${asMarkdown(missing)}.`,
  ];
  return shorten(parts.filter((part) => part !== "").join("\n\n"), TEXT_MAX, null);
}

function releasesTable({ releases }: LineReport, plans: readonly ComponentPlan[]): string {
  const rows = releases.map(({ component, version, tag }) => {
    const plan = plans.find(({ name }) => name === component);
    const from = plan === undefined ? "" : plan.previous === null ? "first release" : codeCell(plan.previous.version);
    return `| ${codeCell(component)} | ${from} | ${codeCell(version)} | ${codeCell(tag)} |`;
  });
  return ["| component | from | to | tag |", "|---|---|---|---|", ...rows].join("\n");
}
