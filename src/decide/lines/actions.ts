// Everything that the decision wants done, in the order in which it is done: what was merged is released first.
import type { Action } from "../../model/plan.ts";
import type { Problem } from "../../model/problem.ts";
import type { EpochMs } from "../../model/time.ts";
import type { Planned } from "../plan-component.ts";
import type { Everything } from "../plan-components.ts";
import { draft } from "./draft.ts";
import { keepLine, settleOthers } from "./keep.ts";
import { linesOf } from "./lines.ts";
import { proposalsOf } from "./proposals.ts";
import { publish, resume, type Publication } from "./publish.ts";
import { sayOnHead } from "./say.ts";

export type Wished = { readonly actions: readonly Action[]; readonly problems: readonly Problem[]; readonly wakeAt: EpochMs | null };

export function actionsFor(planned: readonly Planned[], everything: Everything, repositoryProblems: readonly Problem[]): Wished {
  const { components, playbook, snapshot } = everything;
  const { hosted } = snapshot;
  if (hosted === null)
    return { actions: proposalsOf(planned, components, playbook).map((one) => draft(one, null, playbook, snapshot)), problems: [], wakeAt: null };
  const lines = linesOf(planned, everything, hosted);
  const publications: Publication[] = [
    ...planned.map(({ plan }) => resume(plan, everything, hosted)),
    ...lines.merged.map((one) => publish(one, everything, hosted)),
  ];
  const released = publications.flatMap((one) => (one.is === "publish" ? [one.action] : []));
  const kept = lines.proposals.map((proposal) => keepLine(proposal, playbook, snapshot, hosted));
  const problems = [...lines.problems, ...kept.flatMap((one) => one.problems)];
  const plans = planned.map(({ plan }) => plan);
  return {
    actions: [
      ...released,
      ...settleOthers(lines.proposals, lines.busy, planned, hosted),
      ...kept.flatMap(({ actions }) => actions),
      ...sayOnHead(
        plans.filter(({ name }) => !lines.busy.has(name)),
        [...repositoryProblems, ...problems],
        snapshot.head.sha,
        hosted,
      ),
    ],
    problems,
    // What follows a release is planned from a fresh look, at once.
    wakeAt: released.length > 0 ? snapshot.takenAt : earliest(publications),
  };
}

function earliest(publications: readonly Publication[]): EpochMs | null {
  const times = publications.flatMap((one) => (one.is === "wait" ? [one.until] : []));
  return times.length === 0 ? null : Math.min(...times);
}
