// This app's own pull request as it should be, and which parts of it differ from what stands there.
import type { KeepCompanion } from "../../../model/plan.ts";
import { companionBody, companionTitle, isSameText } from "./prose.ts";
import type { Seen } from "./seen.ts";
import { branchOf, repositoryOf } from "./target.ts";
import { holds } from "./wished.ts";

/** Null when all is as it should be. @param isCommitting false where its branch holds commits of others: then only the text is kept */
export function keepAction(seen: Seen, isCommitting: boolean): KeepCompanion | null {
  const { target, release, there, wished, contents, signoff } = seen;
  const { open, head } = there;
  const title = companionTitle(target, release, wished.bumped);
  const body = companionBody(target, release, wished.values, contents);
  const labels = target.is === "promotion" ? target.environment.pullRequest.labels : [];
  const has = new Set(open?.labels.map((label) => label.toLowerCase()));
  const isDraft = draftWanted(seen);
  const writes: KeepCompanion["writes"] = {
    commit: isCommitting && isToBeCommitted(seen),
    text: open === null || open.title !== title || !isSameText(open.body, body),
    // People may make a draft of any other pull request, and of it again.
    draft: open !== null && target.is === "promotion" && target.environment.pullRequest.draft && open.isDraft !== isDraft,
    labels: labels.filter((label) => !has.has(label.toLowerCase())),
  };
  if (open !== null && !writes.commit && !writes.text && !writes.draft && writes.labels.length === 0) return null;
  return {
    kind: "keep-companion",
    repository: repositoryOf(target, release),
    repositoryNodeId: there.id,
    repositoryId: there.databaseId,
    base: there.branch,
    baseSha: there.sha,
    branch: branchOf(target, release),
    title,
    body,
    labels,
    isDraft,
    commitMessage: [title, `Follows ${release.url}`, ...(signoff === null ? [] : [`Signed-off-by: ${signoff}`])].join("\n\n"),
    files: wished.edits,
    found: {
      branchSha: head?.sha ?? null,
      pullRequest: open === null ? null : { id: open.id, number: open.number },
      baseTree: there.tree,
      executables: wished.edits.flatMap(({ path }) => (there.executables.has(path) ? [path] : [])),
    },
    writes,
  };
}

export function draftWanted({ target, areGatesOpen }: Pick<Seen, "target" | "areGatesOpen">): boolean {
  return target.is === "promotion" && target.environment.pullRequest.draft && !areGatesOpen;
}

/** A branch whose last pull request is over may hold nothing that the default branch lacks. */
function isToBeCommitted({ there: { head, open, over }, wished: { values } }: Seen): boolean {
  if (head === null || !holds(head.files, values)) return true;
  return open === null ? head.sha === over?.headSha : open.isConflicting;
}
