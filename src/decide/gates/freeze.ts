// Days on which nothing is released. It thaws by itself; a release under an excepted policy, or made of excepted pull
// requests alone, goes through.
import type { Words } from "../../model/plan.ts";
import type { FreezePeriod } from "../../model/playbook.ts";
import type { EpochMs } from "../../model/time.ts";
import { sayDays, sayMoment } from "../calendar/moments.ts";
import { isCarriedByAll, pullRequestsIn } from "./carried-labels.ts";
import { defineGate, NOTHING_MORE, open, waiting } from "./define.ts";
import { shortened } from "./phrases.ts";
import type { Subject } from "./subject.ts";

const DAY_MS = 86_400_000;

export const freeze = defineGate({
  kind: "freeze",
  summary: "No period of the playbook in which nothing is released holds now, or the release is excepted from it.",
  wants: () => NOTHING_MORE,
  evaluate({ periods }, subject) {
    const { takenAt } = subject;
    const holding = periods.filter((period) => exceptionFor(period, subject) === null);
    const now = holding.find((period) => isWithin(takenAt, period));
    if (now !== undefined) {
      const thawsAt = endOfFreeze(now.until, holding);
      return waiting(`frozen until ${said(thawsAt, now)}${reasonOf(now)}, thaws in ${countdown(thawsAt - takenAt)}`, thawsAt);
    }
    const excepted = periods.find((period) => isWithin(takenAt, period));
    const details = comingFreeze(holding, takenAt);
    if (excepted === undefined) return open("no freeze now", { details });
    return open(`frozen until ${said(excepted.until, excepted)}${reasonOf(excepted)}, but not for this: ${exceptionFor(excepted, subject) ?? ""}`, { details });
  },
  owner: () => null,
});

/** Rounded up: nobody is told of a day that does not come. */
function countdown(leftMs: number): Words {
  return leftMs < DAY_MS ? sayDays(leftMs) : sayDays(leftMs + DAY_MS - 1);
}

function isWithin(at: EpochMs, { from, until }: FreezePeriod): boolean {
  return from <= at && at < until;
}

/** Why a period does not hold this release; null when it does. Anything that came without a pull request has no label. */
function exceptionFor({ except }: FreezePeriod, { policy, changes }: Pick<Subject, "policy" | "changes">): Words | null {
  if (policy.name !== null && except.policies.includes(policy.name)) return `the policy \`${policy.name}\` is excepted`;
  const isLabelled = changes.every(({ pullRequest }) => pullRequest !== null) && isCarriedByAll(except.labels, pullRequestsIn(changes));
  return isLabelled ? `every pull request in it carries ${except.labels.map((label) => `\`${label}\``).join(" or ")}` : null;
}

/** Periods that follow each other without a gap are one freeze. */
function endOfFreeze(until: EpochMs, periods: readonly FreezePeriod[]): EpochMs {
  let end = until;
  for (const period of periods.toSorted((one, other) => one.from - other.from)) if (isWithin(end, period)) end = period.until;
  return end;
}

function comingFreeze(periods: readonly FreezePeriod[], takenAt: EpochMs): readonly Words[] {
  const next = periods.filter(({ from }) => from > takenAt).toSorted((one, other) => one.from - other.from)[0];
  return next === undefined ? [] : [`freezes in ${countdown(next.from - takenAt)}, until ${said(endOfFreeze(next.until, periods), next)}${reasonOf(next)}`];
}

/** With its date even if it is soon: people plan around it. */
function said(at: EpochMs, { zone }: FreezePeriod): Words {
  return sayMoment(at, at + 1, zone);
}

function reasonOf({ reason }: FreezePeriod): Words {
  return reason === null ? "" : ` (${shortened(reason, 100)})`;
}
