import type { KeepReleasePullRequest, Plan } from "../model/plan.ts";

/** The pull requests that a plan would keep, in its order. */
export function pullRequestsOf({ actions }: Plan): KeepReleasePullRequest[] {
  return actions.filter((action) => action.kind === "keep-release-pull-request");
}
