// Tags that move along with the releases, such as `stable` and `v1`: each leads to the highest stable release that it fits.
// They only ever move forward, from one release of their component to a higher one. Where somebody put one anywhere else, it
// is left there and people are told.
import type { MoveTag, Words } from "../../model/plan.ts";
import type { Component } from "../components.ts";
import { fill } from "../fill.ts";
import { code, listed, shortSha } from "../gates/phrases.ts";
import { releaseTitle } from "../release-title.ts";
import type { Repository } from "../repository.ts";
import { tagsOf } from "../tags-of.ts";
import { compareVersions, isPrerelease, type VersionTag } from "../versions/index.ts";

export type MovingTag = {
  readonly component: string;
  readonly tag: string;
  /** How it stands, for people. */
  readonly says: Words;
  /** Null: nothing is to be done, or the app leaves it alone. */
  readonly action: MoveTag | null;
};

/**
 * In the order of the components and of the playbook.
 * @param isOut whether the release of that tag is known to be published, and nothing is wrong with its tag
 */
export function movingTags(repository: Repository, isOut: (tag: string) => boolean): readonly MovingTag[] {
  const { components, playbook } = repository;
  const wishes = components.flatMap((component) => playbook.release.tag.moving.flatMap((template) => wishesOf(template, component, repository, isOut)));
  const byName = Map.groupBy(wishes, ({ name }) => name);
  return wishes.map((wish): MovingTag => {
    const sharers = byName.get(wish.name) ?? [wish];
    const { says, action } = verdictOn(wish, sharers, repository);
    // Components that are always released together share a tag, and it is moved once.
    return { component: wish.component.name, tag: wish.name, says, action: sharers[0] === wish ? action : null };
  });
}

/** `all`: every stable release of the component that it fits, newest first; `target`: the highest of them that is out. */
type Wish = { readonly name: string; readonly component: Component; readonly all: readonly VersionTag[]; readonly target: VersionTag };

/** One for every line that a release is out of: `v1`, `v2`. */
function wishesOf(template: string, component: Component, { tags }: Repository, isOut: (tag: string) => boolean): readonly Wish[] {
  const stable = (tags.releases.get(component.name) ?? []).filter(({ version }) => !isPrerelease(version));
  return [...Map.groupBy(stable, ({ version }) => nameFor(template, component, version))].flatMap(([name, all]) => {
    const target = all.find(({ tag }) => isOut(tag.name));
    return target === undefined ? [] : [{ name, component, all, target }];
  });
}

function nameFor(template: string, { name }: Component, version: string): string {
  const [major = "", minor = ""] = version.split(".");
  return fill(template, { component: name, major, minor });
}

type Verdict = Pick<MovingTag, "says" | "action">;

function verdictOn(wish: Wish, sharers: readonly Wish[], repository: Repository): Verdict {
  const { name, target, all } = wish;
  const title = titleOf(wish, target, repository);
  if (sharers.some((other) => other.target.tag.sha !== target.tag.sha)) {
    const wanted = listed(sharers.map(({ component }) => component.name));
    return left(`${code(name)} is wanted by ${wanted} and left alone: put {component} into \`release.tag.moving\``);
  }
  if (isVersion(name, repository)) return left(`${code(name)} is spelt like a version and left alone: correct \`release.tag.moving\``);
  const from = repository.snapshot.tags.find((tag) => tag.name === name)?.sha ?? null;
  if (from === target.tag.sha) return left(`${code(name)} leads to ${title}; this app moves it`);
  const newest = all[0] ?? target;
  // What comes after it may be out for long, and nobody asked: only the highest of all is certain.
  if (from === null && newest !== target) return left(`${code(name)} is not made for ${title}: ${code(newest.tag.name)} is newer`);
  const standing = all.find(({ tag }) => tag.sha === from);
  if (from !== null && standing === undefined)
    return left(`${code(name)} leads to ${shortSha(from)}, ${elsewhere(wish)}: it is left alone. To have it moved to ${title}, delete it`);
  if (standing !== undefined && compareVersions(standing.version, target.version) > 0)
    return left(`${code(name)} leads to ${titleOf(wish, standing, repository)}, which is newer than ${title}`);
  return { says: `${code(name)} moves to ${title}`, action: { kind: "move-tag", tag: name, from, to: target.tag.sha } };
}

function elsewhere({ component }: Wish): Words {
  return `which is no release of ${component.name} that it fits`;
}

function left(says: Words): Verdict {
  return { says, action: null };
}

function titleOf({ component }: Wish, { version }: VersionTag, repository: Repository): Words {
  return releaseTitle({ component: component.name, version }, repository);
}

/** A tag of that name would be taken for a release. */
function isVersion(name: string, { playbook, snapshot, components }: Repository): boolean {
  const { releases, candidates, trains } = tagsOf(playbook, { ...snapshot, tags: [{ name, sha: "" }] }, components);
  return [...releases.values()].some((own) => own.length > 0) || [...candidates.values()].some((own) => own.size > 0) || trains.length > 0;
}
