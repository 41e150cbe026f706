// Which releases are under way: of each component its newest one, the one that is merged and waits for its tag, and the
// earlier ones that those found unfinished. A release that is finished costs nothing any more.
import type { Hosted, OwnCheck, OwnPullRequest, Sha, Snapshot } from "../../model/snapshot.ts";
import type { Component } from "../components.ts";
import { mergedReleases } from "../lines/merged.ts";
import { recordOf } from "../release-record.ts";
import type { Repository } from "../repository.ts";
import type { Wants } from "../wants.ts";
import { type RolloutRecord, rolloutId, rolloutRecordIn } from "./record.ts";

export type Followed = {
  readonly component: Component;
  readonly record: RolloutRecord;
  /** The release's own check run, which is in progress as long as it is followed. */
  readonly check: OwnCheck;
  /** Every check run of this app on the released commit. */
  readonly checks: readonly OwnCheck[];
  /** Where the tag leads; null while there is none. */
  readonly tagSha: Sha | null;
  /** Null where a person tagged it, or the pull request was not asked for yet. */
  readonly pullRequest: OwnPullRequest | null;
};

/** Newest first within a component, in the order of the components. One that is over is among them while another of its pull request is not. */
export function followedReleases(repository: Repository, hosted: Hosted): readonly Followed[] {
  const known = repository.components.flatMap((component) => tagsToFollow(component, repository, hosted).flatMap((one) => recorded(one, component, hosted)));
  const open = new Set(known.filter((one) => !isOver(one)).map(({ record }) => record.pullRequest ?? record.tag));
  return known.filter(({ record }) => open.has(record.pullRequest ?? record.tag) || hosted.shown.includes(record.tag));
}

/** Nothing is begun or written for it any more. */
export function isOver({ check }: Followed): boolean {
  return check.conclusion !== null;
}

function recorded({ tag, at }: ToFollow, component: Component, hosted: Hosted): Followed[] {
  const found = hosted.tagged.get(tag);
  const checks = found === undefined ? [] : checksAt(at, found, hosted);
  const check = checks.find(({ externalId }) => externalId === rolloutId(tag));
  const record = check === undefined ? null : rolloutRecordIn(check);
  if (found === undefined || check === undefined || record === null || record.component !== component.name || (at !== null && record.sha !== at)) return [];
  const pullRequest = record.pullRequest === null ? null : (hosted.merged.get(record.pullRequest) ?? null);
  return [{ component, record, check, checks, tagSha: found.sha, pullRequest }];
}

/** What has to be read before those are known: tags of earlier releases, and the pull requests of all of them. */
export function followedWants(repository: Repository, hosted: Hosted): Wants {
  const tags = repository.components
    .flatMap((component) => tagsToFollow(component, repository, hosted))
    .filter(({ tag }) => !hosted.tagged.has(tag))
    .map(({ tag, at }) => ({ name: tag, at }));
  const merged = followedReleases(repository, hosted).flatMap(({ record: { pullRequest } }) =>
    pullRequest === null || hosted.merged.has(pullRequest) ? [] : [pullRequest],
  );
  return { files: [], tags, merged };
}

/** Of a tag that was moved, what the app recorded stands where it was. */
function checksAt(at: Sha | null, found: { readonly sha: Sha | null; readonly checks: readonly OwnCheck[] }, { records }: Hosted): readonly OwnCheck[] {
  return at === null || found.sha === null || found.sha === at ? found.checks : (records.get(at) ?? []);
}

/** Releases of merged pull requests whose tag leads elsewhere. */
function movedAway({ name }: Component, { tags }: Snapshot, { merged }: Hosted): readonly ToFollow[] {
  return [...merged.values()].flatMap((pullRequest) => {
    const { mergeSha } = pullRequest;
    const releases = mergeSha === null ? [] : (recordOf(pullRequest)?.releases ?? []);
    return releases.flatMap(({ component, tag }) => {
      const standing = tags.find((one) => one.name === tag);
      return component === name && standing !== undefined && standing.sha !== mergeSha ? [{ tag, at: mergeSha }] : [];
    });
  });
}

type ToFollow = { readonly tag: string; readonly at: Sha | null };

function tagsToFollow(component: Component, { tags, snapshot }: Repository, hosted: Hosted): readonly ToFollow[] {
  const coming = mergedReleases([component], snapshot, hosted).map(({ release, sha }) => ({ tag: release.tag, at: sha }));
  const last = component.isPresent ? snapshot.ranges.get(component.name)?.since : tags.releases.get(component.name)?.[0]?.tag;
  const newest: readonly ToFollow[] = [...coming, ...(last === undefined || last === null ? [] : [{ tag: last.name, at: last.sha }])];
  const shown = (tags.releases.get(component.name) ?? [])
    .filter(({ tag }) => hosted.shown.includes(tag.name))
    .map(({ tag }) => ({ tag: tag.name, at: tag.sha }));
  const found = new Map([...newest, ...shown, ...movedAway(component, snapshot, hosted)].map((one) => [one.tag, one]));
  // A record names what was under way before it, however many there are.
  for (const { tag } of found.values()) {
    const records = hosted.tagged.get(tag)?.checks.flatMap((check) => rolloutRecordIn(check) ?? []) ?? [];
    for (const record of records)
      for (const one of record.behind) if (record.tag === tag && !found.has(one.tag)) found.set(one.tag, { tag: one.tag, at: one.sha });
  }
  return [...found.values()];
}
