// A check on each open pull request of people, so that its author learns before the merge what it does to the next release.
import type { SayOnContributions } from "../../model/plan.ts";
import type { Contribution, Hosted, PullRequest } from "../../model/snapshot.ts";
import type { Playbook } from "../../model/playbook.ts";
import picomatch from "picomatch";
import { type LabelFault, labelFaults } from "../gates/label-faults.ts";
import { policyOf } from "../gates/policy.ts";
import { checkText, CONTRIBUTION, type Findings } from "./check-text.ts";
import { type Effect, effectReader, type Repository } from "./effect.ts";
import { playbookChange, type ReadPlaybook } from "./playbook-change.ts";

export { contributionWants, type ReadPlaybook } from "./playbook-change.ts";

/** Checks in one plan. The oldest come first, and the next look says the rest: a backlog of hundreds must not use up an hour's requests. */
const CHECKS_MAX = 50;

/**
 * Null when every pull request carries the check that would be written.
 * @throws when the playbook of a pull request that changes it was never asked for
 */
export function contributionChecks(repository: Repository & { readonly hosted: Hosted; readonly readPlaybook: ReadPlaybook }): SayOnContributions | null {
  const { playbook, hosted, readPlaybook } = repository;
  const effect = effectReader(repository);
  const gates = labelGates(playbook);
  const checks: SayOnContributions["checks"][number][] = [];
  for (const contribution of hosted.contributions ?? []) {
    if (checks.length === CHECKS_MAX) break;
    const own = effect(contribution);
    const check = checkText({
      effect: own,
      labels: labelsOf(contribution, own, gates, playbook),
      playbook: playbookChange(contribution, playbook, hosted, readPlaybook),
      versioning: playbook.versioning,
    });
    const standing = contribution.checks.find(({ externalId }) => externalId.startsWith(CONTRIBUTION));
    if (standing?.externalId === check.externalId) continue;
    checks.push({ number: contribution.number, sha: contribution.headSha, check, standing: standing?.nodeId ?? null });
  }
  return checks.length === 0 ? null : { kind: "say-on-contributions", checks };
}

type LabelGate = { readonly oneOf: readonly string[]; readonly isAbout: (path: string) => boolean };

/** Gates over labels that some release is asked. */
function labelGates(playbook: Playbook): readonly LabelGate[] {
  const policies = Object.values(playbook.policies);
  const rules = policies.length > 0 ? policies : [policyOf(playbook, { bump: null, kind: "release", changes: [] }).rules];
  const asked = new Set(rules.flatMap(({ gates }) => gates));
  return Object.entries(playbook.gates).flatMap(([name, gate]) => {
    if (gate.kind !== "pull_request_labels" || !asked.has(name)) return [];
    const isAbout = gate.whenPaths.length === 0 ? (): boolean => true : picomatch([...gate.whenPaths], { dot: true });
    return [{ oneOf: gate.options.oneOf, isAbout }];
  });
}

/** A gate looks only at what a release carries: labels of a pull request outside of every component are nobody's business. */
function labelsOf(contribution: Contribution, effect: Effect, gates: readonly LabelGate[], { versioning }: Playbook): Findings["labels"] {
  const { number, title, labels, author, paths } = contribution;
  if (effect.is === "elsewhere") return { oneOf: [], faults: [] };
  const pullRequest: PullRequest = { number, title, labels, author };
  const faults = new Map<string, LabelFault>();
  const oneOf = new Set<string>();
  for (const gate of gates) {
    if (paths !== null && paths.length > 0 && !paths.some((path) => gate.isAbout(path))) continue;
    for (const fault of labelFaults(pullRequest, gate.oneOf, versioning)) {
      faults.set(fault.because, fault);
      if (fault.is === "missing") for (const name of gate.oneOf) oneOf.add(name);
    }
  }
  return { oneOf: [...oneOf], faults: [...faults.values()] };
}
