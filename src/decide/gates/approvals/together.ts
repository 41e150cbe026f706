// The approval gates that a release is asked together: a person counts for one of them only.
import { askedGates } from "../asked.ts";
import type { NamedGate } from "../define.ts";
import type { Subject } from "../subject.ts";

export type ApprovalGate = Extract<NamedGate, { readonly kind: "approval" }>;

export function isApproval(gate: NamedGate): gate is ApprovalGate {
  return gate.kind === "approval";
}

/** In the order in which gates are asked; `gate` itself is always among them. */
export function askedTogether({ policy, playbook, paths }: Subject, gate: ApprovalGate): readonly ApprovalGate[] {
  const approvals = askedGates(playbook, policy.rules, paths).filter(isApproval);
  return approvals.some((one) => one.gate === gate.gate) ? approvals : [...approvals, gate];
}
