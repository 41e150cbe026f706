// Before the tag: which workflows a release would start, and what would go wrong with them. Nothing is started by it.
import type { Playbook } from "../../model/playbook.ts";
import type { Problem } from "../../model/problem.ts";
import type { Snapshot } from "../../model/snapshot.ts";
import type { Component } from "../components.ts";
import type { Planned } from "../plan-component.ts";
import { isPrerelease } from "../versions/index.ts";
import { dispatchProblems } from "./dispatches.ts";
import { changedAndNotListed, imageListPath, readReleaseImages, type ReleaseImages } from "./release-images.ts";
import { startsOf } from "./starts.ts";
import { readWorkflows, type Workflow, workflowPaths } from "./workflows.ts";

export { contextFolders, foldersTogether } from "./release-images.ts";

export type Automation = {
  readonly workflows: readonly Workflow[];
  /** Null when the repository has no such list. */
  readonly images: ReleaseImages | null;
  /** Warnings that hold for every release. */
  readonly problems: readonly Problem[];
};

/** The files to read at the head. */
export function automationFiles(tree: ReadonlySet<string>): readonly string[] {
  const images = imageListPath(tree);
  return [...workflowPaths(tree), ...(images === null ? [] : [images])];
}

export function readAutomation(playbook: Playbook, snapshot: Snapshot): Automation {
  const { workflows, problems } = readWorkflows(snapshot);
  const images = readReleaseImages(snapshot);
  return {
    workflows,
    images: images === null ? null : images.images,
    problems: [...problems, ...dispatchProblems(playbook, workflows), ...(images === null ? [] : images.problems)],
  };
}

type Repository = { readonly components: readonly Component[]; readonly playbook: Playbook; readonly snapshot: Snapshot };

/** The same plans; those of a release say what it starts, and have what would go wrong among their problems. */
export function withStarts(planned: readonly Planned[], automation: Automation, { components, playbook, snapshot }: Repository): readonly Planned[] {
  return planned.map((one) => {
    const { plan } = one;
    const { tag, version, nextCandidate } = plan;
    const component = components.find(({ name }) => name === plan.name);
    if (plan.decision !== "release" || tag === null || version === null || component === undefined) return one;
    const release = { tag, isPrerelease: isPrerelease(version), candidate: nextCandidate };
    const { workflows, problems } = startsOf(release, automation.workflows, playbook.artifacts);
    const own = [...problems, ...(automation.images === null ? [] : changedAndNotListed(component, components, automation.images, snapshot))];
    return { ...one, plan: { ...plan, problems: [...plan.problems, ...own], starts: { workflows, warnings: [...own, ...automation.problems] } } };
  });
}
