// Why a line is not released yet, in the words that every place shares: the status comment, the check, the answer to
// `/release status`, the desk and the terminal differ in their form and never in what they say.
import type { ChecklistItem, GateReport, GateState, LineReport, Words } from "../../model/plan.ts";
import type { Problem } from "../../model/problem.ts";
import { sayInstant, sayMoment } from "../calendar/moments.ts";
import { placeOf } from "./place.ts";

/** What keeps a release back, the most pressing first: people, then what can't be read, then time. */
const URGENCY: readonly GateState[] = ["closed", "unknown", "waiting", "open"];

/** Gates that a title names before the rest is counted. */
const NAMED_MAX = 4;

export function sortedGates({ gates }: Pick<LineReport, "gates">): readonly GateReport[] {
  return URGENCY.flatMap((state) => gates.filter((gate) => gate.state === state));
}

/** Of all gates the most pressing state; `open` when the release may go. */
export function stateOf({ gates }: Pick<LineReport, "gates">): GateState {
  return URGENCY.find((state) => gates.some((gate) => gate.state === state)) ?? "open";
}

/** The mark, and the word beside it: no meaning hangs on a picture. */
export function stateWords({ state, overridden }: Pick<GateReport, "state" | "overridden">): { readonly mark: string; readonly word: string } {
  if (overridden !== null) return { mark: "✓", word: "overridden" };
  switch (state) {
    case "open":
      return { mark: "✓", word: "open" };
    case "closed":
      return { mark: "✗", word: "closed" };
    case "unknown":
      return { mark: "?", word: "unknown" };
    case "waiting":
      return { mark: "⏳", word: "waits" };
  }
}

/** `cavern 0.9.0 waits for 2 of 6: blockers, values`. */
export function headlineOf(report: LineReport): Words {
  const { title, gates, pullRequest } = report;
  const kept = gates.filter(({ state }) => state !== "open");
  if (kept.length === 0) return `${title} ${goesOn(report)}`;
  const until = reopening(report);
  const what = until === null ? `for ${String(kept.length)} of ${String(gates.length)}: ${waitsFor(report)}` : `until ${until}`;
  return `${title} ${pullRequest?.isMerged === true ? "is merged and waits" : "waits"} ${what}`;
}

/** What is merged and agreed is released before anybody reads this. */
function goesOn({ pullRequest, policy, releases }: LineReport): Words {
  if (pullRequest === null) return "is ready to be proposed";
  if (pullRequest.isMerged) return `is merged and agreed, released as ${releases.map(({ tag }) => `\`${tag}\``).join(", ")}`;
  return policy.isAutomatic ? "is ready and merges by itself" : "is ready to merge";
}

/** `blockers, values`: the gates that are not open, the most pressing first. */
export function waitsFor(report: Pick<LineReport, "gates">): Words {
  const names = sortedGates(report)
    .filter(({ state }) => state !== "open")
    .map(({ gate }) => gate);
  const rest = names.length - NAMED_MAX;
  return rest > 0 ? `${names.slice(0, NAMED_MAX).join(", ")} and ${String(rest)} more` : names.join(", ");
}

/** `Tue 14:00 UTC` when time alone opens all that is not open; null when anything else has to happen. */
export function reopening({ gates, evaluatedAt }: Pick<LineReport, "gates" | "evaluatedAt">): Words | null {
  const kept = gates.filter(({ state }) => state !== "open");
  const moments = kept.flatMap(({ state, opensAt }) => (state === "waiting" && opensAt !== null ? [opensAt] : []));
  return kept.length > 0 && moments.length === kept.length ? sayMoment(Math.max(...moments), evaluatedAt) : null;
}

/** Who can do what has to be done; null when nobody has to. */
export function askedOf({ state, owner }: GateReport): Words | null {
  return state === "closed" || state === "unknown" ? owner : null;
}

/** Everything about a gate that does not fit into its row. */
export function detailsOf({ details, problems }: GateReport): readonly Words[] {
  return details.length > 0 ? details : problems.map(problemWords);
}

/** Place, what is wrong, what to do. */
export function problemWords(problem: Problem): Words {
  const place = placeOf(problem);
  return `${place === null ? "" : `\`${place.replaceAll("`", "'")}\` `}${problem.message}${problem.hint === null ? "" : ` (${problem.hint})`}`;
}

export function checklistOf({ gates }: Pick<LineReport, "gates">): readonly ChecklistItem[] {
  return gates.flatMap(({ items }) => items);
}

/** `@lee, steward, 2026-11-21 12:04 UTC`, with what was given; null while nobody has. */
export function doneWords({ done }: ChecklistItem): Words | null {
  if (done === null) return null;
  return `@${done.by}, ${done.role}, ${sayInstant(done.at)}${done.link === null ? "" : ` · ${done.link}`}`;
}

/** `evaluated 2026-11-21 12:31 UTC for 4f2c1e9`. */
export function evaluation({ evaluatedAt, pullRequest }: Pick<LineReport, "evaluatedAt" | "pullRequest">): Words {
  return `evaluated ${sayInstant(evaluatedAt)}${pullRequest === null ? "" : ` for ${pullRequest.headSha.slice(0, 7)}`}`;
}

/** Keys of the playbook that nothing enforces, for whoever is about to merge; null when there are none. */
export function notActedOnWords({ notActedOn }: Pick<LineReport, "notActedOn">): Words | null {
  if (notActedOn.length === 0) return null;
  return `This build reads these keys of the playbook and does not act on them, so look after them yourselves: ${notActedOn.map((key) => `\`${key}\``).join(", ")}`;
}
