// Merge queues: pull requests that are merged one after the other, each after its checks have passed on what the base will
// be (https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/managing-a-merge-queue).
// One group is checked at a time, of one pull request.
import type { Stage } from "../events.ts";
import { buildMerge, finishMerge, type Merging } from "../merge.ts";
import { noreplyAddress } from "../people.ts";
import { announce } from "../refs.ts";
import { rulesetsOn } from "../rules/binding.ts";
import { mergeRefusal } from "../rules/merge-violations.ts";
import { unmetChecks } from "../rules/required-checks.ts";
import type { RequiredCheck, Ruleset } from "../rules/types.ts";
import {
  type Actor,
  ApiError,
  type DequeueReason,
  type Issue,
  type MergeGroup,
  type Pull,
  type QueueEntry,
  type Repository,
  type User,
  type World,
} from "../types.ts";

const LOGIN = "github-merge-queue[bot]";
const MINUTE_MS = 60_000;

/** Who merges what comes out of a queue. */
const queueBot = (world: World): User => {
  const known = world.users.get(LOGIN);
  if (known !== undefined) return known;
  const id = world.nextId();
  const bot: User = { id, login: LOGIN, type: "Bot", name: LOGIN, email: noreplyAddress(world, id, LOGIN), organization: null };
  world.users.set(LOGIN, bot);
  return bot;
};

export const queueRuleOf = (repository: Repository, base: string): NonNullable<Ruleset["rules"]["queue"]> | null =>
  rulesetsOn(repository, `refs/heads/${base}`).find(({ rules }) => rules.queue !== null)?.rules.queue ?? null;

export const entryOf = ({ queue }: Repository, issue: Issue): QueueEntry | null => queue.find((entry) => entry.issue === issue) ?? null;
export const entriesOf = ({ queue }: Repository, base: string): QueueEntry[] => queue.filter(({ issue }) => issue.pull?.base === base);

const checksOf = (repository: Repository, base: string): RequiredCheck[] => rulesetsOn(repository, `refs/heads/${base}`).flatMap(({ rules }) => rules.checks);

const refuse = (message: string): ApiError => new ApiError(422, message);

/** @throws ApiError 422 where there is no queue, for what is in it already, for another head, and for what rules refuse */
export const enqueue = async (stage: Stage, actor: Actor, repository: Repository, issue: Issue, expectedHead: string | null): Promise<QueueEntry> => {
  const { pull } = issue;
  if (pull === null) throw new ApiError(404, "Not Found");
  if (queueRuleOf(repository, pull.base) === null) throw refuse(`Merge queue is not enabled for the branch ${pull.base}`);
  if (issue.state !== "open") throw refuse("Pull request is closed");
  if (pull.isDraft) throw refuse("Pull request is in draft state");
  if (entryOf(repository, issue) !== null) throw refuse("Pull request is already in the merge queue");
  if (expectedHead !== null && expectedHead !== pull.headSha) throw refuse("Head branch was modified. Review and try the merge again.");
  const refusal = await mergeRefusal(stage.world, actor, repository, issue, pull, "queue");
  if (refusal !== null) throw refuse(`Pull request ${refusal}`);
  const entry: QueueEntry = { id: stage.world.nextId(), issue, enqueuer: actor.user, at: stage.world.now(), group: null };
  repository.queue.push(entry);
  await stage.emit(repository, actor, { is: "issue", action: "enqueued", issue });
  await goOn(stage, repository, pull.base);
  return entry;
};

const destroy = async (stage: Stage, repository: Repository, entry: QueueEntry, reason: "merged" | "invalidated" | "dequeued"): Promise<void> => {
  const { group } = entry;
  if (group === null) return;
  entry.group = null;
  const actor: Actor = { is: "user", user: queueBot(stage.world) };
  const changes = await repository.git.updateRefs([{ name: `refs/heads/${group.headBranch}`, after: null }]);
  await stage.emit(repository, actor, { is: "merge group", action: "destroyed", group, reason });
  await announce(stage, actor, repository, changes);
};

const remove = async (stage: Stage, actor: Actor, repository: Repository, entry: QueueEntry, reason: DequeueReason): Promise<void> => {
  const { queue } = repository;
  if (!queue.includes(entry)) return;
  queue.splice(queue.indexOf(entry), 1);
  await destroy(stage, repository, entry, reason === "MANUAL" ? "dequeued" : "invalidated");
  await stage.emit(repository, actor, { is: "issue", action: "dequeued", issue: entry.issue, reason });
};

/** @throws ApiError 422 for what is in no queue */
export const dequeue = async (stage: Stage, actor: Actor, repository: Repository, issue: Issue): Promise<QueueEntry> => {
  const entry = entryOf(repository, issue);
  if (entry === null) throw refuse("Pull request is not in the merge queue");
  await remove(stage, actor, repository, entry, "MANUAL");
  await goOn(stage, repository, issue.pull?.base ?? "");
  return entry;
};

const merging = (stage: Stage, repository: Repository, issue: Issue, pull: Pull, base: string): Merging => ({
  stage,
  actor: { is: "user", user: queueBot(stage.world) },
  repository,
  issue,
  pull,
  base,
});

/** Null for what no longer merges. */
const build = async (stage: Stage, repository: Repository, { issue }: QueueEntry, method: "merge" | "squash" | "rebase"): Promise<MergeGroup | null> => {
  const { pull } = issue;
  const baseSha = pull === null ? undefined : repository.git.refs().get(`refs/heads/${pull.base}`);
  if (pull === null || baseSha === undefined) return null;
  const how = { method, sha: null, title: null, message: null };
  const headSha = await buildMerge(merging(stage, repository, issue, pull, baseSha), how).catch((error: unknown) => {
    if (error instanceof ApiError) return null;
    throw error;
  });
  const headBranch = `gh-readonly-queue/${pull.base}/pr-${String(issue.number)}-${baseSha}`;
  return headSha === null ? null : { issue, base: pull.base, headBranch, baseSha, headSha, createdAt: stage.world.now() };
};

const standing = ({ world }: Stage, repository: Repository, group: MergeGroup): "passed" | "waits" | "failed" => {
  const unmet = unmetChecks(world, repository, group.headSha, checksOf(repository, group.base));
  if (unmet.length === 0) return "passed";
  return unmet.some((message) => message.endsWith(" is failing.")) ? "failed" : "waits";
};

const hasTimedOut = ({ world }: Stage, repository: Repository, { base, createdAt }: MergeGroup): boolean =>
  world.now() >= createdAt + (queueRuleOf(repository, base)?.checksWithinMinutes ?? Infinity) * MINUTE_MS;

const land = async (stage: Stage, repository: Repository, entry: QueueEntry, group: MergeGroup): Promise<void> => {
  const { pull } = entry.issue;
  if (pull === null) return;
  const changes = await repository.git.updateRefs([{ name: `refs/heads/${group.base}`, before: group.baseSha, after: group.headSha }]);
  repository.queue.splice(repository.queue.indexOf(entry), 1);
  await destroy(stage, repository, entry, "merged");
  await finishMerge(merging(stage, repository, entry.issue, pull, group.baseSha), group.headSha, changes);
};

/** The first entry of a branch as far as it can come: a group is made of it, its checks are looked at, it is merged or put out. */
export const goOn = async (stage: Stage, repository: Repository, base: string): Promise<void> => {
  const rule = queueRuleOf(repository, base);
  const [first] = entriesOf(repository, base);
  if (first === undefined) return;
  const bot: Actor = { is: "user", user: queueBot(stage.world) };
  if (rule === null) {
    await remove(stage, bot, repository, first, "QUEUE_CLEARED");
    return goOn(stage, repository, base);
  }
  if (first.group !== null && repository.git.refs().get(`refs/heads/${base}`) !== first.group.baseSha) await destroy(stage, repository, first, "invalidated");
  if (first.group === null) {
    const group = await build(stage, repository, first, rule.method);
    if (group === null) {
      await remove(stage, bot, repository, first, "MERGE_CONFLICT");
      return goOn(stage, repository, base);
    }
    first.group = group;
    const changes = await repository.git.updateRefs([{ name: `refs/heads/${group.headBranch}`, after: group.headSha }]);
    await announce(stage, bot, repository, changes);
    await stage.emit(repository, bot, { is: "merge group", action: "checks_requested", group });
  }
  await settle(stage, bot, repository, first);
};

const settle = async (stage: Stage, bot: Actor, repository: Repository, entry: QueueEntry): Promise<void> => {
  const { group } = entry;
  // Its checks may have been done, and all of this been seen to, while they were asked for.
  if (group === null || !repository.queue.includes(entry)) return;
  const is = standing(stage, repository, group);
  if (is === "passed") await land(stage, repository, entry, group);
  else if (is === "failed") await remove(stage, bot, repository, entry, "CI_FAILURE");
  else if (hasTimedOut(stage, repository, group)) await remove(stage, bot, repository, entry, "CI_TIMEOUT");
  else return;
  await goOn(stage, repository, group.base);
};
