// Where a deferred blocker goes: the milestone that follows its own, or the release's when it is in none.
import type { Milestone } from "../../model/snapshot.ts";

/**
 * By the versions in their titles where they have any, else by due date, else by number. What is in a milestone of a later
 * version than the release stays there: it is deferred already, perhaps by a run that was cut short.
 * @param from title of the milestone; null for none
 * @param version of the release
 * @returns null when there is nowhere to move it to, or no need to
 */
export function nextMilestone(milestones: readonly Milestone[], from: string | null, version: string): Pick<Milestone, "number" | "title"> | null {
  if (isLater(numbersIn(from ?? ""), numbersIn(version))) return null;
  const here = milestones.find(({ title }) => title === from) ?? milestones.find(({ title }) => isSame(numbersIn(title), numbersIn(version)));
  const after =
    here === undefined ? { numbers: numbersIn(version), dueOn: null, number: 0 } : { numbers: numbersIn(here.title), dueOn: here.dueOn, number: here.number };
  const later = milestones.filter((one) => one !== here && isAfter(one, after)).toSorted((left, right) => order(left, right));
  return later[0] ?? null;
}

type Moment = { readonly numbers: readonly number[] | null; readonly dueOn: number | null; readonly number: number };

function isAfter({ title, dueOn, number }: Milestone, after: Moment): boolean {
  const numbers = numbersIn(title);
  if (numbers !== null && after.numbers !== null) return compare(numbers, after.numbers) > 0;
  if (dueOn !== null && after.dueOn !== null) return dueOn > after.dueOn;
  return number > after.number;
}

function order(left: Milestone, right: Milestone): number {
  const [one, other] = [numbersIn(left.title), numbersIn(right.title)];
  if (one !== null && other !== null) return compare(one, other);
  if (left.dueOn !== null && right.dueOn !== null) return left.dueOn - right.dueOn;
  return left.number - right.number;
}

/** `v1.3`, `Release 1.3.0`: the first run of numbers with a dot in it. */
function numbersIn(text: string): readonly number[] | null {
  const found = /\d{1,9}(?:\.\d{1,9}){1,3}/.exec(text);
  return found === null ? null : found[0].split(".").map(Number);
}

function compare(left: readonly number[], right: readonly number[]): number {
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function isLater(left: readonly number[] | null, right: readonly number[] | null): boolean {
  return left !== null && right !== null && compare(left, right) > 0;
}

function isSame(left: readonly number[] | null, right: readonly number[] | null): boolean {
  return left !== null && right !== null && compare(left, right) === 0;
}
