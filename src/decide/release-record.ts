// What the app remembers about a release pull request, written into its own check run on the head: nobody else can
// write there, so it is what identifies the pull request after any edit of its title, body, labels or branch.
import type { OwnCheck, OwnPullRequest, Sha } from "../model/snapshot.ts";
import type { EpochMs } from "../model/time.ts";
import type { Bump, VersionText } from "../model/version.ts";
import { hiddenRecordIn, isFields } from "./hidden-record.ts";

export type ReleaseRecord = {
  /** A component's name, or `*` for the whole repository. */
  readonly line: string;
  /** Fingerprint of the files and the commit message that were written. */
  readonly contentKey: string;
  /** Title as the app wrote it: another one was written by a person. */
  readonly title: string;
  /** Head of the base branch that it was planned for. */
  readonly baseSha: Sha;
  readonly releases: readonly RecordedRelease[];
  /** The size of each release, in their order; null for a first one and for CalVer. It chooses the policy. */
  readonly bumps: readonly (Bump | null)[];
  /**
   * What is released, which approvals are bound to (`agreement/content.ts`): its fingerprint, the head of the base at
   * which it was found, and since when it is that. The base may move on without anything to write on the branch.
   */
  readonly content: RecordedContent;
  /** Since when the head of the pull request is what it is. */
  readonly headSince: EpochMs | null;
  /** Since when gates that have to stay open for a while have been open without a break. */
  readonly openSince: Readonly<Record<string, EpochMs>>;
  /** Who was asked for a review: nobody is asked twice. */
  readonly asked: readonly string[];
};
type RecordedContent = { readonly is: string; readonly baseSha: Sha; readonly since: EpochMs };
export type RecordedRelease = {
  readonly component: string;
  readonly version: VersionText;
  readonly tag: string;
  readonly previousTag: string | null;
};

const PREFIX = "release-pull-request/";

/** The id by which the check run is found again: it names the line and the fingerprint of everything recorded. */
export function externalIdOf(line: string, fingerprint: string): string {
  return `${PREFIX}${fingerprint}/${line}`;
}

/** The newest record among the app's check runs of a pull request; null when none of them is a release pull request's. */
export function recordOf({ checks }: Pick<OwnPullRequest, "checks">): ReleaseRecord | null {
  for (const check of checks) {
    const record = recordIn(check);
    if (record !== null) return record;
  }
  return null;
}

function recordIn({ externalId, text }: OwnCheck): ReleaseRecord | null {
  const value = externalId.startsWith(PREFIX) ? hiddenRecordIn(text) : null;
  if (!isIdentity(value)) return null;
  const { bumps, content, headSince, openSince, asked } = value;
  return {
    ...value,
    bumps: Array.isArray(bumps) ? bumps.map((bump: unknown) => (bump === "major" || bump === "minor" || bump === "patch" ? bump : null)) : [],
    content: isContent(content) ? content : { is: "", baseSha: value.baseSha, since: Infinity },
    headSince: typeof headSince === "number" ? headSince : null,
    openSince: isFields(openSince) ? Object.fromEntries(Object.entries(openSince).flatMap(([gate, at]) => (typeof at === "number" ? [[gate, at]] : []))) : {},
    asked: Array.isArray(asked) ? asked.filter((one: unknown) => typeof one === "string") : [],
  };
}

/** What every build has written; the rest may be missing and then nobody has agreed to anything yet. */
type Identity = Pick<ReleaseRecord, "line" | "contentKey" | "title" | "baseSha" | "releases"> & Readonly<Record<string, unknown>>;

function isIdentity(value: unknown): value is Identity {
  if (!isFields(value)) return false;
  const { line, contentKey, title, baseSha, releases } = value;
  return [line, contentKey, title, baseSha].every((one) => typeof one === "string") && Array.isArray(releases) && releases.every(isRelease);
}

function isContent(value: unknown): value is RecordedContent {
  return isFields(value) && typeof value["is"] === "string" && typeof value["baseSha"] === "string" && typeof value["since"] === "number";
}

function isRelease(value: unknown): value is RecordedRelease {
  if (!isFields(value)) return false;
  const { component, version, tag, previousTag } = value;
  return [component, version, tag].every((one) => typeof one === "string") && (previousTag === null || typeof previousTag === "string");
}
