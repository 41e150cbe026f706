// What is wrong with the labels of one pull request: the same answer before it is merged and when it is released.
import type { Versioning } from "../../model/playbook.ts";
import type { Words } from "../../model/plan.ts";
import type { PullRequest } from "../../model/snapshot.ts";
import { titleStatement } from "../changes/by-commit.ts";
import { effectOf, type TeamTypes } from "../changes/effects.ts";
import { MEANINGS } from "../changes/types.ts";
import { fits } from "./name-pattern.ts";
import { code, listed } from "./phrases.ts";

/** `because` goes on from the pull request: `#12 carries no …`; `next` is said to whoever may label it. */
export type LabelFault = { readonly is: "missing" | "contradicting"; readonly because: Words; readonly next: Words };

/** Labels count in any case. Empty when all is well. */
export function labelFaults(pullRequest: PullRequest, oneOf: readonly string[], versioning: Pick<Versioning, "labels" | "types">): readonly LabelFault[] {
  const wanted = pullRequest.labels.filter((label) => oneOf.some((pattern) => isLike(pattern, label)));
  if (wanted.length === 0)
    return [
      {
        is: "missing",
        because: `carries none of ${listed(
          oneOf.map((name) => code(name)),
          8,
        )}`,
        next: "label it",
      },
    ];
  return [...rivals(wanted, oneOf), ...againstTitle(pullRequest, wanted, versioning)];
}

function isLike(pattern: string, label: string): boolean {
  return fits(pattern.toLowerCase(), label.toLowerCase());
}

/** A pattern such as `type:*` is one question, and a pull request has one answer to it. A bare `*` asks nothing. */
function rivals(labels: readonly string[], oneOf: readonly string[]): readonly LabelFault[] {
  return oneOf.flatMap((pattern) => {
    if (!pattern.includes("*") || /^\**$/.test(pattern)) return [];
    const answers = [...new Map(labels.filter((label) => isLike(pattern, label)).map((label) => [label.toLowerCase(), label])).values()];
    if (answers.length < 2) return [];
    const both = listed(answers.map((label) => code(label)));
    return [{ is: "contradicting", because: `carries ${both} at once`, next: `keep one of ${both}` } as const];
  });
}

const LEVELS = ["major", "minor", "patch", "nothing"] as const satisfies readonly (keyof Versioning["labels"])[];

/** A label that means another step than the type of the title. A `!` may stand beside the label of its type. */
function againstTitle(
  pullRequest: PullRequest,
  labels: readonly string[],
  { labels: levels, types }: Pick<Versioning, "labels" | "types">,
): readonly LabelFault[] {
  const rules: TeamTypes = { sections: {}, types };
  const statement = titleStatement(pullRequest, { has: (type) => MEANINGS.has(type) || Object.hasOwn(types, type) });
  if (statement.type === null) return [];
  const said = new Set([effectOf(statement, rules).effect, effectOf({ ...statement, isBreaking: false }, rules).effect]);
  if (said.has("unknown")) return [];
  return labels.flatMap((label) => {
    const level = LEVELS.find((one) => levels[one].some((other) => other.toLowerCase() === label.toLowerCase()));
    if (level === undefined || said.has(level === "nothing" ? "none" : level)) return [];
    const type = `${statement.type ?? ""}${statement.isBreaking ? "!" : ""}:`;
    return [{ is: "contradicting", because: `carries ${code(label)} and its title says ${code(type)}`, next: "correct its label or its title" } as const];
  });
}
