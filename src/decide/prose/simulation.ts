// The answer to `/release simulate`: what would follow from something that has not happened.
import type { Action, LineReport, Plan, Words } from "../../model/plan.ts";
import type { Assumed } from "../assume.ts";
import { sayMoment } from "../calendar/moments.ts";
import type { WhatIf } from "../commands/types.ts";
import { headlineOf } from "./line-report.ts";
import { statusReply } from "./status-comment.ts";
import { asMarkdown } from "./words.ts";

type Simulation = {
  readonly whatIf: WhatIf;
  readonly found: Assumed;
  readonly before: Plan;
  /** Null when it can't be assumed. */
  readonly after: Plan | null;
  /** Null for every line. */
  readonly line: string | null;
};

export function simulation({ whatIf, found, before, after, line }: Simulation): string {
  if (after === null) return `That can't be assumed: ${asMarkdown(found.says)}.`;
  const when = whatIf.is === "at" ? `At ${sayMoment(whatIf.at, before.takenAt)}, if ${found.says}` : `If ${asMarkdown(found.says)}`;
  const chosen = (plan: Plan): readonly LineReport[] => plan.lines.filter((report) => line === null || report.line === line);
  const done = after.actions.flatMap((action) => deed(action) ?? []);
  const follows = done.length === 0 ? "nothing would be done" : done.map((words) => asMarkdown(words)).join("; ");
  const isSame = JSON.stringify(chosen(before).map(said)) === JSON.stringify(chosen(after).map(said));
  const shown = isSame ? "No gate would change." : statusReply(chosen(after));
  return [`${when}: ${follows}.`, shown, "<sub>Assumed, nothing of it has happened.</sub>"].join("\n\n");
}

function said(report: LineReport): unknown {
  return [headlineOf(report), report.gates.map(({ gate, state }) => [gate, state])];
}

/** What people would notice of an action; null for what only keeps texts right. */
function deed(action: Action): Words | null {
  switch (action.kind) {
    case "merge-release-pull-request":
      return `Release Steward would merge #${String(action.pullRequest.number)}`;
    case "publish-release":
      return `${action.tag} would be tagged and released`;
    case "keep-release-pull-request":
      if (action.found?.pullRequest === null) return `the pull request "${action.title}" would be opened`;
      return action.writes.commit ? `#${String(action.found?.pullRequest?.number ?? "")} would become "${action.title}"` : null;
    case "close-release-pull-request":
      return `#${String(action.pullRequest.number)} would be closed`;
    case "start-workflow":
      return `${action.step} would be started`;
    case "rerun-workflow":
      return `${action.step} would be run again`;
    case "keep-companion":
      return action.found.pullRequest === null ? `the pull request "${action.title}" would be opened in ${action.repository}` : null;
    case "move-tag":
      return `the tag ${action.tag} would move to ${action.to.slice(0, 7)}`;
    case "close-milestone":
      return `the milestone ${action.milestone.title} would be closed`;
    case "close-companion":
    case "open-milestone":
    case "open-retrospective":
    case "tell-contained":
    case "keep-release-notes":
    case "keep-step":
    case "say-on-commit":
    case "say-on-contributions":
    case "keep-status-comment":
    case "keep-desk":
    case "close-desk":
    case "answer-request":
    case "defer-issue":
    case "request-reviews":
      return null;
  }
}
