// Mutations of issues.
import type { CloseIssueInput, CreateIssueInput, ReopenIssueInput, UpdateIssueInput } from "@octokit/graphql-schema";
import type { Milestone } from "../../world/types.ts";
import type { Context, Fields } from "../context.ts";
import { Refusal } from "../errors.ts";
import { nodeOfType } from "../nodes.ts";
import { issueThing } from "../things.ts";
import { labelsNamed, setLabels } from "./labels.ts";
import { actorOf, mutation, repositoryOf } from "./mutation.ts";

/** What is left out stays; null takes it away. */
export const milestoneNamed = async (context: Context, id: string | null | undefined): Promise<{ readonly milestone?: Milestone | null }> => {
  if (id === undefined) return {};
  return { milestone: id === null ? null : (await nodeOfType(context, id, ["Milestone"])).milestone };
};

/** Arguments that the stand-in would have to ignore are refused instead. */
export const refuseArguments = (input: Readonly<Record<string, unknown>>, names: readonly string[]): void => {
  const given = names.find((name) => input[name] !== undefined && input[name] !== null);
  if (given !== undefined) throw new Refusal("UNPROCESSABLE", `the stand-in does not know the argument ${given}`);
};

export const issueMutations: Fields<unknown> = {
  createIssue: mutation(async (input: CreateIssueInput, context) => {
    refuseArguments(input, ["assigneeIds", "issueTemplate", "parentIssueId", "projectIds"]);
    const repository = await repositoryOf(context, input.repositoryId);
    const labels = await labelsNamed(context, input.labelIds ?? []);
    const { milestone = null } = await milestoneNamed(context, input.milestoneId);
    const issue = await context.operations.openIssue(context.actor, repository, {
      title: input.title,
      body: input.body ?? null,
      labels: labels.map(({ name }) => name),
      milestone,
    });
    return { issue: issueThing(repository, issue) };
  }),
  updateIssue: mutation(async (input: UpdateIssueInput, context) => {
    refuseArguments(input, ["assigneeIds", "projectIds"]);
    const thing = await nodeOfType(context, input.id, ["Issue"]);
    await context.operations.editIssue(context.actor, thing.repository, thing.issue, {
      ...(typeof input.title === "string" ? { title: input.title } : {}),
      ...(typeof input.body === "string" ? { body: input.body } : {}),
      ...(input.state ? { state: input.state === "OPEN" ? "open" : "closed" } : {}),
      ...(await milestoneNamed(context, input.milestoneId)),
    });
    if (input.labelIds) await setLabels(context, thing, input.labelIds);
    return { issue: thing, actor: actorOf(context) };
  }),
  closeIssue: mutation(async (input: CloseIssueInput, context) => {
    refuseArguments(input, ["duplicateIssueId"]);
    const thing = await nodeOfType(context, input.issueId, ["Issue"]);
    await context.operations.editIssue(context.actor, thing.repository, thing.issue, { state: "closed" });
    return { issue: thing };
  }),
  reopenIssue: mutation(async ({ issueId }: ReopenIssueInput, context) => {
    const thing = await nodeOfType(context, issueId, ["Issue"]);
    await context.operations.editIssue(context.actor, thing.repository, thing.issue, { state: "open" });
    return { issue: thing };
  }),
};
