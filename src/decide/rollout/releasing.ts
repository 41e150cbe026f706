// A release that is under way, with everything that its steps look at.
import type { Facts } from "../../model/agreement.ts";
import type { Words } from "../../model/plan.ts";
import type { HostedRelease, Hosted, Range } from "../../model/snapshot.ts";
import type { Everything } from "../plan-components.ts";
import { reachable } from "../reachable.ts";
import { recordOf } from "../release-record.ts";
import { subjectOf } from "../agreement/subject-of.ts";
import type { Subject } from "../gates/subject.ts";
import type { Wants } from "../wants.ts";
import { NOTHING_MORE } from "../wants.ts";
import type { Followed } from "./followed.ts";
import { movingTags } from "./moving-tags.ts";
import { rolloutRecordIn } from "./record.ts";
import type { EpochMs } from "../../model/time.ts";
import type { ReleaseValues } from "./release-values.ts";
import { type Step, stepsOfRelease } from "./steps.ts";

export type Rollout = {
  readonly followed: Followed;
  readonly steps: readonly Step[];
  readonly values: ReleaseValues;
  readonly facts: Facts;
  /** The release on GitHub once it is out; null before. */
  readonly published: HostedRelease | null;
  /** The newer release of the component that is out already; null for none. */
  readonly newer: string | null;
  /** Why nothing of it may be begun now; null when it may. */
  readonly stopped: Words | null;
  /** Somebody moved or deleted its tag: said so, and nothing goes on. */
  readonly trouble: { readonly because: Words; readonly next: Words } | null;
  /** Tags that move along with the component's releases, and who moves them. */
  readonly moving: readonly Words[];
};

/** Whether the gates of a release that has no tag yet are still open. */
export type LinesSaid = { readonly isAgreed: (tag: string) => boolean };

export function rolloutOf(followed: Followed, everything: Everything, hosted: Hosted, { isAgreed }: LinesSaid): Rollout {
  const { record, component, pullRequest } = followed;
  const { tags, playbook } = everything;
  const releases = tags.releases.get(component.name) ?? [];
  const previous = releases.find(({ tag }) => tag.name === record.previousTag);
  const candidates = tags.candidates.get(component.name)?.get(record.version) ?? [];
  const facts = everything.factsOfRelease(pullRequest?.number ?? null, record.line);
  const newer = releases.find(({ tag }) => isOut(tag.name, hosted) && namesAsEarlier(tag.name, record.tag, hosted));
  const trouble = everything.troubles.find(({ tag, component: name }) => tag === record.tag && name === component.name) ?? null;
  return {
    followed,
    steps: stepsOfRelease(playbook, record.policy, facts.withdrawn !== null),
    values: {
      component: component.name,
      path: component.path,
      version: record.version,
      tag: record.tag,
      previousVersion: previous?.version ?? "",
      previousTag: record.previousTag ?? "",
      candidateTag: candidates.find(({ tag }) => tag.sha === record.sha)?.tag.name ?? null,
      sha: record.sha,
      startedAt: record.startedAt,
    },
    facts,
    published: publishedOf(record.tag, hosted),
    newer: newer === undefined ? null : newer.version,
    stopped:
      trouble === null
        ? stoppedBy(facts, everything.snapshot.takenAt, record.publishedAt === null && followed.tagSha === null && !isAgreed(record.tag))
        : trouble.because,
    trouble,
    moving: movingTagsOf(everything, hosted).flatMap((one) => (one.component === component.name ? [one.says] : [])),
  };
}

/** They follow what is out, and nothing that somebody touched. */
export function movingTagsOf(everything: Everything, hosted: Hosted): ReturnType<typeof movingTags> {
  return movingTags(everything, (tag) => isOut(tag, hosted) && everything.troubles.every((one) => one.tag !== tag));
}

function publishedOf(tag: string, { tagged }: Hosted): HostedRelease | null {
  return tagged.get(tag)?.releases.find(({ isDraft }) => !isDraft) ?? null;
}

function isOut(tag: string, hosted: Hosted): boolean {
  return publishedOf(tag, hosted) !== null;
}

/** Whether that release found this one unfinished when it was begun. */
function namesAsEarlier(tag: string, earlier: string, { tagged }: Hosted): boolean {
  const records = tagged.get(tag)?.checks.flatMap((check) => rolloutRecordIn(check) ?? []) ?? [];
  return records.some((record) => record.tag === tag && record.behind.some((one) => one.tag === earlier));
}

function stoppedBy({ hold, freeze }: Facts, takenAt: EpochMs, hasGatesShut: boolean): Words | null {
  if (hold !== null) return `@${hold.by} holds it: ${hold.reason}`;
  if (freeze !== null && (freeze.until === null || takenAt < freeze.until)) return `@${freeze.by} froze releases: ${freeze.reason}`;
  return hasGatesShut ? "its gates are closed again" : null;
}

/** Under which the commits of a release are kept beside those that come after it. */
function rangeKey(tag: string): string {
  return `released ${tag}`;
}

/** What the release contains, and its gates' files. */
export function contentWants({ followed: { record } }: Rollout, { snapshot, tags }: Everything): Wants {
  if (snapshot.ranges.has(rangeKey(record.tag))) return NOTHING_MORE;
  const previous = (tags.releases.get(record.component) ?? []).find(({ tag }) => tag.name === record.previousTag);
  return { files: [], ranges: [{ key: rangeKey(record.tag), newestFirst: previous === undefined ? [] : [previous.tag] }] };
}

/** Its own commits alone. */
export function contentOfRelease({ followed: { record } }: Rollout, { snapshot }: Everything): Range {
  const range = snapshot.ranges.get(rangeKey(record.tag));
  if (range === undefined) throw new Error(`Bug: the commits of ${record.tag} were never asked for`);
  const held = reachable(range.commits, record.sha);
  return { since: range.since, commits: range.commits.filter(({ sha }) => held.has(sha)) };
}

/** The release as gates of environments see it. */
export function subjectOfRollout(rollout: Rollout, everything: Everything, hosted: Hosted): Subject {
  const { record, component, pullRequest } = rollout.followed;
  const { snapshot } = everything;
  const own = new Map([...snapshot.ranges, [component.name, contentOfRelease(rollout, everything)] as const]);
  return subjectOf(
    {
      line: record.line,
      components: [component],
      releases: [{ component: component.name, version: record.version, tag: record.tag, previousTag: record.previousTag }],
      plans: [],
      pullRequest,
      record: pullRequest === null ? null : recordOf(pullRequest),
      behind: [],
      mergedAt: record.sha,
    },
    { ...everything, snapshot: { ...snapshot, ranges: own } },
    rollout.facts,
    hosted,
  );
}
