// Commits that came without a pull request: nobody looked at them before they were there.
import type { Sha } from "../../model/snapshot.ts";
import type { Subject } from "./subject.ts";

/**
 * Newest first, merges left out. Only a hosted repository can tell: elsewhere the pull request of a commit may just not
 * be known. What no commit says, such as an item of a changelog, was not pushed.
 */
export function directPushes({ changes, commits, hosted }: Pick<Subject, "changes" | "commits" | "hosted">): readonly Sha[] {
  if (hosted === null) return [];
  const reviewed = new Set(changes.flatMap(({ sha, pullRequest }) => (pullRequest === null ? [] : [sha])));
  const told = new Set(changes.map(({ sha }) => sha));
  return commits.flatMap(({ sha, parents, pullRequest }) => (parents.length < 2 && pullRequest === null && told.has(sha) && !reviewed.has(sha) ? [sha] : []));
}
