// Whether labels speak for a whole release: only when every pull request in it carries one of them.
import type { Change } from "../../model/change.ts";
import type { PullRequest } from "../../model/snapshot.ts";

/** Each once, in the order of the changes. */
export function pullRequestsIn(changes: readonly Change[]): readonly PullRequest[] {
  return [...new Map(changes.flatMap(({ pullRequest }) => (pullRequest === null ? [] : [[pullRequest.number, pullRequest] as const]))).values()];
}

/** False when there is no pull request at all: nothing was labelled. In any case. */
export function isCarriedByAll(labels: readonly string[], pullRequests: readonly Pick<PullRequest, "labels">[]): boolean {
  const wanted = new Set(labels.map((label) => label.toLowerCase()));
  return pullRequests.length > 0 && pullRequests.every((one) => one.labels.some((label) => wanted.has(label.toLowerCase())));
}
