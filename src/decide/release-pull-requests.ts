// The pull requests that would carry the releases: one a component, or one for all, as the playbook says.
import type { Action, ComponentPlan, FileEdit } from "../model/plan.ts";
import type { Playbook } from "../model/playbook.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { Component } from "./components.ts";
import { fill } from "./fill.ts";
import type { Planned } from "./plan-component.ts";
import { isProposed } from "./proposed.ts";
import { releasePullRequestBody } from "./prose/release-pull-request.ts";

export function releasePullRequests(planned: readonly Planned[], components: readonly Component[], playbook: Playbook, snapshot: Snapshot): Action[] {
  const proposed = planned.filter(({ plan }) => isProposed(plan));
  const groups = playbook.release.pullRequest.per === "component" ? proposed.map((one) => [one]) : proposed.length === 0 ? [] : [proposed];
  return groups.map((group) => pullRequest(group, components, playbook, snapshot));
}

function pullRequest(group: readonly Planned[], components: readonly Component[], playbook: Playbook, snapshot: Snapshot): Action {
  const plans = group.map(({ plan }) => plan);
  const { branch, title, labels, commit } = playbook.release.pullRequest;
  const files = together(plans.flatMap((plan) => plan.files));
  const subject = named(commit, plans);
  return {
    kind: "keep-release-pull-request",
    components: plans.map(({ name }) => name),
    baseSha: snapshot.head.sha,
    base: snapshot.head.branch ?? snapshot.head.sha,
    branch: named(branch, plans),
    title: named(title, plans),
    body: releasePullRequestBody(plans, { playbook, head: snapshot.head.sha, repositoryUrl: snapshot.repository.url }),
    labels,
    commitMessage: [subject, ...group.flatMap((one) => requirements(one, plans, components))].join("\n\n"),
    files,
  };
}

/** Of several components no single name or version stands for all. */
function named(template: string, plans: readonly ComponentPlan[]): string {
  const [first] = plans;
  if (plans.length !== 1 || first === undefined) return template;
  const { name, path, version, tag } = first;
  return fill(template, { component: name, path, version: version ?? "", tag: tag ?? "" });
}

/**
 * A chart whose requirement was raised changes with this commit and has to be released itself. A typed paragraph says
 * so: it is read like any other when that chart's next release is planned.
 */
function requirements({ plan, dependents }: Planned, released: readonly ComponentPlan[], components: readonly Component[]): string[] {
  const inThisPullRequest = new Set(released.map(({ path }) => path));
  return dependents
    .filter((path) => !inThisPullRequest.has(path))
    .map((path) => `fix(${components.find((component) => component.path === path)?.name ?? path}): require ${plan.name} ${plan.version ?? ""}`);
}

/** Edits of one file by several components build on each other: from the text before the first to the text after the last. */
function together(edits: readonly FileEdit[]): FileEdit[] {
  const byPath = new Map<string, FileEdit>();
  for (const edit of edits) byPath.set(edit.path, { ...edit, before: (byPath.get(edit.path) ?? edit).before });
  return [...byPath.values()];
}
