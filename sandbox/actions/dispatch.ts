// Runs that somebody asks for: of one workflow at a branch or tag, or of all that listen to a `repository_dispatch`.
import type { Sha } from "../git/types.ts";
import type { Stage } from "../world/events.ts";
import { type Actor, ApiError, type Repository, type Workflow, type WorkflowRun } from "../world/types.ts";
import { createRun } from "./runs.ts";
import { startsOn } from "./triggers.ts";
import type { WorkflowInput } from "./workflow-file.ts";
import { dispatchableWorkflows, rememberWorkflow, workflowFilesAt } from "./workflows.ts";

export type WorkflowDispatch = { readonly ref: string; readonly inputs: Readonly<Record<string, unknown>> };
export type RepositoryDispatch = { readonly type: string; readonly payload: Readonly<Record<string, unknown>> };

const MOST_INPUTS = 25;
const LONGEST_TYPE = 100;
const MOST_KEYS = 10;
const MOST_PAYLOAD_BYTES = 64 * 1024;

const refuse = (message: string): ApiError => new ApiError(422, message);

/** A branch before a tag; no commit. */
const refNamed = ({ git }: Repository, ref: string): { readonly name: string; readonly full: string } | null => {
  const full = [ref, `refs/heads/${ref}`, `refs/tags/${ref}`].find((name) => /^refs\/(?:heads|tags)\//u.test(name) && git.refs().has(name));
  return full === undefined ? null : { name: full.replace(/^refs\/(?:heads|tags)\//u, ""), full };
};

const requirePossible = (input: WorkflowInput, value: string): void => {
  const { name, type, options } = input;
  if (type === "choice" && !options.includes(value)) throw refuse(`Provided value '${value}' for input '${name}' not in the list of allowed values`);
  if (type === "boolean" && value !== "true" && value !== "false") throw refuse(`Provided value '${value}' for input '${name}' is not a boolean`);
  if (type === "number" && (value.trim() === "" || Number.isNaN(Number(value)))) throw refuse(`Provided value '${value}' for input '${name}' is not a number`);
};

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** Every input of the file with its value: text, as a workflow sees it. @throws ApiError 422 */
const inputsFor = (declared: readonly WorkflowInput[], given: Readonly<Record<string, unknown>>): Record<string, string> => {
  const unknown = Object.keys(given).filter((name) => !declared.some((input) => input.name === name));
  if (unknown.length > 0) throw refuse(`Unexpected inputs provided: ${JSON.stringify(unknown)}`);
  return Object.fromEntries(
    declared.map((input) => {
      const { name, isRequired, usual, type, options } = input;
      const value = Object.hasOwn(given, name) ? textOf(given[name]) : usual;
      if (isRequired && (value === null || value === "")) throw refuse(`Required input '${name}' not provided`);
      if (value !== null && Object.hasOwn(given, name)) requirePossible(input, value);
      return [name, value ?? (type === "boolean" ? "false" : type === "choice" ? (options[0] ?? "") : "")];
    }),
  );
};

/** @throws ApiError 404 for a workflow that is not on the default branch, 422 for a ref or inputs that do not fit */
export const dispatchWorkflow = async (
  stage: Stage,
  actor: Actor,
  repository: Repository,
  workflow: Workflow,
  { ref, inputs }: WorkflowDispatch,
): Promise<WorkflowRun> => {
  const { git } = repository;
  if (!(await dispatchableWorkflows(stage.world, repository)).includes(workflow)) throw new ApiError(404, "Not Found");
  if (workflow.isDisabled) throw refuse("Cannot trigger a 'workflow_dispatch' on a disabled workflow");
  if (Object.keys(inputs).length > MOST_INPUTS) throw refuse(`you may only define up to ${MOST_INPUTS} \`inputs\` for a \`workflow_dispatch\` event`);
  const place = refNamed(repository, ref);
  const headSha = place === null ? null : await git.resolve(place.full);
  if (place === null || headSha === null) throw refuse(`No ref found for: ${ref}`);
  const found = (await workflowFilesAt(repository, headSha)).find(({ path }) => path === workflow.path);
  const declared = found?.file.triggers.workflowDispatch?.inputs;
  if (found === undefined || declared === undefined) throw refuse("Workflow does not have 'workflow_dispatch' trigger");
  const given = inputsFor(declared, inputs);
  const cause = { event: "workflow_dispatch", headSha, headBranch: place.name, given, title: found.file.name ?? workflow.path } as const;
  return createRun(stage, actor, repository, found, { ...cause, payload: { inputs: given, ref: place.full } });
};

const requireValid = ({ type, payload }: RepositoryDispatch): void => {
  if (type === "" || Array.from(type).length > LONGEST_TYPE) throw refuse(`Invalid request.\n\nevent_type must be 1 to ${LONGEST_TYPE} characters.`);
  if (Object.keys(payload).length > MOST_KEYS) throw refuse(`Invalid request.\n\nNo more than ${MOST_KEYS} properties are allowed in client_payload.`);
  if (Buffer.byteLength(JSON.stringify(payload)) >= MOST_PAYLOAD_BYTES) throw refuse("Invalid request.\n\nclient_payload is too large.");
};

/** Of the default branch's files, as they stand at its head; none may listen. @throws ApiError 422 */
export const dispatchRepository = async (stage: Stage, actor: Actor, repository: Repository, dispatch: RepositoryDispatch): Promise<readonly WorkflowRun[]> => {
  requireValid(dispatch);
  const { type, payload } = dispatch;
  const head: Sha | undefined = repository.git.refs().get(`refs/heads/${repository.defaultBranch}`);
  const runs: WorkflowRun[] = [];
  for (const found of head === undefined ? [] : await workflowFilesAt(repository, head)) {
    if (
      head === undefined ||
      rememberWorkflow(stage.world, repository, found).isDisabled ||
      !startsOn(found.file.triggers, { is: "repository_dispatch", type }, [])
    )
      continue;
    const cause = { event: "repository_dispatch", headSha: head, headBranch: repository.defaultBranch, given: payload, title: type } as const;
    runs.push(await createRun(stage, actor, repository, found, { ...cause, payload: { action: type, client_payload: payload } }));
  }
  return runs;
};
