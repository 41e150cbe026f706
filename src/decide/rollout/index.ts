// Every release that is under way: what has still to be read about it, how it stands, and what is done about it now.
import type { Action } from "../../model/plan.ts";
import type { Hosted } from "../../model/snapshot.ts";
import type { RolloutReport } from "../../model/rollout.ts";
import type { EpochMs } from "../../model/time.ts";
import { earliest } from "../earliest.ts";
import { keepStatusComment } from "../lines/status.ts";
import type { Everything } from "../plan-components.ts";
import type { Repository } from "../repository.ts";
import { rolloutBoard } from "../prose/board.ts";
import { isNothing, together, type Wants } from "../wants.ts";
import { aftercareOf, aftercareWants } from "./aftercare-of.ts";
import { ending } from "./ending.ts";
import { followedReleases, followedWants, isOver } from "./followed.ts";
import { isFinal, judgeRollout, type JudgedRollout, walkRollout } from "./one-rollout.ts";
import { keepRollout } from "./release-check-run.ts";
import { keepNotes } from "./release-notes-of.ts";
import { type LinesSaid, movingTagsOf, type Rollout, rolloutOf } from "./releasing.ts";
import { tagWatchWants } from "./tag-watch.ts";
import { isFollowed } from "./steps.ts";

export type Rollouts = {
  readonly reports: readonly RolloutReport[];
  readonly actions: readonly Action[];
  readonly wakeAt: EpochMs | null;
  /** Whether everything that comes before the publication of that tag is done. */
  readonly isPublicationDue: (tag: string) => boolean;
  /** Pull requests whose status comment is a board of steps. */
  readonly boards: ReadonlySet<number>;
};

const NO_ROLLOUTS: Rollouts = { reports: [], actions: [], wakeAt: null, isPublicationDue: () => true, boards: new Set() };

function rolloutsIn(everything: Everything, hosted: Hosted, said: LinesSaid): readonly Rollout[] {
  return followedReleases(everything, hosted)
    .map((followed) => rolloutOf(followed, everything, hosted, said))
    .filter(({ followed }) => isFollowed(everything.playbook, followed.record.policy));
}

/** First of all which releases there are, before anything that was said on them can be known. */
export function rolloutsToFollow(repository: Repository, hosted: Hosted): Wants {
  return together([followedWants(repository, hosted), tagWatchWants(repository, hosted)]);
}

export function rolloutWants(everything: Everything, hosted: Hosted, said: LinesSaid): Wants {
  return together(
    rolloutsIn(everything, hosted, said).map((rollout) => {
      const { wants } = walkRollout(rollout, everything, hosted);
      return isNothing(wants) ? aftercareWants(judgeRollout(rollout, everything, hosted), everything, hosted) : wants;
    }),
  );
}

export function rolloutsOf(everything: Everything, hosted: Hosted, said: LinesSaid): Rollouts {
  const judged = rolloutsIn(everything, hosted, said).map((rollout) => judgeRollout(rollout, everything, hosted));
  const moved = movingTagsOf(everything, hosted).flatMap(({ action }) => action ?? []);
  if (judged.length === 0) return { ...NO_ROLLOUTS, actions: moved };
  const active = judged.filter(({ rollout }) => !isOver(rollout.followed));
  const cared = active.map((one) => ({ one, care: aftercareOf(one, everything, hosted) }));
  const boards = Map.groupBy(judged, ({ rollout }) => rollout.followed.pullRequest?.number ?? 0);
  return {
    reports: judged.map(({ report }) => report),
    actions: [
      ...moved,
      ...active.flatMap(({ actions }) => actions),
      ...cared.flatMap(({ care }) => care.actions),
      ...active.flatMap((one) => keepNotes(one, everything, hosted)),
      ...[...boards.values()].flatMap((group) => keepBoard(group, everything, hosted)),
      ...cared.flatMap(({ one, care }) => endOrKeep(one, care.isDone, everything)),
    ],
    wakeAt: earliest([
      ...active.map(({ wakeAt }) => wakeAt),
      ...cared.map(({ care }) => care.wakeAt),
      cared.some(isEnding) ? everything.snapshot.takenAt + SHOWN_AFTER_MS : null,
    ]),
    isPublicationDue: (tag) => judged.some(({ rollout, findings }) => rollout.values.tag === tag && findings.get("publication")?.state === "ready"),
    boards: new Set(judged.flatMap(({ rollout }) => rollout.followed.pullRequest?.number ?? [])),
  };
}

/** What has ended is under way no more, and the desk says so with the next look. */
const SHOWN_AFTER_MS = 60_000;

function isEnding({ one: { report }, care }: { readonly one: JudgedRollout; readonly care: { readonly isDone: boolean } }): boolean {
  return isFinal(report) && care.isDone;
}

/** Nothing is followed any more once its end stands there: so that comes last, and after everything else was seen to be done. */
function endOrKeep(one: JudgedRollout, isCaredFor: boolean, everything: Everything): Action[] {
  const isEnd = isFinal(one.report) && isCaredFor;
  const kept = keepRollout(one, isEnd ? ending(one, everything) : null, isEnd);
  return kept === null ? [] : [kept];
}

/** The status comment of a release pull request goes on as the board of its steps. */
function keepBoard(group: readonly JudgedRollout[], { playbook }: Everything, hosted: Hosted): Action[] {
  const [first] = group;
  const pullRequest = first?.rollout.followed.pullRequest ?? null;
  if (first === undefined || pullRequest === null) return [];
  const reports = group.map(({ report }) => report);
  return keepStatusComment(pullRequest, first.report.line, playbook, hosted, (record) => rolloutBoard(reports, record));
}
