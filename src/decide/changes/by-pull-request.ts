// Changes as pull requests tell them: labels first, then the title. Only what came without a pull request speaks for
// itself.
import type { Versioning } from "../../model/playbook.ts";
import type { PullRequest } from "../../model/snapshot.ts";
import { entriesOf, membersByPullRequest, titleStatement } from "./by-commit.ts";
import { effectOf } from "./effects.ts";
import { entryFrom } from "./entry.ts";
import type { Entry, RangeContext } from "./entry.ts";
import { isMerge } from "./pull-requests.ts";
import type { ReadCommit } from "./pull-requests.ts";
import type { Statement } from "./read-body.ts";
import type { Meaning } from "./types.ts";

/** One entry a pull request, at its merge or newest commit, newest first. */
export function entriesByPullRequest(context: RangeContext): readonly Entry[] {
  const members = membersByPullRequest(context);
  const told = new Set<number>();
  const entries: Entry[] = [];
  for (const one of context.range) {
    const pullRequest = context.pullRequestOf.get(one.commit.sha);
    if (pullRequest === undefined) {
      if (!isMerge(one)) entries.push(...entriesOf(one, null, context));
      continue;
    }
    if (told.has(pullRequest.number)) continue;
    told.add(pullRequest.number);
    const own = members.get(pullRequest.number);
    if (own !== undefined) entries.push(entryFrom({ ...spoken(pullRequest, own, context), sha: one.commit.sha, members: own, pullRequest }, context));
  }
  return entries;
}

/** A breaking change that a commit of the pull request admits is believed, whatever the title says. */
function spoken(pullRequest: PullRequest, members: readonly ReadCommit[], { known, rules }: RangeContext): { statement: Statement; meaning: Meaning } {
  const title = titleStatement(pullRequest, known);
  const breaking = members.flatMap(({ message }) => message.statements).filter(({ isBreaking }) => isBreaking);
  const notes = [...new Set(breaking.flatMap(({ breakingNotes }) => breakingNotes))];
  const statement = { ...title, isBreaking: title.isBreaking || breaking.length > 0, breakingNotes: notes };
  const labelled = byLabels(pullRequest, rules.labels);
  if (labelled === null) {
    const said = effectOf(statement, rules);
    return {
      statement,
      meaning: statement.type === null && !statement.isBreaking ? { effect: "unknown", because: `no label and no type on #${pullRequest.number}` } : said,
    };
  }
  if (!statement.isBreaking || labelled.effect === "major") return { statement: { ...statement, isBreaking: labelled.effect === "major" }, meaning: labelled };
  return { statement, meaning: { effect: "major", because: `breaking change, over ${labelled.because}` } };
}

const HIGHEST_FIRST = ["major", "minor", "patch", "nothing"] as const satisfies readonly (keyof Versioning["labels"])[];

/** The highest of the labels that carry a signal; null when none does. `because` names those that it outweighs. */
function byLabels({ labels, number }: PullRequest, rules: Versioning["labels"]): Meaning | null {
  const found = HIGHEST_FIRST.flatMap((level) => {
    const signals = new Set(rules[level].map((label) => label.toLowerCase()));
    const label = labels.find((one) => signals.has(one.toLowerCase()));
    return label === undefined ? [] : [{ level, label }];
  });
  const [highest, ...others] = found;
  if (highest === undefined) return null;
  const over = others.length === 0 ? "" : `, over ${others.map(({ label }) => label).join(" and ")}`;
  return { effect: highest.level === "nothing" ? "none" : highest.level, because: `label ${highest.label} on #${number}${over}` };
}
