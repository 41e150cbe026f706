// What a merged release becomes: its tag on exactly the merged commit, and its release with the notes that were reviewed.
import type { ComponentPlan, PublishRelease } from "../../model/plan.ts";
import type { Playbook } from "../../model/playbook.ts";
import type { Hosted, OwnCheck, Snapshot } from "../../model/snapshot.ts";
import type { EpochMs } from "../../model/time.ts";
import { sectionTextOf, writeChangelog } from "../changelog/index.ts";
import { withMinimum } from "../minimum.ts";
import { reasonOf } from "../plan-component.ts";
import { changesReader, type Everything } from "../plan-components.ts";
import { fill } from "../fill.ts";
import { humanTexts } from "../prose/human-sections.ts";
import { releaseNotes } from "../prose/release-notes.ts";
import { releasedCheck } from "../prose/released-check.ts";
import { compareVersions, isoDate, isPrerelease, type VersionTag } from "../versions/index.ts";
import { pathIn } from "../wanted-files.ts";
import { reachable } from "../reachable.ts";
import { type MergedRelease, textAt } from "./merged.ts";

/** How long a list of releases may lag behind the creation of a draft. A draft that was begun is not made again sooner. */
const LIST_LAG_MS = 60_000;

/** Not yet, or this. */
export type Publication =
  | { readonly is: "publish"; readonly action: PublishRelease }
  | { readonly is: "wait"; readonly until: EpochMs }
  | { readonly is: "done" };

export function publish(merged: MergedRelease, everything: Everything, hosted: Hosted): Publication {
  const { component, release, pullRequest, sha } = merged;
  const { playbook, tags } = everything;
  const { annotated, signed } = playbook.release.tag;
  const annotation = annotated || signed !== "no" ? tagMessage(merged, playbook) : null;
  return publication(
    {
      component: component.name,
      version: release.version,
      tag: release.tag,
      sha,
      annotation,
      title: titleOf(component.name, release.version, everything),
      body: notesOf(merged, everything, hosted),
      isPrerelease: isPrerelease(release.version),
      isLatest: isLatest(release.version, tags.releases.get(component.name) ?? [], playbook),
      pullRequest: pullRequest.number,
    },
    everything.snapshot,
    hosted,
  );
}

/** A release whose tag stands and whose publication was cut short. Its draft holds the notes. */
export function resume(component: ComponentPlan, everything: Everything, hosted: Hosted): Publication {
  const { previous, name } = component;
  if (previous === null) return { is: "done" };
  const { drafts, begun } = progressOf(previous.tag, hosted);
  if (drafts.length === 0 && begun === null) return { is: "done" };
  const others = (everything.tags.releases.get(name) ?? []).filter(({ tag }) => tag.name !== previous.tag);
  return publication(
    {
      component: name,
      version: previous.version,
      tag: previous.tag,
      sha: previous.sha,
      annotation: null,
      title: titleOf(name, previous.version, everything),
      body: null,
      isPrerelease: isPrerelease(previous.version),
      isLatest: isLatest(previous.version, others, everything.playbook),
      pullRequest: null,
    },
    everything.snapshot,
    hosted,
  );
}

type Intended = Omit<PublishRelease, "kind" | "check" | "found"> & { readonly pullRequest: number | null };

function publication({ pullRequest, ...intended }: Intended, snapshot: Snapshot, hosted: Hosted): Publication {
  const { tag, component, version } = intended;
  const { tagSha, drafts, published, begun } = progressOf(tag, hosted);
  if (begun !== null && drafts.length === 0 && published === null && begun.startedAt !== null && snapshot.takenAt < begun.startedAt + LIST_LAG_MS)
    return { is: "wait", until: begun.startedAt + LIST_LAG_MS };
  return {
    is: "publish",
    action: {
      kind: "publish-release",
      ...intended,
      check: {
        ...releasedCheck({ component, version, tag, pullRequest, repositoryUrl: snapshot.repository.url }),
        externalId: externalIdOf(tag),
        problems: [],
      },
      found: { tagSha, drafts, published, begun: begun?.id ?? null },
    },
  };
}

function externalIdOf(tag: string): string {
  return `release/${tag}`;
}

type Progress = Pick<PublishRelease["found"], "tagSha" | "drafts" | "published"> & { readonly begun: OwnCheck | null };

/** How far the release of a tag has come. */
function progressOf(tag: string, { tagged }: Hosted): Progress {
  const found = tagged.get(tag);
  if (found === undefined) throw new Error(`Bug: the tag ${tag} was never asked for`);
  const drafts = found.releases.filter(({ isDraft, isOwn }) => isDraft && isOwn).map(({ id }) => id);
  return {
    tagSha: found.sha,
    drafts: drafts.toSorted((left, right) => left - right),
    published: found.releases.find(({ isDraft }) => !isDraft)?.id ?? null,
    begun: found.checks.find(({ externalId, conclusion }) => externalId === externalIdOf(tag) && conclusion === null) ?? null,
  };
}

/** A repository with one component names its releases by version, one with several says whose. */
function titleOf(component: string, version: string, { components }: Everything): string {
  return components.length === 1 ? `v${version}` : `${component} ${version}`;
}

function tagMessage({ component, release }: MergedRelease, { release: rules }: Playbook): string {
  return fill(rules.tag.message ?? "{tag}", { component: component.name, version: release.version, tag: release.tag });
}

/** GitHub shows one release as the latest. It is never taken by a candidate or by a fix of an older line. */
function isLatest(version: string, others: readonly VersionTag[], { release }: Playbook): boolean {
  return (
    release.notes.latest === "highest" &&
    !isPrerelease(version) &&
    others.every((other) => isPrerelease(other.version) || compareVersions(version, other.version) > 0)
  );
}

/**
 * The section as it stands in the changelog at the merged commit, edits of reviewers included; what the commit holds and
 * the section does not name is listed beside it. Without a changelog the section is written from the commits.
 */
function notesOf(merged: MergedRelease, everything: Everything, hosted: Hosted): string {
  const { component, release, pullRequest, sha } = merged;
  const { playbook, snapshot } = everything;
  const range = snapshot.ranges.get(component.name);
  const contained = reachable(range?.commits ?? [], sha);
  const commits = (range?.commits ?? []).filter((commit) => contained.has(commit.sha) && commit.pullRequest?.number !== pullRequest.number);
  const found = changesReader({ ...everything, snapshot: { ...snapshot, ranges: new Map([[component.name, { since: range?.since ?? null, commits }]]) } })(
    component,
  );
  const { changes } = withMinimum(found.changes, playbook.versioning.minimum);
  const path = playbook.changelog.file === null ? null : pathIn(playbook.changelog.file, component);
  const reviewed = path === null ? null : textAt(hosted, sha, path);
  const section = reviewed === null ? null : sectionTextOf(reviewed, release.version, playbook.changelog.heading);
  const written =
    section === null
      ? writeChangelog({
          playbookChangelog: { ...playbook.changelog, file: null },
          current: null,
          path: null,
          version: release.version,
          tag: release.tag,
          previousTag: release.previousTag,
          date: isoDate(snapshot.takenAt),
          changes,
          component: component.name,
          repositoryUrl: snapshot.repository.url,
        })
      : null;
  return releaseNotes(
    {
      reasons: changes.map(reasonOf),
      changelog: section ?? (written !== null && written.ok ? written.value.section : ""),
      tag: release.tag,
      previousTag: release.previousTag,
    },
    { repositoryUrl: snapshot.repository.url, sections: playbook.release.notes.sections, human: humanTexts(pullRequest.body, playbook.release.notes.sections) },
  );
}
