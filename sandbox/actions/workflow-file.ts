// A workflow file as far as the stand-in follows one: its names, what starts it, its inputs, its jobs and what their steps
// are called. Nothing runs here (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax).
import { parse } from "yaml";
import { z } from "zod";
import type { JobDefinition } from "../world/types.ts";

/** Patterns that must fit, and patterns that must not; null where the file has none. */
export type Filter = { readonly only: readonly string[] | null; readonly except: readonly string[] | null };
export type WorkflowInput = {
  readonly name: string;
  readonly isRequired: boolean;
  readonly usual: string | null;
  readonly type: "string" | "choice" | "boolean" | "number" | "environment";
  /** What a choice is between; empty for the other types. */
  readonly options: readonly string[];
};
type FileJob = { readonly id: string } & JobDefinition;
/** `types` null: GitHub's usual ones. */
export type WorkflowTriggers = {
  readonly push: { readonly branches: Filter; readonly tags: Filter; readonly paths: Filter } | null;
  readonly pullRequest: { readonly types: readonly string[] | null; readonly branches: Filter; readonly paths: Filter } | null;
  readonly release: { readonly types: readonly string[] | null } | null;
  readonly repositoryDispatch: { readonly types: readonly string[] | null } | null;
  readonly workflowRun: { readonly workflows: readonly string[]; readonly types: readonly string[] | null; readonly branches: Filter } | null;
  readonly mergeGroup: { readonly types: readonly string[] | null; readonly branches: Filter } | null;
  /** Each five fields of a crontab, in UTC. */
  readonly schedule: readonly string[] | null;
  readonly workflowDispatch: { readonly inputs: readonly WorkflowInput[] } | null;
};
export type WorkflowFile = {
  readonly name: string | null;
  readonly runName: string | null;
  readonly triggers: WorkflowTriggers;
  readonly concurrency: { readonly group: string; readonly cancelsRunning: boolean } | null;
  readonly jobs: readonly FileJob[];
};

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const words = z
  .union([scalar.transform((word) => [word]), z.array(scalar)])
  .nullish()
  .transform((list) => list ?? null);
const input = z
  .object({
    required: z.boolean().default(false),
    default: scalar.nullish(),
    type: z.enum(["string", "choice", "boolean", "number", "environment"]).default("string"),
    options: words,
  })
  .nullable()
  .transform((given) => given ?? { required: false, default: null, type: "string" as const, options: null });
const options = z
  .object({
    types: words,
    workflows: words,
    branches: words,
    "branches-ignore": words,
    tags: words,
    "tags-ignore": words,
    paths: words,
    "paths-ignore": words,
    inputs: z.record(z.string(), input).nullish(),
  })
  .nullable()
  .transform((given) => given ?? NO_OPTIONS);
const NO_OPTIONS = {
  types: null,
  workflows: null,
  branches: null,
  "branches-ignore": null,
  tags: null,
  "tags-ignore": null,
  paths: null,
  "paths-ignore": null,
  inputs: null,
};
const named = (events: readonly string[]): Record<string, unknown> => Object.fromEntries(events.map((event) => [event, null]));
const events = z.union([z.string().transform((event) => named([event])), z.array(z.string()).transform(named), z.record(z.string(), z.unknown())]);
const step = z.object({ name: scalar.nullish(), uses: scalar.nullish(), run: scalar.nullish() });
const environment = z
  .union([scalar, z.object({ name: scalar }).transform(({ name }) => name)])
  .nullish()
  .transform((name) => name ?? null);
const job = z.object({ environment, name: scalar.nullish(), "runs-on": z.union([words, z.unknown().transform(() => null)]), steps: z.array(step).nullish() });
const concurrency = z
  .union([
    scalar.transform((group) => ({ group, cancelsRunning: false })),
    z
      .object({ group: scalar, "cancel-in-progress": z.unknown() })
      .transform((given) => ({ group: given.group, cancelsRunning: given["cancel-in-progress"] === true })),
  ])
  .nullish()
  .transform((given) => given ?? null);
const schedule = z.array(z.object({ cron: z.string() })).catch([]);
const workflow = z.object({ concurrency, name: scalar.nullish(), "run-name": scalar.nullish(), on: events, jobs: z.record(z.string(), job) });

const inputsOf = (given: Readonly<Record<string, z.output<typeof input>>>): WorkflowInput[] =>
  Object.entries(given).map(([name, { required, default: usual = null, type, options }]) => ({
    name,
    isRequired: required,
    usual,
    type,
    options: options ?? [],
  }));

const triggersOf = (on: Readonly<Record<string, unknown>>): WorkflowTriggers => {
  const given = (event: string): z.output<typeof options> | null => (Object.hasOwn(on, event) ? options.parse(on[event]) : null);
  const [workflowRun, mergeGroup] = [given("workflow_run"), given("merge_group")];
  const [push, pullRequest, release] = [given("push"), given("pull_request"), given("release")];
  const [repositoryDispatch, workflowDispatch] = [given("repository_dispatch"), given("workflow_dispatch")];
  return {
    push: push && {
      branches: { only: push.branches, except: push["branches-ignore"] },
      tags: { only: push.tags, except: push["tags-ignore"] },
      paths: { only: push.paths, except: push["paths-ignore"] },
    },
    pullRequest: pullRequest && {
      types: pullRequest.types,
      branches: { only: pullRequest.branches, except: pullRequest["branches-ignore"] },
      paths: { only: pullRequest.paths, except: pullRequest["paths-ignore"] },
    },
    release: release && { types: release.types },
    repositoryDispatch: repositoryDispatch && { types: repositoryDispatch.types },
    workflowRun: workflowRun && {
      workflows: workflowRun.workflows ?? [],
      types: workflowRun.types,
      branches: { only: workflowRun.branches, except: workflowRun["branches-ignore"] },
    },
    mergeGroup: mergeGroup && { types: mergeGroup.types, branches: { only: mergeGroup.branches, except: mergeGroup["branches-ignore"] } },
    schedule: Object.hasOwn(on, "schedule") ? schedule.parse(on["schedule"]).map(({ cron }) => cron) : null,
    workflowDispatch: workflowDispatch && { inputs: inputsOf(workflowDispatch.inputs ?? {}) },
  };
};

/** Without a name a step is called after what it does. */
const stepName = ({ name, uses, run }: z.output<typeof step>): string => name ?? `Run ${uses ?? (run ?? "").trim().split("\n", 1)[0]}`;

/** Null for what is no YAML or no workflow: GitHub shows such a file as broken and starts nothing of it. */
export const readWorkflow = (text: string): WorkflowFile | null => {
  try {
    const { name = null, "run-name": runName = null, on, jobs, concurrency: group } = workflow.parse(parse(text));
    return {
      name,
      runName,
      triggers: triggersOf(on),
      concurrency: group,
      jobs: Object.entries(jobs).map(([id, job]) => ({
        id,
        name: job.name ?? id,
        labels: job["runs-on"] ?? [],
        steps: (job.steps ?? []).map(stepName),
        environment: job.environment,
      })),
    };
  } catch {
    return null;
  }
};
