import type { Problem } from "../../model/problem.ts";

/** `Chart.yaml:3:10`; null when the problem has no place. */
export function placeOf({ path, line, column }: Problem): string | null {
  if (path === null) return null;
  return [path, line, column].filter((part) => part !== null).join(":");
}
