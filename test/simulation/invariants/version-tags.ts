// Which tags are versions here, and in which order: said anew, so that a fault of the app's own reading is seen.
import semver from "semver";
import type { Repository } from "../../../sandbox/world/types.ts";
import type { Place } from "../scene.ts";
import { componentsOf, tagPrefixOf } from "../team.ts";
import type { TagMove } from "../witness.ts";

/** The component and the version of a tag; null for what is no release: candidates are none. */
export function versionOf(places: readonly Place[], repository: Repository, tag: string): { readonly component: string; readonly version: string } | null {
  const place = places.find((one) => one.repository === repository);
  if (place === undefined) return null;
  for (const { name } of componentsOf(place.team)) {
    const prefix = tagPrefixOf(place.team, name);
    const version = tag.startsWith(prefix) ? semver.valid(tag.slice(prefix.length)) : null;
    if (version !== null && semver.prerelease(version) === null && tag === `${prefix}${version}`) return { component: name, version };
  }
  return null;
}

/** Those of the app's own that concern a release. */
export function movesOfVersions(places: readonly Place[], moves: readonly TagMove[]): readonly TagMove[] {
  return moves.filter(({ isByApp, repository, tag }) => isByApp && versionOf(places, repository, tag) !== null);
}
