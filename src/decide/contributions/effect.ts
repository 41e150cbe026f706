// What a pull request would do to the next release if it were merged as it is: read as the one commit that a squash would
// make of it, with the readers that read commits.
import picomatch from "picomatch";
import type { Change } from "../../model/change.ts";
import type { Playbook } from "../../model/playbook.ts";
import type { Commit, Contribution, Snapshot } from "../../model/snapshot.ts";
import type { Bump } from "../../model/version.ts";
import { changeReader } from "../changes/index.ts";
import type { Component } from "../components.ts";
import { withMinimum } from "../minimum.ts";
import { tagsOf } from "../tags-of.ts";
import { type ClassifiedTags, nextVersion, type VersionTag } from "../versions/index.ts";
import { pathIn } from "../wanted-files.ts";

/** `bump` is null for a first release and for CalVer. */
type Released = { readonly component: string; readonly bump: Bump | null };

export type Effect =
  /** It changes nothing that belongs to a component. */
  | { readonly is: "elsewhere" }
  /** Too many files to tell which components it is about. */
  | { readonly is: "too-many-files" }
  | {
      readonly is: "release";
      readonly released: readonly Released[];
      /** `feat`, `label bug`. */ readonly because: string;
      /** The path that raises it or speaks for it; null when its words do. */ readonly path: string | null;
    }
  | { readonly is: "nothing"; readonly because: string }
  /** Nothing says what it is. */
  | { readonly is: "silent"; readonly because: string }
  /** The changelogs decide, and it does or does not write in them. */
  | { readonly is: "changelog"; readonly written: readonly string[]; readonly unwritten: readonly string[] };

export type Repository = { readonly playbook: Playbook; readonly components: readonly Component[]; readonly snapshot: Snapshot };

/** Remembers the tags, which are the same for every pull request. */
export function effectReader({ playbook, components, snapshot }: Repository): (contribution: Contribution) => Effect {
  const present = components.filter(({ isPresent }) => isPresent);
  const tags = tagsOf(playbook, snapshot, components);
  return (contribution) => {
    if (contribution.paths === null && present.some(({ path }) => path !== ".")) return { is: "too-many-files" };
    const read = changeReader(playbook);
    const commits = [asCommit(contribution, snapshot)];
    const touched = present.flatMap((component) => {
      const others = present.filter((other) => other !== component).map(({ path }) => path);
      const { changes } = read({ commits, component: { name: component.name, path: component.path, others }, unreleased: [] });
      return changes.length === 0 ? [] : [{ component, changes }];
    });
    const [first] = touched;
    if (first === undefined) return { is: "elsewhere" };
    const concerned = touched.map(({ component }) => component);
    if (playbook.versioning.source === "changelog") return byChangelog(concerned, contribution, playbook);
    return effectOf(first.changes, concerned, { playbook, snapshot, tags });
  };
}

function asCommit({ headSha, number, title, labels, author, paths }: Contribution, { takenAt }: Snapshot): Commit {
  const pullRequest = { number, title, labels, author };
  return { sha: headSha, parents: [], committedAt: takenAt, authorName: author ?? "", authorLogin: author, message: title, paths: paths ?? [], pullRequest };
}

function byChangelog(components: readonly Component[], { paths }: Contribution, { changelog: { file } }: Playbook): Effect {
  const files = file === null ? [] : components.map((component) => pathIn(file, component));
  const isWritten = (path: string): boolean => paths?.includes(path) === true;
  return { is: "changelog", written: files.filter(isWritten), unwritten: files.filter((path) => !isWritten(path)) };
}

type Known = Pick<Repository, "playbook" | "snapshot"> & { readonly tags: ClassifiedTags };

const BUMPS: readonly Bump[] = ["major", "minor", "patch"];

/** The same changes for each component: a pull request says one thing about all that it touches. */
function effectOf(plain: readonly Change[], components: readonly Component[], known: Known): Effect {
  const { versioning } = known.playbook;
  const silent = plain.find(({ effect }) => effect === "unknown");
  if (silent !== undefined && versioning.unreleased === "require") return { is: "silent", because: silent.because };
  const { changes, minimum } = withMinimum(plain, versioning.minimum);
  const effect = BUMPS.find((bump) => changes.some((change) => change.effect === bump));
  const said = plain[changes.findIndex((change) => change.effect === effect)];
  if (effect !== undefined && said !== undefined) {
    const path = said.effect !== effect ? raisingPath(said, versioning.minimum[effect] ?? []) : said.type === "config" ? inside(said, components) : null;
    return { is: "release", released: released(effect, minimum, components, known), because: briefly(said), path };
  }
  if (silent === undefined) return { is: "nothing", because: plain[0]?.because ?? "" };
  if (versioning.noSignal === "ask") return { is: "silent", because: silent.because };
  if (versioning.noSignal === "nothing") return { is: "nothing", because: silent.because };
  return { is: "release", released: released("patch", null, components, known), because: silent.because, path: inside(silent, components) };
}

function raisingPath({ paths }: Change, globs: readonly string[]): string | null {
  const matches = picomatch([...globs], { dot: true });
  return paths.find((path) => matches(path)) ?? null;
}

function inside({ paths }: Change, components: readonly Component[]): string | null {
  return paths.find((path) => components.some((component) => component.path === "." || path.startsWith(`${component.path}/`))) ?? null;
}

/** The step that each component would take: below 1.0.0 it may be a smaller one. */
function released(effect: Bump, minimum: Bump | null, components: readonly Component[], { playbook, snapshot, tags }: Known): readonly Released[] {
  return components.map(({ name }) => {
    const next = nextVersion({
      component: name,
      previous: previousOf(name, tags, snapshot),
      taken: [],
      lookalikes: [],
      files: [],
      onDefaultBranch: true,
      tagTemplate: playbook.release.tag.name,
      versioning: playbook.versioning,
      effect,
      minimum,
      releaseAs: null,
      takenAt: snapshot.takenAt,
    });
    return { component: name, bump: next.is === "proposed" ? next.bump : null };
  });
}

function previousOf(name: string, { releases }: ClassifiedTags, { ranges }: Snapshot): VersionTag | null {
  const since = ranges.get(name)?.since ?? null;
  return releases.get(name)?.find(({ tag }) => tag.name === since?.name) ?? null;
}

/** `feat!`, or the label that counts more than the title. */
function briefly({ type, isBreaking, because, pullRequest }: Change): string {
  if (type === null || because.startsWith("label ")) return because.replace(` on #${String(pullRequest?.number ?? "")}`, "");
  return `${type}${isBreaking && type !== "breaking" ? "!" : ""}`;
}
