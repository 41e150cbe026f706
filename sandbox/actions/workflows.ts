// The workflows of a repository: the files at a commit, and what GitHub remembers of each path.
import { remembered } from "../git/remember.ts";
import type { Sha } from "../git/types.ts";
import type { Stage } from "../world/events.ts";
import { type Actor, ApiError, type Repository, type Workflow, type World } from "../world/types.ts";
import { readWorkflow, type WorkflowFile } from "./workflow-file.ts";

const FOLDER = ".github/workflows";
const IS_WORKFLOW = /\.ya?ml$/u;

/** A file says the same wherever it stands. */
const readOnce = remembered((text: string) => Promise.resolve(readWorkflow(text)), 100);

export type FoundWorkflow = { readonly path: string; readonly file: WorkflowFile };

/** Sorted by path. Files that are no workflow are left out: they start nothing. */
export const workflowFilesAt = async ({ git }: Repository, sha: Sha): Promise<readonly FoundWorkflow[]> => {
  const folder = await git.entry(sha, FOLDER);
  const entries = folder?.type === "tree" ? ((await git.tree(folder.sha)) ?? []) : [];
  const files = entries.filter(({ type, path }) => type === "blob" && IS_WORKFLOW.test(path));
  const read = await Promise.all(
    files.map(async ({ path, sha }) => ({ path: `${FOLDER}/${path}`, file: await readOnce(String((await git.blob(sha)) ?? "")) })),
  );
  return read.flatMap(({ path, file }) => (file === null ? [] : [{ path, file }])).sort((one, other) => (one.path < other.path ? -1 : 1));
};

/** The workflow of that path, remembered from now on, with the name that the file gives it. */
export const rememberWorkflow = (world: World, { actions }: Repository, { path, file }: FoundWorkflow): Workflow => {
  const name = file.name ?? path;
  const known = actions.workflows.get(path);
  if (known === undefined) {
    const workflow: Workflow = { id: world.nextId(), path, name, isDisabled: false, createdAt: world.now(), updatedAt: world.now() };
    actions.workflows.set(path, workflow);
    return workflow;
  }
  if (known.name !== name) {
    known.name = name;
    known.updatedAt = world.now();
  }
  return known;
};

/** Those of the default branch, which are the ones that can be dispatched. */
export const dispatchableWorkflows = async (world: World, repository: Repository): Promise<readonly Workflow[]> => {
  const head = repository.git.refs().get(`refs/heads/${repository.defaultBranch}`);
  const found = head === undefined ? [] : await workflowFilesAt(repository, head);
  return found.map((one) => rememberWorkflow(world, repository, one));
};

/** Those of the default branch, and others that have run. */
export const knownWorkflows = async (world: World, repository: Repository): Promise<readonly Workflow[]> => {
  await dispatchableWorkflows(world, repository);
  return [...repository.actions.workflows.values()];
};

/** `name` is an id or the name of a file; null when there is no such workflow. */
export const workflowNamed = async (world: World, repository: Repository, name: string): Promise<Workflow | null> => {
  const workflows = await knownWorkflows(world, repository);
  return workflows.find(({ id, path }) => String(id) === name || path === name || path === `${FOLDER}/${name}`) ?? null;
};

/** @throws ApiError 403 for one that is as it should become */
export const setWorkflowDisabled = ({ world }: Stage, _actor: Actor, _repository: Repository, workflow: Workflow, isDisabled: boolean): Promise<void> => {
  if (workflow.isDisabled === isDisabled)
    throw new ApiError(403, `Unable to ${isDisabled ? "disable this workflow as it is not active" : "enable this workflow as it is active"}.`);
  workflow.isDisabled = isDisabled;
  workflow.updatedAt = world.now();
  return Promise.resolve();
};
