// A pull request that follows a release, as a step sees it: read first, judged then, and remembered like any other step.
import type { Words } from "../../model/plan.ts";
import { elsewhereKey } from "../../model/snapshot.ts";
import { type CompanionFinding, type CompanionRelease, type CompanionTarget, companionAsked, judgeCompanion } from "./companions/index.ts";
import { releasePage, releaseTitle } from "../release-title.ts";
import type { Finding } from "./step-finding.ts";
import type { StepRecord } from "./step-record.ts";
import type { Stepped, StepSeen } from "./step-seen.ts";

type CompanionSeen = { readonly judge: (areGatesOpen: boolean, contents: readonly Words[]) => CompanionFinding };

/** What it is judged by, or what has to be read first. */
export function companionOf(step: string, target: CompanionTarget, seen: StepSeen): CompanionSeen | Extract<Stepped, { readonly wants: unknown }> {
  const { rollout, everything, hosted, retriedAt } = seen;
  const { playbook, snapshot } = everything;
  const { values } = rollout;
  const release: CompanionRelease = {
    repository: snapshot.repository.name ?? "",
    title: releaseTitle(rollout.values, everything),
    url: releasePage(values.tag, snapshot) ?? "",
    values,
  };
  const asked = companionAsked(target, release);
  const read = asked === null ? null : hosted.elsewhere.get(elsewhereKey(asked));
  if (asked !== null && read === undefined) return { wants: { files: [], elsewhere: [asked] } };
  const signoff = playbook.release.pullRequest.signoff ? hosted.app.signoff : null;
  return {
    judge: (areGatesOpen, contents) =>
      judgeCompanion({ step, target, release, read: read ?? null, takenAt: snapshot.takenAt, retriedAt, areGatesOpen, contents, signoff }),
  };
}

/** While people have stopped the release, nothing of it is written elsewhere either. */
export function asFinding(found: CompanionFinding, record: StepRecord, stopped: Words | null): Finding {
  const { state, because, next, opensAt, url, details, action, startedAt, endedAt } = found;
  return {
    state,
    because,
    next,
    opensAt,
    url,
    details,
    gates: [],
    say: null,
    record: { ...record, startedAt: startedAt ?? record.startedAt, endedAt: endedAt ?? record.endedAt },
    actions: action === null || stopped !== null ? [] : [action],
  };
}
