// The decision: (playbook, snapshot) -> plan. Pure, so that the app, the command line and every test get the same answer.
import { eachOnce } from "./each-once.ts";
import { earliest } from "./earliest.ts";
import type { Plan } from "../model/plan.ts";
import type { Playbook } from "../model/playbook.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { answersTo, type Proposed } from "./answers.ts";
import { componentsOf } from "./components.ts";
import { contributionChecks, type ReadPlaybook } from "./contributions/index.ts";
import { closeOthers, keepDesk } from "./desk.ts";
import { actionsFor } from "./lines/actions.ts";
import { missingReferences } from "./missing-references.ts";
import { templateProblems } from "./template-text.ts";
import { everythingOf, planComponents } from "./plan-components.ts";
import type { Repository } from "./repository.ts";
import { planTrain } from "./plan-train.ts";
import { type Said, whatWasSaid } from "./said.ts";
import { tagsOf } from "./tags-of.ts";
import { type Automation, readAutomation, withStarts } from "./workflows/index.ts";

/**
 * What the next release of each component is, why, exactly what its pull request would contain, what it waits for, and
 * what of all that has still to be done on GitHub.
 * @param readPlaybook for pull requests of people that change the playbook; null where none are looked at
 * @throws when the snapshot lacks what `wanted` asked for: a bug of the caller, never a guess
 */
export function decide(playbook: Playbook, snapshot: Snapshot, readPlaybook: ReadPlaybook | null = null): Plan {
  const repository = readRepository(playbook, snapshot);
  const said = whatWasSaid(repository);
  const proposed = propose(repository, said);
  const { plan } = proposed;
  const { hosted } = snapshot;
  if (hosted === null) return plan;
  const assumed = (changed: Snapshot): Plan => propose(readRepository(playbook, changed), said).plan;
  const answers = answersTo(said, { proposed, repository, hosted, assumed });
  const contributions = readPlaybook === null ? null : contributionChecks({ playbook, components: repository.components, snapshot, hosted, readPlaybook });
  const contributed = contributions === null ? [] : [contributions];
  return {
    ...plan,
    // What was said is recorded before what follows from it; only a deferral has to be done first, because nothing repeats it.
    actions: [
      ...answers.actions,
      ...plan.actions,
      ...keepDesk(plan, said, playbook, { hosted, repository: snapshot.repository, tags: repository.tags }),
      ...closeOthers(hosted),
      ...contributed,
    ],
    wakeAt: earliest([plan.wakeAt, answers.wakeAt, contributions === null ? null : snapshot.takenAt]),
  };
}

type ReadRepository = Repository & { readonly problems: Plan["problems"]; readonly automation: Automation };

function readRepository(playbook: Playbook, snapshot: Snapshot): ReadRepository {
  const { components, problems } = componentsOf(playbook, snapshot);
  const automation = readAutomation(playbook, snapshot);
  return {
    components,
    tags: tagsOf(playbook, snapshot, components),
    playbook,
    snapshot,
    automation,
    problems: eachOnce([...problems, ...missingReferences(playbook, snapshot.paths), ...templateProblems(playbook, snapshot), ...automation.problems]),
  };
}

function propose({ problems, automation, ...repository }: ReadRepository, said: Said): Proposed {
  const { playbook, snapshot, tags } = repository;
  const everything = everythingOf(repository, said);
  const planned = withStarts(planComponents(everything), automation, repository);
  const plans = planned.map(({ plan }) => plan);
  const train = playbook.release.train === null ? [] : [planTrain(playbook.release.train, tags.trains, plans, snapshot)];
  const wished = actionsFor(planned, everything, problems);
  return {
    wished,
    plan: {
      head: snapshot.head.sha,
      takenAt: snapshot.takenAt,
      components: [...plans, ...train],
      oddities: tags.oddities,
      problems: [...problems, ...wished.problems],
      notActedOn: playbook.notActedOn,
      actions: wished.actions,
      lines: wished.lines,
      rollouts: wished.rollouts,
      wakeAt: wished.wakeAt,
    },
  };
}
