// Which release pull requests are called for: one a component, or one for all, as the playbook says.
import type { ComponentPlan } from "../../model/plan.ts";
import type { Playbook } from "../../model/playbook.ts";
import type { Component } from "../components.ts";
import { fill } from "../fill.ts";
import type { Planned } from "../plan-component.ts";
import { isProposed } from "../proposed.ts";
import { WHOLE_REPOSITORY } from "../whole-repository.ts";

export type Proposal = {
  /** A component's name, or `*`. */
  readonly line: string;
  readonly plans: readonly ComponentPlan[];
  readonly branch: string;
  readonly title: string;
  /** Whether a title is one that the app would have written for some version: then no person wrote it. */
  readonly isOwnTitle: (title: string) => boolean;
  readonly commitMessage: string;
};

export function proposalsOf(planned: readonly Planned[], components: readonly Component[], { release }: Playbook): Proposal[] {
  const proposed = planned.filter(({ plan }) => isProposed(plan));
  if (release.pullRequest.per === "component") return proposed.map((one) => proposal(one.plan.name, [one], components, release));
  return proposed.length === 0 ? [] : [proposal(WHOLE_REPOSITORY, proposed, components, release)];
}

function proposal(line: string, group: readonly Planned[], components: readonly Component[], { pullRequest }: Playbook["release"]): Proposal {
  const plans = group.map(({ plan }) => plan);
  const subject = named(pullRequest.commit, plans);
  return {
    line,
    plans,
    branch: named(pullRequest.branch, plans),
    title: named(pullRequest.title, plans),
    isOwnTitle: titleTest(pullRequest.title, plans),
    commitMessage: [subject, ...group.flatMap((one) => requirements(one, plans, components))].join("\n\n"),
  };
}

function titleTest(template: string, plans: readonly ComponentPlan[]): (title: string) => boolean {
  // No version holds a tab, so what is on both sides of it is the text of the template.
  const unversioned = plans.map((plan) => ({ ...plan, version: "\t", tag: "\t" }));
  const parts = named(template, unversioned).split("\t");
  const [before = "", after] = parts;
  if (after === undefined || parts.length > 2) return (title) => title === named(template, plans);
  return (title) => title.startsWith(before) && title.endsWith(after) && /^\S+$/.test(title.slice(before.length, title.length - after.length));
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
