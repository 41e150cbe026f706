// What happened to an issue or pull request, in time order.
import type { CommitObject } from "../../git/types.ts";
import type { Comment, Issue, Label, LabelChange, Milliseconds, Pull, Repository, Review, StateChange, User } from "../../world/types.ts";

export type Happening =
  | { readonly is: "comment"; readonly at: Milliseconds; readonly comment: Comment }
  | { readonly is: "review"; readonly at: Milliseconds; readonly review: Review }
  | { readonly is: "state"; readonly at: Milliseconds; readonly change: StateChange }
  | { readonly is: "labels"; readonly at: Milliseconds; readonly actor: User; readonly added: readonly Label[]; readonly removed: readonly Label[] }
  | { readonly is: "merged"; readonly at: Milliseconds; readonly merged: NonNullable<Pull["merged"]> }
  | { readonly is: "commits"; readonly at: Milliseconds; readonly commits: readonly CommitObject[] };

/** `commits`: of the pull request, oldest first. Those that follow each other become one entry, and so do one person's labels. */
export function conversationOf(repository: Repository, issue: Issue, commits: readonly CommitObject[]): readonly Happening[] {
  const merged = issue.pull?.merged ?? null;
  const happenings: readonly Happening[] = [
    // A commit can be older than the pull request that it was opened with.
    ...commits.map((commit) => ({ is: "commits", at: Math.max(commit.committer.at, issue.createdAt), commits: [commit] }) as const),
    ...[...repository.comments.values()]
      .filter((comment) => comment.issue === issue)
      .map((comment) => ({ is: "comment", at: comment.createdAt, comment }) as const),
    ...(issue.pull?.reviews ?? []).map((review) => ({ is: "review", at: review.submittedAt, review }) as const),
    ...issue.labelChanges.map(labelling),
    // Merging closes: one line says both.
    ...issue.changes
      .filter((change) => !(change.is === "closed" && merged !== null && change.at >= merged.at))
      .map((change) => ({ is: "state", at: change.at, change }) as const),
    ...(merged === null ? [] : [{ is: "merged", at: merged.at, merged } as const]),
  ];
  return [...happenings].sort((one, other) => one.at - other.at).reduce(grouped, []);
}

function labelling({ is, label, actor, at }: LabelChange): Happening {
  return { is: "labels", at, actor, added: is === "labeled" ? [label] : [], removed: is === "unlabeled" ? [label] : [] };
}

function grouped(before: readonly Happening[], next: Happening): readonly Happening[] {
  const last = before.at(-1);
  const joint = last === undefined ? null : joined(last, next);
  return joint === null ? [...before, next] : [...before.slice(0, -1), joint];
}

/** Null for two things that are told apart. */
function joined(one: Happening, next: Happening): Happening | null {
  if (one.is === "commits" && next.is === "commits") return { ...one, commits: [...one.commits, ...next.commits] };
  if (one.is !== "labels" || next.is !== "labels" || one.actor !== next.actor) return null;
  return { ...one, added: [...one.added, ...next.added], removed: [...one.removed, ...next.removed] };
}
