// A branch of this app or a tag that moves along, put on another commit.
import type { Sha } from "../model/snapshot.ts";
import type { Mutation } from "./mutation.ts";

const NO_COMMIT = "0".repeat(40);

/**
 * Compare-and-swap: somebody who pushed meanwhile is not overwritten.
 * @param name `refs/heads/...` or `refs/tags/...`
 * @param before what the ref itself holds; null: it does not exist
 */
export function moveRef(repositoryNodeId: string, name: string, before: Sha | null, after: Sha): Mutation {
  return {
    field: "updateRefs",
    input: { repositoryId: repositoryNodeId, refUpdates: [{ name, beforeOid: before ?? NO_COMMIT, afterOid: after, force: true }] },
    wanted: "clientMutationId",
  };
}
