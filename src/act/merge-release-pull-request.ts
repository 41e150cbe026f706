// Merges exactly the head that every gate was open for: GitHub refuses when the branch has moved on.
import { Refused } from "../model/errors.ts";
import type { MergeReleasePullRequest } from "../model/plan.ts";
import type { Place } from "./place.ts";
import { mutate } from "./mutation.ts";

const METHODS = ["merge", "squash", "rebase"] as const;

/** @throws Refused when no method that the repository allows is left, or a rule forbids the merge; Stale by the next look when the head moved */
export async function mergeReleasePullRequest({ pullRequest, method }: MergeReleasePullRequest, { github }: Place): Promise<void> {
  const methods = method === null ? METHODS : [method];
  for (const [index, one] of methods.entries()) {
    try {
      const input = { pullRequestId: pullRequest.id, expectedHeadOid: pullRequest.headSha, mergeMethod: one.toUpperCase() };
      await mutate(github, [{ field: "mergePullRequest", input, wanted: "pullRequest { number }" }]);
      return;
    } catch (error) {
      // A refused method has changed nothing, so the next one may be tried.
      const isNotAllowed = error instanceof Refused && /not allowed/i.test(error.reason);
      if (!isNotAllowed || index === methods.length - 1) throw error;
    }
  }
}
