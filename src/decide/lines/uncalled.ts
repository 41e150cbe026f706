// Open release pull requests that nothing calls for now. Where there is nothing to release any more they are closed; where a
// version can't be told, or an earlier release has to come first, they stay and say why they must not be merged.
import type { Action, ComponentPlan, GateReport, LineReport, SayOnCommit } from "../../model/plan.ts";
import type { Playbook } from "../../model/playbook.ts";
import type { Hosted, OwnPullRequest } from "../../model/snapshot.ts";
import type { EpochMs } from "../../model/time.ts";
import { built } from "../agreement/judge-line.ts";
import { comesFirst } from "../agreement/releasing.ts";
import { closed } from "../gates/define.ts";
import { fingerprint } from "../fingerprint.ts";
import { hiddenRecord } from "../hidden-record.ts";
import type { Planned } from "../plan-component.ts";
import { codeCell } from "../prose/code.ts";
import { externalIdOf, recordOf, type ReleaseRecord } from "../release-record.ts";
import { WHOLE_REPOSITORY } from "../whole-repository.ts";
import { close } from "./keep.ts";
import type { Lines } from "./lines.ts";
import { overwritable } from "./standing-check.ts";
import { unjudged } from "./unjudged.ts";

type Uncalled = {
  readonly pullRequest: OwnPullRequest;
  readonly record: ReleaseRecord;
  /** Why it must not be merged; null where nothing is left to release. */
  readonly blocked: GateReport | null;
  /** What became of what it would release. */
  readonly because: string;
};

export function uncalledIn({ proposals, merged }: Pick<Lines, "proposals" | "merged">, planned: readonly Planned[], hosted: Hosted): readonly Uncalled[] {
  const called = new Set(proposals.map(({ proposal }) => proposal.line));
  const branches = new Set(proposals.map(({ proposal }) => proposal.branch));
  const mergedNumbers = new Set(merged.flatMap((one) => one.releases.map(({ pullRequest }) => pullRequest.number)));
  return hosted.open.flatMap((pullRequest): Uncalled[] => {
    const record = recordOf(pullRequest);
    if (record === null || called.has(record.line) || branches.has(pullRequest.branch)) return [];
    // Of two answers of GitHub one was older: it is merged.
    if (mergedNumbers.has(pullRequest.number)) return [];
    const plans = planned.map(({ plan }) => plan).filter(({ name }) => record.line === WHOLE_REPOSITORY || name === record.line);
    const unclear = plans.find(({ decision }) => decision !== "nothing") ?? null;
    return [
      {
        pullRequest,
        record,
        blocked: orderOf(record, merged) ?? (unclear === null ? null : versionOf(unclear)),
        because: plans[0]?.because ?? `no component is called ${codeCell(record.line)} any more`,
      },
    ];
  });
}

/** What was merged before it and has no tag, or has lost it, comes first. */
function orderOf({ line, releases }: ReleaseRecord, merged: Lines["merged"]): GateReport | null {
  const names = new Set([line, ...releases.map(({ component }) => component)]);
  const before = merged.flatMap((one) => one.releases).find(({ component, pullRequest }) => names.has(component.name) || recordOf(pullRequest)?.line === line);
  if (before === undefined) return null;
  const { component, release, pullRequest } = before;
  const { because, next } = comesFirst({ component: component.name, version: release.version, pullRequest: pullRequest.number });
  return built("order", closed(because, next));
}

function versionOf(unclear: ComponentPlan): GateReport {
  const problem = unclear.problems.find(({ severity }) => severity === "error");
  const isKeptBack = unclear.decision === "release";
  const because = isKeptBack && problem !== undefined ? problem.message : unclear.because;
  const next = isKeptBack ? "correct what keeps it back" : "say `/release bump patch`, `minor` or `major`, or `/release as <version>`";
  return built("version", closed(because, next, { problems: unclear.problems }));
}

export function settle({ pullRequest, record, blocked, because }: Uncalled): Action[] {
  if (blocked === null) return [close(pullRequest, `Nothing is left to release: ${because}.`)];
  const check: SayOnCommit["check"] = {
    externalId: externalIdOf(record.line, fingerprint([record, blocked.because])),
    conclusion: "failure",
    title: `not to be merged: ${blocked.because}`,
    summary:
      blocked.gate === "order"
        ? `One release comes after the other: ${blocked.because}; ${blocked.next ?? ""}.`
        : `What this pull request proposes no longer follows from what is merged: ${blocked.because}`,
    text: hiddenRecord(record),
    problems: blocked.problems,
  };
  const isSaid = pullRequest.checkedSha === pullRequest.headSha && pullRequest.checks.some(({ externalId }) => externalId === check.externalId);
  return isSaid ? [] : [{ kind: "say-on-commit", sha: pullRequest.headSha, check, standing: overwritable(pullRequest, check) }];
}

/** For those who read the pull request or the desk: what blocks it is the one gate that matters. Null for one that is closed. */
export function reportOf({ pullRequest, record, blocked }: Uncalled, playbook: Playbook, takenAt: EpochMs): LineReport | null {
  return blocked === null ? null : unjudged(pullRequest, record, [blocked], playbook, takenAt);
}
