// The ledger in one cell of a table: who counts, who is missing, and which reviews people would wonder about.
import type { Words } from "../../../model/plan.ts";
import { code, listed } from "../phrases.ts";
import type { ApprovalGate } from "./together.ts";
import { type Entry, nameOf } from "./entries.ts";
import type { Group, Seats } from "./seats.ts";

/** A person reads no more in a cell; the details hold all. */
const MAX_SAID = 3;

const NEWS: readonly Entry["is"][] = ["elsewhere", "fell", "void", "stranger"];

/** Reviews that do not count here, the most surprising first; those of people who count for another role are theirs to tell. */
function newsIn(entries: readonly Entry[], seats: Seats): readonly Entry[] {
  return NEWS.flatMap((kind) => entries.filter(({ is, login }) => is === kind && (kind !== "stranger" || !seats.has(login))));
}

export function joined(entries: readonly Entry[]): Words {
  return said(entries.map(({ words }) => words));
}

function said(words: readonly Words[]): Words {
  const more = words.length - MAX_SAID;
  return [...words.slice(0, MAX_SAID), ...(more > 0 ? [`${more} more in the details`] : [])].join("; ");
}

type Progress = {
  readonly gate: ApprovalGate;
  readonly entries: readonly Entry[];
  readonly seats: Seats;
  readonly missing: readonly Group[];
  /** Several groups have to agree. */
  readonly isDivided: boolean;
};

/** @param obstacle what stands in the way beside missing approvals; null for nothing */
export function progress({ gate, entries, seats, missing, isDivided }: Progress, obstacle: Words | null): Words {
  const { role, count } = gate.options;
  const counting = entries.filter(({ is }) => is === "counts").map(({ words }) => words);
  const news = newsIn(entries, seats);
  const isExplained = news.some(({ is }) => is === "elsewhere");
  const parts = [
    ...(counting.length > 0 && !isDivided ? [`${counting.length} of ${count}: ${listed(counting)}`] : counting),
    ...(isDivided
      ? missing.map(
          ({ paths, handles }) =>
            `${listed(
              paths.map((path) => code(path)),
              2,
            )} waits for ${handles.length === 0 ? "an owner" : listed(handles, 3, "or")}`,
        )
      : []),
    ...(obstacle === null || isExplained ? [] : [obstacle]),
    ...news.map(({ words }) => words),
  ];
  return parts.length === 0 ? `nobody of ${nameOf(role)} has approved yet` : said(parts);
}
