// Tags that somebody moved or deleted after the release that they are. What the app recorded on the released commit says
// where each belongs: nothing is tagged a second time, nothing is published from another commit, and people are told the
// command that puts it back.
import type { Words } from "../../model/plan.ts";
import type { Playbook } from "../../model/playbook.ts";
import type { Problem } from "../../model/problem.ts";
import type { Hosted, OwnCheck, Sha } from "../../model/snapshot.ts";
import { code, shortSha } from "../gates/phrases.ts";
import type { Component } from "../components.ts";
import type { Repository } from "../repository.ts";
import { recordOf } from "../release-record.ts";
import type { Wants } from "../wants.ts";
import type { Followed } from "./followed.ts";
import { rolloutId, rolloutRecordIn } from "./record.ts";

export type TagTrouble = {
  readonly component: string;
  readonly tag: string;
  readonly is: "moved" | "deleted";
  /** Where it belongs; null when nobody knows any more. */
  readonly recordedSha: Sha | null;
  /** Where it leads; null when it is gone. */
  readonly foundSha: Sha | null;
  readonly because: Words;
  readonly next: Words;
};

/** At most one a tag of a component, in the order of the components. */
export function tagTroubles(repository: Repository, hosted: Hosted, followed: readonly Followed[]): readonly TagTrouble[] {
  const { components, snapshot } = repository;
  const stands = new Map(snapshot.tags.map(({ name, sha }) => [name, sha]));
  return components.flatMap((component) => {
    const known = new Map<string, Placed>();
    for (const placed of placesOf(component, repository, hosted, followed)) if (!known.has(placed.tag)) known.set(placed.tag, placed);
    const told = [...known.values()].flatMap((placed) => troubleOf(component, placed, stands.get(placed.tag) ?? null));
    const stray = known.has(newestTag(component, repository)?.name ?? "") ? [] : strayTag(component, repository, hosted);
    return [...told, ...stray];
  });
}

/** What the app wrote on commits whose tag leads elsewhere now; of a tag that was moved on, which merge it belonged to. */
export function tagWatchWants(repository: Repository, hosted: Hosted): Wants {
  const { components, snapshot } = repository;
  const ranges = components.flatMap((component) => rangeBefore(component, repository, hosted)).filter(({ key }) => !snapshot.ranges.has(key));
  if (ranges.length > 0) return { files: [], ranges };
  const stands = new Map(snapshot.tags.map(({ name, sha }) => [name, sha]));
  const left = mergedPlaces(components, hosted).filter(({ tag, sha }) => (stands.get(tag) ?? sha) !== sha && !hosted.records.has(sha));
  return { files: [], records: left.map(({ sha }) => sha) };
}

/** What keeps every release back as long as it is so; null for nothing. */
export function signingProblem({ release, artifacts, path }: Playbook, { app }: Pick<Hosted, "app">): Problem | null {
  if (release.tag.signed !== "required" || app.signs !== null || artifacts.some(({ makesTag }) => makesTag)) return null;
  return {
    severity: "error",
    message: "`release.tag.signed` is required and this app has no signing key: nothing is tagged",
    path,
    line: null,
    column: null,
    hint: "give the app a key with `TAG_SIGNING_KEY_PATH`, or write `signed: preferred`",
  };
}

/** Where a tag belongs, as the app recorded it. `wasTagged`: it is known to have been there. */
type Placed = { readonly tag: string; readonly sha: Sha; readonly wasTagged: boolean };

/** What is recorded of the release itself comes first, then what others say of it. */
function placesOf({ name }: Component, { components }: Repository, hosted: Hosted, followed: readonly Followed[]): readonly Placed[] {
  const own = followed.filter(({ component }) => component.name === name);
  return [
    ...own.map(({ record, check }) => ({ tag: record.tag, sha: record.sha, wasTagged: wasTagged(check) })),
    ...mergedPlaces(
      components.filter((one) => one.name === name),
      hosted,
    ).flatMap((placed) => {
      const check = releaseCheckAt(placed, hosted);
      return check === null ? [] : [{ ...placed, wasTagged: wasTagged(check) }];
    }),
    // They had a tag, but what became of them since, only their own check runs say.
    ...own.flatMap(({ record }) => record.behind.map((one) => ({ ...one, wasTagged: false }))),
  ];
}

/** Every release that a merged pull request made, and the commit that it put on the base. */
function mergedPlaces(components: readonly Component[], { merged }: Hosted): readonly { readonly tag: string; readonly sha: Sha }[] {
  const names = new Set(components.map(({ name }) => name));
  return [...merged.values()].flatMap((pullRequest) => {
    const { mergeSha } = pullRequest;
    const releases = mergeSha === null ? [] : (recordOf(pullRequest)?.releases ?? []);
    return releases.flatMap(({ component, tag }) => (mergeSha === null || !names.has(component) ? [] : [{ tag, sha: mergeSha }]));
  });
}

/** The release's check run on that commit, wherever its checks were read. */
function releaseCheckAt({ tag, sha }: { readonly tag: string; readonly sha: Sha }, { records, tagged }: Hosted): OwnCheck | null {
  const asked = tagged.get(tag);
  // Of a tag that is gone they were read where it will be.
  const checks = [...(records.get(sha) ?? []), ...(asked === undefined || (asked.sha !== null && asked.sha !== sha) ? [] : asked.checks)];
  return checks.find((check) => check.externalId === rolloutId(tag) && (rolloutRecordIn(check)?.sha ?? sha) === sha) ?? null;
}

function wasTagged(check: OwnCheck): boolean {
  const record = rolloutRecordIn(check);
  // A build that recorded nothing completed its check run when the release was out.
  return record === null ? check.conclusion === "success" : record.taggedAt !== null || record.publishedAt !== null;
}

function troubleOf({ name }: Component, { tag, sha, wasTagged }: Placed, found: Sha | null): readonly TagTrouble[] {
  if (found === sha || (found === null && !wasTagged)) return [];
  const is = found === null ? "deleted" : "moved";
  const because =
    found === null
      ? `somebody deleted ${code(tag)}, which was released from ${shortSha(sha)}`
      : `${code(tag)} leads to ${shortSha(found)} instead of ${shortSha(sha)}, which was reviewed: somebody ${wasTagged ? "moved it" : "made it there"}`;
  return [{ component: name, tag, is, recordedSha: sha, foundSha: found, because, next: `put it back: ${command(tag, sha)}` }];
}

/** GitHub keeps check runs for 400 days: what is missing on an older commit says nothing. */
export const KEPT_MS = 300 * 86_400_000;

/** The newest tag of a component that this app released, on a commit from which it released nothing. */
function strayTag(component: Component, repository: Repository, hosted: Hosted): readonly TagTrouble[] {
  const newest = newestTag(component, repository);
  const found = newest === null ? undefined : hosted.tagged.get(newest.name);
  if (newest === null || found === undefined || found.sha === null || found.committedAt === null) return [];
  // A draft, too: before it makes one, the app says on the commit that it begins.
  const own = found.releases.filter(({ isOwn }) => isOwn);
  const isOut = own.some(({ isDraft }) => !isDraft);
  const isSaid = found.checks.some(({ externalId }) => externalId === rolloutId(newest.name));
  if (own.length === 0 || isSaid || repository.snapshot.takenAt - found.committedAt > KEPT_MS) return [];
  return [
    {
      component: component.name,
      tag: newest.name,
      is: "moved",
      recordedSha: null,
      foundSha: found.sha,
      because: `somebody ${isOut ? "moved" : "put"} ${code(newest.name)} ${isOut ? "to" : "on"} ${shortSha(found.sha)}: this app ${isOut ? "published it and released" : "drafted its release and began"} nothing from that commit`,
      next: `find the merge commit of its release pull request and put it back: ${command(newest.name, "COMMIT")}; if ${shortSha(found.sha)} is meant, delete the release of ${code(newest.name)} on GitHub`,
    },
  ];
}

/** The commits among which the merge of a release is whose tag was moved on. */
function rangeBefore(component: Component, repository: Repository, hosted: Hosted): NonNullable<Wants["ranges"]> {
  const [stray] = strayTag(component, repository, hosted);
  const releases = repository.tags.releases.get(component.name) ?? [];
  const earlier = releases.slice(releases.findIndex(({ tag }) => tag.name === stray?.tag) + 1).map(({ tag }) => tag);
  return stray === undefined ? [] : [{ key: `before ${stray.tag}`, newestFirst: earlier.slice(0, 1) }];
}

function newestTag({ name, isPresent }: Component, { tags, snapshot }: Repository): { readonly name: string } | null {
  return (isPresent ? snapshot.ranges.get(name)?.since : tags.releases.get(name)?.[0]?.tag) ?? null;
}

function command(tag: string, commit: string): Words {
  const target = `${commit}:refs/tags/${tag}`;
  const quoted = /^[\w./:@+-]+$/.test(target) ? target : `'${target.replaceAll("'", String.raw`'\''`)}'`;
  return code(`git push --force origin ${quoted}`, COMMAND_MAX);
}

/** A tag has at most 256 characters, and a commit's name 64. */
const COMMAND_MAX = 400;
