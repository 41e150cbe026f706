// A pull request in another repository as a step.
import { asFinding, companionOf } from "./companion-of.ts";
import type { Step } from "./steps.ts";
import type { Stepped, StepSeen } from "./step-seen.ts";

export function downstreamStep({ step, target }: Extract<Step, { readonly kind: "downstream" }>, seen: StepSeen): Stepped {
  const companion = companionOf(step, { is: "downstream", downstream: target }, seen);
  if ("wants" in companion) return companion;
  return { found: asFinding(companion.judge(true, []), seen.record, seen.rollout.stopped) };
}
