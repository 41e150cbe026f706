// Which releases are proposed: a version that is known, and nothing in the way of writing it.
import type { ComponentPlan } from "../model/plan.ts";

/** False for a release with an error: what is in the way is said instead of proposing half of it. */
export function isProposed({ decision, problems }: ComponentPlan): boolean {
  return decision === "release" && !problems.some(({ severity }) => severity === "error");
}
