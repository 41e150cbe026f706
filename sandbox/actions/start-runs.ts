// What happens in a repository starts the workflows that listen to it, each from its file as it stands at that commit.
import type { Sha } from "../git/types.ts";
import type { Stage, WorldEvent } from "../world/events.ts";
import type { Actor, Repository } from "../world/types.ts";
import { isWorkflow } from "./actions-app.ts";
import { createRun, type RunCause } from "./runs.ts";
import { type Happening, looksAtPaths, startsOn } from "./triggers.ts";
import { workflowFilesAt } from "./workflows.ts";

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
const isRelevant = (event: WorldEvent): event is WorldEvent & { readonly is: "push" | "release" | "issue" } =>
  event.is === "push" || event.is === "release" || (event.is === "issue" && event.issue.pull !== null);

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

const causeOf = (repository: Repository, event: WorldEvent & { readonly is: "push" | "release" | "issue" }): Promise<Cause | null> => {
  switch (event.is) {
    case "push":
      return ofPush(repository, event);
    case "release":
      return ofRelease(repository, event);
    case "issue":
      return ofPullRequest(repository, event);
  }
};

/** What GitHub tells nobody, such as more than three tags in one push, starts nothing either; nor does what a run does. */
export const startRuns = async (stage: Stage, actor: Actor, repository: Repository, event: WorldEvent): Promise<void> => {
  if (!isRelevant(event) || isWorkflow(actor)) return;
  const found = await causeOf(repository, event);
  if (found === null) return;
  const workflows = await workflowFilesAt(repository, found.cause.headSha);
  const between = workflows.some(({ file }) => looksAtPaths(file.triggers)) ? found.between : null;
  const changed = between === null ? [] : await pathsOf(repository, between);
  for (const workflow of workflows)
    if (startsOn(workflow.file.triggers, found.happening, changed)) await createRun(stage, actor, repository, workflow, found.cause);
};
