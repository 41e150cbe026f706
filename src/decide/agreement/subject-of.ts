// A release as its gates see it.
import type { Facts } from "../../model/agreement.ts";
import type { Change } from "../../model/change.ts";
import type { Commit, FileState, Hosted, OwnPullRequest, Sha, Snapshot } from "../../model/snapshot.ts";
import type { EpochMs } from "../../model/time.ts";
import type { Bump } from "../../model/version.ts";
import { combinePolicies, policyOf } from "../gates/policy.ts";
import type { Subject } from "../gates/subject.ts";
import { recordOf } from "../release-record.ts";
import { withMinimum } from "../minimum.ts";
import { peopleOf } from "../people/people.ts";
import { changesReader, type Everything } from "../plan-components.ts";
import { reachable } from "../reachable.ts";
import { signingProblem } from "../rollout/tag-watch.ts";
import { contentAfterMerge, contentOf, pushedUnseen, releasedTest } from "./content.ts";
import { comesFirst, type Releasing } from "./releasing.ts";

export function subjectOf(releasing: Releasing, everything: Everything, facts: Facts, hosted: Hosted | null): Subject {
  const { components, pullRequest, record, line } = releasing;
  const { playbook, snapshot, components: allComponents } = everything;
  const contained = containedIn(releasing, snapshot);
  const isReleased = releasedTest(components, allComponents);
  // A change anywhere is one of the root component, whether or not its paths were told apart.
  const isRoot = components.some(({ path }) => path === ".");
  const commits = contained.filter(({ paths, parents }) => (isRoot && parents.length < 2) || paths.some(isReleased));
  const paths = [...new Set(commits.flatMap((commit) => commit.paths))].toSorted();
  const changes = changesIn(releasing, contained, everything);
  const file = fileAs(releasing, snapshot);
  const isRecorded = pullRequest !== null && pullRequest.checkedSha === pullRequest.headSha;
  return {
    line,
    takenAt: snapshot.takenAt,
    playbook,
    components,
    allComponents,
    releases: releasing.releases,
    bump: largestBump(releasing),
    policy: policyFor(releasing, changes, everything),
    changes,
    commits,
    paths,
    tree: treeOf(releasing, snapshot),
    file,
    pullRequest,
    base: pullRequest?.base ?? snapshot.head.branch ?? "",
    content: contentFor(releasing, commits, everything, hosted),
    headSince: isRecorded ? (record?.headSince ?? null) : null,
    openSince: isRecorded ? (record?.openSince ?? {}) : {},
    checkedCommits: checkedCommits(releasing),
    facts,
    tagFaults: tagFaults(releasing, everything, hosted),
    people: peopleOf({ playbook, hosted, components, paths, files: file }),
    hosted,
  };
}

function tagFaults({ components, behind }: Releasing, { troubles, playbook }: Everything, hosted: Hosted | null): Subject["tagFaults"] {
  const names = new Set(components.map(({ name }) => name));
  const unsigned = hosted === null ? null : signingProblem(playbook, hosted);
  return [
    ...troubles.filter(({ component }) => names.has(component)).map(({ because, next }) => ({ gate: "tag", because, next })),
    ...behind.map((before) => ({ gate: "order", ...comesFirst(before) })),
    ...(unsigned === null ? [] : [{ gate: "tag", because: unsigned.message, next: unsigned.hint ?? "" }]),
  ];
}

/** Commits of each component's range that the release holds, newest first, each once: all of it, or what the merged commit reaches. */
function containedIn({ components, mergedAt, pullRequest }: Releasing, { ranges }: Snapshot): readonly Commit[] {
  const found = new Map<Sha, Commit>();
  for (const { name } of components) {
    const commits = ranges.get(name)?.commits ?? [];
    const held = mergedAt === null ? null : reachable(commits, mergedAt);
    for (const commit of commits)
      if ((held === null || held.has(commit.sha)) && (pullRequest === null || commit.pullRequest?.number !== pullRequest.number)) found.set(commit.sha, commit);
  }
  return [...found.values()];
}

function changesIn(releasing: Releasing, contained: readonly Commit[], everything: Everything): readonly Change[] {
  const { components, mergedAt } = releasing;
  // Of what is proposed the range holds nothing that the release does not.
  const read = mergedAt === null ? everything.changes : changesReader(onlyWith(contained, components, everything));
  const found = new Map<string, Change>();
  for (const component of components)
    for (const change of withMinimum(read(component).changes, everything.playbook.versioning.minimum).changes)
      found.set(`${change.sha} ${change.subject}`, change);
  return [...found.values()];
}

/** The repository as if nothing else had come since the last releases. */
function onlyWith(contained: readonly Commit[], components: Releasing["components"], everything: Everything): Everything {
  const held = new Set(contained.map(({ sha }) => sha));
  const { snapshot } = everything;
  const ranges = new Map(
    components.map(({ name }) => {
      const range = snapshot.ranges.get(name);
      return [name, { since: range?.since ?? null, commits: (range?.commits ?? []).filter(({ sha }) => held.has(sha)) }] as const;
    }),
  );
  return { ...everything, snapshot: { ...snapshot, ranges } };
}

const BUMPS: readonly Bump[] = ["major", "minor", "patch"];

function largestBump({ plans, record }: Releasing): Bump | null {
  const bumps = plans.length > 0 ? plans.map(({ bump }) => bump) : (record?.bumps ?? []);
  return BUMPS.find((bump) => bumps.includes(bump)) ?? null;
}

/** Each component's own policy; a joint pull request takes the gates of all. */
function policyFor({ plans, record }: Releasing, changes: readonly Change[], { playbook }: Everything): Subject["policy"] {
  const bumps = plans.length > 0 ? plans.map(({ bump }) => bump) : (record?.bumps ?? []);
  return combinePolicies(
    [...new Set(bumps.length === 0 ? [null] : bumps)].map((bump) => policyOf(playbook, { bump, kind: "release", changes })),
    playbook,
  );
}

function treeOf({ plans }: Releasing, { paths }: Snapshot): ReadonlySet<string> {
  const written = plans.flatMap(({ files }) => files.map(({ path }) => path));
  return written.every((path) => paths.has(path)) ? paths : new Set([...paths, ...written]);
}

/** What a path holds once the release is made; of a merged release at the merged commit. */
function fileAs({ plans, mergedAt }: Releasing, { files, head, hosted }: Snapshot): (path: string) => FileState | undefined {
  if (mergedAt !== null && mergedAt !== head.sha) return (path) => hosted?.filesAt.get(`${mergedAt}:${path}`);
  const written = new Map(plans.flatMap((plan) => plan.files.map(({ path, after }) => [path, after] as const)));
  return (path) => {
    const after = written.get(path);
    return after === undefined ? files.get(path) : { is: "text", text: after };
  };
}

function contentFor(releasing: Releasing, commits: readonly Commit[], everything: Everything, hosted: Hosted | null): Subject["content"] {
  const { pullRequest, mergedAt } = releasing;
  const now = hosted === null ? "" : contentNow(releasing, commits, everything, hosted);
  const closedAt = pullRequest?.closed?.at ?? null;
  // Whoever approves after the merge has what was merged in view, and nothing of it can change any more.
  const isOfMerged = (sha: Sha, time: EpochMs): boolean => mergedAt !== null && closedAt !== null && time >= closedAt && sha === pullRequest?.headSha;
  return {
    now,
    at: (sha, time) => (isOfMerged(sha, time) ? { content: now, baseSha: mergedAt ?? sha } : contentAt(sha, time, pullRequest, hosted)),
  };
}

function contentNow({ components, pullRequest, record, mergedAt }: Releasing, commits: readonly Commit[], everything: Everything, hosted: Hosted): string {
  const { playbook, components: allComponents, snapshot } = everything;
  if (mergedAt === null || record === null) return contentOf({ playbook, components, allComponents }, hosted, pullRequest);
  const before = new Set(components.flatMap(({ name }) => [...reachable(snapshot.ranges.get(name)?.commits ?? [], record.content.baseSha)]));
  return contentAfterMerge(
    contentAfterMerge(record.content.is, pullRequest === null ? [] : pushedUnseen(pullRequest)),
    commits.flatMap(({ sha }) => (before.has(sha) || sha === mergedAt ? [] : [sha])),
  );
}

function contentAt(sha: Sha, time: EpochMs, pullRequest: OwnPullRequest | null, hosted: Hosted | null): ReturnType<Subject["content"]["at"]> {
  const isChecked = pullRequest !== null && pullRequest.checkedSha === sha;
  const record = isChecked ? recordOf(pullRequest) : recordOf({ checks: hosted?.records.get(sha) ?? [] });
  return record === null || time < record.content.since ? null : { content: record.content.is, baseSha: record.content.baseSha };
}

/** After the merge the merged commit speaks; where it holds exactly what the head held, what was said of the head counts, too. */
function checkedCommits({ pullRequest, mergedAt }: Releasing): readonly Sha[] {
  if (pullRequest === null) return [];
  if (mergedAt === null) return [pullRequest.headSha];
  const isSameTree = pullRequest.mergeTree !== null && pullRequest.mergeTree === pullRequest.headTree;
  return isSameTree ? [mergedAt, pullRequest.headSha] : [mergedAt];
}
