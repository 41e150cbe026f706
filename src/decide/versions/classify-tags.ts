// All tags of the repository sorted out for one playbook: releases, candidates, trains, and oddities with their cause.
// Spelling decides whose tag it is; then the releases tell what only two tags together can tell.
import type { Tag } from "../../model/snapshot.ts";
import type { Oddity, TagKind, VersionText } from "../../model/version.ts";
import { type CandidateTag, sortCandidates } from "./candidates.ts";
import { movingNames } from "./moving-name.ts";
import { oddityOf } from "./oddity.ts";
import { newestFirst } from "./order.ts";
import { type Spelt, tagReader, type TagRules } from "./read-tag.ts";
import { settler, type VersionTag } from "./settle.ts";

export type ClassifiedTags = {
  /** Newest first; an entry for every component. */
  readonly releases: ReadonlyMap<string, readonly VersionTag[]>;
  /** Candidates of every component by version, newest first; a version without candidates has no entry. */
  readonly candidates: ReadonlyMap<string, ReadonlyMap<VersionText, readonly CandidateTag[]>>;
  /** Newest first; empty when the playbook has no train. */
  readonly trains: readonly VersionTag[];
  /**
   * Mis-tags that were probably meant as a final version, newest first; an entry for every component. Never taken as
   * releases, but a version that may be out already is not given a second time.
   */
  readonly lookalikes: ReadonlyMap<string, readonly VersionTag[]>;
  /** Every other tag, by name, newest first; without those that move along with the releases. */
  readonly oddities: readonly Oddity[];
};

const VERSIONS: ReadonlySet<string> = new Set<TagKind["is"]>(["release", "candidate", "train"]);

/** The answer does not depend on the order of `tags`. */
export function classifyTags(tags: readonly Tag[], rules: TagRules): ClassifiedTags {
  const read = tagReader(rules);
  const isMoving = movingNames(rules.release.tag.moving, rules.components);
  // A version stays one, whatever else its name fits.
  const spelt = tags.map((tag) => ({ tag, ...read(tag.name) })).filter(({ tag, kind }) => VERSIONS.has(kind.is) || !isMoving(tag.name));
  const releases = byComponent(rules.components, spelt, ({ kind }) => (kind.is === "release" ? kind.version : null));
  const settle = settler(releases);
  const settled = spelt.map((one) => ({ ...one, kind: settle(one) }));
  const trains = settled.flatMap(({ tag, kind }) => (kind.is === "train" ? [{ tag, version: kind.version }] : []));
  // Two of them can be meant as one version: their names keep them in a fixed order.
  const mistaken = newestFirst(
    settled.filter(({ likely }) => likely !== null),
    ({ tag }) => tag.name,
  );
  return {
    releases,
    candidates: new Map(rules.components.map((component) => [component, candidatesOf(component, settled, rules)])),
    trains: newestFirst(trains, ({ version }) => version),
    lookalikes: byComponent(rules.components, mistaken, ({ likely }) => likely),
    oddities: newestFirst(
      settled.flatMap(({ tag, kind }) => oddityOf(tag, kind) ?? []),
      ({ tag }) => tag,
    ),
  };
}

type SettledTag = Omit<Spelt, "kind"> & { readonly tag: Tag; readonly kind: TagKind };

function byComponent<T extends Pick<Spelt, "components"> & { readonly tag: Tag }>(
  components: readonly string[],
  tags: readonly T[],
  versionOf: (tag: T) => VersionText | null,
): Map<string, readonly VersionTag[]> {
  const found = new Map<string, VersionTag[]>(components.map((component) => [component, []]));
  for (const one of tags) {
    const version = versionOf(one);
    if (version !== null) for (const component of one.components) found.get(component)?.push({ tag: one.tag, version });
  }
  return new Map([...found].map(([component, versions]) => [component, newestFirst(versions, ({ version }) => version)]));
}

function candidatesOf(component: string, tags: readonly SettledTag[], { release }: TagRules): Map<VersionText, readonly CandidateTag[]> {
  const found = tags.flatMap(({ tag, kind, components }) =>
    kind.is === "candidate" && components.includes(component) ? [{ tag, version: kind.version, number: kind.number }] : [],
  );
  const byVersion = [...Map.groupBy(found, ({ version }) => version)];
  return new Map(newestFirst(byVersion, ([version]) => version).map(([version, candidates]) => [version, sortCandidates(candidates, component, release)]));
}
