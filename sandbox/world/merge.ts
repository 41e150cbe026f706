// Merging a pull request by its button: merge commit, squash or rebase.
import { type CommitObject, type RefChange, type Sha, StaleRef } from "../git/types.ts";
import { closedIssues } from "./closing.ts";
import type { Stage } from "./events.ts";
import { mergeMessage, type MergeMessage, squashMessage } from "./merge-message.ts";
import type { Operations } from "./operations.ts";
import { GITHUB, personOf } from "./people.ts";
import { announce } from "./refs.ts";
import { mergeRefusal, ruleViolations } from "./rules/merge-violations.ts";
import { refViolations } from "./rules/ref-violations.ts";
import { SIGNATURE } from "./signature.ts";
import { changeState } from "./state.ts";
import { type Actor, ApiError, type Issue, type Pull, type Repository } from "./types.ts";

type How = Parameters<Operations["mergePullRequest"]>[3];
export type Merging = {
  readonly stage: Stage;
  readonly actor: Actor;
  readonly repository: Repository;
  readonly issue: Issue;
  readonly pull: Pull;
  readonly base: Sha;
};

const notMergeable = (message = "Pull Request is not mergeable"): ApiError => new ApiError(405, message);

const requireAllowed = (repository: Repository, issue: Issue, how: How): Pull => {
  const { pull } = issue;
  if (pull === null) throw new ApiError(404, "Not Found");
  const { settings } = repository;
  const isAllowed = { merge: settings.allowMerge, squash: settings.allowSquash, rebase: settings.allowRebase }[how.method];
  if (!isAllowed)
    throw notMergeable(
      `${how.method === "merge" ? "Merge commit" : how.method === "squash" ? "Squash merge" : "Rebase merge"}s are not allowed on this repository.`,
    );
  if (issue.state !== "open") throw notMergeable();
  if (pull.isDraft) throw notMergeable("Pull Request is still a draft");
  if (how.sha !== null && how.sha !== pull.headSha) throw new ApiError(409, "Head branch was modified. Review and try the merge again.");
  return pull;
};

/** The commits of the pull request, oldest first. */
const commitsOf = async ({ repository, pull, base }: Merging): Promise<CommitObject[]> => {
  const shas = await repository.git.log({ include: [pull.headSha], exclude: [base] });
  const commits = await Promise.all(shas.map((sha) => repository.git.commit(sha)));
  return commits.filter((commit) => commit !== null).toReversed();
};

const textOf = (how: How, usual: MergeMessage): string => {
  const title = how.title ?? usual.title;
  const body = how.message ?? usual.body;
  return body === "" ? title : `${title}\n\n${body}`;
};

/** One signed commit, committed by GitHub. */
const mergeIntoOne = async (merging: Merging, how: How): Promise<Sha> => {
  const { stage, actor, repository, issue, pull, base } = merging;
  const merged = await repository.git.merge(base, pull.headSha);
  if (merged.is === "conflict") throw notMergeable();
  const at = stage.world.now();
  const isSquash = how.method === "squash";
  const usual = isSquash ? squashMessage(stage.world, issue, await commitsOf(merging)) : mergeMessage(repository, issue, pull);
  return repository.git.writeCommit({
    tree: merged.tree,
    parents: isSquash ? [base] : [base, pull.headSha],
    message: textOf(how, usual),
    author: personOf(isSquash ? issue.author : actor.user, at),
    committer: { ...GITHUB, at },
    signature: SIGNATURE,
  });
};

/** Every commit again, with its own author and a new SHA even where nothing else changed; merges are left out. */
const rebase = async (merging: Merging): Promise<Sha> => {
  const { stage, actor, repository, base } = merging;
  let onto = base;
  for (const commit of await commitsOf(merging)) {
    if (commit.parents.length > 1) continue;
    const picked = await repository.git.cherryPick(onto, commit.sha);
    if (picked.is === "conflict") throw notMergeable("This branch can't be rebased");
    onto = await repository.git.writeCommit({
      ...commit,
      tree: picked.tree,
      parents: [onto],
      committer: personOf(actor.user, stage.world.now()),
      signature: null,
    });
  }
  return onto;
};

const deleteHead = async ({ stage, actor, repository, pull }: Merging): Promise<void> => {
  const name = `refs/heads/${pull.head}`;
  const isUsed = [...repository.issues.values()].some((other) => other.state === "open" && other.pull?.base === pull.head);
  if (repository.git.refs().get(name) !== pull.headSha || pull.head === repository.defaultBranch || isUsed) return;
  await announce(stage, actor, repository, await repository.git.updateRefs([{ name, before: pull.headSha, after: null }]));
};

/** @throws ApiError 405 when it can't be merged, 409 when the head is not `sha` */
export const mergePullRequest = async (stage: Stage, actor: Actor, repository: Repository, issue: Issue, how: How): Promise<Sha> => {
  const pull = requireAllowed(repository, issue, how);
  const refusal = await mergeRefusal(stage.world, actor, repository, issue, pull);
  if (refusal !== null) throw notMergeable(refusal);
  const name = `refs/heads/${pull.base}`;
  const base = repository.git.refs().get(name);
  if (base === undefined) throw notMergeable();
  const merging: Merging = { stage, actor, repository, issue, pull, base };
  const sha = await buildMerge(merging, how);
  const [violation] = await refViolations(stage.world, actor, repository, { name, before: base, after: sha }, "merge");
  if (violation !== undefined) throw notMergeable(ruleViolations(violation.messages));
  const changes = await repository.git.updateRefs([{ name, before: base, after: sha }]).catch((error: unknown) => {
    throw error instanceof StaleRef ? new ApiError(405, "Base branch was modified. Review and try the merge again.") : error;
  });
  await finishMerge(merging, sha, changes);
  return sha;
};

/** The commit that the base will be on, to which nothing leads yet. @throws ApiError 405 for a conflict */
export const buildMerge = (merging: Merging, how: How): Promise<Sha> => (how.method === "rebase" ? rebase(merging) : mergeIntoOne(merging, how));

/** After the base was put there: the pull request is merged, what it names is closed. */
export const finishMerge = async (merging: Merging, sha: Sha, changes: readonly RefChange[]): Promise<void> => {
  const { stage, actor, repository, issue, pull, base } = merging;
  pull.baseSha = base;
  pull.merged = { at: stage.world.now(), by: actor.user, sha };
  await changeState(stage, actor, repository, issue, "closed");
  for (const named of closedIssues(repository, issue.body ?? "", pull.base)) await changeState(stage, actor, repository, named, "closed");
  await announce(stage, actor, repository, changes);
  if (repository.settings.deleteBranchOnMerge) await deleteHead(merging);
};
