// Deployments and their statuses (https://docs.github.com/en/rest/deployments). GitHub deploys nothing itself: whoever does
// says so.
import type { Sha } from "../../git/types.ts";
import type { Stage } from "../events.ts";
import type { Operations } from "../operations.ts";
import { GITHUB, personOf } from "../people.ts";
import { announce } from "../refs.ts";
import { unmetChecks } from "../rules/required-checks.ts";
import { SIGNATURE } from "../signature.ts";
import { type Actor, ApiError, type Deployment, type DeploymentStatus, type Repository } from "../types.ts";
import { environmentNamed } from "./environments.ts";

const DESCRIPTION_LIMIT = 140;

type Wish = Parameters<Operations["createDeployment"]>[2];

/** Brings the branch up to date with the default branch; null where it is. @throws ApiError 409 */
const mergeDefault = async (stage: Stage, actor: Actor, repository: Repository, branch: string): Promise<Sha | null> => {
  const { git, defaultBranch } = repository;
  const name = `refs/heads/${branch}`;
  const [head, base] = [git.refs().get(name), git.refs().get(`refs/heads/${defaultBranch}`)];
  if (head === undefined || base === undefined || branch === defaultBranch || (await git.isAncestor(base, head))) return null;
  const merged = await git.merge(head, base);
  if (merged.is === "conflict") throw new ApiError(409, `Conflict merging ${defaultBranch} into ${branch}.`);
  const at = stage.world.now();
  const after = await git.writeCommit({
    tree: merged.tree,
    parents: [head, base],
    message: `Merge ${defaultBranch} into ${branch}`,
    author: personOf(actor.user, at),
    committer: { ...GITHUB, at },
    signature: SIGNATURE,
  });
  await announce(stage, actor, repository, await git.updateRefs([{ name, before: head, after }]));
  return after;
};

/** Everything that reported on the commit, where no names are given. */
const contextsOf = (repository: Repository, sha: Sha, { requiredContexts }: Wish): readonly string[] =>
  requiredContexts ?? [
    ...new Set([
      ...repository.statuses.filter((status) => status.sha === sha).map(({ context }) => context),
      ...[...repository.checkRuns.values()].filter(({ headSha }) => headSha === sha).map(({ name }) => name),
    ]),
  ];

/** @throws ApiError 422 for an unknown ref, 409 for a conflict and for checks that have not passed */
export const createDeployment = async (
  stage: Stage,
  actor: Actor,
  repository: Repository,
  wish: Wish,
): Promise<{ readonly is: "created"; readonly deployment: Deployment } | { readonly is: "merged"; readonly into: string }> => {
  const sha = await repository.git.resolve(wish.ref);
  if (sha === null) throw new ApiError(422, `No ref found for: ${wish.ref}`);
  if (wish.autoMerge && (await mergeDefault(stage, actor, repository, wish.ref)) !== null) return { is: "merged", into: wish.ref };
  const checks = contextsOf(repository, sha, wish).map((name) => ({ name, appId: null }));
  if (unmetChecks(stage.world, repository, sha, checks).length > 0)
    throw new ApiError(409, `Conflict: Commit status checks failed for ${wish.ref}.`, [
      { resource: "Deployment", field: "required_contexts", code: "invalid" },
    ]);
  return { is: "created", deployment: await addDeployment(stage, actor, repository, { ...wish, sha, run: null }) };
};

export const addDeployment = async (
  stage: Stage,
  actor: Actor,
  repository: Repository,
  {
    ref,
    sha,
    task,
    payload,
    environment,
    description,
    isTransient,
    isProduction,
    run,
  }: Omit<Wish, "autoMerge" | "requiredContexts"> & Pick<Deployment, "sha" | "run">,
): Promise<Deployment> => {
  const now = stage.world.now();
  const what = { ref, sha, task, payload, environment, description, isTransient, isProduction, run };
  const deployment: Deployment = { id: stage.world.nextId(), ...what, creator: actor.user, statuses: [], createdAt: now, updatedAt: now };
  environmentNamed(stage, repository, environment);
  repository.deployments.set(deployment.id, deployment);
  await stage.emit(repository, actor, { is: "deployment", action: "created", deployment });
  return deployment;
};

/** `inactive` is told to nobody. */
const addStatus = async (
  stage: Stage,
  actor: Actor,
  repository: Repository,
  deployment: Deployment,
  fields: Omit<DeploymentStatus, "id" | "creator" | "at">,
): Promise<DeploymentStatus> => {
  const status: DeploymentStatus = { id: stage.world.nextId(), ...fields, creator: actor.user, at: stage.world.now() };
  deployment.statuses.push(status);
  deployment.updatedAt = status.at;
  if (status.state !== "inactive") await stage.emit(repository, actor, { is: "deployment status", action: "created", deployment, status });
  return status;
};

/** Older ones of the same environment that succeeded are over: but for transient and production environments. */
const endOlder = async (stage: Stage, actor: Actor, repository: Repository, newest: Deployment, environment: string): Promise<void> => {
  for (const other of repository.deployments.values()) {
    const last = other.statuses.at(-1);
    if (other === newest || other.isTransient || other.isProduction || (last?.environment ?? other.environment) !== environment) continue;
    if (last?.state !== "success") continue;
    await addStatus(stage, actor, repository, other, {
      state: "inactive",
      description: "",
      environment,
      environmentUrl: last.environmentUrl,
      logUrl: last.logUrl,
    });
  }
};

/** @throws ApiError 422 for a description that is too long */
export const createDeploymentStatus = async (
  stage: Stage,
  actor: Actor,
  repository: Repository,
  deployment: Deployment,
  { endsOlder, ...fields }: Parameters<Operations["createDeploymentStatus"]>[3],
): Promise<DeploymentStatus> => {
  if (Array.from(fields.description).length > DESCRIPTION_LIMIT)
    throw new ApiError(422, "Validation Failed", [
      {
        resource: "DeploymentStatus",
        field: "description",
        code: "custom",
        message: `description is too long (maximum is ${String(DESCRIPTION_LIMIT)} characters)`,
      },
    ]);
  const status = await addStatus(stage, actor, repository, deployment, fields);
  if (endsOlder && fields.state === "success") await endOlder(stage, actor, repository, deployment, fields.environment);
  return status;
};

/** @throws ApiError 422 for one that is active, unless it is the only one */
export const deleteDeployment = (_stage: Stage, _actor: Actor, { deployments }: Repository, deployment: Deployment): Promise<void> => {
  const isActive = deployment.statuses.length > 0 && deployment.statuses.at(-1)?.state !== "inactive";
  if (isActive && deployments.size > 1)
    throw new ApiError(422, "We cannot delete an active deployment unless it is the only deployment in a given environment.");
  deployments.delete(deployment.id);
  return Promise.resolve();
};
