// What a pull request consists of: its commits, its changes, and whether it merges.
import type { CommitObject, FileChange, GitRepository, Sha } from "../git/types.ts";
import { askMergeable } from "../world/merge-state.ts";
import { baseOf, changedBy } from "../world/pull-facts.ts";
import type { Pull, Repository } from "../world/types.ts";
import type { Context } from "./context.ts";
import type { PullRequestThing } from "./things.ts";

/** Oldest first. */
export const pullCommits = async ({ repository, issue, pull }: PullRequestThing): Promise<readonly Sha[]> =>
  (await repository.git.log({ include: [pull.headSha], exclude: [baseOf(repository, issue, pull)] })).toReversed();

/** Against the point where the head branch left the base. */
export const pullChanges = ({ repository, issue, pull }: PullRequestThing): Promise<readonly FileChange[]> => changedBy(repository, issue, pull);

/** Unknown until it was computed, and for what is not open. */
export const mergeability = async (
  { repository, issue, pull }: PullRequestThing,
  _: unknown,
  context: Context,
): Promise<"MERGEABLE" | "CONFLICTING" | "UNKNOWN"> => {
  const isMergeable = await askMergeable(context, repository, issue, pull);
  if (isMergeable === null) return "UNKNOWN";
  return isMergeable ? "MERGEABLE" : "CONFLICTING";
};

/** The commits that merging it brought to the base branch, whichever the method was; a branch may also have been pushed there. */
export const broughtCommits = async ({ git }: Repository, pull: Pull): Promise<readonly Sha[]> => {
  if (pull.merged === null) return [];
  const { sha } = pull.merged;
  if (sha === pull.headSha) return git.log({ include: [sha], exclude: [pull.baseSha] });
  const [before, ...otherParents] = (await git.commit(sha))?.parents ?? [];
  if (before === undefined) return [sha];
  if (otherParents.length > 0) return git.log({ include: [sha], exclude: [before] });
  const [merged, head] = await Promise.all([git.commit(sha), git.commit(pull.headSha)]);
  // A squash shows at once, without a question of git for each of a thousand pull requests.
  if (head !== null && head.parents.length === 1 && !isCopy(merged, head)) return [sha];
  return (await rebasedCommits(git, await git.log({ include: [pull.headSha], exclude: [before] }), sha)) ?? [sha];
};

/** A rebase leaves a copy of each commit, with its author and message. */
const isCopy = (commit: CommitObject | null, original: CommitObject): boolean =>
  commit !== null && commit.message === original.message && commit.author.at === original.author.at && commit.author.email === original.author.email;

/** Newest first; null when one of the originals has no copy, because it was a squash after all. Merges are left out of a rebase. */
const rebasedCommits = async (git: GitRepository, originals: readonly Sha[], last: Sha): Promise<readonly Sha[] | null> => {
  const copies: Sha[] = [];
  let at: Sha | undefined = last;
  for (const original of originals) {
    const source = await git.commit(original);
    if (source === null || source.parents.length > 1) continue;
    const copy: CommitObject | null = at === undefined ? null : await git.commit(at);
    if (copy === null || !isCopy(copy, source)) return null;
    copies.push(copy.sha);
    at = copy.parents[0];
  }
  return copies.length === 0 ? null : copies;
};
