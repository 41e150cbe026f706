import type { Problem } from "../model/problem.ts";

/** The same fault found on two ways is said once. */
export function eachOnce(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
