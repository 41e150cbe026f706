// The steps of one release as the playbook says them: what comes after what, before anything of it has happened.
import type { Artifact, Communication, Downstream, Environment, Playbook, PolicyName } from "../../model/playbook.ts";

/** What a step is, and the steps that come directly before it. */
export type Step = { readonly step: string; readonly after: readonly string[] } & (
  | { readonly kind: "tag" | "publication" }
  | { readonly kind: "workflow"; readonly artifact: Artifact }
  | { readonly kind: "environment"; readonly environment: Environment }
  | { readonly kind: "downstream"; readonly target: Downstream }
  | { readonly kind: "announcement"; readonly communication: Communication }
);

export const TAG = "tag";
export const PUBLICATION = "publication";

/** Whether anything follows the publication, or comes before the tag: else a release is over when it is published. */
export function isFollowed(playbook: Rules, policy: PolicyName | null): boolean {
  const { milestone, mention, retrospective, tag } = playbook.release;
  const hasAftercare = milestone !== null || mention !== "nobody" || retrospective || tag.moving.length > 0;
  return hasAftercare || stepsOfRelease(playbook, policy).some(({ kind }) => kind !== "tag" && kind !== "publication");
}

type Rules = Pick<Playbook, "artifacts" | "environments" | "downstream" | "communications" | "release">;

/**
 * In the order in which people read them; each comes after those that it names. A workflow that makes the tag comes before
 * it, and before that the candidate's workflows and environments, since a candidate is what it promotes.
 * @param policy null when it is not known: then every announcement is meant
 */
export function stepsOfRelease({ artifacts, environments, downstream, communications, release }: Rules, policy: PolicyName | null): readonly Step[] {
  const maker = artifacts.find(({ makesTag }) => makesTag) ?? null;
  const before = maker === null ? [] : candidateSteps(artifacts, environments);
  const tag: Step[] =
    maker === null
      ? [{ step: TAG, kind: "tag", after: [] }]
      : [
          { step: maker.name, kind: "workflow", artifact: maker, after: leavesOf(before) },
          { step: TAG, kind: "tag", after: [maker.name] },
        ];
  const ordinary = artifacts.filter((artifact) => artifact.on === "release" && !artifact.makesTag);
  const late = afterPublication(ordinary, release.publish);
  const early = ordinary.filter((artifact) => !late.includes(artifact));
  const earlySteps = early.map((artifact) => workflowStep(artifact, TAG));
  const publication: Step = {
    step: PUBLICATION,
    kind: "publication",
    after: release.publish === "after-artifacts" ? orElse(leavesOf(earlySteps), TAG) : [TAG],
  };
  const lateSteps = late.map((artifact) => workflowStep(artifact, PUBLICATION));
  const built = orElse(leavesOf([publication, ...earlySteps, ...lateSteps]), PUBLICATION);
  const told = communications.filter(({ policies }) => policies.length === 0 || policy === null || policies.includes(policy));
  return [
    ...before,
    ...tag,
    ...earlySteps,
    publication,
    ...lateSteps,
    ...downstream.map((target): Step => ({ step: target.repository, kind: "downstream", target, after: built })),
    ...announcements(told, "release", built),
    ...environments
      .filter(({ name }) => !before.some(({ step }) => step === name))
      .flatMap((environment): Step[] => [
        {
          step: environment.name,
          kind: "environment",
          environment,
          after: [...(isBefore(environment.after, before) ? built : []), ...(environment.after === null ? built : [environment.after])],
        },
        ...announcements(told, environment.name, [environment.name]),
      ]),
  ];
}

/** Those that the publication starts, or that wait for it, and all that wait for those. */
function afterPublication(artifacts: readonly Artifact[], publish: Rules["release"]["publish"]): readonly Artifact[] {
  const isLate = ({ start, after }: Artifact): boolean =>
    start.trigger === "release" || (publish === "with-tag" && start.trigger !== "tag" && after.length === 0);
  const late = new Set(artifacts.filter(isLate));
  for (let count = -1; count < late.size;) {
    count = late.size;
    for (const artifact of artifacts) if ([...late].some(({ name }) => artifact.after.includes(name))) late.add(artifact);
  }
  return artifacts.filter((artifact) => late.has(artifact));
}

/** What a candidate goes through before it is promoted. */
function candidateSteps(artifacts: readonly Artifact[], environments: readonly Environment[]): readonly Step[] {
  const built = artifacts
    .filter(({ on }) => on === "candidate")
    .map((artifact): Step => ({ step: `candidate/${artifact.name}`, kind: "workflow", artifact, after: artifact.after.map((name) => `candidate/${name}`) }));
  return [
    ...built,
    ...environments
      .filter((environment) => environment.of === "candidate")
      .map((environment): Step => ({
        step: environment.name,
        kind: "environment",
        environment,
        after: environment.after === null ? leavesOf(built) : [environment.after],
      })),
  ];
}

function isBefore(name: string | null, before: readonly Step[]): boolean {
  return name !== null && before.some(({ step }) => step === name);
}

function workflowStep(artifact: Artifact, first: string): Step {
  return { step: artifact.name, kind: "workflow", artifact, after: orElse(artifact.after, first) };
}

function announcements(all: readonly Communication[], moment: string, after: readonly string[]): readonly Step[] {
  return all.filter(({ on }) => on === moment).map((communication): Step => ({ step: communication.name, kind: "announcement", communication, after }));
}

function orElse(names: readonly string[], other: string): readonly string[] {
  return names.length === 0 ? [other] : names;
}

/** Those that no other of them waits for. */
function leavesOf(steps: readonly Step[]): readonly string[] {
  const waitedFor = new Set(steps.flatMap(({ after }) => after));
  return steps.flatMap(({ step }) => (waitedFor.has(step) ? [] : [step]));
}
