// Mutations of labels, on their own and on issues and pull requests.
import type { AddLabelsToLabelableInput, CreateLabelInput, RemoveLabelsFromLabelableInput } from "@octokit/graphql-schema";
import type { Label } from "../../world/types.ts";
import type { Context, Fields } from "../context.ts";
import { nodeOfType } from "../nodes.ts";
import { labelThing, type IssueThing, type PullRequestThing } from "../things.ts";
import { mutation, repositoryOf } from "./mutation.ts";

export const labelsNamed = (context: Context, ids: readonly string[]): Promise<readonly Label[]> =>
  Promise.all(ids.map(async (id) => (await nodeOfType(context, id, ["Label"])).label));

const add = (context: Context, { repository, issue }: IssueThing | PullRequestThing, labels: readonly Label[]): Promise<void> =>
  context.operations.addLabels(
    context.actor,
    repository,
    issue,
    labels.map(({ name }) => name),
  );

const remove = async (context: Context, { repository, issue }: IssueThing | PullRequestThing, labels: readonly Label[]): Promise<void> => {
  for (const label of labels) if (issue.labels.includes(label)) await context.operations.removeLabel(context.actor, repository, issue, label.name);
};

/** Exactly these labels, as `labelIds` of an update means them. */
export const setLabels = async (context: Context, thing: IssueThing | PullRequestThing, ids: readonly string[]): Promise<void> => {
  const wanted = await labelsNamed(context, ids);
  await remove(
    context,
    thing,
    thing.issue.labels.filter((label) => !wanted.includes(label)),
  );
  await add(context, thing, wanted);
};

export const labelMutations: Fields<unknown> = {
  createLabel: mutation(async ({ repositoryId, name, color, description }: CreateLabelInput, context) => {
    const repository = await repositoryOf(context, repositoryId);
    const label = await context.operations.createLabel(context.actor, repository, { name, color, description: description ?? null });
    return { label: labelThing(repository, label) };
  }),
  addLabelsToLabelable: mutation(async ({ labelableId, labelIds }: AddLabelsToLabelableInput, context) => {
    const labelable = await nodeOfType(context, labelableId, ["Issue", "PullRequest"]);
    await add(context, labelable, await labelsNamed(context, labelIds));
    return { labelable };
  }),
  removeLabelsFromLabelable: mutation(async ({ labelableId, labelIds }: RemoveLabelsFromLabelableInput, context) => {
    const labelable = await nodeOfType(context, labelableId, ["Issue", "PullRequest"]);
    await remove(context, labelable, await labelsNamed(context, labelIds));
    return { labelable };
  }),
};
