// Pull requests follow their branches: a moved head synchronizes, a head that the base has closes, a base that took the
// head in merges, a deleted branch closes.
import type { RefChange, Sha } from "../git/types.ts";
import type { Stage } from "./events.ts";
import { dismissStaleReviews, requestCodeOwners } from "./reviews.ts";
import { changeState } from "./state.ts";
import type { Actor, Issue, Pull, Repository } from "./types.ts";

type PullRequest = Issue & { readonly pull: Pull };
const openPulls = (repository: Repository): PullRequest[] =>
  [...repository.issues.values()].filter((issue): issue is PullRequest => issue.pull !== null && issue.state === "open");

const followHead = async (stage: Stage, actor: Actor, repository: Repository, issue: PullRequest, after: Sha | null): Promise<void> => {
  const { pull } = issue;
  const { git } = repository;
  const before = pull.headSha;
  if (after === before) return;
  if (after === null) return changeState(stage, actor, repository, issue, "closed");
  pull.headSha = after;
  const base = git.refs().get(`refs/heads/${pull.base}`) ?? pull.baseSha;
  if (await git.isAncestor(after, base)) return changeState(stage, actor, repository, issue, "closed");
  pull.baseSha = base;
  pull.lastPusher = actor.user;
  issue.updatedAt = stage.world.now();
  await stage.emit(repository, actor, { is: "issue", action: "synchronize", issue, before, after });
  await dismissStaleReviews(stage, actor, repository, issue);
  await requestCodeOwners(stage, actor, repository, issue);
};

/** The merge that took the head in; the head itself when the base was moved forward to it. */
const mergeOf = async (repository: Repository, head: Sha, change: RefChange & { readonly after: Sha }): Promise<Sha> => {
  const pushed = await repository.git.log({ include: [change.after], exclude: change.before === null ? [] : [change.before] });
  for (const sha of pushed) {
    const commit = await repository.git.commit(sha);
    if (commit !== null && commit.parents.length > 1 && commit.parents.includes(head)) return sha;
  }
  return head;
};

const followBase = async (stage: Stage, actor: Actor, repository: Repository, issue: PullRequest, change: RefChange): Promise<void> => {
  const { after } = change;
  if (after === null) return changeState(stage, actor, repository, issue, "closed");
  if (!(await repository.git.isAncestor(issue.pull.headSha, after))) return;
  issue.pull.merged = { at: stage.world.now(), by: actor.user, sha: await mergeOf(repository, issue.pull.headSha, { ...change, after }) };
  await changeState(stage, actor, repository, issue, "closed");
};

/** Heads before bases: a head that moved together with its base is judged where both stand now. */
export const followBranches = async (stage: Stage, actor: Actor, repository: Repository, changes: readonly RefChange[]): Promise<void> => {
  for (const change of changes)
    for (const issue of openPulls(repository))
      if (`refs/heads/${issue.pull.head}` === change.name) await followHead(stage, actor, repository, issue, change.after);
  for (const change of changes)
    for (const issue of openPulls(repository)) if (`refs/heads/${issue.pull.base}` === change.name) await followBase(stage, actor, repository, issue, change);
};
