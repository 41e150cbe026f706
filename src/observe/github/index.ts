// A repository on GitHub as a Snapshot: complete answers or a thrown error, never a partial one. Reads only. What it
// costs is in cost.test.ts: four requests at the first look of a process, one when nothing happened, two after a push.
import type { GitHub } from "../../github/types.ts";
import { Parked, Transient } from "../../model/errors.ts";
import type { Hosted, Sha, Snapshot, Wanted } from "../../model/snapshot.ts";
import type { EpochMs } from "../../model/time.ts";
import { type BareHead, readBareHead } from "./bare-head.ts";
import { readAttestations } from "./attestations.ts";
import { readBranches } from "./branches.ts";
import { checksAt, readRecords } from "./checks.ts";
import { readCommitChecks } from "./commit-checks.ts";
import { readContained } from "./contained.ts";
import { readContributions } from "./contributions.ts";
import { type Conversation, openConversation } from "./conversation.ts";
import { deskAsked, deskQuestion, readDesk } from "./desk.ts";
import { readElsewhere } from "./elsewhere.ts";
import { readFailedJobs } from "./failed-jobs.ts";
import { readFileHistory } from "./file-history.ts";
import { keepBlob, playbookQuestion, readFileAt, readFiles } from "./files.ts";
import { ISSUES_NEED, readLabelled } from "./issues.ts";
import { blobsOf, executablesOf, pathsOf } from "./listing.ts";
import { LOOK, identify } from "./look.ts";
import type { Kept, Memory } from "./memory.ts";
import { readMilestones } from "./milestones.ts";
import type { Moment } from "./moment.ts";
import { numberAsked, ownPullRequestAt, pullQuestion, readMerged, readMergedLately, readOpen } from "./own-pull-requests.ts";
import { type App, signoffOf } from "./people.ts";
import { readPermissions } from "./permissions.ts";
import type { Question } from "./question.ts";
import { readRanges } from "./ranges.ts";
import { readUnlessRefused } from "./refusal.ts";
import { readReports } from "./reports.ts";
import { readRequiredChecks } from "./required-checks.ts";
import { readRetrospectives } from "./retrospectives.ts";
import { requestsQuestion } from "./review-requests.ts";
import { readTagged } from "./tagged.ts";
import { readTags } from "./tags.ts";
import { readTeams } from "./teams.ts";
import { readListing } from "./tree.ts";
import { readWorkflowRuns } from "./workflow-runs.ts";

export { openMemory } from "./memory.ts";
export type { App } from "./people.ts";

/** A snapshot of a repository on GitHub always has its hosted part. */
type HostedSnapshot = Snapshot & { readonly hosted: Hosted };

export type GitHubObserver = {
  /** Head, tags, tree, the playbook's file, this app's open pull requests and its desk; no range yet. A new moment at each call. */
  readonly first: () => Promise<HostedSnapshot>;
  /** The same moment with what was wanted added to it. Only for the latest moment. */
  readonly answer: (snapshot: Snapshot, wanted: Wanted) => Promise<HostedSnapshot>;
  /** Earlier texts of a file on the default branch, newest first, each with the commit that wrote it. Of the latest moment. */
  readonly earlier: (path: string) => AsyncIterable<{ readonly sha: Sha; readonly text: string }>;
  /** Where to say that the rest may not be read. */
  readonly bareHead: () => Promise<BareHead>;
  /** This app has opened that pull request: the next look reads it by its number, although no list may show it yet. */
  readonly opened: (number: number) => void;
  /** The same for its desk. */
  readonly openedDesk: (number: number) => void;
};

type Options = {
  readonly app: App;
  readonly now: () => EpochMs;
  /** Read along with the look, so that it costs no request of its own. */
  readonly playbookPath: string;
  /** Shared by all observers of a process. */
  readonly memory: Memory;
};

/**
 * @param repository `id` as webhooks carry it, which renames and transfers keep
 * @throws Parked (archived, disabled, empty, gone), Stale (something moved between two requests), Transient, Refused
 */
export function githubObserver(github: GitHub, repository: { readonly id: number }, options: Options): GitHubObserver {
  const kept = options.memory.of(repository.id);
  let current: { readonly moment: Moment; readonly conversation: Conversation; readonly nodeId: string } | null = null;

  const remember = (): void => {
    if (current !== null) kept.known.set({ nodeId: current.nodeId, questions: current.conversation.again() });
  };
  const hopeFor = (...questions: readonly Question<unknown>[]): void => {
    const known = kept.known.get();
    if (known !== undefined) kept.known.set({ ...known, questions: [...known.questions, ...questions] });
  };
  return {
    bareHead: () => readBareHead(github.rest, repository.id, options.app),
    async first() {
      const look = await lookWarmOrCold(github, repository.id, kept, options);
      current = look;
      remember();
      return look.snapshot;
    },
    async answer(snapshot, wanted) {
      if (current === null || snapshot.hosted === null || snapshot.head.sha !== current.moment.head.sha)
        throw new Error("Bug: an answer is wanted for a moment that is not the latest one.");
      const { moment } = current;
      const [files, ranges, hosted] = await Promise.all([
        readFiles(moment, wanted.files),
        readRanges(moment, wanted.ranges, wanted.folders),
        readHosted(moment, snapshot.hosted, wanted.hosted),
      ]);
      remember();
      return { ...snapshot, files: new Map([...snapshot.files, ...files]), ranges: new Map([...snapshot.ranges, ...ranges]), hosted };
    },
    earlier(path) {
      if (current === null) throw new Error("Bug: the past of a file is wanted before anything was looked at.");
      return readFileHistory(current.moment, path);
    },
    opened: (number) => hopeFor(pullQuestion(number), requestsQuestion(number)),
    openedDesk: (number) => hopeFor(deskQuestion(number)),
  };
}

type Looked = { readonly snapshot: HostedSnapshot; readonly moment: Moment; readonly conversation: Conversation; readonly nodeId: string };

/** What is remembered may be what GitHub stumbles over, so a look that failed for good is repeated without it. */
async function lookWarmOrCold(github: GitHub, repository: number, kept: Kept, options: Options): Promise<Looked> {
  if (kept.known.get() === undefined) return lookAt(github, repository, kept, options);
  try {
    return await lookAt(github, repository, kept, options);
  } catch (error) {
    kept.known.clear();
    if (error instanceof Transient || error instanceof Parked) throw error;
    return lookAt(github, repository, kept, options);
  }
}

async function lookAt(github: GitHub, repository: number, kept: Kept, { app, now, playbookPath }: Options): Promise<Looked> {
  const known = kept.known.get();
  const nodeId = known?.nodeId ?? (await identify(github.rest, repository));
  const conversation = openConversation(github, { repository: nodeId, app: app.id });
  for (const question of known?.questions ?? []) conversation.hope(question);
  const takenAt = now();
  const asking = { ask: conversation.ask, learn: conversation.learn, foresee: conversation.foresee, rest: github.rest, kept, app };
  const { ask } = conversation;
  const seen = ask(LOOK);
  const listed = Promise.all([seen, known === undefined ? ask(playbookQuestion(playbookPath)) : null]).then(([{ owner, repo, tree }, playbook]) => {
    if (playbook !== null) keepBlob(asking, playbook);
    return readListing({ ...asking, owner, repo }, tree);
  });
  const numbersIn = (numberOf: (question: Question<unknown>) => number | null): number[] =>
    (known?.questions ?? []).flatMap((question) => numberOf(question) ?? []);
  const [look, listing, tags, open, mergedLately, desk] = await Promise.all([
    seen,
    listed,
    readTags(ask),
    readOpen(asking, numbersIn(numberAsked)),
    readMergedLately(asking),
    readUnlessRefused(ISSUES_NEED, readDesk(asking, numbersIn(deskAsked))),
  ]);
  const { owner, repo, sha, tree, branch, url } = look;
  kept.roots.set(sha, tree);
  const moment: Moment = { ...asking, owner, repo, takenAt, head: { sha, tree, branch }, tags, listing };
  const [files, headChecks, openPulls] = await Promise.all([
    readFiles(moment, [playbookPath]),
    checksAt(moment, look.commit, sha),
    Promise.all(open.map((pull) => ownPullRequestAt(moment, pull))),
  ]);
  const snapshot: HostedSnapshot = {
    takenAt,
    repository: { name: `${owner}/${repo}`, url },
    head: { sha, branch, onDefaultBranch: true },
    tags,
    paths: pathsOf(listing),
    files: new Map(files),
    ranges: new Map(),
    hosted: {
      id: look.id,
      app: { login: app.login, signoff: signoffOf(app, url), signs: app.signs },
      headTree: tree,
      executables: executablesOf(listing),
      headChecks,
      open: openPulls,
      branches: new Map(),
      merged: new Map(),
      mergedLately,
      mergedBefore: new Map(),
      tagged: new Map(),
      permissions: new Map(),
      filesAt: new Map(),
      blobs: blobsOf(listing),
      desk: desk.ok ? desk.value.desk : null,
      otherDesks: desk.ok ? desk.value.others : [],
      deskUnread: desk.ok ? null : desk.because,
      records: new Map(),
      commitChecks: new Map(),
      requiredChecks: null,
      teams: new Map(),
      labelled: new Map(),
      milestones: null,
      contributions: null,
      shown: [],
      runs: new Map(),
      failedJobs: new Map(),
      reports: new Map(),
      attestations: new Map(),
      elsewhere: new Map(),
      contained: new Map(),
      retrospectives: null,
    },
  };
  return { snapshot, moment, conversation, nodeId };
}

async function readHosted(moment: Moment, hosted: Hosted, wanted: Wanted["hosted"]): Promise<Hosted> {
  if (wanted === null) return hosted;
  const [branches, merged, mergedBefore, tagged, permissions, filesAt, agreement, rollout] = await Promise.all([
    readBranches(moment, wanted.branches),
    readMerged(moment, wanted.merged),
    readMerged(moment, wanted.mergedBefore),
    readTagged(moment, wanted.tags),
    readPermissions(moment, wanted.logins),
    Promise.all(wanted.files.map(async ({ sha, path }) => [`${sha}:${path}`, await readFileAt(moment, sha, path)] as const)),
    readAgreement(moment, hosted, wanted),
    readRollout(moment, hosted, wanted),
  ]);
  return {
    ...hosted,
    ...agreement,
    ...rollout,
    branches: new Map([...hosted.branches, ...branches]),
    merged: new Map([...hosted.merged, ...merged]),
    mergedBefore: new Map([...hosted.mergedBefore, ...mergedBefore]),
    tagged: new Map([...hosted.tagged, ...tagged]),
    permissions: new Map([...hosted.permissions, ...permissions]),
    filesAt: new Map([...hosted.filesAt, ...filesAt]),
  };
}

type Agreement = Pick<Hosted, "records" | "commitChecks" | "requiredChecks" | "teams" | "labelled" | "milestones" | "contributions">;

/** What gates go by. */
async function readAgreement(moment: Moment, hosted: Hosted, wanted: NonNullable<Wanted["hosted"]>): Promise<Agreement> {
  const [records, commitChecks, requiredChecks, teams, labelled, milestones, contributions] = await Promise.all([
    readRecords(moment, wanted.records),
    readCommitChecks(moment, wanted.commitChecks),
    wanted.requiredChecks ? readRequiredChecks(moment) : hosted.requiredChecks,
    readTeams(moment, wanted.teams),
    readLabelled(moment, wanted.labelled),
    wanted.milestones ? readMilestones(moment) : hosted.milestones,
    wanted.contributions ? readContributions(moment) : hosted.contributions,
  ]);
  return {
    records: new Map([...hosted.records, ...records]),
    commitChecks: new Map([...hosted.commitChecks, ...commitChecks]),
    requiredChecks,
    teams: new Map([...hosted.teams, ...teams]),
    labelled: new Map([...hosted.labelled, ...labelled]),
    milestones,
    contributions,
  };
}

type Rollout = Pick<Hosted, "runs" | "failedJobs" | "reports" | "attestations" | "elsewhere" | "contained" | "retrospectives">;

/** What follows a release. */
async function readRollout(moment: Moment, hosted: Hosted, wanted: NonNullable<Wanted["hosted"]>): Promise<Rollout> {
  const [runs, failedJobs, reports, attestations, elsewhere, contained, retrospectives] = await Promise.all([
    readWorkflowRuns(moment, wanted.runs),
    readFailedJobs(moment, wanted.failedJobs),
    readReports(moment, wanted.reports),
    readAttestations(moment, wanted.attestations),
    readElsewhere(moment, wanted.elsewhere),
    readContained(moment, wanted.contained),
    wanted.retrospectives ? readRetrospectives(moment) : hosted.retrospectives,
  ]);
  return {
    runs: new Map([...hosted.runs, ...runs]),
    failedJobs: new Map([...hosted.failedJobs, ...failedJobs]),
    reports: new Map([...hosted.reports, ...reports]),
    attestations: new Map([...hosted.attestations, ...attestations]),
    elsewhere: new Map([...hosted.elsewhere, ...elsewhere]),
    contained: new Map([...hosted.contained, ...contained]),
    retrospectives,
  };
}
