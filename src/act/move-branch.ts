// A branch of this app put on another commit.
import type { Sha } from "../model/snapshot.ts";
import type { Mutation } from "./mutation.ts";

const NO_COMMIT = "0".repeat(40);

/** Compare-and-swap: somebody who pushed meanwhile is not overwritten. @param before null: the branch does not exist */
export function moveBranchTo(repositoryNodeId: string, branch: string, before: Sha | null, after: Sha): Mutation {
  return {
    field: "updateRefs",
    input: { repositoryId: repositoryNodeId, refUpdates: [{ name: `refs/heads/${branch}`, beforeOid: before ?? NO_COMMIT, afterOid: after, force: true }] },
    wanted: "clientMutationId",
  };
}
