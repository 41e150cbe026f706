// The plan as a stable interface for programs: docs/reference/plan-json.md. Keys are only ever added.
import { createTwoFilesPatch } from "diff";
import type { ComponentPlan, FileEdit, Plan } from "../model/plan.ts";
import type { Problem } from "../model/problem.ts";
import { pullRequestsOf } from "./pull-requests.ts";

/** `schema` rises only when a key changes its meaning or goes. */
export function planAsJson(plan: Plan): object {
  return {
    schema: 1,
    head: plan.head,
    components: plan.components.map(componentAsJson),
    problems: plan.problems.map(problemAsJson),
    oddities: plan.oddities,
    notActedOn: plan.notActedOn,
    pullRequests: pullRequestsOf(plan).map(({ components, base, branch, title, labels, commitMessage, body, files }) => ({
      components,
      base,
      branch,
      title,
      labels,
      commitMessage,
      body,
      files: files.map(({ path }) => path),
    })),
  };
}

function componentAsJson(component: ComponentPlan): object {
  const {
    name,
    path,
    previous,
    decision,
    bump,
    version,
    tag,
    because,
    reasons,
    unparsed,
    files,
    changelog,
    notes,
    problems,
    candidates,
    nextCandidate,
    starts,
  } = component;
  return {
    name,
    path,
    previous,
    decision,
    bump,
    version,
    tag,
    because,
    reasons,
    unparsed,
    files: files.map((edit) => ({ path: edit.path, diff: unifiedDiff(edit) })),
    changelog,
    notes,
    candidates: candidates.map((candidate) => candidate.name),
    nextCandidate,
    starts: starts.workflows,
    problems: problems.map(problemAsJson),
  };
}

function problemAsJson({ message, path, line, column, hint, severity }: Problem): object {
  return { message, path, line, column, hint, severity };
}

/** A unified diff that `git apply` takes; a new file comes from /dev/null. */
export function unifiedDiff({ path, before, after }: FileEdit): string {
  return createTwoFilesPatch(before === null ? "/dev/null" : `a/${path}`, `b/${path}`, before ?? "", after, undefined, undefined, { context: 3 }).replace(
    /^=+\n/,
    "",
  );
}
