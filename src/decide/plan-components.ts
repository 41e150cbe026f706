// Every component's plan. In one joint pull request the releases build on each other: a later edit starts from the text
// that an earlier one left, and a chart whose requirement is raised is released with the chart it requires.
import type { Facts, Said } from "../model/agreement.ts";
import type { Change } from "../model/change.ts";
import type { ComponentPlan } from "../model/plan.ts";
import type { Playbook } from "../model/playbook.ts";
import type { FileState, Range, Snapshot } from "../model/snapshot.ts";
import { readUnreleased, type UnreleasedItem } from "./changelog/index.ts";
import { bareChange, changeReader, type ComponentChanges } from "./changes/index.ts";
import type { Component } from "./components.ts";
import type { Repository } from "./repository.ts";
import { type Planned, planComponent, planRetired } from "./plan-component.ts";
import { isProposed } from "./proposed.ts";
import { followedReleases } from "./rollout/followed.ts";
import { tagTroubles, type TagTrouble } from "./rollout/tag-watch.ts";
import { WHOLE_REPOSITORY } from "./whole-repository.ts";
import type { VersionTag } from "./versions/index.ts";
import { pathIn } from "./wanted-files.ts";

type Heard = {
  /** What people said about a line, by commands and ticks. */
  readonly factsOf: (line: string) => Facts;
  /** The same about one release that is under way: on its pull request, and on the desk since it was begun. */
  readonly factsOfRelease: (pullRequest: number | null, line: string) => Facts;
  /** The last accepted `/release plan` in a conversation, by the node id of its issue or pull request. */
  readonly planAsked: (subjectId: string) => Said | null;
};

export type Everything = Repository &
  Heard & {
    /** Tags that somebody moved or deleted after their release. */ readonly troubles: readonly TagTrouble[];
    /** What changed in a component since its last release. */ readonly changes: (component: Component) => ComponentChanges;
  };

/** Messages are read once for all that ask what changed. */
export function everythingOf({ components, tags, playbook, snapshot }: Repository, { factsOf, factsOfRelease, planAsked }: Heard): Everything {
  const repository = { components, tags, playbook, snapshot };
  const { hosted } = snapshot;
  const troubles = hosted === null ? [] : tagTroubles(repository, hosted, followedReleases(repository, hosted));
  return { ...repository, factsOf, factsOfRelease, planAsked, troubles, changes: changesReader(repository) };
}

/** In the order of `components`. */
export function planComponents(everything: Everything): Planned[] {
  const { components, playbook, snapshot, changes } = everything;
  if (playbook.release.pullRequest.per === "component") return components.map((component) => planOne(component, changes(component), everything));
  let left = snapshot;
  const planned = new Map<string, Planned>();
  const release = (component: Component, found: ComponentChanges): void => {
    const one = planOne(component, found, { ...everything, snapshot: left });
    planned.set(component.path, one);
    // What is not proposed is not in the pull request: nothing may build on it.
    if (isProposed(one.plan)) left = withEdits(left, one.plan);
  };
  for (const component of components) release(component, changes(component));
  const raised = new Set<string>();
  for (let next = raisedBy(components, planned, raised); next !== null; next = raisedBy(components, planned, raised)) {
    raised.add(next.component.path);
    const found = changes(next.component);
    release(next.component, { ...found, changes: [requirement(next.by, snapshot), ...found.changes] });
  }
  return components.flatMap(({ path }) => planned.get(path) ?? []);
}

/** A component that is not released although its chart's requirement is raised by one that is; each is answered once. */
function raisedBy(
  components: readonly Component[],
  planned: ReadonlyMap<string, Planned>,
  done: ReadonlySet<string>,
): { readonly component: Component; readonly by: ComponentPlan } | null {
  for (const { plan, dependents } of planned.values()) {
    if (!isProposed(plan)) continue;
    const path = dependents.find((one) => !done.has(one) && planned.get(one)?.plan.decision !== "release");
    const component = components.find((one) => one.path === path);
    if (component !== undefined) return { component, by: plan };
  }
  return null;
}

function requirement({ name, version }: ComponentPlan, { head }: Snapshot): Change {
  return { ...bareChange(head.sha, `require ${name} ${version ?? ""}`), type: "fix", effect: "patch", because: `requires ${name}, which is released with it` };
}

function withEdits(snapshot: Snapshot, { files }: ComponentPlan): Snapshot {
  if (files.length === 0) return snapshot;
  const states = new Map<string, FileState>(snapshot.files);
  for (const { path, after } of files) states.set(path, { is: "text", text: after });
  return { ...snapshot, files: states };
}

function planOne(component: Component, found: ComponentChanges, everything: Everything): Planned {
  const { tags, playbook, snapshot } = everything;
  const releases = tags.releases.get(component.name) ?? [];
  if (!component.isPresent) return { plan: planRetired({ component, previous: releases[0] ?? null }), dependents: [] };
  const asked = versionAsked(component, everything);
  return planComponent({ component, playbook, snapshot, tags, previous: releaseAt(releases, rangeOf(component, snapshot)), found, asked });
}

/** Said for the component itself, or on the pull request that releases all of them. */
function versionAsked({ name }: Component, { factsOf, playbook }: Everything): Facts["version"] {
  const own = factsOf(name).version;
  return own === null && playbook.release.pullRequest.per === "repository" ? factsOf(WHOLE_REPOSITORY).version : own;
}

/** What changed in a component since its last release, read from a range once however many components share it. */
export function changesReader({ components, playbook, snapshot }: Omit<Repository, "tags">): (component: Component) => ComponentChanges {
  const read = changeReader(playbook);
  const known = new Map<Component, ComponentChanges>();
  return (component) => {
    const before = known.get(component);
    if (before !== undefined) return before;
    const { name, path } = component;
    const commits = component.isPresent ? rangeOf(component, snapshot).commits : [];
    const others = components.filter((other) => other !== component && other.isPresent).map((other) => other.path);
    const changes = read({ commits, component: { name, path, others }, unreleased: unreleasedItems(component, playbook, snapshot) });
    known.set(component, changes);
    return changes;
  };
}

function rangeOf({ name }: Component, snapshot: Snapshot): Range {
  const range = snapshot.ranges.get(name);
  if (range === undefined) throw new Error(`Bug: the commits of ${name} were never asked for`);
  return range;
}

function releaseAt(releases: readonly VersionTag[], { since }: Range): VersionTag | null {
  return since === null ? null : (releases.find(({ tag }) => tag.name === since.name) ?? null);
}

/** None unless the changelog decides. A placeholder is not an item: nobody has written anything there. */
function unreleasedItems(component: Component, { versioning, changelog }: Playbook, snapshot: Snapshot): readonly UnreleasedItem[] {
  if (versioning.source !== "changelog" || changelog.file === null) return [];
  const path = pathIn(changelog.file, component);
  const state = snapshot.files.get(path);
  if (state?.is !== "text") return [];
  const { items } = readUnreleased(state.text, path);
  const { reject } = changelog;
  return reject === null ? items : items.filter(({ text }) => !text.includes(reject));
}
