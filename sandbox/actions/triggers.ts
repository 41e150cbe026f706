// Whether something that happened starts a workflow (https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows).
import { isSet, passes } from "./filter-patterns.ts";
import type { Filter, WorkflowTriggers } from "./workflow-file.ts";

/** `type` is the activity, or what a dispatch called itself. */
export type Happening =
  | { readonly is: "push"; readonly of: "branch" | "tag"; readonly name: string }
  | { readonly is: "pull_request"; readonly type: string; readonly base: string }
  | { readonly is: "workflow_run"; readonly type: string; readonly workflow: string; readonly branch: string }
  | { readonly is: "merge_group"; readonly type: string; readonly base: string }
  | { readonly is: "schedule"; readonly crons: readonly string[] }
  | { readonly is: "release" | "repository_dispatch"; readonly type: string };

const USUAL_OF_PULL_REQUESTS = ["opened", "synchronize", "reopened"];

const isOfType = (types: readonly string[] | null, type: string): boolean => types === null || types.includes(type);
const passesPaths = (filter: Filter, paths: readonly string[]): boolean => !isSet(filter) || paths.some((path) => passes(filter, path));

/** A file that filters only tags is not started by branches, and the other way round. Paths are not looked at for tags. */
const startsOnPush = (
  { branches, tags, paths }: NonNullable<WorkflowTriggers["push"]>,
  push: Happening & { readonly is: "push" },
  changed: readonly string[],
): boolean => {
  const [own, other] = push.of === "branch" ? [branches, tags] : [tags, branches];
  if (!isSet(own) && isSet(other)) return false;
  return passes(own, push.name) && (push.of === "tag" || passesPaths(paths, changed));
};

export const looksAtPaths = ({ push, pullRequest }: WorkflowTriggers): boolean => [push, pullRequest].some((event) => event !== null && isSet(event.paths));

/** `changed`: paths that the push or the pull request changes; nobody asks for them where `looksAtPaths` says no. */
export const startsOn = (triggers: WorkflowTriggers, happening: Happening, changed: readonly string[]): boolean => {
  const { push, pullRequest, release, repositoryDispatch, workflowRun, mergeGroup, schedule } = triggers;
  switch (happening.is) {
    case "push":
      return push !== null && startsOnPush(push, happening, changed);
    case "pull_request":
      return (
        pullRequest !== null &&
        isOfType(pullRequest.types ?? USUAL_OF_PULL_REQUESTS, happening.type) &&
        passes(pullRequest.branches, happening.base) &&
        passesPaths(pullRequest.paths, changed)
      );
    case "workflow_run":
      return (
        workflowRun !== null &&
        workflowRun.workflows.includes(happening.workflow) &&
        isOfType(workflowRun.types, happening.type) &&
        passes(workflowRun.branches, happening.branch)
      );
    case "merge_group":
      return mergeGroup !== null && isOfType(mergeGroup.types, happening.type) && passes(mergeGroup.branches, happening.base);
    case "schedule":
      return schedule?.some((cron) => happening.crons.includes(cron)) ?? false;
    case "release":
      return release !== null && isOfType(release.types, happening.type);
    case "repository_dispatch":
      return repositoryDispatch !== null && isOfType(repositoryDispatch.types, happening.type);
  }
};
