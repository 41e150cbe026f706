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
export function stepsOfRelease(rules: Rules, policy: PolicyName | null, isWithdrawn = false): readonly Step[] {
  const told = announcer(rules, policy);
  const before = candidateSteps(rules, told);
  const published = publishedSteps(rules);
  const built = orElse(leavesOf(published), PUBLICATION);
  return [
    ...before,
    ...tagSteps(rules, before),
    ...published,
    ...rules.downstream.map((target): Step => ({ step: target.repository, kind: "downstream", target, after: built })),
    ...told("release", built),
    ...environmentSteps(rules, before, built, told),
    ...(isWithdrawn ? told("rollback", []) : []),
  ];
}

/** Announcements of a moment, each after those steps. */
type Announcer = (moment: string, after: readonly string[]) => readonly Step[];

function announcer({ communications }: Rules, policy: PolicyName | null): Announcer {
  const told = communications.filter(({ policies }) => policies.length === 0 || policy === null || policies.includes(policy));
  return (moment, after) =>
    told.filter(({ on }) => on === moment).map((communication): Step => ({ step: communication.name, kind: "announcement", communication, after }));
}

/** Nobody is kept waiting by an announcement. */
function tagSteps({ artifacts }: Rules, before: readonly Step[]): readonly Step[] {
  const maker = artifacts.find(({ makesTag }) => makesTag);
  if (maker === undefined) return [{ step: TAG, kind: "tag", after: [] }];
  const after = leavesOf(before.filter(({ kind }) => kind !== "announcement"));
  return [
    { step: maker.name, kind: "workflow", artifact: maker, after },
    { step: TAG, kind: "tag", after: [maker.name] },
  ];
}

/** The publication, with the workflows that come before it and after it. */
function publishedSteps({ artifacts, release }: Rules): readonly Step[] {
  const own = artifacts.filter((artifact) => artifact.on === "release" && !artifact.makesTag);
  const late = afterPublication(own, release.publish);
  const early = own.filter((artifact) => !late.includes(artifact)).map((artifact) => workflowStep(artifact, TAG));
  const after = release.publish === "after-artifacts" ? orElse(leavesOf(early), TAG) : [TAG];
  return [...early, { step: PUBLICATION, kind: "publication", after }, ...late.map((artifact) => workflowStep(artifact, PUBLICATION))];
}

/** Those that a candidate did not go through already. The first one of a release comes when everything is built. */
function environmentSteps({ environments }: Rules, before: readonly Step[], built: readonly string[], told: Announcer): readonly Step[] {
  const isBefore = (name: string): boolean => before.some(({ step }) => step === name);
  return environments
    .filter(({ name }) => !isBefore(name))
    .flatMap((environment): Step[] => {
      const { name, after } = environment;
      const first = after === null || isBefore(after) ? built : [];
      return [{ step: name, kind: "environment", environment, after: [...first, ...(after === null ? [] : [after])] }, ...told(name, [name])];
    });
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

/** What a candidate goes through before a workflow promotes it; nothing where the app tags what was merged. */
function candidateSteps({ artifacts, environments }: Rules, told: Announcer): readonly Step[] {
  if (!artifacts.some(({ makesTag }) => makesTag)) return [];
  const built = artifacts
    .filter(({ on }) => on === "candidate")
    .map((artifact): Step => ({ step: `candidate/${artifact.name}`, kind: "workflow", artifact, after: artifact.after.map((name) => `candidate/${name}`) }));
  const first = leavesOf(built);
  return [
    ...built,
    ...told("candidate", first),
    ...environments
      .filter(({ of }) => of === "candidate")
      .flatMap((environment): Step[] => {
        const { name, after } = environment;
        return [{ step: name, kind: "environment", environment, after: after === null ? first : [after] }, ...told(name, [name])];
      }),
  ];
}

function workflowStep(artifact: Artifact, first: string): Step {
  return { step: artifact.name, kind: "workflow", artifact, after: orElse(artifact.after, first) };
}

function orElse(names: readonly string[], other: string): readonly string[] {
  return names.length === 0 ? [other] : names;
}

/** Those that no other of them waits for. */
function leavesOf(steps: readonly Step[]): readonly string[] {
  const waitedFor = new Set(steps.flatMap(({ after }) => after));
  return steps.flatMap(({ step }) => (waitedFor.has(step) ? [] : [step]));
}
