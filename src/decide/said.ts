// What people said to the app in the conversations that it follows: its open release pull requests, those that were merged
// and wait, those of releases under way, the last closed one of a branch that is to be proposed, and the desk. Nowhere else
// are commands heard, and what was said for a release ends with it.
import { type Facts, NOTHING_SAID, type Said as SaidBy } from "../model/agreement.ts";
import type { Playbook } from "../model/playbook.ts";
import type { Hosted, OwnPullRequest } from "../model/snapshot.ts";
import type { EpochMs } from "../model/time.ts";
import { statusCommentOf } from "./checklist/record.ts";
import { stepsOf } from "./checklist/steps.ts";
import { recordNow } from "./checklist/ticks.ts";
import { foldFacts, type SpokenOf } from "./commands/fold.ts";
import { openRequests, type Unmarked } from "./commands/history.ts";
import { judge, type Judged, type JudgeContext, wantsOf } from "./commands/judge.ts";
import type { PlacedConversation, UnderWay } from "./commands/types.ts";
import { contradictions, mergedReleases } from "./lines/merged.ts";
import { recordOf } from "./release-record.ts";
import { peopleOf } from "./people/people.ts";
import type { Repository } from "./repository.ts";
import { pullRequestsUnderWay, releasesUnderWay } from "./rollout/under-way.ts";
import type { Wants } from "./wants.ts";
import { WHOLE_REPOSITORY } from "./whole-repository.ts";

export type Said = {
  /** About what is proposed, or merged and has no tag yet. */
  readonly factsOf: (line: string) => Facts;
  /** About a release that was begun: on its pull request, before the merge and after, and on the desk since. */
  readonly factsOfRelease: (pullRequest: number | null, line: string) => Facts;
  readonly planAsked: (subjectId: string) => SaidBy | null;
  readonly judged: readonly Judged[];
  readonly unmarked: readonly Unmarked[];
  readonly context: JudgeContext | null;
  /** What has to be read before open requests can be judged. */
  readonly wants: Wants;
};

const NOBODY_SPOKE: Said = {
  factsOf: () => NOTHING_SAID,
  factsOfRelease: () => NOTHING_SAID,
  planAsked: () => null,
  judged: [],
  unmarked: [],
  context: null,
  wants: { files: [] },
};

export function whatWasSaid(repository: Repository): Said {
  const { playbook, snapshot } = repository;
  const { hosted } = snapshot;
  if (hosted === null) return NOBODY_SPOKE;
  const waiting = [...hosted.open, ...mergedAndWaiting(repository, hosted)];
  const released = pullRequestsUnderWay(repository, hosted);
  const over = released.filter(({ number }) => waiting.every((one) => one.number !== number));
  const underWay = releasesUnderWay(repository, hosted);
  const conversations = conversationsOf([...waiting, ...over], new Set(released.map(({ number }) => number)), hosted);
  const appLogin = hosted.app.login;
  const lines = linesNamed(repository);
  const context: JudgeContext = {
    playbook,
    takenAt: snapshot.takenAt,
    lines,
    underWay,
    permissions: hosted.permissions,
    people: peopleFor(repository, hosted),
  };
  const { requests, unmarked } = openRequests(conversations, appLogin);
  const judged = judge(requests, context);
  const isOver = (number: number): boolean => over.some((one) => one.number === number);
  const agreement = foldFacts({ conversations, appLogin, judged, context, isOver, releasedAt: (line) => releasedAt(line, repository, hosted) });
  const ticks = ticksByLine(waiting, hosted, playbook);
  const unread = playbook.release.desk === null ? null : hosted.deskUnread;
  return {
    factsOf: (line) => ({
      ...agreement.of(line),
      ticks: ticks.get(line) ?? [],
      lapsed: agreement.lapsed(line),
      unread,
    }),
    factsOfRelease: (pullRequest, line) => {
      const release = spokenOf(pullRequest, line, underWay);
      const pull = released.find(({ number }) => number === pullRequest);
      return {
        ...agreement.ofRelease(release),
        ticks: pull === undefined ? [] : ticksOn(pull, hosted, playbook),
        lapsed: agreement.lapsedOfRelease(release),
        unread,
      };
    },
    planAsked: agreement.planAsked,
    judged,
    unmarked,
    context,
    wants: wantsOf(requests, context),
  };
}

/** What is said on the desk is about the newest release of the line. */
function spokenOf(pullRequest: number | null, line: string, underWay: readonly UnderWay[]): SpokenOf {
  const ofLine = underWay.filter((one) => one.line === line);
  const since = ofLine.find((one) => one.pullRequest === pullRequest)?.startedAt ?? Infinity;
  const later = ofLine.flatMap(({ startedAt }) => (startedAt > since ? [startedAt] : []));
  return { line, pullRequest, since, until: later.length === 0 ? null : Math.min(...later) };
}

/** Of the merged pull requests in the range of one component many may have released another one. */
function mergedAndWaiting({ components, playbook, snapshot }: Repository, hosted: Hosted): readonly OwnPullRequest[] {
  const waiting = mergedReleases(components, snapshot, hosted).filter((one) => contradictions(one, playbook, hosted).length === 0);
  return [...new Set(waiting.map(({ pullRequest }) => pullRequest))];
}

/** What was said on the desk holds whether or not somebody closed it since: closing opens nothing. */
function conversationsOf(followed: readonly OwnPullRequest[], released: ReadonlySet<number>, { branches, desk }: Hosted): readonly PlacedConversation[] {
  const closed = [...branches.values()].flatMap(({ lastClosed }) => (lastClosed?.state === "closed" ? [lastClosed] : []));
  const placed = [...followed, ...closed].map((pull): PlacedConversation => ({
    place: {
      subjectId: pull.id,
      pullRequest: pull.number,
      line: recordOf(pull)?.line ?? null,
      isClosed: pull.state === "closed",
      isReleased: released.has(pull.number),
    },
    conversation: pull,
  }));
  if (desk === null) return placed;
  return [...placed, { place: { subjectId: desk.id, pullRequest: null, line: null, isClosed: false, isReleased: false }, conversation: desk }];
}

/** Lines that a command can be about. */
function linesNamed({ components, playbook }: Repository): readonly string[] {
  return playbook.release.pullRequest.per === "repository" ? [WHOLE_REPOSITORY] : components.map(({ name }) => name);
}

/** Owners are those of everything in the line's components: what a release touches is known only once it is planned. */
function peopleFor({ components, playbook, snapshot }: Repository, hosted: Hosted): JudgeContext["people"] {
  const made = new Map<string | null, ReturnType<JudgeContext["people"]>>();
  return (line) => {
    const known = made.get(line);
    if (known !== undefined) return known;
    const meant = line === null || line === WHOLE_REPOSITORY ? components : components.filter(({ name }) => name === line);
    const paths = [...snapshot.paths].filter((file) => meant.some(({ path }) => path === "." || file.startsWith(`${path}/`)));
    const people = peopleOf({ playbook, hosted, components: meant, paths, files: (path) => snapshot.files.get(path) });
    made.set(line, people);
    return people;
  };
}

/** The newest moment that GitHub knows of the line's last release. */
function releasedAt(line: string, { components, tags, snapshot }: Repository, { tagged }: Hosted): EpochMs | null {
  const names = line === WHOLE_REPOSITORY ? components.map(({ name }) => name) : [line];
  const times = names.flatMap((name) => {
    const last = snapshot.ranges.get(name)?.since?.name ?? tags.releases.get(name)?.[0]?.tag.name;
    const found = last === undefined ? undefined : tagged.get(last);
    if (found === undefined) return [];
    const begun = found.checks.filter(({ externalId }) => externalId === `release/${String(last)}`).map(({ startedAt }) => startedAt);
    return [found.committedAt, ...begun].flatMap((time) => time ?? []);
  });
  return times.length === 0 ? null : Math.max(...times);
}

function ticksByLine(followed: readonly OwnPullRequest[], hosted: Hosted, playbook: Playbook): ReadonlyMap<string, Facts["ticks"]> {
  const found = new Map<string, Facts["ticks"]>();
  for (const pull of followed) {
    const line = recordOf(pull)?.line ?? null;
    if (line !== null) found.set(line, ticksOn(pull, hosted, playbook));
  }
  return found;
}

function ticksOn({ own }: OwnPullRequest, { app }: Hosted, playbook: Playbook): Facts["ticks"] {
  const status = statusCommentOf(own, app.login);
  return status === null ? [] : recordNow(status, app.login, stepsOf(playbook.gates)).ticks;
}
