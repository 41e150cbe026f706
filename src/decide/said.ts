// What people said to the app in the conversations that it follows: its open release pull requests, those that were merged
// and wait, the last closed one of a branch that is to be proposed, and the desk. Nowhere else are commands heard, and
// what was said for a release ends with it.
import { type Facts, NOTHING_SAID, type Said as SaidBy } from "../model/agreement.ts";
import type { Playbook } from "../model/playbook.ts";
import type { Hosted, OwnPullRequest } from "../model/snapshot.ts";
import type { EpochMs } from "../model/time.ts";
import { statusCommentOf } from "./checklist/record.ts";
import { stepsOf } from "./checklist/steps.ts";
import { recordNow } from "./checklist/ticks.ts";
import { foldFacts } from "./commands/fold.ts";
import { openRequests, type Unmarked } from "./commands/history.ts";
import { judge, type Judged, type JudgeContext, wantsOf } from "./commands/judge.ts";
import type { PlacedConversation } from "./commands/types.ts";
import { contradictions, mergedReleases } from "./lines/merged.ts";
import { recordOf } from "./release-record.ts";
import { peopleOf } from "./people/people.ts";
import type { Repository } from "./plan-components.ts";
import type { Wants } from "./wants.ts";
import { WHOLE_REPOSITORY } from "./whole-repository.ts";

export type Said = {
  readonly factsOf: (line: string) => Facts;
  readonly planAsked: (subjectId: string) => SaidBy | null;
  readonly judged: readonly Judged[];
  readonly unmarked: readonly Unmarked[];
  readonly context: JudgeContext | null;
  /** What has to be read before open requests can be judged. */
  readonly wants: Wants;
};

const NOBODY_SPOKE: Said = {
  factsOf: () => NOTHING_SAID,
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
  const followed = [...hosted.open, ...mergedAndWaiting(repository, hosted)];
  const conversations = conversationsOf(followed, hosted);
  const appLogin = hosted.app.login;
  const lines = linesNamed(repository);
  const context: JudgeContext = { playbook, takenAt: snapshot.takenAt, lines, permissions: hosted.permissions, people: peopleFor(repository, hosted) };
  const { requests, unmarked } = openRequests(conversations, appLogin);
  const judged = judge(requests, context);
  const agreement = foldFacts({ conversations, appLogin, judged, context, releasedAt: (line) => releasedAt(line, repository, hosted) });
  const ticks = ticksByLine(followed, hosted, playbook);
  return {
    factsOf: (line) => ({
      ...agreement.of(line),
      ticks: ticks.get(line) ?? [],
      lapsed: agreement.lapsed(line),
      unread: playbook.release.desk === null ? null : hosted.deskUnread,
    }),
    planAsked: agreement.planAsked,
    judged,
    unmarked,
    context,
    wants: wantsOf(requests, context),
  };
}

/** Of the merged pull requests in the range of one component many may have released another one. */
function mergedAndWaiting({ components, playbook, snapshot }: Repository, hosted: Hosted): readonly OwnPullRequest[] {
  const waiting = mergedReleases(components, snapshot, hosted).filter((one) => contradictions(one, playbook, hosted).length === 0);
  return [...new Set(waiting.map(({ pullRequest }) => pullRequest))];
}

/** What was said on the desk holds whether or not somebody closed it since: closing opens nothing. */
function conversationsOf(followed: readonly OwnPullRequest[], { branches, desk }: Hosted): readonly PlacedConversation[] {
  const closed = [...branches.values()].flatMap(({ lastClosed }) => (lastClosed?.state === "closed" ? [lastClosed] : []));
  const placed = [...followed, ...closed].map((pull): PlacedConversation => ({
    place: { subjectId: pull.id, pullRequest: pull.number, line: recordOf(pull)?.line ?? null, isClosed: pull.state === "closed" },
    conversation: pull,
  }));
  if (desk === null) return placed;
  return [...placed, { place: { subjectId: desk.id, pullRequest: null, line: null, isClosed: false }, conversation: desk }];
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

function ticksByLine(followed: readonly OwnPullRequest[], { app }: Hosted, playbook: Playbook): ReadonlyMap<string, Facts["ticks"]> {
  const steps = stepsOf(playbook.gates);
  const found = new Map<string, Facts["ticks"]>();
  for (const pull of followed) {
    const status = statusCommentOf(pull.own, app.login);
    const line = recordOf(pull)?.line ?? null;
    if (status !== null && line !== null) found.set(line, recordNow(status, app.login, steps).ticks);
  }
  return found;
}
