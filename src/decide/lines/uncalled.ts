// Open release pull requests that nothing calls for now. Where there is nothing to release any more they are closed; where a
// version can't be told they stay, and say why they must not be merged.
import type { Action, ComponentPlan, LineReport, SayOnCommit } from "../../model/plan.ts";
import type { Playbook } from "../../model/playbook.ts";
import type { Hosted, OwnPullRequest } from "../../model/snapshot.ts";
import type { EpochMs } from "../../model/time.ts";
import { fingerprint } from "../fingerprint.ts";
import { hiddenRecord } from "../hidden-record.ts";
import type { Planned } from "../plan-component.ts";
import { codeCell } from "../prose/code.ts";
import { externalIdOf, recordOf, type ReleaseRecord } from "../release-record.ts";
import { WHOLE_REPOSITORY } from "../whole-repository.ts";
import { close } from "./keep.ts";
import type { Lines } from "./lines.ts";
import { overwritable } from "./standing-check.ts";

/** `unclear`: the plan of which the version can't be told. */
type Uncalled = {
  readonly pullRequest: OwnPullRequest;
  readonly record: ReleaseRecord;
  readonly plans: readonly ComponentPlan[];
  readonly unclear: ComponentPlan | null;
};

export function uncalledIn({ proposals, busy }: Pick<Lines, "proposals" | "busy">, planned: readonly Planned[], hosted: Hosted): readonly Uncalled[] {
  const called = new Set([...proposals.map(({ proposal }) => proposal.line), ...busy]);
  const branches = new Set(proposals.map(({ proposal }) => proposal.branch));
  return hosted.open.flatMap((pullRequest): Uncalled[] => {
    const record = recordOf(pullRequest);
    if (record === null || called.has(record.line) || branches.has(pullRequest.branch)) return [];
    const plans = planned.map(({ plan }) => plan).filter(({ name }) => record.line === WHOLE_REPOSITORY || name === record.line);
    return [{ pullRequest, record, plans, unclear: plans.find(({ decision }) => decision !== "nothing") ?? null }];
  });
}

export function settle({ pullRequest, record, plans, unclear }: Uncalled): Action[] {
  if (unclear === null)
    return [close(pullRequest, `Nothing is left to release: ${plans[0]?.because ?? `no component is called ${codeCell(record.line)} any more`}.`)];
  const because = reasonOf(unclear);
  const check: SayOnCommit["check"] = {
    externalId: externalIdOf(record.line, fingerprint([record, because])),
    conclusion: "failure",
    title: `not to be merged: ${because}`,
    summary: `What this pull request proposes no longer follows from what is merged: ${because}`,
    text: hiddenRecord(record),
    problems: unclear.problems,
  };
  const isSaid = pullRequest.checkedSha === pullRequest.headSha && pullRequest.checks.some(({ externalId }) => externalId === check.externalId);
  return isSaid ? [] : [{ kind: "say-on-commit", sha: pullRequest.headSha, check, standing: overwritable(pullRequest, check) }];
}

function reasonOf({ problems, decision, because }: ComponentPlan): string {
  const problem = problems.find(({ severity }) => severity === "error");
  return decision === "release" && problem !== undefined ? problem.message : because;
}

/** For those who read the pull request or the desk: its version is the one gate that matters. Null for one that is closed. */
export function reportOf({ pullRequest, record, unclear }: Uncalled, { notActedOn }: Playbook, takenAt: EpochMs): LineReport | null {
  if (unclear === null) return null;
  return {
    line: record.line,
    title: record.releases.map(({ component, version }) => `${component} ${version}`).join(", "),
    releases: record.releases,
    pullRequest: { number: pullRequest.number, headSha: pullRequest.headSha, isMerged: false },
    evaluatedAt: takenAt,
    policy: { name: null, isAutomatic: false },
    gates: [
      {
        gate: "version",
        kind: "version",
        state: "closed",
        because: reasonOf(unclear),
        next: unclear.decision === "release" ? "correct what keeps it back" : "say `/release bump patch`, `minor` or `major`, or `/release as <version>`",
        opensAt: null,
        owner: null,
        details: [],
        items: [],
        problems: unclear.problems,
        overridden: null,
      },
    ],
    risks: [],
    notices: [],
    notActedOn,
  };
}
