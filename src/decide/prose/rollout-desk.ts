// What the desk says of releases after their merge: those that are under way, what moves each of them and who can, and
// which environment has which version. Time alone changes nothing of it.
import type { Words } from "../../model/plan.ts";
import type { RolloutReport } from "../../model/rollout.ts";
import type { EpochMs } from "../../model/time.ts";
import { sayInstant } from "../calendar/moments.ts";
import { rolloutNext, rolloutSign, rolloutStanding } from "./rollout-words.ts";
import { asCell, asMarkdown, paragraphs } from "./words.ts";

/** Rows before the rest is counted. */
const ROWS_MAX = 50;
const CELL_MAX = 200;

/** Empty when nothing is under way. */
export function underWay(rollouts: readonly RolloutReport[]): string {
  return rollouts.length === 0 ? "" : paragraphs(["### Under way", ...table("| | release | how it stands | next |", rollouts.map(row))]);
}

function row(rollout: RolloutReport): string {
  const { mark, word } = rolloutSign(rollout);
  const sign = [mark, ...word.split(" ")].filter((part) => part !== "").join("&nbsp;");
  const release = `${asCell(rollout.title)}${rollout.pullRequest === null ? "" : ` #${String(rollout.pullRequest)}`}`;
  const standing = rolloutStanding(rollout);
  const { what, who } = rolloutNext(rollout);
  const next = [what === null ? "" : asCell(what, CELL_MAX), who === null || standing.includes(who) ? "" : `<sub>for ${asCell(who, CELL_MAX)}</sub>`].filter(
    (part) => part !== "",
  );
  return `| ${sign} | ${release} | ${asCell(standing === "" ? rollout.because : standing, CELL_MAX)} | ${next.join("<br>")} |`;
}

type Running = { readonly environment: string; readonly component: string; readonly title: Words; readonly doneAt: EpochMs };

/** As far as releases that are shown put it there; empty for none. */
export function whereVersionsRun(rollouts: readonly RolloutReport[]): string {
  const newest = new Map<string, Running>();
  for (const one of rollouts.flatMap(running)) {
    const key = JSON.stringify([one.environment, one.component]);
    if ((newest.get(key)?.doneAt ?? -1) < one.doneAt) newest.set(key, one);
  }
  const rows = [...newest.values()].map(({ environment, title, doneAt }) => `| ${asCell(environment)} | ${asCell(title)} | ${sayInstant(doneAt)} |`);
  return rows.length === 0 ? "" : paragraphs(["### Environments", ...table("| environment | runs | done |", rows)]);
}

/** What was withdrawn may have been taken back there, too. */
function running({ state, component, title, steps }: RolloutReport): readonly Running[] {
  if (state === "withdrawn") return [];
  return steps.flatMap((step): Running[] =>
    step.kind === "environment" && step.state === "done" && step.endedAt !== null ? [{ environment: step.step, component, title, doneAt: step.endedAt }] : [],
  );
}

function table(head: string, rows: readonly string[]): readonly string[] {
  const shown = rows.slice(0, ROWS_MAX);
  const rest = rows.length - shown.length;
  const rule = `|${"---|".repeat(head.split("|").length - 2)}`;
  return [[head, rule, ...shown].join("\n"), rest === 0 ? "" : asMarkdown(`and ${String(rest)} more`)];
}
