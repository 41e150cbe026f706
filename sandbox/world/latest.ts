// Which release GitHub calls the latest: at most one, never a draft or a prerelease, and one as soon as one is fit.
import semver from "semver";
import type { Release, Repository } from "./types.ts";

const versionOf = (tag: string): semver.SemVer | null => semver.parse(tag.replace(/^.*?(?=\d+\.\d+)/u, ""));

/** Greatest version first; tags that are no versions after them, newest first. */
const byVersion = (one: Release, other: Release): number => {
  const [mine, theirs] = [versionOf(one.tag), versionOf(other.tag)];
  if (mine !== null && theirs !== null) return semver.rcompare(mine, theirs);
  if (mine !== null || theirs !== null) return mine === null ? 1 : -1;
  return other.createdAt - one.createdAt || other.id - one.id;
};

/**
 * After `release` changed. "true": it, when it is fit. "false": another one, when there is one. "legacy": the greatest
 * version. Null: whichever it was, as long as it is fit.
 */
export const chooseLatest = (repository: Repository, release: Release, wish: "true" | "false" | "legacy" | null): void => {
  const fit = [...repository.releases.values()].filter(({ isDraft, isPrerelease }) => !isDraft && !isPrerelease).sort(byVersion);
  const current = fit.find(({ isLatest }) => isLatest);
  const other = fit.find((one) => one !== release);
  const [greatest] = fit;
  let chosen = current ?? greatest;
  if (wish === "true" && fit.includes(release)) chosen = release;
  if (wish === "legacy") chosen = greatest;
  if (wish === "false" && (chosen === release || current === undefined)) chosen = other ?? release;
  for (const one of repository.releases.values()) one.isLatest = one === chosen && fit.includes(one);
  if (!repository.releases.has(release.id)) release.isLatest = false;
};
