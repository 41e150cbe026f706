// Release pull requests that were merged and are not released yet, found by ancestry: the commits since the last tag say
// which pull request brought them.
import type { Playbook } from "../../model/playbook.ts";
import type { Problem } from "../../model/problem.ts";
import type { FileState, Hosted, OwnPullRequest, Sha, Snapshot } from "../../model/snapshot.ts";
import type { Component } from "../components.ts";
import { locateValue, updateValue } from "../files/index.ts";
import { fill } from "../fill.ts";
import { notesFiles, pathIn } from "../wanted-files.ts";
import { type RecordedRelease, recordOf } from "../release-record.ts";

export type MergedRelease = {
  readonly component: Component;
  readonly release: RecordedRelease;
  readonly pullRequest: OwnPullRequest;
  /** Head of the base when it was last written. */
  readonly baseSha: Sha;
  /** Commit that the merge put on the base. */
  readonly sha: Sha;
};

/** Numbers of this app's pull requests among the unreleased commits. */
export function ownNumbers({ ranges, hosted }: Snapshot): readonly number[] {
  if (hosted === null) return [];
  const numbers = new Set<number>();
  for (const { commits } of ranges.values())
    for (const { pullRequest } of commits) if (pullRequest !== null && pullRequest.author === hosted.app.login) numbers.add(pullRequest.number);
  return [...numbers].toSorted((left, right) => left - right);
}

/** Oldest first within a component. One comes after the other: a later one waits until the one before it has its tag. */
export function mergedReleases(components: readonly Component[], snapshot: Snapshot, hosted: Hosted): MergedRelease[] {
  const tags = new Set(snapshot.tags.map(({ name }) => name));
  return components.flatMap((component): MergedRelease[] => {
    const commits = snapshot.ranges.get(component.name)?.commits ?? [];
    return commits.toReversed().flatMap(({ sha, pullRequest }): MergedRelease[] => {
      const merged = pullRequest === null ? undefined : hosted.merged.get(pullRequest.number);
      if (merged === undefined || merged.mergeSha !== sha || merged.base !== snapshot.head.branch) return [];
      const record = recordOf(merged);
      const release = record?.releases.find((one) => one.component === component.name);
      if (record === null || release === undefined || tags.has(release.tag)) return [];
      return [{ component, release, pullRequest: merged, baseSha: record.baseSha, sha }];
    });
  });
}

/** Files at the merged commit that have to be read before it is tagged: what was reviewed has to be in them, and its notes start from one. */
export function filesToCheck({ component, sha }: MergedRelease, playbook: Playbook): { readonly sha: Sha; readonly path: string }[] {
  const { versioning, changelog } = playbook;
  const templates = [...versioning.files.map(({ file }) => file), ...(changelog.file === null ? [] : [changelog.file])];
  return [...new Set([...templates.map((template) => pathIn(template, component)), ...notesFiles(playbook)])].map((path) => ({ sha, path }));
}

/** The text of a file at the merged commit; null when it is none. */
export function textAt({ filesAt }: Hosted, sha: Sha, path: string): string | null {
  const state: FileState | undefined = filesAt.get(`${sha}:${path}`);
  if (state === undefined) throw new Error(`Bug: ${path} at ${sha} was never asked for`);
  return state.is === "text" ? state.text : null;
}

/** Version files at the merged commit that do not say what was reviewed; empty when all of them do. */
export function contradictions({ component, release, pullRequest, sha }: MergedRelease, { versioning }: Playbook, hosted: Hosted): Problem[] {
  return versioning.files.flatMap(({ file, at, value }): Problem[] => {
    const path = pathIn(file, component);
    const wanted = fill(value, { version: release.version, tag: release.tag, component: component.name, path: component.path });
    const text = textAt(hosted, sha, path);
    const written = text === null ? null : updateValue(text, at, wanted, path);
    if (written !== null && written.ok && written.value === text) return [];
    const located = text === null ? null : locateValue(text, at, path);
    const spot = located !== null && located.ok ? located.value[0] : undefined;
    return [
      {
        severity: "error",
        message: `#${String(pullRequest.number)} was reviewed as ${component.name} ${release.version}, but at its merge commit ${sha.slice(0, 7)} \`${path}\` says ${spot === undefined ? "nothing readable" : `"${spot.value}"`}: it is not tagged`,
        path,
        line: spot?.line ?? null,
        column: spot?.column ?? null,
        hint: "a new release pull request follows; merge it as it is",
      },
    ];
  });
}
