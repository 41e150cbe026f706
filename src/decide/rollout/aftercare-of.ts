// What is left to be done for a release beside its steps. It may end only when all of that is done.
import type { Action } from "../../model/plan.ts";
import type { Hosted } from "../../model/snapshot.ts";
import type { EpochMs } from "../../model/time.ts";
import type { Everything } from "../plan-components.ts";
import { isNothing, together, type Wants } from "../wants.ts";
import { type Care, mentionCare, milestoneCare, retrospectiveCare } from "./aftercare/index.ts";
import type { JudgedRollout } from "./one-rollout.ts";
import { releasePage } from "../release-title.ts";
import { contentOfRelease, contentWants } from "./releasing.ts";

export type Aftercare = { readonly actions: readonly Action[]; readonly isDone: boolean; readonly wakeAt: EpochMs | null };

/** GitHub takes so many texts a minute: the next ones follow after that. */
const GOES_ON_AFTER_MS = 60_000;

export function aftercareWants(judged: JudgedRollout, everything: Everything, hosted: Hosted): Wants {
  if (judged.rollout.published === null) return { files: [] };
  const content = contentOfMentions(judged, everything);
  return isNothing(content) ? together(caresFor(judged, everything, hosted).map(({ wants }) => wants)) : content;
}

/** Nothing before the publication: what is not out is in no release. */
export function aftercareOf(judged: JudgedRollout, everything: Everything, hosted: Hosted): Aftercare {
  if (judged.rollout.published === null) return { actions: [], isDone: true, wakeAt: null };
  const cares = caresFor(judged, everything, hosted);
  const actions = cares.flatMap((care) => care.actions);
  return { actions, isDone: cares.every(({ isDone }) => isDone), wakeAt: actions.length === 0 ? null : everything.snapshot.takenAt + GOES_ON_AFTER_MS };
}

function contentOfMentions({ rollout }: JudgedRollout, everything: Everything): Wants {
  return everything.playbook.release.mention === "nobody" ? { files: [] } : contentWants(rollout, everything);
}

function caresFor({ rollout, report }: JudgedRollout, everything: Everything, hosted: Hosted): readonly Care[] {
  const { followed } = rollout;
  const { playbook, snapshot } = everything;
  const url = releasePage(report.tag, snapshot) ?? "";
  return [
    milestoneCare({ component: followed.component, record: followed.record }, everything, hosted),
    ...(playbook.release.mention === "nobody"
      ? []
      : [mentionCare({ ...followed.record, title: report.title, url }, pullRequestsIn(rollout, everything), playbook.release, hosted)]),
    retrospectiveCare(report, playbook, hosted),
  ];
}

/** Oldest first, which stays so. */
function pullRequestsIn(rollout: JudgedRollout["rollout"], everything: Everything): readonly number[] {
  const { commits } = contentOfRelease(rollout, everything);
  return [...new Set(commits.toReversed().flatMap(({ pullRequest }) => pullRequest?.number ?? []))];
}
