// The decision: (playbook, snapshot) -> plan. Pure, so that the app, the command line and every test get the same answer.
import type { Plan } from "../model/plan.ts";
import type { Playbook } from "../model/playbook.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { componentsOf } from "./components.ts";
import { actionsFor } from "./lines/actions.ts";
import { planComponents } from "./plan-components.ts";
import { planTrain } from "./plan-train.ts";
import { tagsOf } from "./tags-of.ts";

/**
 * What the next release of each component is, why, exactly what its pull request would contain, and what of all that has
 * still to be done on GitHub.
 * @throws when the snapshot lacks what `wanted` asked for: a bug of the caller, never a guess
 */
export function decide(playbook: Playbook, snapshot: Snapshot): Plan {
  const { components, problems } = componentsOf(playbook, snapshot);
  const everything = { components, tags: tagsOf(playbook, snapshot, components), playbook, snapshot };
  const planned = planComponents(everything);
  const plans = planned.map(({ plan }) => plan);
  const train = playbook.release.train === null ? [] : [planTrain(playbook.release.train, everything.tags.trains, plans, snapshot)];
  const wished = actionsFor(planned, everything, problems);
  return {
    head: snapshot.head.sha,
    takenAt: snapshot.takenAt,
    components: [...plans, ...train],
    oddities: everything.tags.oddities,
    problems: [...problems, ...wished.problems],
    notActedOn: playbook.notActedOn,
    actions: wished.actions,
    wakeAt: wished.wakeAt,
  };
}
