// Gates that environments ask are asked anew in each of them: what was tried in staging says nothing about production. So
// each use is a gate of its own, called `staging/smoke`: names of gates and of environments have no slash.
import type { Communication, Environment, Gate, Playbook } from "../model/playbook.ts";

/** Gates of policies first, as they stand in the file; then those of the environments, in the order in which they are asked. */
export function scopeGates(playbook: Playbook): Playbook {
  const { gates, policies, environments, communications } = playbook;
  const byEnvironments = new Set(environments.flatMap((environment) => [...environment.gates, ...environment.verify]));
  const byPolicies = new Set(Object.values(policies).flatMap((policy) => policy.gates));
  const own = Object.entries(gates).filter(([name]) => byPolicies.has(name) || !byEnvironments.has(name));
  const scoped = environments.flatMap((environment) => gatesIn(environment, gates));
  const sent = communications.flatMap((one) => (one.how.by === "draft" ? [[one.name, saidToBeSent(one)] as const] : []));
  return { ...playbook, gates: Object.fromEntries([...own, ...scoped, ...sent]), environments: environments.map(withScopedNames) };
}

/** What people who deploy by hand say is a gate like any other, between those asked before and those asked after. */
function gatesIn(environment: Environment, gates: Playbook["gates"]): readonly (readonly [name: string, gate: Gate])[] {
  const { name, deploy, gates: before, verify } = environment;
  const asked = (names: readonly string[]) =>
    names.flatMap((one) => {
      const gate = gates[one];
      return gate === undefined ? [] : [[scopedName(name, one), gate] as const];
    });
  const deployed = deploy?.by === "people" ? [[scopedName(name, DEPLOYED), saidToBeDeployed(name, deploy.role)] as const] : [];
  return [...asked(before), ...deployed, ...asked(verify)];
}

/** What the gate of people who deploy is called behind the environment; no gate of the playbook is called so. */
const DEPLOYED = "deployed";

function saidToBeDeployed(environment: string, role: string): Gate {
  return { kind: "evidence", options: { items: [`deployed to ${environment}`], each: "release" }, whenPaths: [], soakMs: null, windows: [], by: role };
}

/** The app writes a draft; that it was sent to each is a person's word. */
function saidToBeSent({ to, by }: Communication): Gate {
  return { kind: "evidence", options: { items: [...new Set(to)], each: "release" }, whenPaths: [], soakMs: null, windows: [], by };
}

function withScopedNames(environment: Environment): Environment {
  const { name, deploy, gates, verify } = environment;
  return {
    ...environment,
    gates: gates.map((gate) => scopedName(name, gate)),
    deployed: deploy?.by === "people" ? scopedName(name, DEPLOYED) : null,
    verify: verify.map((gate) => scopedName(name, gate)),
  };
}

function scopedName(environment: string, gate: string): string {
  return `${environment}/${gate}`;
}
