// What parts of a decision still have to know, put together into one question.
import { elsewhereKey, NOTHING_HOSTED_WANTED, NOTHING_WANTED, runsKey, type Wanted } from "../model/snapshot.ts";

type HostedWanted = NonNullable<Wanted["hosted"]>;

/** `files`: at the head. `hostedFiles`: at other commits. Anything else of `Wanted.hosted` may be left out. */
export type Wants = {
  readonly files: readonly string[];
  readonly hostedFiles?: HostedWanted["files"];
  readonly ranges?: Wanted["ranges"];
} & Partial<Omit<HostedWanted, "files">>;

export const NOTHING_MORE: Wants = { files: [] };

/** Each thing once. */
export function together(all: readonly Wants[]): Wants {
  return {
    files: unique(all.flatMap(({ files }) => files)),
    hostedFiles: uniqueBy(
      all.flatMap(({ hostedFiles = [] }) => hostedFiles),
      ({ sha, path }) => `${sha}:${path}`,
    ),
    ranges: uniqueBy(
      all.flatMap(({ ranges = [] }) => ranges),
      ({ key }) => key,
    ),
    branches: unique(all.flatMap(({ branches = [] }) => branches)),
    merged: unique(all.flatMap(({ merged = [] }) => merged)),
    mergedBefore: unique(all.flatMap(({ mergedBefore = [] }) => mergedBefore)),
    tags: uniqueBy(
      all.flatMap(({ tags = [] }) => tags),
      ({ name }) => name,
    ),
    logins: unique(all.flatMap(({ logins = [] }) => logins)),
    records: unique(all.flatMap(({ records = [] }) => records)),
    commitChecks: unique(all.flatMap(({ commitChecks = [] }) => commitChecks)),
    requiredChecks: all.some(({ requiredChecks = false }) => requiredChecks),
    teams: unique(all.flatMap(({ teams = [] }) => teams)),
    labelled: unique(all.flatMap(({ labelled = [] }) => labelled)),
    milestones: all.some(({ milestones = false }) => milestones),
    contributions: all.some(({ contributions = false }) => contributions),
    runs: uniqueBy(
      all.flatMap(({ runs = [] }) => runs),
      runsKey,
    ),
    failedJobs: uniqueBy(
      all.flatMap(({ failedJobs = [] }) => failedJobs),
      ({ run, attempt }) => `${String(run)}/${String(attempt)}`,
    ),
    reports: unique(all.flatMap(({ reports = [] }) => reports)),
    attestations: unique(all.flatMap(({ attestations = [] }) => attestations)),
    elsewhere: uniqueBy(
      all.flatMap(({ elsewhere = [] }) => elsewhere),
      elsewhereKey,
    ),
    contained: unique(all.flatMap(({ contained = [] }) => contained)),
    retrospectives: all.some(({ retrospectives = false }) => retrospectives),
  };
}

export function isNothing(wants: Wants): boolean {
  const { files, ranges, hosted } = wantedOf(wants);
  return files.length === 0 && ranges.length === 0 && hosted === null;
}

/** As an observer is asked; empty when nothing is wanted. */
export function wantedOf({ files, hostedFiles = [], ranges = [], ...rest }: Wants): Wanted {
  const hosted: HostedWanted = { ...NOTHING_HOSTED_WANTED, ...rest, files: hostedFiles };
  const isWanted = Object.values(hosted).some((one) => (Array.isArray(one) ? one.length > 0 : one === true));
  return { ...NOTHING_WANTED, files, ranges, hosted: isWanted ? hosted : null };
}

function unique<T>(all: readonly T[]): readonly T[] {
  return [...new Set(all)];
}

function uniqueBy<T>(all: readonly T[], keyOf: (one: T) => string): readonly T[] {
  return [...new Map(all.map((one) => [keyOf(one), one])).values()];
}
