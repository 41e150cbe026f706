// What must hold of every plan before anything of it is done, whatever led to it: a second, independent look that knows
// nothing of how the plan was made. A plan that fails is a bug: nothing is done.
import type { Action, KeepReleasePullRequest, LineReport, MergeReleasePullRequest, MoveTag, Plan, PublishRelease, StartWorkflow } from "../model/plan.ts";
import type { Hosted, Snapshot } from "../model/snapshot.ts";

/** @throws an Error that begins with `Bug:`, for the first thing that does not hold */
export function assertPlanIsSafe({ actions, lines, rollouts }: Plan, snapshot: Snapshot): void {
  const { hosted } = snapshot;
  if (hosted === null) throw new Error("Bug: a plan for a local repository is about to be performed");
  const kept = actions.filter((action) => action.kind === "keep-release-pull-request");
  const published = actions.filter((action) => action.kind === "publish-release");
  unique(kept, ({ line }) => line, "two release pull requests are planned for the line");
  unique(kept, ({ branch }) => branch, "two release pull requests are planned for the branch");
  unique(published, ({ tag }) => tag, "two releases are planned for the tag");
  for (const action of kept) assertKeep(action, snapshot, hosted);
  for (const action of published) {
    assertPublish(action, snapshot, hosted);
    // A release whose tag stands was agreed to when it was tagged; what is left of it is only finished.
    if (action.found.tagSha === null)
      assertAgreed(
        lines,
        ({ pullRequest, releases }) => pullRequest?.isMerged === true && releases.some(({ tag }) => tag === action.tag),
        `releasing ${action.tag}`,
      );
  }
  for (const action of actions) if (action.kind === "merge-release-pull-request") assertMerge(action, lines, hosted);
  const started = actions.filter((action) => action.kind === "start-workflow");
  unique(started, ({ check }) => check.externalId, "two runs are planned for the step");
  for (const action of started) assertStart(action, { lines, rollouts }, snapshot);
  for (const action of actions) if (action.kind === "move-tag") assertMove(action, snapshot);
  for (const action of actions) assertOwn(action, hosted);
}

function assertKeep({ line, branch, base, baseSha, found, writes, files, title }: KeepReleasePullRequest, { head }: Snapshot, { open }: Hosted): void {
  hold(found !== null, `the pull request for ${line} was planned for a local repository`);
  hold(branch !== base && branch !== head.branch, `the release branch of ${line} is the base branch ${base}`);
  hold(baseSha === head.sha, `the pull request for ${line} was planned for another head`);
  hold(title.trim() !== "", `the pull request for ${line} has no title`);
  hold(
    files.every(({ path }) => !path.startsWith("/") && !path.split("/").some((part) => part === ".." || part === ".git")),
    `the pull request for ${line} writes outside of the repository`,
  );
  const standing = open.find(({ number }) => number === found.pullRequest?.number);
  hold(standing === undefined || standing.headSha === found.branchSha, `the branch of #${String(standing?.number)} is not where it was seen`);
  const isForeign = standing?.commits.some(({ isOwn, parents }) => !isOwn && parents.length < 2) ?? false;
  hold(!(writes.commit && isForeign), `somebody else's commits on the branch of ${line} would be overwritten`);
}

function assertPublish({ tag, sha, found, version }: PublishRelease, { tags, ranges }: Snapshot, { tagged }: Hosted): void {
  const standing = tags.find(({ name }) => name === tag);
  hold(standing === undefined || standing.sha === sha, `the tag ${tag} would move from ${String(standing?.sha)} to ${sha}`);
  hold(found.tagSha === (standing?.sha ?? null), `the tag ${tag} is not where it was seen`);
  const isMerged = standing !== undefined || [...ranges.values()].some(({ commits }) => commits.some((commit) => commit.sha === sha));
  hold(isMerged, `the commit ${sha} of ${tag} is not on the branch`);
  hold(tag.includes(version), `the tag ${tag} does not name the version ${version}`);
  const own = new Set(tagged.get(tag)?.releases.flatMap(({ id, isDraft, isOwn }) => (isDraft && isOwn ? [id] : [])));
  hold(
    found.drafts.every((id) => own.has(id)),
    `a draft of ${tag} that is somebody else's would be published`,
  );
}

/** Nothing is released that was not agreed: every gate of that release is open, and unknown is not open. */
function assertAgreed(lines: readonly LineReport[], isIt: (report: LineReport) => boolean, what: string): void {
  const report = lines.find(isIt);
  hold(report !== undefined, `${what} was planned and nobody asked its gates`);
  const shut = report.gates.find(({ state }) => state !== "open");
  hold(shut === undefined, `${what} was planned although the gate ${String(shut?.gate)} is ${String(shut?.state)}`);
}

function assertMerge({ pullRequest }: MergeReleasePullRequest, lines: readonly LineReport[], { open }: Hosted): void {
  const what = `merging #${String(pullRequest.number)}`;
  const standing = open.find(({ number }) => number === pullRequest.number);
  hold(standing !== undefined && standing.headSha === pullRequest.headSha, `${what} was planned for another head`);
  assertAgreed(lines, (report) => report.pullRequest?.number === pullRequest.number && report.pullRequest.headSha === pullRequest.headSha, what);
  hold(
    lines.some((report) => report.pullRequest?.number === pullRequest.number && report.policy.isAutomatic),
    `${what} was planned although a person has to do it`,
  );
}

/** A workflow is started for a release that was agreed to, and that nobody has stopped. */
function assertStart({ sha, step, check }: StartWorkflow, { lines, rollouts }: Pick<Plan, "lines" | "rollouts">, { tags }: Snapshot): void {
  const rollout = rollouts.find(({ tag }) => check.externalId === `step/${tag}/${step}`);
  hold(rollout !== undefined && rollout.sha === sha, `${step} would be started for no release`);
  hold(
    rollout.state !== "frozen" && rollout.state !== "withdrawn" && rollout.state !== "superseded",
    `${step} would be started for ${rollout.tag}, which is ${rollout.state}`,
  );
  const standing = tags.find(({ name }) => name === rollout.tag);
  hold(standing === undefined || standing.sha === sha, `${step} would be started for ${rollout.tag}, which is not where it was released`);
  if (standing === undefined) assertAgreed(lines, ({ releases }) => releases.some(({ tag }) => tag === rollout.tag), `starting ${step}`);
}

/** A moving tag leads to a release, and never away from where it was seen. */
function assertMove({ tag, from, to }: MoveTag, { tags }: Snapshot): void {
  hold((tags.find(({ name }) => name === tag)?.sha ?? null) === from, `the tag ${tag} is not where it was seen`);
  hold(
    tags.some(({ name, sha }) => name !== tag && sha === to),
    `the tag ${tag} would move to ${to}, which is no release`,
  );
}

/** Only pull requests that this app opened are ever closed. */
function assertOwn(action: Action, { open }: Hosted): void {
  if (action.kind !== "close-release-pull-request") return;
  hold(
    open.some(({ number }) => number === action.pullRequest.number),
    `#${String(action.pullRequest.number)} is not this app's to close`,
  );
}

function unique<T>(all: readonly T[], nameOf: (one: T) => string, what: string): void {
  const names = new Set<string>();
  for (const one of all) {
    const name = nameOf(one);
    hold(!names.has(name), `${what} ${name}`);
    names.add(name);
  }
}

function hold(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Error(`Bug: ${otherwise}`);
}
