// The decision: (playbook, snapshot) -> plan. Pure, so that the app, the command line and every test get the same answer.
import type { Plan } from "../model/plan.ts";
import type { Playbook } from "../model/playbook.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { componentsOf } from "./components.ts";
import { planComponents } from "./plan-components.ts";
import { planTrain } from "./plan-train.ts";
import { releasePullRequests } from "./release-pull-requests.ts";
import { classifyTags } from "./versions/index.ts";

/**
 * What the next release of each component is, why, and exactly what its pull request would contain.
 * @throws when the snapshot lacks what `wanted` asked for: a bug of the caller, never a guess
 */
export function decide(playbook: Playbook, snapshot: Snapshot): Plan {
  const { components, problems } = componentsOf(playbook, snapshot);
  const tags = classifyTags(snapshot.tags, { components: components.map(({ name }) => name), release: playbook.release, versioning: playbook.versioning });
  const planned = planComponents({ components, tags, playbook, snapshot });
  const plans = planned.map(({ plan }) => plan);
  const train = playbook.release.train === null ? [] : [planTrain(playbook.release.train, tags.trains, plans, snapshot)];
  return {
    head: snapshot.head.sha,
    takenAt: snapshot.takenAt,
    components: [...plans, ...train],
    oddities: tags.oddities,
    problems,
    notActedOn: playbook.notActedOn,
    actions: releasePullRequests(planned, components, playbook, snapshot),
    wakeAt: null,
  };
}
