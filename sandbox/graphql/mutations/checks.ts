// Mutations of check runs.
import type { CheckAnnotationData, CheckRunOutput, CreateCheckRunInput, UpdateCheckRunInput } from "@octokit/graphql-schema";
import type { CheckRunFields } from "../../world/operations.ts";
import type { Annotation, CheckRun } from "../../world/types.ts";
import type { Fields } from "../context.ts";
import { Refusal } from "../errors.ts";
import { nodeOfType } from "../nodes.ts";
import { checkRunThing } from "../things.ts";
import { mutation, repositoryOf } from "./mutation.ts";

const LEVELS: Readonly<Record<CheckAnnotationData["annotationLevel"], Annotation["level"]>> = { NOTICE: "notice", WARNING: "warning", FAILURE: "failure" };
const STATUSES: Readonly<Partial<Record<string, CheckRun["status"]>>> = { QUEUED: "queued", IN_PROGRESS: "in_progress", COMPLETED: "completed" };

const annotationOf = ({ path, location, annotationLevel, message, title }: CheckAnnotationData): Annotation => ({
  path,
  startLine: location.startLine,
  endLine: location.endLine,
  startColumn: location.startColumn ?? null,
  endColumn: location.endColumn ?? null,
  level: LEVELS[annotationLevel],
  message,
  title: title ?? null,
});

const outputOf = ({ title, summary, text, annotations }: CheckRunOutput): NonNullable<CheckRunFields["output"]> => ({
  title,
  summary,
  text: text ?? null,
  annotations: (annotations ?? []).map(annotationOf),
});

const statusOf = (name: string): CheckRun["status"] => {
  const status = STATUSES[name];
  if (status === undefined) throw new Refusal("UNPROCESSABLE", `the stand-in does not know the status ${name} of a check run`);
  return status;
};

/** What is left out stays as it is. */
const fieldsOf = (input: Omit<CreateCheckRunInput, "name" | "headSha">): CheckRunFields => ({
  ...(typeof input.externalId === "string" ? { externalId: input.externalId } : {}),
  ...(typeof input.detailsUrl === "string" ? { detailsUrl: input.detailsUrl } : {}),
  ...(input.status ? { status: statusOf(input.status) } : {}),
  ...(input.conclusion ? { conclusion: input.conclusion.toLowerCase() } : {}),
  ...(typeof input.startedAt === "string" ? { startedAt: Date.parse(input.startedAt) } : {}),
  ...(typeof input.completedAt === "string" ? { completedAt: Date.parse(input.completedAt) } : {}),
  ...(input.output ? { output: outputOf(input.output) } : {}),
  ...(input.actions ? { actions: input.actions.map(({ label, description, identifier }) => ({ label, description, identifier })) } : {}),
});

export const checkMutations: Fields<unknown> = {
  createCheckRun: mutation(async (input: CreateCheckRunInput, context) => {
    const repository = await repositoryOf(context, input.repositoryId);
    const run = await context.operations.createCheckRun(context.actor, repository, input.headSha, { ...fieldsOf(input), name: input.name });
    return { checkRun: checkRunThing(repository, run) };
  }),
  updateCheckRun: mutation(async (input: UpdateCheckRunInput, context) => {
    const repository = await repositoryOf(context, input.repositoryId);
    const thing = await nodeOfType(context, input.checkRunId, ["CheckRun"]);
    if (thing.repository !== repository) throw new Refusal("NOT_FOUND", `Could not resolve to a node with the global id of '${input.checkRunId}'`);
    await context.operations.updateCheckRun(context.actor, repository, thing.run, {
      ...fieldsOf(input),
      ...(typeof input.name === "string" ? { name: input.name } : {}),
    });
    return { checkRun: thing };
  }),
};
