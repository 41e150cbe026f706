// What happens in a repository starts the workflows that listen to it, each from its file as it stands at that commit.
import type { Sha } from "../git/types.ts";
import type { Stage, WorldEvent } from "../world/events.ts";
import { userByEmail } from "../world/people.ts";
import type { Actor, Milliseconds, Repository } from "../world/types.ts";
import { isDue } from "./cron.ts";
import { isWorkflow } from "./actions-app.ts";
import { createRun, type RunCause } from "./runs.ts";
import { type Happening, looksAtPaths, startsOn } from "./triggers.ts";
import { type FoundWorkflow, rememberWorkflow, workflowFilesAt } from "./workflows.ts";

type Cause = {
  readonly happening: Happening;
  readonly cause: RunCause;
  /** What was changed; null where paths are not looked at. */
  readonly between: { readonly from: Sha | null; readonly to: Sha } | null;
};

const BRANCH = "refs/heads/";
const TAG = "refs/tags/";
/** In the message of the head commit, for pushes and pull requests (https://docs.github.com/en/actions/how-tos/manage-workflow-runs/skip-workflow-runs). */
const SKIPS = /\[(?:skip ci|ci skip|no ci|skip actions|actions skip)\]/u;
type Relevant = WorldEvent & { readonly is: "push" | "release" | "issue" | "workflow run" | "merge group" };
const isRelevant = (event: WorldEvent): event is Relevant =>
  ["push", "release", "workflow run", "merge group"].includes(event.is) || (event.is === "issue" && event.issue.pull !== null);

/** On the way to `to`, off where both have parted. */
const pathsOf = async ({ git }: Repository, { from, to }: NonNullable<Cause["between"]>): Promise<readonly string[]> => {
  const changes = await git.diff(from === null ? null : ((await git.mergeBase(from, to)) ?? from), to);
  return changes.flatMap(({ path, previousPath }) => (previousPath === null ? [path] : [path, previousPath]));
};

const headlineOf = (message: string): string => message.split("\n", 1)[0] ?? "";

/** A tag is peeled to its commit. Null for a deletion, and where the commit says so. */
const ofPush = async (repository: Repository, event: WorldEvent & { readonly is: "push" }): Promise<Cause | null> => {
  const { git } = repository;
  const sha = event.after === null ? null : await git.resolve(event.after);
  const commit = sha === null ? null : await git.commit(sha);
  if (commit === null || SKIPS.test(commit.message)) return null;
  const isTag = event.name.startsWith(TAG);
  const name = event.name.slice((isTag ? TAG : BRANCH).length);
  const first = event.commits[0] === undefined ? null : await git.commit(event.commits[0]);
  return {
    happening: { is: "push", of: isTag ? "tag" : "branch", name },
    between: isTag ? null : { from: event.before ?? first?.parents[0] ?? null, to: commit.sha },
    cause: { event: "push", headSha: commit.sha, headBranch: name, given: {}, title: headlineOf(commit.message), payload: { ref: event.name } },
  };
};

const ofPullRequest = async (repository: Repository, { action, issue }: WorldEvent & { readonly is: "issue" }): Promise<Cause | null> => {
  const { git } = repository;
  const { pull, number, title } = issue;
  const commit = pull === null ? null : await git.commit(pull.headSha);
  if (pull === null || commit === null || SKIPS.test(commit.message)) return null;
  return {
    happening: { is: "pull_request", type: action, base: pull.base },
    between: { from: pull.baseSha, to: pull.headSha },
    cause: { event: "pull_request", headSha: pull.headSha, headBranch: pull.head, given: {}, title, payload: { action, number } },
  };
};

/** A draft has no tag: what is done to it starts nothing, but for taking a release back to one. */
const ofRelease = async ({ git }: Repository, { action, release }: WorldEvent & { readonly is: "release" }): Promise<Cause | null> => {
  if (release.isDraft && action !== "unpublished") return null;
  const headSha = await git.resolve(`${TAG}${release.tag}`);
  if (headSha === null) return null;
  const payload = { action, release: { tag_name: release.tag, name: release.name } };
  return {
    happening: { is: "release", type: action },
    between: null,
    cause: { event: "release", headSha, headBranch: release.tag, given: {}, title: release.name ?? release.tag, payload },
  };
};

const MOST_RUNS_IN_A_ROW = 3;

/** The default branch's files at its head, whatever branch that run was for. */
const ofRun = ({ git, defaultBranch }: Repository, { action, run }: WorldEvent & { readonly is: "workflow run" }): Cause | null => {
  const headSha = git.refs().get(`${BRANCH}${defaultBranch}`);
  if (headSha === undefined || run.depth >= MOST_RUNS_IN_A_ROW) return null;
  const payload = { action, workflow_run: { id: run.id, head_sha: run.headSha, head_branch: run.headBranch, conclusion: run.conclusion } };
  return {
    happening: { is: "workflow_run", type: action, workflow: run.name, branch: run.headBranch },
    between: null,
    cause: { event: "workflow_run", headSha, headBranch: defaultBranch, given: {}, title: run.title, payload, depth: run.depth + 1 },
  };
};

const ofGroup = ({ action, group }: WorldEvent & { readonly is: "merge group" }): Cause | null => ({
  happening: { is: "merge_group", type: action, base: group.base },
  between: null,
  cause: {
    event: "merge_group",
    headSha: group.headSha,
    headBranch: group.headBranch,
    given: {},
    title: `Merge group of #${String(group.issue.number)}`,
    payload: { action, merge_group: { head_sha: group.headSha, base_ref: `${BRANCH}${group.base}` } },
  },
});

const causeOf = (repository: Repository, event: Relevant): Promise<Cause | null> => {
  switch (event.is) {
    case "push":
      return ofPush(repository, event);
    case "release":
      return ofRelease(repository, event);
    case "issue":
      return ofPullRequest(repository, event);
    case "workflow run":
      return Promise.resolve(ofRun(repository, event));
    case "merge group":
      return Promise.resolve(ofGroup(event));
  }
};

/** What GitHub tells nobody, such as more than three tags in one push, starts nothing either; nor does what a run does. */
export const startRuns = async (stage: Stage, actor: Actor, repository: Repository, event: WorldEvent): Promise<void> => {
  // What ends a run starts others whoever had started it.
  if (!isRelevant(event) || (isWorkflow(actor) && event.is !== "workflow run")) return;
  const found = await causeOf(repository, event);
  if (found === null) return;
  const workflows = await workflowFilesAt(repository, found.cause.headSha);
  const between = workflows.some(({ file }) => looksAtPaths(file.triggers)) ? found.between : null;
  const changed = between === null ? [] : await pathsOf(repository, between);
  for (const workflow of workflows)
    if (startsOn(workflow.file.triggers, found.happening, changed)) await createUnlessDisabled(stage, actor, repository, workflow, found.cause);
};

const createUnlessDisabled = async (stage: Stage, actor: Actor, repository: Repository, workflow: FoundWorkflow, cause: RunCause): Promise<void> => {
  if (!rememberWorkflow(stage.world, repository, workflow).isDisabled) await createRun(stage, actor, repository, workflow, cause);
};

const A_MINUTE: Milliseconds = 60_000;
const MOST_MINUTES = 60 * 24 * 40;

/** Minutes that have passed since the last look start the default branch's schedules, each workflow once for each of them. */
export const startSchedules = async (stage: Stage, repository: Repository): Promise<void> => {
  const { git, defaultBranch, actions } = repository;
  const now = stage.world.now();
  const headSha = git.refs().get(`${BRANCH}${defaultBranch}`);
  const workflows = headSha === undefined ? [] : await workflowFilesAt(repository, headSha);
  const crons = [...new Set(workflows.flatMap(({ file }) => file.triggers.schedule ?? []))];
  const first = Math.max(Math.floor(actions.scheduledUntil / A_MINUTE) + 1, Math.floor(now / A_MINUTE) - MOST_MINUTES);
  actions.scheduledUntil = now;
  const commit = headSha === undefined ? null : await git.commit(headSha);
  if (headSha === undefined || commit === null || crons.length === 0) return;
  for (let minute = first; minute * A_MINUTE <= now; minute += 1) {
    const due = crons.filter((cron) => isDue(cron, minute * A_MINUTE));
    for (const workflow of due.length === 0 ? [] : workflows) {
      if (!startsOn(workflow.file.triggers, { is: "schedule", crons: due }, [])) continue;
      const cause = { event: "schedule", headSha, headBranch: defaultBranch, given: {}, title: workflow.file.name ?? workflow.path, payload: {} } as const;
      const owner: Actor = { is: "user", user: userByEmail(stage.world, commit.author.email) ?? repository.owner };
      await createUnlessDisabled(stage, owner, repository, workflow, cause);
    }
  }
};
