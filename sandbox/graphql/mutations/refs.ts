// Mutations of refs. `updateRefs` is atomic and compares before it swaps.
import type { CreateRefInput, DeleteRefInput, UpdateRefInput, UpdateRefsInput } from "@octokit/graphql-schema";
import type { RefUpdate } from "../../git/types.ts";
import { ApiError, type Repository } from "../../world/types.ts";
import type { Context, Fields } from "../context.ts";
import { Refusal } from "../errors.ts";
import { nodeOfType } from "../nodes.ts";
import { refThing } from "../things.ts";
import { mutation, repositoryOf } from "./mutation.ts";

const NOTHING = "0".repeat(40);

const isStale = (repository: Repository, { name, before }: RefUpdate): boolean => before !== undefined && (repository.git.refs().get(name) ?? null) !== before;

/** Moves refs; one that stands elsewhere than expected makes it STALE_DATA, and none is moved. */
export const moveRefs = async (
  { operations, actor }: Context,
  repository: Repository,
  updates: readonly (RefUpdate & { readonly force: boolean })[],
): Promise<void> => {
  try {
    await operations.updateRefs(actor, repository, updates);
  } catch (error) {
    const stale = error instanceof ApiError && error.status === 422 ? updates.find((update) => isStale(repository, update)) : undefined;
    if (stale === undefined) throw error;
    if (updates.length === 1 && stale.before === null) throw new Refusal("UNPROCESSABLE", `A ref named "${stale.name}" already exists in the repository.`);
    throw new Refusal("STALE_DATA", `Expected ${stale.name} to point to ${stale.before ?? "nothing"} but it did not. Pull and try again.`);
  }
};

/** Zeros stand for no ref at all. */
const shaOrNull = (oid: string): string | null => (oid === NOTHING ? null : oid);

export const refMutations: Fields<unknown> = {
  createRef: mutation(async ({ repositoryId, name, oid }: CreateRefInput, context) => {
    const repository = await repositoryOf(context, repositoryId);
    if (!name.startsWith("refs/")) throw new Refusal("UNPROCESSABLE", `${name} is not a valid ref name.`);
    await moveRefs(context, repository, [{ name, before: null, after: oid, force: false }]);
    return { ref: refThing(repository, name) };
  }),
  updateRef: mutation(async ({ refId, oid, force }: UpdateRefInput, context) => {
    const { repository, prefix, name } = await nodeOfType(context, refId, ["Ref"]);
    await moveRefs(context, repository, [{ name: `${prefix}${name}`, after: oid, force: force ?? false }]);
    return { ref: refThing(repository, `${prefix}${name}`) };
  }),
  deleteRef: mutation(async ({ refId }: DeleteRefInput, context) => {
    const { repository, prefix, name } = await nodeOfType(context, refId, ["Ref"]);
    await moveRefs(context, repository, [{ name: `${prefix}${name}`, after: null, force: true }]);
    return {};
  }),
  updateRefs: mutation(async ({ repositoryId, refUpdates }: UpdateRefsInput, context) => {
    const repository = await repositoryOf(context, repositoryId);
    const updates = refUpdates.map(({ name, beforeOid, afterOid, force }) => ({
      name,
      after: shaOrNull(afterOid),
      force: force ?? false,
      ...(typeof beforeOid === "string" ? { before: shaOrNull(beforeOid) } : {}),
    }));
    await moveRefs(context, repository, updates);
    return {};
  }),
};
