// Which policy a release is under: what it does to the version chooses it, or that it is a hotfix or a way back. Labels of
// pull requests only ever add gates: a label alone grants nothing, takes no gate away and makes nothing automatic.
import type { Change } from "../../model/change.ts";
import type { Playbook, Policy, PolicyName } from "../../model/playbook.ts";
import type { Bump } from "../../model/version.ts";
import { isCarriedByAll, pullRequestsIn } from "./carried-labels.ts";

export type ChosenPolicy = { readonly name: PolicyName | null; readonly rules: Policy };

export type PolicyQuestion = {
  /** Null for a first release and for CalVer: nothing is known about how much changes. */
  readonly bump: Bump | null;
  readonly kind: "release" | "hotfix" | "rollback";
  /** What the release carries: the labels of its pull requests. */
  readonly changes: readonly Change[];
};

/** Gates come in the order of the playbook. `name` is null when no policy fits: then every gate that could be meant is asked. */
export function policyOf(playbook: Pick<Playbook, "gates" | "policies" | "environments" | "communications">, question: PolicyQuestion): ChosenPolicy {
  const { name, rules } = chosenBy(playbook, question);
  const pullRequests = pullRequestsIn(question.changes);
  const labelled = Object.values(playbook.policies).filter(({ labels }) => isCarriedByAll(labels, pullRequests));
  const gates = inPlaybookOrder([rules, ...labelled], playbook);
  return { name, rules: { ...rules, gates } };
}

/** A joint release asks the gates of each of its parts, and is automatic only if every part is. */
export function combinePolicies(policies: readonly ChosenPolicy[], playbook: Pick<Playbook, "gates">): ChosenPolicy {
  const [first, ...others] = policies;
  if (first === undefined) throw new Error("Bug: a release without a policy");
  const rules = policies.map((one) => one.rules);
  return {
    name: others.every(({ name }) => name === first.name) ? first.name : null,
    rules: {
      automatic: rules.every(({ automatic }) => automatic),
      gates: inPlaybookOrder(rules, playbook),
      labels: [...new Set(rules.flatMap(({ labels }) => labels))],
    },
  };
}

/** The first that exists. Of a release whose size is not known, the sterner one. */
const BY_BUMP: Readonly<Record<Bump | "none", readonly PolicyName[]>> = {
  major: ["major", "default"],
  minor: ["minor", "default"],
  patch: ["patch", "default"],
  none: ["default", "major", "minor", "patch"],
};

function chosenBy(playbook: Pick<Playbook, "gates" | "policies" | "environments" | "communications">, { bump, kind }: PolicyQuestion): ChosenPolicy {
  const { policies } = playbook;
  const candidates = [...(kind === "release" ? [] : [kind]), ...BY_BUMP[bump ?? "none"]];
  for (const name of candidates) {
    const rules = policies[name];
    if (rules !== undefined) return { name, rules };
  }
  const all = Object.values(policies);
  const gates = all.length === 0 ? unclaimedGates(playbook) : all.flatMap((one) => one.gates);
  return { name: null, rules: { automatic: false, gates, labels: [] } };
}

function unclaimedGates({ gates, environments, communications }: Pick<Playbook, "gates" | "environments" | "communications">): readonly string[] {
  const asked = environments.flatMap(({ gates: before, deployed, verify }) => [...before, deployed, ...verify]);
  const claimed = new Set([...asked, ...communications.map(({ name }) => name)]);
  return Object.keys(gates).filter((name) => !claimed.has(name));
}

function inPlaybookOrder(rules: readonly Pick<Policy, "gates">[], { gates }: Pick<Playbook, "gates">): readonly string[] {
  const wanted = new Set(rules.flatMap((one) => one.gates));
  return Object.keys(gates).filter((name) => wanted.has(name));
}
