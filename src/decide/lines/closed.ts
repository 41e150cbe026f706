// A release pull request that a person closed stays closed until something new is merged, or `/release plan` is said.
import type { Said } from "../../model/agreement.ts";
import type { Desk, OwnPullRequest, Snapshot } from "../../model/snapshot.ts";
import { reachable } from "../reachable.ts";
import { WHOLE_REPOSITORY } from "../whole-repository.ts";
import type { Proposal } from "./proposals.ts";
import { recordOf } from "../release-record.ts";

export function isClosedByPerson({ line, plans }: Proposal, last: OwnPullRequest | null, snapshot: Snapshot): boolean {
  if (last === null || last.state !== "closed" || last.closed === null || last.closed.byApp) return false;
  const record = recordOf(last);
  if (record === null || record.line !== line) return false;
  return plans.every(({ name, reasons }) => {
    const commits = snapshot.ranges.get(name)?.commits ?? [];
    const known = reachable(commits, record.baseSha);
    return (
      reasons.every(({ sha, effect }) => effect === "none" || effect === "cancelled" || known.has(sha)) &&
      (line !== WHOLE_REPOSITORY || record.releases.some((one) => one.component === name))
    );
  });
}

/** Whether somebody who may asked for it again: on the closed pull request, or on the desk after it was closed. */
export function isAskedForAgain(last: OwnPullRequest | null, desk: Desk | null, planAsked: (subjectId: string) => Said | null): boolean {
  if (last === null || last.closed === null) return false;
  const atDesk = desk === null ? null : planAsked(desk.id);
  return planAsked(last.id) !== null || (atDesk !== null && atDesk.at >= last.closed.at);
}
