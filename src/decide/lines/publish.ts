// What a merged release becomes: its tag on exactly the merged commit, and its release with the notes that were reviewed.
import type { ComponentPlan, PublishRelease } from "../../model/plan.ts";
import type { Playbook } from "../../model/playbook.ts";
import type { Hosted, OwnCheck } from "../../model/snapshot.ts";
import type { EpochMs } from "../../model/time.ts";
import type { Everything } from "../plan-components.ts";
import { fill } from "../fill.ts";
import { mergedNotes } from "../prose/merged-notes.ts";
import { releasedCheck } from "../prose/released-check.ts";
import { compareVersions, isPrerelease, type VersionTag } from "../versions/index.ts";
import { policyOf } from "../gates/policy.ts";
import { recordOf } from "../release-record.ts";
import { releaseTitle } from "../release-title.ts";
import { followedReleases, isOver } from "../rollout/followed.ts";
import { type RolloutRecord, rolloutId, rolloutRecordAsComment, rolloutRecordIn } from "../rollout/record.ts";
import { isFollowed as isFollowedAfter } from "../rollout/steps.ts";
import type { MergedRelease } from "./merged.ts";
import { areNotesKept, notesOf, standingNotes } from "./notes-of.ts";

/** How long a list of releases may lag behind the creation of a draft. A draft that was begun is not made again sooner. */
const LIST_LAG_MS = 60_000;

/** Not yet, or this. */
export type Publication =
  | { readonly is: "publish"; readonly action: PublishRelease }
  | { readonly is: "wait"; readonly until: EpochMs }
  | { readonly is: "done" };

/** A merged release that has no tag yet. Where a workflow makes the tag, its draft is all that the app does before. */
export function publish(merged: MergedRelease, everything: Everything, hosted: Hosted): Publication {
  const { component, release, sha } = merged;
  const { playbook, tags } = everything;
  const { drafts, published, begun } = progressOf(release.tag, hosted);
  const isMadeByWorkflow = playbook.artifacts.some(({ makesTag }) => makesTag);
  if (isMadeByWorkflow && begun !== null && (drafts.length > 0 || published !== null)) return { is: "done" };
  const { annotated, signed } = playbook.release.tag;
  const annotation = annotated || signed !== "no" ? tagMessage(merged, playbook) : null;
  return publication(
    {
      component: component.name,
      version: release.version,
      tag: release.tag,
      sha,
      annotation,
      signed,
      taggedAt: everything.snapshot.takenAt,
      title: releaseTitle({ component: component.name, version: release.version }, everything),
      body: mergedNotes({ standing: standingNotes(release.tag, hosted), wanted: notesOf(merged, everything, hosted), mode: playbook.release.notes.edited }),
      isPrerelease: isPrerelease(release.version),
      isLatest: isLatest(release.version, tags.releases.get(component.name) ?? [], playbook),
      to: isMadeByWorkflow ? "draft" : playbook.release.publish === "after-artifacts" && playbook.artifacts.length > 0 ? "tag" : "publication",
    },
    (begun === null ? null : rolloutRecordIn(begun)) ?? newRecord(merged, everything, hosted),
    everything,
    hosted,
  );
}

/**
 * A release whose tag stands and whose publication was cut short, or had to wait for its artifacts. Its draft holds the notes.
 * @param isDue whether nothing that comes before the publication of that tag is missing
 */
export function resume(component: ComponentPlan, everything: Everything, hosted: Hosted, isDue: (tag: string) => boolean): Publication {
  const { previous, name } = component;
  if (previous === null || everything.troubles.some(({ tag }) => tag === previous.tag)) return { is: "done" };
  const { drafts, begun, published } = progressOf(previous.tag, hosted);
  if (drafts.length === 0 && begun === null) return { is: "done" };
  const record = begun === null ? null : rolloutRecordIn(begun);
  const isFollowed = record !== null && isFollowedAfter(everything.playbook, record.policy);
  // What is left of one that is followed and out is done by its rollout.
  if (record !== null && record.sha !== previous.sha) return { is: "done" };
  if (isFollowed && (published !== null ? drafts.length === 0 : !isDue(previous.tag))) return { is: "done" };
  const others = (everything.tags.releases.get(name) ?? []).filter(({ tag }) => tag.name !== previous.tag);
  return publication(
    {
      component: name,
      version: previous.version,
      tag: previous.tag,
      sha: previous.sha,
      annotation: null,
      signed: everything.playbook.release.tag.signed,
      taggedAt: everything.snapshot.takenAt,
      title: releaseTitle({ component: name, version: previous.version }, everything),
      body: null,
      isPrerelease: isPrerelease(previous.version),
      isLatest: isLatest(previous.version, others, everything.playbook),
      to: "publication",
    },
    record,
    everything,
    hosted,
  );
}

/** What is remembered of a release from its beginning on. */
function newRecord({ component, release, pullRequest, sha }: MergedRelease, everything: Everything, hosted: Hosted): RolloutRecord {
  const record = recordOf(pullRequest);
  const at = record?.releases.findIndex((one) => one.tag === release.tag) ?? -1;
  const bump = record?.bumps[at] ?? null;
  return {
    line: record?.line ?? component.name,
    component: component.name,
    version: release.version,
    tag: release.tag,
    sha,
    previousTag: release.previousTag,
    pullRequest: pullRequest.number,
    bump,
    policy: policyOf(everything.playbook, { bump, kind: "release", changes: [] }).name,
    startedAt: everything.snapshot.takenAt,
    taggedAt: null,
    publishedAt: null,
    behind: followedReleases(everything, hosted).flatMap((one) =>
      one.component.name === component.name && one.record.tag !== release.tag && one.tagSha !== null && !isOver(one)
        ? [{ tag: one.record.tag, sha: one.record.sha }]
        : [],
    ),
  };
}

function recordAsFarAs(to: PublishRelease["to"], record: RolloutRecord, now: EpochMs): RolloutRecord {
  return { ...record, taggedAt: record.taggedAt ?? (to === "draft" ? null : now), publishedAt: to === "publication" ? now : null };
}

type Intended = Omit<PublishRelease, "kind" | "begin" | "check" | "found">;

/** @param record what is remembered of it; null when nothing is */
function publication(intended: Intended, record: RolloutRecord | null, everything: Everything, hosted: Hosted): Publication {
  const { playbook, snapshot } = everything;
  const { tag, component, version, to } = intended;
  const { tagSha, drafts, published, begun } = progressOf(tag, hosted);
  if (begun !== null && drafts.length === 0 && published === null && begun.startedAt !== null && snapshot.takenAt < begun.startedAt + LIST_LAG_MS)
    return { is: "wait", until: begun.startedAt + LIST_LAG_MS };
  return {
    is: "publish",
    action: {
      kind: "publish-release",
      ...intended,
      begin: {
        externalId: rolloutId(tag),
        conclusion: null,
        title: `releasing ${component} ${version}`,
        summary: "The tag and the release are being made.",
        text: record === null ? "" : rolloutRecordAsComment(record),
        problems: [],
      },
      check: {
        ...releasedCheck({
          component,
          version,
          tag,
          pullRequest: record?.pullRequest ?? null,
          repositoryUrl: snapshot.repository.url,
          areNotesKept: areNotesKept(intended.body, tag, hosted),
          to,
          isFollowed: record !== null && isFollowedAfter(playbook, record.policy),
        }),
        externalId: rolloutId(tag),
        text: record === null ? "" : rolloutRecordAsComment(recordAsFarAs(to, record, snapshot.takenAt)),
        problems: [],
      },
      found: { tagSha, drafts, notes: standingNotes(tag, hosted), published, begun: begun?.id ?? null },
    },
  };
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
    begun: found.checks.find(({ externalId, conclusion }) => externalId === rolloutId(tag) && conclusion === null) ?? null,
  };
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
